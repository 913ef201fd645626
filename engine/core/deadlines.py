"""The office's clock: its local day, the moment it opens, and the days of a ladder's rungs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from engine.core.calendar import Calendar
from engine.core.definition import Ladder, Rung


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_day(at: datetime, timezone: str) -> date:
    """Return the calendar day of the office at a UTC moment."""
    return at.astimezone(_zone(timezone)).date()


def opening(day: date, opens_at: str, timezone: str) -> datetime:
    """Return the UTC moment at which the office opens on a local day."""
    return local_moment(day, opens_at, timezone)


def local_moment(day: date, clock: str, timezone: str) -> datetime:
    """Return the UTC moment of an office's time of day, written HH:MM, on a local day."""
    local = datetime.combine(day, time.fromisoformat(clock), _zone(timezone))
    return local.astimezone(UTC)


def rung_day(due: date, rung: Rung, calendar: Calendar) -> date:
    """Return the local day on which a rung is reached; its days are working days."""
    return calendar.day_of(due, rung.days)


def is_unsure_rung(due: date, rung: Rung, calendar: Calendar) -> bool:
    """Return whether the day of a rung rests on a year without its own notice."""
    return calendar.shift(due, rung.days).provisional


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
