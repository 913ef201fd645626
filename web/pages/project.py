"""项目详情: where a project stands, why it cannot move on, who holds the ball, what happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.bars import Bar, bars
from engine.core.decide.dispatch import Option
from engine.core.definition import TaskKind, Workflow
from engine.core.events import SILENT, Entry
from engine.core.opening import label
from engine.core.rows import Party, TaskRow
from engine.services.inbox import Item
from engine.services.queries import Detail
from templates.facts import due_day
from web.asked import Answer, Asked, Page
from web.facing import MARKS, Shown, by_name, name_of, shown
from web.history import told
from web.routes import Routes
from web.rules import Rule

ROUTES = Routes()
NOT_YOURS = "role_missing"
"""Why an action is not this post's to take: said beside the button, not counted as missing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the bar: `state` is done, now or ahead."""

    key: str
    name: str
    state: str
    planned: str
    actual: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One open task of the page."""

    row: TaskRow
    name: str
    lamp: Any
    holder: str
    is_mine: bool


@ROUTES.get("/p/{code}", Rule.SIGNED_IN)
def project(asked: Asked) -> Answer:
    """Show one project."""
    code = str(asked.at["code"])
    found = asked.site.desk.queries.project(code, org=asked.visitor.org)
    options = asked.site.desk.lifecycle.options(code, asked.visitor.actor())
    mine = asked.site.desk.inbox.in_project(code, asked.visitor.actor())
    entries = asked.site.desk.audit.history(code)
    which = asked.query.get("show", "matters")
    said = asked.say
    facts = {
        "found": found, "project": found.state.project, "lamp": found.lamp,
        "mark": MARKS[found.lamp.light], "light": said.light(found.lamp),
        "reason": said.lamp(found.lamp, found.workflow),
        "region": found.directory.org_name(found.state.project.parent),
        "steps": _steps(asked, found),
        "moves": [_move(asked, found, option, mine) for option in options],
        "owed": _owed(asked, found, mine), "done_tasks": _done(asked, found),
        "parties": _parties(asked, found), "plan": _plan(asked, found),
        "results": _results(asked, found),
        "told": told(said, found, _kept(entries, which)), "which": which,
        "counts": {"matters": len(_kept(entries, "matters")), "all": len(entries)},
        "standing": said.name(found.workflow, "standing", found.state.project.standing),
        "done": asked.query.get("done"),
        "stage_row": _stage_row(found, mine),
    }  # fmt: skip
    return Page("project.html.j2", facts)


def _stage_row(found: Detail, mine: list[Item]) -> TaskRow | None:
    """Return the stage's own row where the visitor may ask for more time for it now."""
    rows = [i.row for i in mine if any(turn.verb == "ask_extension" for turn in i.turns)]
    return min(rows, key=lambda row: (row.kind != "stage", row.due or date.max), default=None)


def _kept(entries: list[Entry], which: str) -> list[Entry]:
    if which == "all":
        return entries
    return [entry for entry in entries if entry.kind not in SILENT]


def _steps(asked: Asked, found: Detail) -> list[Step]:
    project = found.state.project
    listed = bars(found.state, found.workflow, found.calendar)
    keys = [bar.stage for bar in listed]
    here = keys.index(project.stage) if project.stage in keys else len(keys)
    states = ["done" if i < here else "now" if i == here else "ahead" for i in range(len(keys))]
    return [
        Step(
            bar.stage, asked.say.name(found.workflow, "stage", bar.stage), state,
            _planned(asked, bar), _actual(asked, bar, state),
        )
        for bar, state in zip(listed, states, strict=True)
    ]  # fmt: skip


def _short(asked: Asked, day: date | None) -> str:
    return asked.say.day_short(day) if day else asked.say.say("project.no_day")


def _planned(asked: Asked, bar: Bar) -> str:
    until = bar.extended_to or bar.planned_to
    return asked.say.say("project.planned", to=_counted(asked, until, bar))


def _counted(asked: Asked, day: date | None, bar: Bar) -> str:
    """Return a planned day in short, marked where it rests on a year without its notice."""
    shown = _short(asked, day)
    return asked.say.say("notice.due_short", due=shown) if day and bar.provisional else shown


def _actual(asked: Asked, bar: Bar, state: str) -> str:
    if not bar.stays or state == "ahead":
        return ""
    entered, left = bar.stays[-1]
    if state == "now" or left is None:
        return asked.say.say("project.since", on=_short(asked, entered))
    return asked.say.say("project.left", on=_short(asked, left))


