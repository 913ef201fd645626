"""How a due day comes about, and when its ladder next has something to do.

Everything is recomputed from inputs; nothing is ever added to a stored date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from engine.core.calendar import Calendar, Reckoned
from engine.core.definition import DueRule, Ladder, PauseRule, Roll, Rung, Unit
from engine.core.periods import add_months
from engine.core.state import Grant, Pause


@dataclass(frozen=True, slots=True)
class Schedule:
    """A due day: as first reckoned, and now. Both None when the rule has no anchor yet."""

    original: date | None = None
    due: date | None = None
    provisional: bool = False


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
    first = _roll(_count(anchor, rule.count, rule.unit, calendar), rule.roll, calendar)
    now = first
    for pause, grant in _adjustments(pauses, grants):
        if pause is not None:
            now = _pause(now, pause, rule.pause, opened_on, calendar)
        if grant is not None:
            now = _join(now, _count(now.day, grant.days, Unit(grant.unit), calendar))
    return Schedule(first.day, now.day, now.provisional)


def _adjustments(
    pauses: Iterable[Pause], grants: Iterable[Grant]
) -> list[tuple[Pause | None, Grant | None]]:
    dated: list[tuple[date, int, Pause | None, Grant | None]] = []
    dated += [(p.from_on, 0, p, None) for p in pauses if p.from_on and p.to_on]
    dated += [
        (g.decided_on, 1, None, g) for g in grants if g.decision == "granted" and g.decided_on
    ]
    return [(pause, grant) for _, _, pause, grant in sorted(dated, key=lambda item: item[:2])]


def _count(anchor: date, count: int, unit: Unit, calendar: Calendar) -> Reckoned:
    if unit is Unit.WORKING_DAY:
        return calendar.shift(anchor, count)
    if unit is Unit.MONTH:
        return _plain(add_months(anchor, count))
    return _plain(anchor + timedelta(days=count))


def _plain(day: date) -> Reckoned:
    return Reckoned(day, False)


def _roll(reckoned: Reckoned, roll: Roll, calendar: Calendar) -> Reckoned:
    if roll is Roll.NONE:
        return reckoned
    day = calendar.roll(reckoned.day, roll.value)
    unsure = reckoned.provisional or bool(calendar.missing_years(reckoned.day, day))
    return Reckoned(day, unsure)


def _pause(
    now: Reckoned, pause: Pause, rule: PauseRule, opened_on: date, calendar: Calendar
) -> Reckoned:
    begun, over = pause.from_on, pause.to_on
    if begun is None or over is None or rule is PauseRule.NOTHING or begun > now.day:
        return now
    begun = max(begun, opened_on)
    if over <= begun:
        return now
    if rule is PauseRule.CALENDAR_DAYS:
        return _join(now, _plain(now.day + (over - begun)))
    eve = timedelta(days=1)
    return _join(now, calendar.shift(now.day, calendar.between(begun - eve, over - eve)))


def _join(before: Reckoned, after: Reckoned) -> Reckoned:
    return Reckoned(after.day, before.provisional or after.provisional)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_day(at: datetime, timezone: str) -> date:
    """Return the calendar day of the office at a UTC moment."""
    return at.astimezone(_zone(timezone)).date()


def opening(day: date, opens_at: str, timezone: str) -> datetime:
    """Return the UTC moment at which the office opens on a local day."""
    local = datetime.combine(day, time.fromisoformat(opens_at), _zone(timezone))
    return local.astimezone(UTC)


def rung_day(due: date, rung: Rung, calendar: Calendar) -> date:
    """Return the local day on which a rung is reached; its days are working days."""
    return calendar.shift(due, rung.days).day


def rungs_reached(
    due: date, ladder: Ladder, passed: int, today: date, calendar: Calendar
) -> Sequence[Rung]:
    """Return the rungs beyond the first `passed` whose day has come, lowest first."""
    reached = []
    for rung in ladder.rungs[passed:]:
        if rung_day(due, rung, calendar) > today:
            break
        reached.append(rung)
    return reached
