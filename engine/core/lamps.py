"""The lamp of a project and its reason, for any day: computed, never stored."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from engine.core.calendar import Calendar
from engine.core.cutoff import counted_day
from engine.core.deadlines import rungs_reached
from engine.core.definition import Rung, Workflow
from engine.core.errors import Facts
from engine.core.opening import label
from engine.core.rows import Grant, Pause, TaskRow, Visit
from engine.core.state import State
from engine.core.timing import ladder_of, lateness, rule_of


class Light(StrEnum):
    """The lamps, worst last but for the neutral ones. `overdue` is a lamp, never a state."""

    CLOSED = "closed"
    ENDED = "ended"
    PAUSED = "paused"
    NORMAL = "normal"
    EXTENDED = "extended"
    DUE_SOON = "due_soon"
    WAITING = "waiting"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp with the task that decides it. `late`, `left` and `waited` are working days.

    `provisional` says that the due day rests on a year whose notice is not there yet. `rung` is
    the highest one whose day has come, on the ladder of that task. What waits for another side is
    not late; `waited` says for how long that side has had it.
    """

    light: Light
    task: str | None = None
    label: str | None = None
    title: str | None = None
    due: date | None = None
    provisional: bool = False
    late: int = 0
    left: int = 0
    holder: str | None = None
    rung: Rung | None = None
    waited: int = 0
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """The world of one project on a day: where it stood and what was owed."""

    stage: str
    standing: str
    visit: Visit | None
    owed: tuple[TaskRow, ...]
    is_closed: bool


def view(state: State, on: date) -> View:
    """Return where a project stood on a day, by what its rows say happened.

    The rows are those of any fold of the trail; the fold is never filtered by effective date.
    """
    project = state.project
    first, *_ = visits = list(state.rows(Visit))
    begun = [held for held in visits if held.entered_on is not None and held.entered_on <= on]
    visit = begun[-1] if begun else None
    closed = project.closed_on is not None and project.closed_on <= on
    return View(
        stage=(visit or first).stage,
        standing=_standing(state, on, closed=closed),
        visit=visit,
        owed=tuple(row for row in state.rows(TaskRow) if _was_owed(row, on)),
        is_closed=closed,
    )


def _standing(state: State, on: date, *, closed: bool) -> str:
    if closed:
        return state.project.standing
    for pause in state.rows(Pause):
        begun = pause.from_on is not None and pause.from_on <= on
        if begun and (pause.to_on is None or on < pause.to_on):
            return pause.standing
    return "active"


def _was_owed(row: TaskRow, on: date) -> bool:
    if row.opened_on is None or row.opened_on > on or row.carried or row.kind == "series":
        return False
    return row.status == "open" or (row.done_on is not None and row.done_on > on)


def lamp(
    state: State, workflow: Workflow, calendar: Calendar, on: date, at: datetime | None = None
) -> Lamp:
    """Return a project's lamp on a day: the worst of what it owes, and why.

    Only what the source demands (`must`) can turn it; what waits for our own side is shown as
    waiting, not as late; a date moved by approval counts as in time. Seen at a moment (UTC), what
    was due by close of business is late from then on.
    """
    seen = view(state, on)
    if seen.is_closed:
        return Lamp(Light.CLOSED if workflow.stages[seen.stage].final else Light.ENDED)
    if seen.standing != "active":
        return Lamp(Light.PAUSED)
    found = [(task_lamp(state, workflow, calendar, row, on, at), row) for row in seen.owed]
    order = list(Light)
    worst = max(found, key=lambda one: _badness(order, one[0]), default=None)
    if worst is None:
        return Lamp(Light.NORMAL)
    return replace(worst[0], rung=_rung(workflow, calendar, *worst, on))


def _badness(order: list[Light], one: Lamp) -> tuple[int, int, bool, int]:
    return order.index(one.light), max(one.late, one.waited), one.due is not None, -one.left


def _rung(workflow: Workflow, calendar: Calendar, one: Lamp, row: TaskRow, on: date) -> Rung | None:
    ladder = ladder_of(workflow, row)
    if ladder is None or row.due is None or one.light is Light.WAITING:
        return None
    reached = rungs_reached(row.due, ladder, 0, on, calendar)
    return reached[-1] if reached else None


def task_lamp(
    state: State, workflow: Workflow, calendar: Calendar, row: TaskRow, on: date,
    at: datetime | None = None,
) -> Lamp:  # fmt: skip
    """Return the lamp of one open task on a day, or at a moment of it (a day may end at close)."""
    on = counted_day(workflow, rule_of(workflow, row), on, at, calendar)
    is_stage = row.kind == "stage"
    must = is_stage or workflow.tasks[row.key].strength == "must"
    late = lateness(row.due, on, calendar)
    left = max(0, calendar.between(on, row.due)) if row.due else 0
    said = (row.key, label(row), row.title, row.due, row.provisional, late, left)
    if row.waiting:
        waited = calendar.between(row.waits_from_on, on) if row.waits_from_on else 0
        return replace(Lamp(Light.WAITING, *said, row.waiting), late=0, waited=max(0, waited))
    if not must or row.due is None:
        return Lamp(Light.NORMAL, row.key, label(row), row.title, holder=row.holder)
    if late:
        return Lamp(Light.OVERDUE, *said, row.holder)
    if left <= workflow.due_soon_days:
        return Lamp(Light.DUE_SOON, *said, row.holder)
    granted = any(g.task == row.n and g.decision == "granted" for g in state.rows(Grant))
    return Lamp(Light.EXTENDED if granted else Light.NORMAL, *said, row.holder)
