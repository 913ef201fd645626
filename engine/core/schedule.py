"""How a due day comes about: counted from its anchor, rolled, paused, extended, step by step.

Everything is recomputed from inputs; nothing is ever added to a stored date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.calendar import Calendar, Reckoned
from engine.core.definition import DueRule, PauseRule, Roll, Unit
from engine.core.periods import add_months, month_end
from engine.core.rows import Grant, Pause


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a due day: what was done, and the day it led to.

    `code` is ``anchor`` | ``count`` | ``roll`` | ``pause`` | ``extension``. `off` are the weekdays
    passed over because nobody worked, `work` the weekend days counted because people did.
    `provisional` says that the way so far crossed a year without its own notice.
    """

    code: str
    to: date
    count: int = 0
    unit: str = ""
    from_on: date | None = None
    until: date | None = None
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """A due day: as first reckoned, and now, with every step. Both None without an anchor."""

    original: date | None = None
    due: date | None = None
    provisional: bool = False
    steps: tuple[Step, ...] = ()


UNDATED = Schedule()


def schedule(
    rule: DueRule,
    anchor: date | None,
    opened_on: date,
    pauses: Iterable[Pause],
    grants: Iterable[Grant],
    calendar: Calendar,
) -> Schedule:
    """Return when something falls due.

    A pause gives back its days by the rule, a grant adds its days to the day then current; both
    in the order in which they happened. A pause that began after the due day gives nothing back.
    A day come to in this way rolls like the first one.

    Args:
        rule: how the day is counted.
        anchor: the day the rule counts from; None makes the answer undated.
        opened_on: pauses before this day are not counted.
        pauses: the project's suspensions; one without an end gives nothing back yet.
        grants: decisions on extension requests of this task.
        calendar: the working days to count with.

    Source: docs/reference/deadlines.md; Civil Code, articles 201 to 204.
    """
    if anchor is None:
        return UNDATED
    way = _Way(anchor, calendar)
    way.count(rule.count, rule.unit, counts_start=rule.counts_start)
    way.roll(rule.roll)
    original = way.day
    for pause, grant in _adjustments(pauses, grants):
        before = way.day
        if pause is not None:
            way.pause(pause, rule.pause, opened_on)
        if grant is not None:
            way.extend(grant)
        if way.day != before:
            way.roll(rule.roll)
    return Schedule(original, way.day, way.provisional, tuple(way.steps))


def _adjustments(
    pauses: Iterable[Pause], grants: Iterable[Grant]
) -> list[tuple[Pause | None, Grant | None]]:
    dated: list[tuple[date, int, Pause | None, Grant | None]] = []
    dated += [(p.from_on, 0, p, None) for p in pauses if p.from_on and p.to_on]
    dated += [
        (g.decided_on, 1, None, g) for g in grants if g.decision == "granted" and g.decided_on
    ]
    return [(pause, grant) for _, _, pause, grant in sorted(dated, key=lambda item: item[:2])]


class _Way:
    """The way from an anchor to a due day."""

    def __init__(self, anchor: date, calendar: Calendar) -> None:
        self.day, self.provisional = anchor, False
        self.steps = [Step("anchor", anchor)]
        self._calendar = calendar

    def count(self, count: int, unit: Unit, *, counts_start: bool) -> None:
        """Count from the anchor; the day of the anchor itself counts only where the rule says."""
        if counts_start and count > 0 and unit is Unit.MONTH:
            self._go("count", _month_with_start(self.day, count), count=count, unit=unit.value)
            return
        if counts_start and count > 0 and self._counts(unit):
            count -= 1
        found = _count(self.day, count, unit, self._calendar)
        self._go("count", found, count=count, unit=unit.value)

    def _counts(self, unit: Unit) -> bool:
        return unit is not Unit.WORKING_DAY or self._calendar.is_working(self.day)

    def roll(self, roll: Roll) -> None:
        """Move a last day that is not a working day; a make-up day is one and stays."""
        if roll is Roll.NONE:
            return
        day = self._calendar.roll(self.day, roll.value)
        unsure = bool(self._calendar.missing_years(self.day, day))
        if day != self.day or unsure:
            self._go("roll", Reckoned(day, unsure))

    def pause(self, pause: Pause, rule: PauseRule, opened_on: date) -> None:
        """Give back the days of a pause."""
        begun, over = pause.from_on, pause.to_on
        if begun is None or over is None or rule is PauseRule.NOTHING or begun > self.day:
            return
        begun = max(begun, opened_on)
        if over <= begun:
            return
        eve = timedelta(days=1)
        if rule is PauseRule.CALENDAR_DAYS:
            unit, count = Unit.CALENDAR_DAY, (over - begun).days
        else:
            unit, count = Unit.WORKING_DAY, self._calendar.between(begun - eve, over - eve)
        found = _count(self.day, count, unit, self._calendar)
        self._go("pause", found, count=count, unit=unit.value, from_on=begun, until=over)

    def extend(self, grant: Grant) -> None:
        """Add the days granted to the day then current."""
        found = _count(self.day, grant.days, Unit(grant.unit), self._calendar)
        self._go("extension", found, count=grant.days, unit=grant.unit, from_on=grant.decided_on)

    def _go(
        self, code: str, found: Reckoned, count: int = 0, unit: str = "",
        from_on: date | None = None, until: date | None = None,
    ) -> None:  # fmt: skip
        self.day, self.provisional = found.day, self.provisional or found.provisional
        crossed = (found.crossed_off, found.crossed_work)
        self.steps.append(
            Step(code, found.day, count, unit, from_on, until, *crossed, self.provisional)
        )


def _month_with_start(first: date, count: int) -> Reckoned:
    """The eve of the corresponding day; a month without that day is counted to its end."""
    corresponding = add_months(first, count)
    is_there = corresponding.day == first.day
    return Reckoned(corresponding - timedelta(days=1) if is_there else corresponding, False)


def _count(anchor: date, count: int, unit: Unit, calendar: Calendar) -> Reckoned:
    if unit is Unit.WORKING_DAY:
        return calendar.shift(anchor, count)
    if unit is Unit.CALENDAR_DAY:
        return Reckoned(anchor + timedelta(days=count), False)
    month = add_months(anchor, count)
    if unit is Unit.MONTH:
        return Reckoned(month, False)
    if unit is Unit.MONTH_END:
        return Reckoned(month_end(month), False)
    day = calendar.last_working_day(month.year, month.month)
    return Reckoned(day, bool(calendar.missing_years(day, day)))
