"""``shidian calendar``, the changes: a paper or a closure, what it moves, and confirming that."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group

import bootstrap
from cli import definitions, own_days, pending, publishing
from cli.acting import perform
from cli.errors import DONE, WrongError
from cli.forms import codes
from cli.options import Project
from cli.session import Session
from cli.verb import Done, acts, reads
from cli.verbs.calendar import app
from engine.core.arrangements import Arrangement
from engine.core.commands import ConfirmCalendar
from engine.core.errors import UnknownObjectError
from engine.services import registers
from engine.services.house import CALENDARS
from engine.services.registers import Publication
from engine.storage import boards
from workflows import yamlfile
from workflows.arrangement_beside import Beside

File = Annotated[str, typer.Argument(metavar="FILE")]
OwnOrg = Annotated[str, typer.Option("--org", metavar="ORG")]
Off = Annotated[list[str] | None, typer.Option("--off", metavar="DATE[..DATE]")]
Work = Annotated[list[str] | None, typer.Option("--work", metavar="DATE[..DATE]")]
Because = Annotated[str, typer.Option("--reason", metavar="TEXT")]
All = Annotated[bool, typer.Option("--all")]


@acts(app, "import")
def import_(session: Session, file: File) -> Done:
    """Publish an arrangement of working days."""
    path = Path(file)
    raw = yamlfile.content(path)
    return _publish(session, *bootstrap.arrangement(raw, path.name, _beside(session)))


@acts(app, "add")
def add(
    session: Session, *, org: OwnOrg, off: Off = None, work: Work = None, reason: Because
) -> Done:
    """Publish own days of an org: closed, or worked."""
    beside = _beside(session)
    if org not in beside.orgs:
        raise UnknownObjectError("org", org, boards.closest(org, beside.orgs))
    if not (off or work):
        raise WrongError("off_or_work")
    text = own_days.text(org, off or (), work or (), reason, beside)
    return _publish(session, *bootstrap.arrangement(text, own_days.WHERE, beside))


def _beside(session: Session) -> Beside:
    house = session.desk.house
    with house.database.read() as cursor:
        known = house.arrangements(cursor)
    return Beside(session.today(), known, definitions.registered(session))


def _publish(session: Session, arrangement: Arrangement, publication: Publication) -> int:
    """Publish an arrangement, and print what it would move: that stands until it is confirmed."""
    held = {row.version: row.digest for row in definitions.published(session, CALENDARS)}
    publishing.refuse_another_text(held, publication)
    calendars, say = session.desk.calendars, session.say
    moves = calendars.moves(more=arrangement)
    projects = calendars.counting_with(arrangement.region)
    is_new = publishing.write(session, publication, registers.publish_calendar)
    facts: dict[str, Any] = {"key": publication.key, "version": publication.version}
    key = "line.published" if is_new else "line.published_before"
    said = say.say("line.would_publish" if session.acting.dry_run else key, **facts)
    session.answer(
        {**facts, "digest": publication.digest, "new": is_new, "dry_run": session.acting.dry_run,
         "projects": projects, "moves": [pending.data(each) for each in moves]},
        lambda: Group(said, say.say("line.counting_with", n=projects), pending.page(say, moves)),
    )  # fmt: skip
    return DONE


@reads(app, "moves")
def moves(session: Session, *, project: Project = None) -> Done:
    """Print the deadlines that a known calendar would move, and that nobody has confirmed yet."""
    found = session.desk.calendars.moves(project)
    session.answer([pending.data(each) for each in found], lambda: pending.page(session.say, found))
    return None


@acts(app, "confirm")
def confirm(session: Session, *, project: Project = None, every: All = False) -> Done:
    """Let the deadlines move of some projects, or of all; owners are told once."""
    if (project is None) is not every:
        raise WrongError("project_or_all")
    session.actor()
    wanted = codes(project) if project is not None else (None,)
    found = [move for code in wanted for move in session.desk.calendars.moves(code)]
    waiting = list(dict.fromkeys(move.project.code for move in found))
    if not waiting:
        session.answer({"results": []}, lambda: session.say.say("line.nothing_to_confirm"))
        return DONE
    return perform(session, waiting, ConfirmCalendar())
