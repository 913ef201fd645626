"""项目台账: every project the post may see: searched, ordered, kept as views, taken out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

from engine.core.definition import Workflow
from engine.core.errors import RefusalError, UnknownObjectError, UsageError
from engine.core.lamps import Lamp, Light
from engine.services.board import BoardRow
from engine.services.projects import ORDERS, Wanted
from engine.services.views import Kept
from templates.workbook import FORMS
from web import columns, register
from web.asked import Answer, Asked, File, Go, Page
from web.facing import MARKS
from web.paging import SIZE, pages, start_of
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
FILTERS = ("q", "parent", "wave", "stage", "lamp", "order", "cols")
"""What stands in the address of a register; a saved view keeps the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """One project of the register: what the row leads to, and its cells."""

    code: str
    name: str
    mark: str
    light: str
    reason: str
    cells: list[str | date | None]


@ROUTES.get("/projects", Rule.SIGNED_IN)
def projects(asked: Asked) -> Answer:
    """Show the register; every filter stands in the address, so that it can be sent on."""
    desk, visitor = asked.site.desk, asked.visitor
    if not asked.query:
        opening = desk.views.opening(visitor.account.person, visitor.org)
        if opening is not None:
            return Go(f"/projects?view={opening.id}")
    if len(asked.query.getlist("cols")) > 1:  # ticked one by one; in an address they stand as one
        said = {name: ",".join(asked.query.getlist(name)) for name in asked.query}
        return Go(f"/projects?{urlencode(said)}")
    return _page(asked)


def _page(asked: Asked, problem: str = "", status: int = HTTPStatus.OK) -> Answer:
    desk, visitor = asked.site.desk, asked.visitor
    kept = desk.views.of(visitor.account.person, visitor.org)
    view = next((one for one in kept if one.id == asked.query.get("view")), None)
    given = _given(asked, view)
    wanted = Wanted.of(given)
    found = desk.projects.page(wanted, visitor.org, start_of(asked), SIZE)
    if _names_one(asked) and found.n == 1:
        return Go(f"/p/{found.rows[0].project.code}")
    workflows = register.workflows_of(desk)
    known = columns.titles(asked.say, workflows)
    keys = columns.chosen(given.get("cols", ""), known, columns.USUAL)
    facts = {
        "lines": _lines(asked, found.rows, keys), "n": found.n, "total": found.total,
        "chosen": {name: given.get(name, "") for name in FILTERS}, "keys": keys, "known": known,
        "choices": _choices(asked, workflows), "orders": ORDERS, "forms": tuple(FORMS),
        "pages": pages(asked, found.n), "views": kept, "view": view, "problem": problem,
        "given": {name: text for name, text in given.items() if text},
        "opens_all": not any(one.opens for one in kept),
    }  # fmt: skip
    return Page("projects.html.j2", facts, status)


def _given(asked: Asked, view: Kept | None) -> dict[str, str]:
    """Return what to show: what the address says, or the view where it says nothing else."""
    said = {name: ",".join(asked.query.getlist(name)).strip() for name in FILTERS}
    if view is not None and not any(name in asked.query for name in FILTERS):
        return {name: view.asked.get(name, "") for name in FILTERS}
    return said


def _names_one(asked: Asked) -> bool:
    """Return whether the address says nothing but what to search for."""
    return [name for name, value in asked.query.items() if value] == ["q"]


def _lines(asked: Asked, rows: list[BoardRow], keys: list[str]) -> list[Line]:
    desk, say = asked.site.desk, asked.say
    cells = columns.Cells(desk, say)
    streams = [row.stream for row in rows]
    details = desk.queries.details(streams) if columns.needs_detail(keys) else [None] * len(streams)
    return [
        Line(
            row.project.code, row.project.name, MARKS[row.lamp.light], say.light(row.lamp),
            say.lamp(row.lamp, row.workflow), cells.of(keys, row, detail),
        )
        for row, detail in zip(rows, details, strict=True)
    ]  # fmt: skip


def _choices(asked: Asked, workflows: list[Workflow]) -> Mapping[str, list[tuple[str, str]]]:
    say, desk = asked.say, asked.site.desk
    stages = {
        key: stage.name.get(say.locale, key)
        for workflow in workflows
        for key, stage in workflow.stages.items()
    }
    return {
        "parent": desk.projects.regions(), "stage": list(stages.items()),
        "wave": [(wave.code, wave.name) for wave in desk.queries.waves()],
        "lamp": [(light.value, say.light(Lamp(light))) for light in Light],
    }  # fmt: skip


@ROUTES.post("/projects/export", Rule.SIGNED_IN)
def export(asked: Asked) -> Answer:
    """Return the register as filtered, as a file for spreadsheets."""
    wanted = Wanted.of({name: asked.typed(name) for name in FILTERS})
    visitor, form = asked.visitor, asked.typed("form")
    try:
        taken = register.taken(
            asked.site.desk, asked.say, visitor.actor(), wanted, visitor.org,
            asked.typed("cols"), form,
        )  # fmt: skip
    except RefusalError as refused:
        said = asked.say.say(f"reason.{refused.reasons[0].code}", **refused.reasons[0].facts)
        return _page(asked, said, HTTPStatus.UNPROCESSABLE_ENTITY)
    return File(taken.body, taken.media_type, taken.name)


@ROUTES.post("/projects/views", Rule.SIGNED_IN)
def keep(asked: Asked) -> Answer:
    """Keep, change or remove a view, or choose the one that the register opens with."""
    try:
        return Go(f"/projects?view={_kept(asked)}")
    except UsageError:
        return _page(asked, asked.say.say("views.wrong"), HTTPStatus.UNPROCESSABLE_ENTITY)
    except UnknownObjectError:
        return Go("/projects?view=")


def _kept(asked: Asked) -> str:
    """Do what a form about views asks, and return the id of the view to show next."""
    views, person, org = asked.site.desk.views, asked.visitor.account.person, asked.visitor.org
    view, act = asked.typed("view"), asked.typed("act")
    if act == "remove":
        views.remove(view, person)
        return ""
    if act == "all":
        views.open_with(None, person, org)
        return view
    if act in ("keep", "change"):
        view = _saved(asked, view, act)
    if asked.typed("opens"):
        views.open_with(view, person, org)
    return view


def _saved(asked: Asked, view: str, act: str) -> str:
    views, person, org = asked.site.desk.views, asked.visitor.account.person, asked.visitor.org
    shown = {name: asked.typed(name) for name in FILTERS}
    shared_with = org if asked.typed("share") else None
    if act == "keep":
        return views.keep(person, asked.typed("name"), shown, shared_with)
    asked_for = shown if asked.typed("with_filters") else None
    views.change(view, person, asked.typed("name"), asked_for, shared_with)
    return view
