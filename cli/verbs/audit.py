"""``shidian audit``: what happened, what was true when, and proof of it."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from cli import entries, output, project_page, shapes, verdicts
from cli.errors import BROKEN, DONE, REFUSED, WrongError
from cli.forms import day, moment
from cli.options import Code, Day, Limit, Project
from cli.session import Session
from cli.verb import Done, branch, reads
from engine.core.definition import Workflow
from engine.core.events import Entry
from engine.core.rows import TaskRow
from engine.services.audit import AsOf
from engine.services.lifecycle import stream_of
from engine.services.queries import Detail
from engine.storage.ledger import Search

app = branch("audit")

Stream = Annotated[str | None, typer.Option("--stream", metavar="STREAM")]
Post = Annotated[str | None, typer.Option("--post", metavar="POST")]
Actor = Annotated[str | None, typer.Option("--actor", metavar="NAME")]
Kind = Annotated[str | None, typer.Option("--kind", metavar="KIND")]
Org = Annotated[str | None, typer.Option("--org", metavar="ORG")]
Deed = Annotated[str | None, typer.Option("--action", metavar="ACTION")]
Outcome = Annotated[str | None, typer.Option("--outcome", metavar="ok|denied")]
From = Annotated[date | None, typer.Option("--from", metavar="DATE", parser=day)]
To = Annotated[date | None, typer.Option("--to", metavar="DATE", parser=day)]
Since = Annotated[datetime | None, typer.Option("--since", metavar="ISO", parser=moment)]
Until = Annotated[datetime | None, typer.Option("--until", metavar="ISO", parser=moment)]
Known = Annotated[datetime | None, typer.Option("--known", metavar="ISO", parser=moment)]
Held = Annotated[str | None, typer.Option("--checkpoint", metavar="FILE")]
Out = Annotated[str | None, typer.Option("--out", "-o", metavar="FILE")]
PAGE = 50


@reads(app, "log")
def log(
    session: Session, *, project: Project = None, stream: Stream = None, post: Post = None,
    actor: Actor = None, org: Org = None, kind: Kind = None, action: Deed = None,
    outcome: Outcome = None, from_on: From = None, to_on: To = None, since: Since = None,
    until: Until = None, limit: Limit = PAGE,
) -> Done:  # fmt: skip
    """Print entries of the trail, oldest first."""
    search = Search(
        stream=stream_of(project) if project else stream, post=post, actor=actor, org=org,
        kind=kind, deed=action, outcome=outcome, from_on=from_on, to_on=to_on, since=since,
        until=until,
    )  # fmt: skip
    found = session.desk.audit.log(search, limit)
    data = {"total": found.total, "entries": [entries.data(entry) for entry in found.entries]}
    session.answer(data, lambda: _log(session, found.entries, found.total))
    return None


def _log(session: Session, found: list[Entry], total: int) -> RenderableType:
    table = entries.table(session.say, found, _workflows(session, found))
    if len(found) == total:
        return table
    return Group(table, Text(session.say.say("line.more", shown=len(found), total=total), "dim"))


def _workflows(session: Session, found: list[Entry]) -> Mapping[str, Workflow]:
    codes = {
        entry.stream.partition(":")[2] for entry in found if entry.stream.startswith("project:")
    }
    return {code: session.desk.queries.project(code).workflow for code in sorted(codes)}


@reads(app, "asof")
def asof(session: Session, code: Code, *, on: Day = None, known: Known = None) -> Done:
    """Print a project as it was on a day, by what was on record at a moment."""
    detail = session.desk.queries.project(code)
    found = session.desk.audit.asof(code, on, known or session.given.at)
    session.answer(_asof(found), lambda: _page(session, detail, found))
    return None


def _asof(found: AsOf) -> dict[str, Any]:
    return {
        "code": found.state.project.code, "on": found.on, "known": found.known,
        "entries": found.entries, "stage": found.view.stage, "standing": found.view.standing,
        "closed": found.view.is_closed, "lamp": shapes.lamp(found.lamp),
        "owed": [shapes.task(row) for row in found.view.owed],
    }  # fmt: skip


def _page(session: Session, detail: Detail, found: AsOf) -> RenderableType:
    say, project = session.say, found.state.project
    workflow = detail.workflow
    then = Detail(found.state, workflow, detail.calendar, detail.directory, found.lamp, found.on)
    rows: list[TaskRow] = list(found.view.owed)
    known = output.clock_time(found.known, workflow.timezone)
    head = Group(
        Text(f"{project.code}  {project.name}", "bold"),
        say.say("line.asof", on=say.day(found.on), known=known, n=found.entries),
        output.lamp_line(say, found.lamp, workflow),
        say.say("line.stood", stage=say.name(workflow, "stage", found.view.stage),
                standing=say.name(workflow, "standing", found.view.standing)),
    )  # fmt: skip
    return output.apart([head, project_page.tasks(say, then, rows)])


@reads(app, "verify")
def verify(session: Session, *, checkpoint: Held = None) -> Done:
    """Check every entry, link, row and notice, against a checkpoint where one is given."""
    held = _checkpoint(Path(checkpoint)) if checkpoint else None
    with output.progress(session.say.say("line.verifying")) as advance:
        verdict = session.desk.proof.verify(held, advance)
    session.answer(verdicts.data(verdict), lambda: verdicts.page(session.say, verdict))
    if verdict.breaks:
        return BROKEN
    return DONE if verdict.entries else REFUSED


def _checkpoint(path: Path) -> Mapping[str, Any]:
    try:
        held = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise WrongError("unreadable", path=str(path), detail=error.strerror or "-") from error
    except ValueError as error:
        raise WrongError("no_checkpoint", path=str(path)) from error
    if not isinstance(held, dict) or not {"house", "at", "streams"} <= held.keys():
        raise WrongError("no_checkpoint", path=str(path))
    return held


@reads(app, "checkpoint")
def checkpoint_(session: Session, *, out: Out = None) -> Done:
    """Print a checkpoint to keep outside of the house."""
    made = session.desk.proof.checkpoint()
    text = output.dumped(made)
    if out is None:
        output.line(text)
        return None
    output.write(Path(out), f"{text}\n")
    data = {"file": out, "size": made["size"], "root": made["root"]}
    session.answer(
        data, lambda: session.say.say("line.checkpoint", **{**data, "root": made["root"][:16]})
    )
    return None


@reads(app, "export")
def export(
    session: Session, *, project: Project = None, stream: Stream = None, since: Since = None,
    until: Until = None, out: Out = None,
) -> Done:  # fmt: skip
    """Write the canonical text of entries, one line each."""
    name = stream_of(project) if project else stream
    lines = list(session.desk.audit.export(Search(stream=name, since=since, until=until)))
    if out is None:
        for text in lines:
            output.line(text)
        return None
    output.write(Path(out), "".join(f"{text}\n" for text in lines))
    data = {"file": out, "entries": len(lines)}
    session.answer(data, lambda: session.say.say("line.exported", **data))
    return None
