"""``shidian notice``: what was said to whom, and what would be said next."""

from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from cli import output, planned
from cli.errors import WrongError
from cli.forms import whole
from cli.options import Code, Limit, Project
from cli.session import Session
from cli.verb import Done, branch, reads
from engine.core.deadlines import local_day
from engine.services.lifecycle import stream_of
from engine.services.pulse import UNDELIVERABLE

app = branch("notice")

Rung = Annotated[str | None, typer.Option("--rung", metavar="RUNG")]
Status = Annotated[str | None, typer.Option("--status", metavar="STATUS")]
Post = Annotated[str | None, typer.Option("--post", metavar="POST")]
Nobody = Annotated[bool, typer.Option("--nobody")]
Number = Annotated[int, typer.Argument(metavar="N", parser=whole)]
Page = Annotated[bool, typer.Option("--html")]
Full = Annotated[bool, typer.Option("--full")]
HEADS = ("date", "notice", "rung", "status", "post", "subject")
BRIEF = (
    "stream", "n", "seq", "rung", "status", "post", "org", "via", "role", "absent", "template",
    "subject",
)  # fmt: skip


@reads(app, "list")
def list_(
    session: Session, *, project: Project = None, rung: Rung = None, status: Status = None,
    post: Post = None, nobody: Nobody = False, limit: Limit = None,
) -> Done:  # fmt: skip
    """Print the notices, oldest first."""
    equal = {"rung": rung, "status": UNDELIVERABLE if nobody else status, "post": post}
    wanted = {key: value for key, value in equal.items() if value is not None}
    if project is not None:
        wanted["stream"] = session.desk.queries.project(project).state.stream
    rows = session.desk.queries.notice_heads(**wanted)[: limit or None]
    session.answer([_brief(row) for row in rows], lambda: _table(session, rows))
    return None


def _brief(row: dict[str, Any]) -> dict[str, Any]:
    return {"created_at": row["created_at"], **{key: row[key] for key in BRIEF}}


def _table(session: Session, rows: list[dict[str, Any]]) -> RenderableType:
    say = session.say
    if not rows:
        return Text(say.say("line.no_notices"))
    zone, name = session.desk.house.ports.timezone, _rungs(session, rows)
    lines = [
        (
            local_day(row["created_at"], zone), f"{row['stream'].partition(':')[2]} {row['n']}",
            name.get(row["rung"], row["rung"]), say.say(f"notice_status.{row['status']}"),
            row["post"], row["subject"],
        )
        for row in rows
    ]  # fmt: skip
    return output.table([say.say(f"head.{key}") for key in HEADS], lines, whole=(0, 1))


def _rungs(session: Session, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return the names of the rungs that notices come from, by key; workflows may share them."""
    first = {row["rung"]: row["stream"].partition(":")[2] for row in rows if row["rung"]}
    workflows = {rung: session.desk.queries.project(code).workflow for rung, code in first.items()}
    return {rung: session.say.name(held, "rung", rung) for rung, held in workflows.items()}


@reads(app, "show")
def show(session: Session, code: Code, n: Number, *, html: Page = False) -> Done:
    """Print a notice as it was written."""
    rows = session.desk.queries.notices(stream=stream_of(code))
    row = next((row for row in rows if row["n"] == n), None)
    if row is None:
        raise WrongError("notice", code=code, n=n, most=len(rows))
    if html and not session.given.as_json:
        output.line(row["page"])
        return None
    data = {**_brief(row), "cause": row["cause"], "body": row["body"], "page": row["page"]}
    session.answer(data, lambda: Group(Text(row["subject"], "bold"), "", Text(row["body"])))
    return None


@reads(app, "preview")
def preview(session: Session, *, full: Full = False) -> Done:
    """Print what a sweep would write now, or at the moment given; nothing is written."""
    told = planned.told(session, session.desk.sweep.preview().planned)
    session.answer(planned.data(told), lambda: planned.table(session, told, full=full))
    return None
