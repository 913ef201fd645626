"""Which occurrences of a cadence are owed: since when, at which interval, suspensions aside."""

from collections.abc import Sequence
from datetime import date, timedelta

from engine.core.context import dated
from engine.core.cycles import Occasion, occasion_at, read_occasion
from engine.core.definition import Task, Workflow
from engine.core.recurrence import Cadence, Every, FirstPeriod, Interval, SuspendedPeriod
from engine.core.rows import ChosenInterval, Pause, TaskRow
from engine.core.state import Draft

ONE = timedelta(days=1)


def chosen_interval(draft: Draft, key: str) -> ChosenInterval | None:
    """Return the interval last chosen for a cadence whose file leaves it open."""
    rows = [row for row in draft.rows(ChosenInterval) if row.key == key]
    return rows[-1] if rows else None


def interval_of(draft: Draft, task: Task) -> Interval | None:
    """Return how often a task recurs in this project; None while nobody has chosen it."""
    if task.cadence is None:
        return None
    if task.cadence.interval.every is not Every.UNSET:
        return task.cadence.interval
    held = chosen_interval(draft, task.key)
    return Interval(Every(held.every), held.days or 0) if held else None


def lacks_interval(draft: Draft, task: Task) -> bool:
    """Return whether a task recurs at an interval that somebody has still to choose."""
    return task.cadence is not None and interval_of(draft, task) is None


def next_occasion(draft: Draft, workflow: Workflow, row: TaskRow) -> Occasion | None:
    """Return the first owed occasion of a series that has no occurrence yet.

    None while the cadence's start or interval is not chosen, and where people name the days.
    What is chosen later changes the occasions to come: they are counted from the day after those
    opened, which stay, and the rule for the first period holds for the one then begun.
    """
    task = workflow.tasks[row.key]
    interval, begun = interval_of(draft, task), _begun(draft, task, row)
    if task.cadence is None or interval is None or begun is None:
        return None
    if interval.every is Every.AD_HOC:
        return None
    start = begun if row.period is None else max(begun, read_occasion(row.period).last + ONE)
    found = first_owed(occasion_at(interval, start), start, task.cadence.first)
    while not is_owed(draft, task, found):
        found = found.next()
    return found


def _begun(draft: Draft, task: Task, row: TaskRow) -> date | None:
    """Return the day a cadence begins: open, started, and its interval chosen."""
    cadence, held = task.cadence, chosen_interval(draft, task.key)
    if cadence is None or row.opened_on is None:
        return None
    start = _start(draft, cadence, row.opened_on)
    chosen = held.on if held is not None else None
    return start if start is None or chosen is None else max(start, chosen)


def _start(draft: Draft, cadence: Cadence, opened_on: date) -> date | None:
    if cadence.starts is None:
        return opened_on
    held = dated(draft, cadence.starts)
    return max(held.on, opened_on) if held is not None and held.on is not None else None


def first_owed(found: Occasion, begun: date, rule: FirstPeriod) -> Occasion:
    """Return the occasion in which a cadence begins, or the next one where the rule leaves it."""
    share = found.share_left(begun)
    owed = {"always": True, "half": share * 2 >= 1, "full": share == 1}[rule]
    return found if owed else found.next()


def is_owed(draft: Draft, task: Task, found: Occasion) -> bool:
    """Return whether suspensions that have ended leave an occasion owed.

    What runs on while the project is suspended is owed in any case.
    """
    if task.cadence is None or task.while_suspended:
        return True
    pauses = [pause for pause in draft.rows(Pause) if pause.from_on and pause.to_on]
    if task.cadence.suspended is SuspendedPeriod.SKIPPED:
        return not any(_touches(pause, found) for pause in pauses)
    return task.cadence.suspended is SuspendedPeriod.OWED or not _cover(pauses, found)


def _touches(pause: Pause, found: Occasion) -> bool:
    begun, over = pause.from_on or date.max, pause.to_on or date.min
    return max(begun, found.first) < min(over, found.last + ONE)


def _cover(pauses: Sequence[Pause], found: Occasion) -> bool:
    """Return whether one suspension after another leaves no day of an occasion."""
    free = found.first
    for pause in pauses:
        if pause.from_on is not None and pause.to_on is not None and pause.from_on <= free:
            free = max(free, pause.to_on)
    return free > found.last
