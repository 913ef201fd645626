"""``shidian project``, the acts: opening, actions, parties, readings of dates."""

from typing import Annotated

import typer

from cli.acting import perform
from cli.errors import WrongError
from cli.forms import codes, day, pairs, phrases, whole
from cli.options import Code, Codes, Note, Party, TaskName, Wave
from cli.session import Session
from cli.verb import Done, acts
from cli.verbs.project import app
from engine.core.commands import Act, Bind, ChooseDate, ChooseInterval, Open, Phrase
from engine.storage import boards

Action = Annotated[str, typer.Argument(metavar="ACTION")]
Many = Annotated[list[str] | None, typer.Argument(metavar="CODE")]
Items = Annotated[list[str] | None, typer.Option("--item", metavar="TASK")]
Because = Annotated[str | None, typer.Option("--reason", metavar="REASON")]
Name = Annotated[str, typer.Argument(metavar="NAME")]
Key = Annotated[str, typer.Option("--workflow", metavar="KEY")]
Parties = Annotated[list[str] | None, typer.Option("--party", metavar="PARTY=ORG")]
Dates = Annotated[list[str] | None, typer.Option("--date", metavar="NAME=DATE[:WORDS]")]
Region = Annotated[str | None, typer.Option("--region", metavar="ORG")]
Org = Annotated[str | None, typer.Argument(metavar="ORG")]
End = Annotated[bool, typer.Option("--end")]
Date = Annotated[str | None, typer.Argument(metavar="DATE")]
Every = Annotated[str, typer.Argument(metavar="EVERY")]
Words = Annotated[str | None, typer.Option("--words", metavar="TEXT")]
Reading = Annotated[str | None, typer.Option("--reading", metavar="TEXT")]


@acts(app, "open")
def open_(
    session: Session, code: Code, name: Name, *, workflow: Key = "pilot_project",
    party: Parties = None, date: Dates = None, region: Region = None, wave: Wave = None,
) -> Done:  # fmt: skip
    """Open a project."""
    command = Open(code, name, pairs(party), phrases(date), region, wave, workflow)
    return perform(session, [code], command)


@acts(app, "act")
def act(
    session: Session, action: Action, code: Many = None, *, wave: Wave = None,
    reason: Because = None, note: Note = None, item: Items = None,
) -> Done:  # fmt: skip
    """Perform an action in one project, several, or a whole wave."""
    command = Act(action, reason, note, tuple(item or ()))
    return perform(session, _chosen(session, code, wave), command)


def _chosen(session: Session, given: list[str] | None, wave: str | None) -> list[str]:
    named = [code for text in given or () for code in codes(text)]
    if wave is not None:
        held = _of_wave(session, wave)
        if not held:
            waves = ", ".join(each.code for each in session.desk.queries.waves())
            raise WrongError("empty_wave", given=wave, choices=waves or "-")
        named += held
    if not named:
        raise WrongError("no_project")
    return list(dict.fromkeys(named))


def _of_wave(session: Session, wave: str) -> list[str]:
    database = session.desk.house.database
    with database.read() as cursor:
        return [project.code for _, project in boards.projects(database, cursor, wave=wave)]


@acts(app, "bind")
def bind(
    session: Session, code: Codes, party: Party, org: Org = None, *, end: End = False,
    note: Note = None,
) -> Done:  # fmt: skip
    """Bind an org to projects under a party name, or end the binding."""
    if (org is None) != end:
        raise WrongError("org_or_end")
    return perform(session, codes(code), Bind(party, org, note))


@acts(app, "date")
def date_(
    session: Session, code: Codes, name: Name, date: Date = None, *, words: Words = None,
    reading: Reading = None,
) -> Done:  # fmt: skip
    """Choose or change the reading of a named date."""
    if date is None and words is None:
        raise WrongError("date_or_words")
    phrase = Phrase(words or str(date), day(date) if date else None, reading)
    return perform(session, codes(code), ChooseDate(name, phrase))


@acts(app, "interval")
def interval(
    session: Session, code: Codes, task: TaskName, every: Every, *, words: Words = None
) -> Done:
    """Choose how often a task recurs, where the workflow leaves that open."""
    is_run = every.isascii() and every.isdigit()
    chosen, days = ("days", whole(every)) if is_run else (every, None)
    return perform(session, codes(code), ChooseInterval(task, chosen, days, words))
