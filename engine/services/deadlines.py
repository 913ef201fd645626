"""Where a due day comes from: every step, with the calendar of any day."""

from dataclasses import dataclass
from datetime import date

from engine.core.calendar import Calendar
from engine.core.context import dated, office, parties
from engine.core.deadlines import local_day, rung_day
from engine.core.definition import Rung, Workflow
from engine.core.errors import UnknownObjectError
from engine.core.opening import label
from engine.core.rows import Dated, Grant, Pause, Project, TaskRow
from engine.core.schedule import Schedule
from engine.core.state import Draft, State
from engine.core.timing import ladder_of, rule_of, scheduled
from engine.services.house import House
from engine.services.lifecycle import stream_of, unknown_project
from engine.storage import boards


@dataclass(frozen=True, slots=True)
class Explained:
    """How a task's due day came about: words, reading, rule, every step, and its rungs.

    `phrase` is the date of the source the rule hangs on, where it hangs on one. `found` is
    reckoned anew with `calendar`; the day in force stands in `row`, with the version of the
    calendar that it was counted with. `now` is reckoned with the calendar known today, None for
    what is closed: where it differs, the difference waits to be confirmed. `office` is the org
    whose calendar counts, None where the first party is not bound.
    """

    project: Project
    workflow: Workflow
    row: TaskRow
    anchor: str | None
    phrase: Dated | None
    found: Schedule
    calendar: Calendar
    known_on: date
    rungs: tuple[tuple[Rung, date], ...]
    office: str | None = None
    now: Schedule | None = None
    pauses: tuple[Pause, ...] = ()
    grants: tuple[Grant, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether the day in force is the one that the calendar known today gives."""
        return self.now is None or (self.row.due, self.row.provisional) == (
            self.now.due, self.now.provisional,
        )  # fmt: skip


class Deadlines:
    """Questions about due days; nothing here writes."""

    def __init__(self, house: House) -> None:
        self._house = house

    def explain(self, code: str, wanted: str, known_on: date | None = None) -> Explained:
        """Return how a due day came about, with the calendar as it was known on a day.

        Args:
            code: the project.
            wanted: the task's label (``contract``, ``supervision/2018-03``) or a stage's key.
            known_on: count with the calendar known on this day; with the one that the day in
                force was counted with when None.

        Raises:
            UnknownObjectError: there is no such project or task; names the nearest.
        """
        with self._house.database.read() as cursor:
            state = self._house.store(cursor).find(stream_of(code))
            if state is None:
                raise unknown_project(self._house, cursor, code)
            workflow = self._house.workflow(cursor, state.project.digest)
            offices = self._house.offices(cursor, workflow, parties(Draft(state)))
            today, row = (
                local_day(self._house.now(cursor), workflow.timezone),
                the_row(state, wanted),
            )
            current = self._house.calendar(cursor, today, offices)
            if known_on is not None:
                calendar = self._house.calendar(cursor, known_on, offices)
                return _explained(state, workflow, row, (calendar, known_on), current)
            counted = self._house.counted_with(cursor, row.calendar, today, offices)
            return _explained(state, workflow, row, counted or (current, today), current)


def the_row(state: State, wanted: str) -> TaskRow:
    """Return the newest row of a task, by its label or by its reference alone.

    Raises:
        UnknownObjectError: the project has none; names the nearest.
    """
    rows = [row for row in state.rows(TaskRow) if row.kind != "series"]
    found = [row for row in rows if wanted in (label(row), row.ref)]
    if not found:
        known = dict.fromkeys(label(row) for row in rows)
        raise UnknownObjectError("task", wanted, boards.closest(wanted, known))
    return found[-1]


def _explained(
    state: State, workflow: Workflow, row: TaskRow, counted: tuple[Calendar, date],
    current: Calendar,
) -> Explained:  # fmt: skip
    calendar, day = counted
    draft = Draft(state)
    rule = rule_of(workflow, row)
    anchor = rule.anchor if rule is not None else None
    name = anchor.partition(":")[2] if anchor and anchor.startswith("date:") else None
    found = scheduled(draft, workflow, row, calendar)
    return Explained(
        state.project, workflow, row, anchor, dated(draft, name) if name else None, found,
        calendar, day, _rungs(workflow, row, found, calendar), office(workflow, parties(draft)),
        scheduled(draft, workflow, row, current) if row.status == "open" else None,
        tuple(state.rows(Pause)), tuple(g for g in state.rows(Grant) if g.task == row.n),
    )  # fmt: skip


def _rungs(
    workflow: Workflow, row: TaskRow, found: Schedule, calendar: Calendar
) -> tuple[tuple[Rung, date], ...]:
    ladder = ladder_of(workflow, row)
    if ladder is None or found.due is None:
        return ()
    return tuple((rung, rung_day(found.due, rung, calendar)) for rung in ladder.rungs)
