"""``shidian task``: what is owed, and the daily work on it."""

from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from cli import output, project_page, shapes
from cli.acting import perform
from cli.errors import WrongError
from cli.forms import codes, day, pairs, paper, target, whole
from cli.options import (
    Codes,
    Data,
    Days,
    DocNo,
    File,
    Note,
    Party,
    Period,
    Project,
    Ref,
    TaskName,
    Title,
)
from cli.session import Session
from cli.verb import Done, acts, branch, reads
from engine.core.commands import Accept, Count, Raise, Record, Reopen, Submit, Target
from engine.core.opening import label
from engine.services.queries import Owed

app = branch("task")

Slot = Annotated[str | None, typer.Option("--slot", metavar="SLOT")]
SendBack = Annotated[bool, typer.Option("--send-back")]
Step = Annotated[str | None, typer.Option("--step", metavar="STEP")]
Org = Annotated[str | None, typer.Option("--org", metavar="ORG")]
Value = Annotated[int, typer.Argument(metavar="N", parser=whole)]
NewRef = Annotated[str, typer.Argument(metavar="REF")]
NewTitle = Annotated[str, typer.Argument(metavar="TITLE")]
Due = Annotated[date | None, typer.Option("--due", metavar="DATE", parser=day)]
Words = Annotated[str | None, typer.Option("--words", metavar="TEXT")]
Post = Annotated[str | None, typer.Option("--post", metavar="POST")]
Late = Annotated[bool, typer.Option("--late")]
NeedNote = Annotated[str, typer.Option("--note", metavar="TEXT")]
HEADS = ("due", "late", "code", "task", "key", "holder")


@reads(app, "list")
def list_(
    session: Session, *, post: Post = None, project: Project = None, late: Late = False
) -> Done:
    """Print what is owed, by due day."""
    if post is not None:
        session.desk.actor(post)
    rows = [
        row
        for row in session.desk.queries.owed(post)
        if project in (None, row.project.code) and (row.late or not late)
    ]
    session.answer([shapes.owed(row) for row in rows], lambda: _table(session, rows))
    return None


def _table(session: Session, rows: list[Owed]) -> RenderableType:
    say = session.say
    if not rows:
        return Text(say.say("line.nothing_owed"))
    heads = [say.say(f"head.{key}") for key in HEADS]
    return output.table(heads, [_line(session, row) for row in rows], right=(1,), whole=(0, 2))


def _line(session: Session, row: Owed) -> tuple[object, ...]:
    say, task = session.say, row.task
    name = say.label(row.workflow, label(task), task.title)
    if task.kind == "stage":
        name = say.say("what.stage", name=name)
    waiting = task.waiting or ""
    who = waiting if waiting in row.workflow.roles else task.holder
    return (
        project_page.due(say, task), output.cell(row.late, "bold red") if row.late else "",
        row.project.code, name, label(task), say.name(row.workflow, "role", who),
    )  # fmt: skip


@acts(app, "submit")
def submit(
    session: Session, code: Codes, task: TaskName, *, slot: Slot = None, doc_no: DocNo = None,
    title: Title = None, file: File = None,
) -> Done:  # fmt: skip
    """Hand in a paper."""
    return perform(session, codes(code), Submit(target(task), slot, paper(doc_no, title, file)))


@acts(app, "accept")
def accept(
    session: Session, code: Codes, task: TaskName, *, send_back: SendBack = False, note: Note = None
) -> Done:
    """Accept a complete deliverable, or send it back."""
    return perform(session, codes(code), Accept(target(task), not send_back, note))


@acts(app, "record")
def record(
    session: Session, code: Codes, task: TaskName, *, step: Step = None, data: Data = None,
    org: Org = None, doc_no: DocNo = None, title: Title = None, file: File = None,
    note: Note = None, period: Period = None, ref: Ref = None,
) -> Done:  # fmt: skip
    """Record the next step of a task."""
    meant, cited = target(task, period, ref), paper(doc_no, title, file)
    return perform(session, codes(code), Record(meant, pairs(data), step, org, cited, note))


@acts(app, "count")
def count(
    session: Session, code: Codes, task: TaskName, party: Party, value: Value, *, note: Note = None,
    doc_no: DocNo = None,
) -> Done:  # fmt: skip
    """Report heads towards a quota."""
    cited = paper(doc_no, None, None)
    return perform(session, codes(code), Count(target(task), party, value, note, cited))


@acts(app, "raise")
def raise_(
    session: Session, code: Codes, task: TaskName, ref: NewRef, title: NewTitle, *,
    due: Due = None, days: Days = None, data: Data = None, words: Words = None,
) -> Done:  # fmt: skip
    """Open an ad-hoc task under a reference of its own."""
    if due is not None and days is not None:
        raise WrongError("due_or_days")
    return perform(session, codes(code), Raise(task, ref, title, due, days, pairs(data), words))


@acts(app, "reopen")
def reopen(
    session: Session, code: Codes, task: TaskName, *, note: NeedNote, ref: Ref = None,
    days: Days = None,
) -> Done:  # fmt: skip
    """Reopen a closed ad-hoc task."""
    meant: Target = target(task, None, ref)
    return perform(session, codes(code), Reopen(meant, note, days))
