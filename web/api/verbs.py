"""Acting: every request that the engine knows, as one operation each, and one for many projects."""

import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args

from pydantic import Field

from engine.core.commands import Command, Open, Tick
from engine.core.definition import Workflow
from engine.core.errors import ShidianError, UsageError
from engine.services.lifecycle import Ask, Receipt
from web.api.operation import Call, Operation, Reply
from web.api.problems import Problem, of_error
from web.api.schemas import Flag
from web.rules import Rule

WORD = re.compile(r"(?<!^)(?=[A-Z])")


def verb_of(kind: type) -> str:
    """Return the verb of a request's type: ``ask_extension``."""
    return WORD.sub("_", kind.__name__).lower()


VERBS: dict[str, type] = {
    verb_of(kind): kind for kind in get_args(Command) if kind not in (Open, Tick)
}
"""Every request that can be made of a project that exists, by its verb. The clock's is nobody's."""


@dataclass(frozen=True, slots=True)
class ActAsked:
    """The circumstances: the day it happened (today when left out), and whether only to try."""

    on: date | None = None
    dry_run: Flag = False


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    """What was done: the number of the entry, and where the project now stands."""

    project: str
    record: int
    version: int
    deed: str
    stage: str
    standing: str
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one project: a receipt, or the problem that kept it from being done."""

    project: str
    status: int
    receipt: ReceiptShown | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of each project, in the order asked."""

    items: list[Outcome]


Codes = Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]


def _bulk_of(kind: type) -> type:
    """Return the type of a request to many projects."""
    fields: dict[str, Any] = {"codes": Codes, "command": kind}
    made = type(
        f"Many{kind.__name__}", (), {"__annotations__": fields, "__doc__": Outcomes.__doc__}
    )
    made.__doc__ = f"The projects by code, and what to ask of each: {kind.__doc__}"
    return dataclass(frozen=True)(made)


def act(call: Call) -> Reply:
    """Do what is asked of one project."""
    code = call.at["code"]
    call.desk.queries.project(code, org=call.org)
    receipt = _asked(call, code, call.body, call.key)
    return Reply(receipt_shown(code, receipt), receipt.version)


def open_one(call: Call) -> Reply:
    """Open a project."""
    receipt = _asked(call, call.body.code, call.body, call.key)
    return Reply(receipt_shown(call.body.code, receipt), receipt.version)


def act_on_many(call: Call) -> Reply:
    """Ask the same of many projects, each in its own transaction; one refusal stops no other.

    Raises:
        UsageError: a version is demanded: each project has its own.
    """
    if call.version is not None:
        message = "If-Match: one version cannot be that of many projects"
        raise UsageError(message, "if_match_many")
    batch = secrets.token_hex(8)
    codes = dict.fromkeys(call.body.codes)
    return Reply(Outcomes([_outcome(call, code, batch) for code in codes]))


def _outcome(call: Call, code: str, batch: str) -> Outcome:
    key = f"{call.key}:{code}" if call.key else None
    workflow: Workflow | None = None
    try:
        workflow = call.desk.queries.project(code, org=call.org).workflow
        receipt = _asked(call, code, call.body.command, key, batch)
    except ShidianError as error:
        problem = of_error(call.say, error, workflow)
        return Outcome(code, problem.status, None, problem)
    return Outcome(code, 200, receipt_shown(code, receipt), None)


def done(
    call: Call, code: str, command: Command, key: str | None, batch: str | None = None, *,
    on: date | None = None, version: int | None = None,
) -> Receipt:  # fmt: skip
    """Ask something of one project for the caller; `on` None is today.

    Raises:
        ShidianError: as `Lifecycle.act` does.
    """
    ask = Ask(
        command, call.bearer.actor(), on, version, key, batch, getattr(command, "reason", None)
    )
    return call.desk.lifecycle.act(code, ask, dry_run=call.query.dry_run)


def _asked(
    call: Call, code: str, command: Command, key: str | None, batch: str | None = None
) -> Receipt:
    on, version = call.query.on, call.version
    return done(call, code, command, key, batch, on=on, version=version)


def receipt_shown(code: str, given: Receipt) -> ReceiptShown:
    """Return a receipt as programs see it."""
    return ReceiptShown(
        code, given.seq, given.version, given.deed, given.stage, given.standing, given.is_dry_run
    )


def _operation(key: str, path: str, handler: Any, takes: type, **more: Any) -> Operation:
    given = {"answers": ReceiptShown, **more}
    return Operation(
        key, "POST", path, Rule.SIGNED_IN, "act", handler, query=ActAsked, takes=takes, **given
    )


OPERATIONS: tuple[Operation, ...] = (
    _operation("project_open", "/projects", open_one, Open, status=201, verb="open"),
    *(
        _operation(f"project_{verb}", f"/projects/{{code}}/{verb}", act, kind, verb=verb)
        for verb, kind in VERBS.items()
    ),
    *(
        _operation(
            f"bulk_{verb}", f"/bulk/{verb}", act_on_many, _bulk_of(kind), answers=Outcomes,
            status=207, verb=verb,
        )
        for verb, kind in VERBS.items()
    ),
)  # fmt: skip
