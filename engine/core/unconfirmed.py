"""Open deadlines that the calendar known now would move, and that stand until it is confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.core.calendar import Calendar
from engine.core.definition import Workflow
from engine.core.rows import TaskRow
from engine.core.schedule import Schedule
from engine.core.state import Draft
from engine.core.timing import rule_of, scheduled


@dataclass(frozen=True, slots=True)
class Move:
    """An open deadline as it stands in `row`, and as it would be counted now.

    Either the day differs, or only whether it is provisional.
    """

    row: TaskRow
    was: date
    now: date
    provisional: bool
    found: Schedule

    @property
    def is_moved(self) -> bool:
        """Whether the day itself differs."""
        return self.was != self.now


def unconfirmed(draft: Draft, workflow: Workflow, calendar: Calendar) -> Iterator[Move]:
    """Yield what a calendar would change in a project, in the order of the rows; may be empty.

    Closed tasks never move, and what has no day has none to move.
    """
    for row in dated_rows(draft, workflow):
        if row.due is None or row.calendar in (None, calendar.version):
            continue
        found = scheduled(draft, workflow, row, calendar)
        if found.due is not None and (found.due, found.provisional) != (row.due, row.provisional):
            yield Move(row, row.due, found.due, found.provisional, found)


def dated_rows(draft: Draft, workflow: Workflow) -> list[TaskRow]:
    """Return the open tasks that have a rule for their due day, in the order of their numbers."""
    open_rows = (row for row in draft.rows(TaskRow) if row.status == "open")
    return [row for row in open_rows if row.kind != "series" and rule_of(workflow, row)]
