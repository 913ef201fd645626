"""Planned over actual: the bars of a project's stages on the wall chart."""

from dataclasses import dataclass
from datetime import date

from engine.core.calendar import Calendar
from engine.core.definition import Stage, Workflow
from engine.core.rows import Dated, Grant, Pause, TaskRow, Visit
from engine.core.schedule import schedule
from engine.core.state import State
from engine.core.windows import window_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage of one project: its planned span, its actual stays, its granted extension.

    `planned_to` is the due day as first reckoned; `extended_to` the granted one, where later;
    both are `provisional` where they rest on a year whose notice is not there yet. `window_from`
    is the first day where the source names a window (2017年9-11月); the plan then begins on it.
    """

    stage: str
    planned_from: date | None
    planned_to: date | None
    extended_to: date | None
    stays: tuple[tuple[date, date | None], ...]
    provisional: bool = False
    window_from: date | None = None

    @property
    def begun_on(self) -> date | None:
        """The day on which the stage was first entered, None where it was not."""
        return self.stays[0][0] if self.stays else None

    @property
    def is_early(self) -> bool:
        """Whether the stage began before its window opened: said, and no bar to anything."""
        begun = self.begun_on
        return self.window_from is not None and begun is not None and begun < self.window_from


def bars(state: State, workflow: Workflow, calendar: Calendar) -> tuple[Bar, ...]:
    """Return a bar for every stage that is not final, in the order of the workflow.

    A stage not reached yet is planned from its rule where that hangs on a named date; the plan
    of each begins with its window, or where the plan of the one before ends.
    """
    found = []
    begun = state.project.opened_on
    for stage in workflow.stages.values():
        if stage.final:
            continue
        planned = _planned(state, stage, calendar)
        finish = planned[0] or begun
        start = begun if begun is None or finish is None or begun <= finish else finish
        window = window_of(_phrase(state, stage))
        opens = window.first if window else None
        stays = _stays(state, stage.key)
        found.append(
            Bar(stage.key, opens or start, planned[0], planned[1], stays, planned[2], opens)
        )
        begun = planned[0] or begun
    return tuple(found)


def _stays(state: State, stage: str) -> tuple[tuple[date, date | None], ...]:
    return tuple(
        (visit.entered_on, visit.left_on)
        for visit in state.rows(Visit)
        if visit.stage == stage and visit.entered_on is not None
    )


def _planned(
    state: State, stage: Stage, calendar: Calendar
) -> tuple[date | None, date | None, bool]:
    """Return the planned finish, the extended one, and whether they are provisional."""
    rows = [row for row in state.rows(TaskRow) if row.kind == "stage" and row.key == stage.key]
    if rows and rows[-1].due is not None:
        row = rows[-1]
        granted = any(g.task == row.n and g.decision == "granted" for g in state.rows(Grant))
        return row.original_due, row.due if granted else None, row.provisional
    held = _phrase(state, stage)
    anchor = held.on if held else None
    if stage.due is None or anchor is None:
        return None, None, False
    found = schedule(stage.due, anchor, anchor, state.rows(Pause), (), calendar)
    return found.original, None, found.provisional


def _phrase(state: State, stage: Stage) -> Dated | None:
    """Return the present reading of the date that a stage's finish hangs on."""
    if stage.due is None or not stage.due.anchor.startswith("date:"):
        return None
    name = stage.due.anchor.partition(":")[2]
    held = [row for row in state.rows(Dated) if row.name == name]
    return held[-1] if held else None
