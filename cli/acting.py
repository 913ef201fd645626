"""Doing something in one project or many: each item is answered for itself."""

import secrets
from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli import output, refusals
from cli.errors import BROKEN, DONE, REFUSED, WrongError, exit_code
from cli.session import Session
from cli.words import sentence
from engine.core.commands import Act, Command, Open
from engine.core.definition import Workflow
from engine.core.errors import RefusalError, ShidianError
from engine.services.lifecycle import Ask, Receipt, Result
from templates.words import Words


def perform(session: Session, codes: Sequence[str], command: Command) -> int:
    """Ask the same of every project, print what came of it, and return the exit code.

    Each project answers for itself; one that refuses stops no other. Returns the code of the
    only error when there is one project, 1 when any of several refused, 4 when a trail is broken.

    Raises:
        WrongError: no post is given, or a version is expected of several projects.
    """
    if session.acting.expect_version is not None and len(codes) > 1:
        raise WrongError("version_of_many")
    asks = _asks(session, codes, command)
    results = [_one(session, code, ask) for code, ask in asks.items()]
    _show(session, results, command)
    ends = {exit_code(result.error) for result in results if result.error is not None}
    if BROKEN in ends or len(codes) == 1:
        return max(ends, default=DONE)
    return REFUSED if ends else DONE


def _asks(session: Session, codes: Sequence[str], command: Command) -> dict[str, Ask]:
    """Return the request of each project; those of one call stand under one batch."""
    given, actor, many = session.acting, session.actor(), len(codes) > 1
    batch = secrets.token_hex(8) if many else None
    why = getattr(command, "reason", None)
    return {
        code: Ask(
            command, actor, given.on, given.expect_version, batch=batch, reason=why,
            key=f"{given.key}:{code}" if given.key and many else given.key,
        )
        for code in codes
    }  # fmt: skip


def _one(session: Session, code: str, ask: Ask) -> Result:
    try:
        receipt = session.desk.lifecycle.act(code, ask, dry_run=session.acting.dry_run)
    except ShidianError as error:
        return Result(code, None, error)
    return Result(code, receipt, None)


def workflow_of(session: Session, code: str, command: Command | None = None) -> Workflow | None:
    """Return the workflow that names things in a project, None when there is no such project."""
    house = session.desk.house
    try:
        return session.desk.queries.project(code).workflow
    except ShidianError:
        if not isinstance(command, Open):
            return None
    with house.database.read() as cursor:
        return house.newest_workflow(cursor, command.workflow)


def _show(session: Session, results: Sequence[Result], command: Command) -> None:
    workflows = {result.stream: workflow_of(session, result.stream, command) for result in results}
    if session.given.as_json:
        data = [_data(session, result, workflows[result.stream]) for result in results]
        output.line(output.dumped({"results": data}))
    for result in results:
        workflow = workflows[result.stream]
        if result.error is not None:
            output.tell(_refused(session, result, workflow, command))
        if not session.given.as_json and (result.error is None or len(results) > 1):
            output.show(_line(session, result, workflow, command))


def _data(session: Session, result: Result, workflow: Workflow | None) -> dict[str, Any]:
    if result.error is not None:
        error = refusals.error_data(session.say, workflow, result.error)
        return {"project": result.stream, "done": False, "error": error}
    assert result.receipt is not None  # a result holds a receipt or an error
    return {"project": result.stream, "done": True, **receipt_data(result.receipt)}


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt for JSON."""
    return {
        "record": receipt.seq, "version": receipt.version, "deed": receipt.deed,
        "stage": receipt.stage, "standing": receipt.standing, "dry_run": receipt.is_dry_run,
    }  # fmt: skip


def _line(
    session: Session, result: Result, workflow: Workflow | None, command: Command
) -> RenderableType:
    say, receipt = session.say, result.receipt
    if receipt is None or workflow is None:
        return Text.assemble((f"× {result.stream}", "red"), "  ", say.say("line.not_done"))
    key = "line.would_do" if receipt.is_dry_run else "line.done"
    said = say.say(
        key, seq=receipt.seq, version=receipt.version, **_deed(say, workflow, command),
        stage=say.name(workflow, "stage", receipt.stage),
        standing=say.name(workflow, "standing", receipt.standing),
    )  # fmt: skip
    return Text.assemble((f"✓ {result.stream}", "green"), "  ", said)


def _deed(say: Words, workflow: Workflow, command: Command) -> dict[str, str]:
    """Return what was done, and to which task where it was done to one."""
    if isinstance(command, Act):
        return {"deed": say.name(workflow, "action", command.action)}
    deed = say.say(f"deed.{type(command).__name__.lower()}")
    target = getattr(command, "task", None) or getattr(command, "key", None)
    if target is None:
        return {"deed": deed}
    mark = getattr(target, "period", None) or getattr(target, "ref", None)
    key = getattr(target, "key", target)
    return {"deed": deed, "what": say.label(workflow, f"{key}/{mark}" if mark else key)}


def _refused(
    session: Session, result: Result, workflow: Workflow | None, command: Command
) -> RenderableType:
    code, error = result.stream, result.error
    assert error is not None  # asked of those that were refused
    if isinstance(error, RefusalError) and workflow is not None:
        deed = _deed(session.say, workflow, command)
        return refusals.refusal(session.say, workflow, code, deed, error)
    said = sentence(session.say, error, workflow)
    return Text.assemble((f"× {code}  ", "bold red"), said)