def _move(asked: Asked, found: Detail, option: Option, mine: list[Item]) -> dict[str, Any]:
    """Return an action with every reason against it, and where each can be lifted."""
    say, workflow = asked.say, found.workflow
    whys, barred = [], [by_name(found.directory, reason) for reason in option.reasons]
    for reason in (one for one in barred if one.code != NOT_YOURS):
        task = str(reason.facts.get("task") or "")
        row = next((r for r in _open(found) if task in (r.key, label(r))), None)
        whys.append({
            "text": say.reason(reason, workflow), "lift": say.lift(reason, workflow),
            "row": row,
            "holder": say.name(workflow, "role", reason.holder) if reason.holder else "",
            "is_mine": row is not None and any(i.row.n == row.n and i.turns for i in mine),
            "undecided": reason.undecided, "code": reason.code,
        })  # fmt: skip
    key = "turn.advance" if _is_forward(workflow, option) else "turn.act"
    name = say.say(
        key,
        to=say.name(workflow, "stage", option.to),
        name=say.name(workflow, "action", option.key),
    )
    stage_row = next((r for r in _open(found) if r.kind == "stage"), None)
    others = [say.reason(reason, workflow) for reason in barred if reason.code == NOT_YOURS]
    return {"option": option, "name": name, "whys": whys, "row": stage_row, "others": others,
            "is_forward": _is_forward(workflow, option)}  # fmt: skip


def _is_forward(workflow: Workflow, option: Option) -> bool:
    action = workflow.actions.get(option.key) if option.kind == "stage" else None
    return action is not None and action.kind.value == "advance"


def _open(found: Detail) -> list[TaskRow]:
    rows = found.state.rows(TaskRow)
    return [row for row in rows if row.status == "open" and row.kind != "series"]


def _owed(asked: Asked, found: Detail, mine: list[Item]) -> list[Owed]:
    say, lamps = asked.say, {item.row.n: item.lamp for item in mine}
    rows = sorted(_open(found), key=lambda row: (row.due or date.max, row.n))
    return [
        Owed(
            row, name_of(say, found.workflow, row),
            shown(say, found.lamps[row.n], row) if row.n in found.lamps else None,
            say.name(found.workflow, "role", row.holder), row.n in lamps,
        )
        for row in rows
    ]  # fmt: skip


def _done(asked: Asked, found: Detail) -> list[tuple[str, str]]:
    rows = [r for r in found.state.rows(TaskRow) if r.status in ("done", "waived")]
    visit = found.state.project.visit
    return [
        (name_of(asked.say, found.workflow, r), _short(asked, r.done_on))
        for r in rows
        if r.visit == visit and not r.period and not r.ref
    ]


def _parties(asked: Asked, found: Detail) -> list[tuple[str, str]]:
    return [
        (asked.say.name(found.workflow, "party", row.name), found.directory.org_name(row.org))
        for row in found.state.rows(Party)
        if row.to_on is None
    ]


def _results(asked: Asked, found: Detail) -> list[tuple[str, Shown]]:
    """Return what the project brings forth for others to accept, and how far each has come."""
    say, rows = asked.say, {row.key: row for row in found.state.rows(TaskRow)}
    return [
        (say.name(found.workflow, "task", task.key), _stand(asked, found, rows.get(task.key)))
        for task in found.workflow.tasks.values()
        if task.kind == TaskKind.DELIVERABLE and task.accepted_by
    ]


def _stand(asked: Asked, found: Detail, row: TaskRow | None) -> Shown:
    if row is None:
        return Shown("grey", asked.say.say("result.ahead"), "")
    if row.n in found.lamps:
        return shown(asked.say, found.lamps[row.n], row)
    name = asked.say.name(found.workflow, "status", row.status)
    return Shown("done", name, _short(asked, row.done_on))


def _plan(asked: Asked, found: Detail) -> list[dict[str, str]]:
    here = found.state.project.stage
    lines = []
    for bar in bars(found.state, found.workflow, found.calendar):
        left = bar.stays[-1][1] if bar.stays else None
        due = bar.extended_to or bar.planned_to
        running = asked.say.say("project.running" if bar.stage == here else "project.no_day")
        lines.append({
            "name": asked.say.name(found.workflow, "stage", bar.stage),
            "planned": _span(asked, bar, _counted(asked, due, bar)),
            "actual": _early(asked, bar, _short(asked, left) if left else running),
            "gap": _gap(asked, found, due, left), "now": "now" if bar.stage == here else "",
        })  # fmt: skip
    return lines


def _span(asked: Asked, bar: Bar, until: str) -> str:
    """Return a planned finish, with the first day of its window where the source names one."""
    if bar.window_from is None:
        return until
    due, first = bar.extended_to or bar.planned_to, asked.say.day_short(bar.window_from)
    if due is not None and due.year != bar.window_from.year:  # 12月1日至10月31日 says too little
        first = asked.say.day(bar.window_from)
        until = due_day(asked.say, due, provisional=bar.provisional)
    return asked.say.say("window.span", first=first, last=until)


def _early(asked: Asked, bar: Bar, actual: str) -> str:
    """Return what was, with the day of the beginning where that lay before the window."""
    if not bar.is_early or bar.window_from is None:
        return actual
    begun = _short(asked, bar.begun_on)
    said = asked.say.say("window.begun", begun=begun)
    return asked.say.say("window.beside", actual=actual, said=said)


def _gap(asked: Asked, found: Detail, due: date | None, left: date | None) -> str:
    if due is None or left is None:
        return asked.say.say("project.no_day")
    days = found.calendar.between(due, left)
    if days == 0:
        return asked.say.say("project.on_time")
    return asked.say.say("project.late" if days > 0 else "project.early", days=abs(days))
