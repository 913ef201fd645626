"""The register as a file, and a file as projects: what pages, API and terminal share."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bootstrap import Desk
from engine.core.definition import Workflow
from engine.core.errors import UsageError
from engine.core.events import Actor
from engine.core.filled import CODE, DATE, PARTY, REGION, WAVE, columns_of
from engine.core.sheets import Problem, Table, head_key
from engine.core.uploads import refuse
from engine.services.exports import REGISTER
from engine.services.importing import Judged
from engine.services.projects import Wanted
from templates.words import LOCALES, Words
from templates.workbook import FORMS, Head, Sheet, written
from web import columns
from web.words import speech

MOST = 20_000
"""Projects in one file."""

DAYS = ("due", "opened_on", "closed_on")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that goes out: its bytes, media type and name, and how many projects it lists."""

    body: bytes
    media_type: str
    name: str
    n: int


def workflows_of(desk: Desk) -> list[Workflow]:
    """Return the workflows that projects run under, by digest."""
    with desk.house.database.read() as cursor:
        return [desk.house.workflow(cursor, digest) for digest in desk.projects.digests()]


def taken(
    desk: Desk, say: Words, actor: Actor, wanted: Wanted, org: str | None, cols: str, form: str
) -> Taken:
    """Return the register as filtered, as a file; that it was taken out is recorded first.

    Args:
        desk: the services.
        say: the language of heads and words.
        actor: who takes it.
        wanted: which projects, in which order.
        org: whose view it is, None for everything.
        cols: the columns by commas; empty for all that a project was opened with.
        form: one of `templates.workbook.FORMS`.

    Raises:
        UsageError: there is no such form.
        RefusalError: too many projects for one file.
    """
    if form not in FORMS:
        listed = ", ".join(FORMS)
        raise UsageError(
            f"form {form!r}: one of {listed}", "form_unknown", found=form, known=listed
        )
    rows = desk.projects.rows(wanted, org)
    if len(rows) > MOST:
        raise refuse("too_many_projects", n=len(rows), most=MOST)
    query = {**wanted.given(), **({"cols": cols} if cols else {})}
    desk.exports.record(actor, form, query, len(rows), REGISTER)
    found = {row.project.digest: row.workflow for row in rows}
    known = columns.titles(say, found.values())
    keys = columns.chosen(cols, known, columns.usual_of_file(found.values()))
    keys = list(dict.fromkeys([CODE, *keys]))
    streams = [row.stream for row in rows]
    details = desk.queries.details(streams) if columns.needs_detail(keys) else [None] * len(rows)
    cells = columns.Cells(desk, say)
    lines = [cells.of(keys, row, detail) for row, detail in zip(rows, details, strict=True)]
    heads = [Head(known[key], key in DAYS or key.startswith(DATE)) for key in keys]
    above = _above(desk, say, wanted, len(rows))
    sheet = Sheet(say.say("projects.title"), heads, lines, above, say.say("register.footer"))
    name = f"{say.say('projects.title')}.{'xlsx' if form == 'xlsx' else 'csv'}"
    return Taken(written(sheet, form), FORMS[form], name, len(rows))


def _above(desk: Desk, say: Words, wanted: Wanted, n: int) -> list[str]:
    """Return the lines that say as of when a file is and what it leaves out."""
    house = desk.house
    with house.database.read() as cursor:
        at: datetime = house.now(cursor).astimezone(ZoneInfo(house.ports.timezone))
    said = [f"{say.say(f'register.by_{key}')}: {text}" for key, text in wanted.given().items()]
    facts = {"day": say.day(at.date()), "time": at.strftime("%H:%M"), "n": n}
    filters = "; ".join(said) or say.say("register.no_filter")
    return [say.say("register.as_of", **facts), say.say("register.filter_is", filters=filters)]


def heads_read(workflow: Workflow) -> dict[str, str]:
    """Return the keys of columns by every head they are known under, in both languages."""
    found: dict[str, str] = {}
    for locale in LOCALES:
        say = speech(locale)
        named = columns.titles(say, [workflow])
        for key in columns_of(workflow):
            also = say.say(f"register.also_{key}").split(";") if "." not in key else []
            for title in (named[key], key, *also):
                found.setdefault(head_key(title), key)
    return found


def table_read(desk: Desk, name: str, content: bytes, workflow: Workflow) -> Table:
    """Return the table of a file that lists projects of a workflow.

    Raises:
        RefusalError: the file cannot be read, or names no columns of such a list.
    """
    return desk.importing.table(name, content, heads_read(workflow))


def template(desk: Desk, say: Words, workflow: Workflow) -> Taken:
    """Return an empty sheet to fill in: the workflow's columns, with lists to choose from."""
    known, named = desk.importing.known(workflow), columns.titles(say, [workflow])
    orgs, waves = tuple(sorted(set(known.orgs.values()))), tuple(known.waves.values())
    heads = []
    for key in columns_of(workflow):
        is_org = key == REGION or key.startswith(PARTY)
        choices = waves if key == WAVE else orgs if is_org else ()
        kind = key.partition(".")[0]
        hint = say.say(f"register.hint_{'party' if is_org else kind}")
        heads.append(Head(named[key], key.startswith(DATE), choices, hint))
    above = [say.say("register.fill_in", workflow=workflow.name[say.locale])]
    sheet = Sheet(say.say("register.sheet"), heads, (), above, "", say.say("register.lists"))
    name = f"{say.say('register.sheet')}.xlsx"
    return Taken(written(sheet, "xlsx"), FORMS["xlsx"], name, 0)


def said(say: Words, workflow: Workflow, line: Judged) -> list[tuple[str, str]]:
    """Return what is wrong in a line, as (cell, sentence); the cell is empty where none is."""
    cells = [(one.place, sentence(say, one)) for one in line.problems]
    return [*cells, *[("", say.reason(reason, workflow)) for reason in line.reasons]]


def sentence(say: Words, problem: Problem) -> str:
    """Return what is wrong in a cell, and what would be right."""
    return say.say(f"sheet.{problem.code}", **problem.facts)
