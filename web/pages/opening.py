"""新建: one project, by the same rules and sentences as a line of a sheet."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from engine.core.commands import Open, Phrase
from engine.core.definition import Workflow
from engine.core.errors import RefusalError
from engine.core.filled import CODE, DATE, NAME, PARTY, REGION, WAVE, Known, columns_of, read_lines
from engine.core.sheets import Cell, Line, Table
from engine.services.lifecycle import Ask
from web import asking, columns, register
from web.asked import Answer, Asked, Go, Page
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
MOST_OFFERED = 500
"""Units that a field offers; where there are more, a name or code is typed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: what was typed, and what is wrong with it."""

    key: str
    title: str
    value: str
    on: str
    wrong: str


@ROUTES.get("/projects/new", Rule.SIGNED_IN)
def new(asked: Asked) -> Answer:
    """Show the form of a workflow; where there are several, one is chosen first."""
    return _page(asked, _workflow(asked, asked.query.get("workflow", "")))


@ROUTES.post("/projects/new", Rule.SIGNED_IN)
def open_one(asked: Asked) -> Answer:
    """Open the project, or say in the form what stands in the way."""
    workflow = _workflow(asked, asked.typed("workflow"))
    if workflow is None:
        return Go("/projects/new")
    command, wrong = _read(asked, workflow)
    if command is None:
        return _page(asked, workflow, wrong, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ask = Ask(command, asked.visitor.actor(), key=asked.typed("key") or None)
    try:
        asked.site.desk.lifecycle.act(command.code, ask)
    except RefusalError as refused:
        whys = [asked.say.reason(reason, workflow) for reason in refused.reasons]
        return _page(asked, workflow, {}, whys, HTTPStatus.UNPROCESSABLE_ENTITY)
    return Go(f"/p/{command.code}")


def _workflow(asked: Asked, key: str) -> Workflow | None:
    found = asked.site.desk.importing.workflows()
    return next((one for one in found if one.key == key or len(found) == 1), None)


def _known(asked: Asked, workflow: Workflow) -> Known:
    return asked.site.desk.importing.known(workflow)


def _read(asked: Asked, workflow: Workflow) -> tuple[Open | None, dict[str, str]]:
    """Return what a form asks for, or what is wrong by field."""
    keys = columns_of(workflow)
    chosen = {key: on for key in workflow.dates if (on := asking.day(asked, f"on.{key}"))}
    cells = {
        key: Cell(text="" if key.removeprefix(DATE) in chosen else asked.typed(key)) for key in keys
    }
    table = Table("", {key: at for at, key in enumerate(keys)}, (Line(1, cells),))
    (read,) = read_lines(table, workflow, _known(asked, workflow))
    if read.command is None:
        return None, {one.key: register.sentence(asked.say, one) for one in read.problems}
    dates = {
        key: Phrase(asked.typed(f"{DATE}{key}") or on.isoformat(), on) for key, on in chosen.items()
    }
    return replace(read.command, dates={**read.command.dates, **dates}), {}


def _page(
    asked: Asked, workflow: Workflow | None, wrong: dict[str, str] | None = None,
    whys: list[str] | None = None, status: int = HTTPStatus.OK,
) -> Page:  # fmt: skip
    facts: dict[str, object] = {
        "workflows": [
            (one.key, one.name[asked.say.locale]) for one in asked.site.desk.importing.workflows()
        ],
        "workflow": workflow, "whys": whys or [], "wrong": wrong or {},
    }  # fmt: skip
    if workflow is not None:
        facts |= _form(asked, workflow, wrong or {})
    return Page("opening.html.j2", facts, status)


def _form(asked: Asked, workflow: Workflow, wrong: dict[str, str]) -> dict[str, object]:
    known, titles = _known(asked, workflow), columns.titles(asked.say, [workflow])
    fields = {
        key: Field(
            key, titles[key], asked.typed(key), asked.typed(f"on.{key.removeprefix(DATE)}"),
            wrong.get(key, ""),
        )
        for key in columns_of(workflow)
    }  # fmt: skip
    orgs = sorted(known.orgs.items()) if len(known.orgs) <= MOST_OFFERED else []
    return {
        "name": workflow.name[asked.say.locale], "first": [fields[CODE], fields[NAME]],
        "orgs": orgs, "waves": list(known.waves.items()), "wave": fields[WAVE],
        "parties": [fields[REGION], *[f for k, f in fields.items() if k.startswith(PARTY)]],
        "dates": [f for k, f in fields.items() if k.startswith(DATE)],
    }  # fmt: skip
