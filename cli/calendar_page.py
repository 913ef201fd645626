"""A year of working days on the terminal: days off, days made up, and the papers behind them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rich.console import RenderableType

from cli import output
from engine.core.arrangements import SATURDAY, Arrangement
from engine.core.calendar import Calendar
from templates.words import Words

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNKNOWN = "unknown"


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _off(calendar: Calendar, year: int) -> list[date]:
    return [d for d in _days(year) if d.weekday() < SATURDAY and not calendar.is_working(d)]


def _work(calendar: Calendar, year: int) -> list[date]:
    return [d for d in _days(year) if d.weekday() >= SATURDAY and calendar.is_working(d)]


def _months(calendar: Calendar, year: int) -> dict[int, int]:
    return {
        month: sum(calendar.is_working(d) for d in _days(year) if d.month == month)
        for month in range(1, 13)
    }


def _is_provisional(calendar: Calendar, year: int) -> bool:
    return calendar.is_provisional(date(year, 7, 1))


def papers(calendar: Calendar, year: int) -> list[Arrangement]:
    """Return the arrangements that name a day of a year or settle it, in their order."""
    return [
        each for each in calendar.arrangements
        if year in each.settles or any(d.year == year for d in each.off | each.work | each.plain)
    ]  # fmt: skip


def data(calendar: Calendar, year: int) -> dict[str, Any]:
    """Return a year for JSON; a paper whose day is not known says so."""
    months = _months(calendar, year)
    return {
        "year": year, "provisional": _is_provisional(calendar, year), "version": calendar.version,
        "working_days": sum(months.values()),
        "months": {f"{year}-{month:02}": n for month, n in months.items()},
        "off": [{"date": d, "name": calendar.name_of(d)} for d in _off(calendar, year)],
        "work": [{"date": d, "name": calendar.name_of(d)} for d in _work(calendar, year)],
        "versions": [
            {"id": each.id, "region": each.region, "document": each.document,
             "known_on": each.published_on or UNKNOWN, "counts_from": each.known_from,
             "amends": each.amends}
            for each in papers(calendar, year)
        ],
    }  # fmt: skip


def page(say: Words, calendar: Calendar, year: int) -> RenderableType:
    """Return a year: how many days are worked in each month, which are off, and by which papers."""
    months = _months(calendar, year)
    parts: list[RenderableType] = [say.say("line.year", year=year, n=sum(months.values()))]
    if _is_provisional(calendar, year):
        parts.append(say.say("line.year_unpublished", year=year))
    off, work = _off(calendar, year), _work(calendar, year)
    parts.append(_by_month(say, months, off, work))
    parts.append(_listed(say, calendar, "line.days_off", off))
    parts.append(_listed(say, calendar, "line.days_made_up", work))
    parts.append(_papers(say, papers(calendar, year)))
    return output.apart(parts)


def _by_month(
    say: Words, months: dict[int, int], off: list[date], work: list[date]
) -> RenderableType:
    rows = [
        (say.say(f"month_short.{month}"), n, _numbers(say, off, month), _numbers(say, work, month))
        for month, n in months.items()
    ]
    heads = [say.say(f"head.{key}") for key in ("month", "working_days", "off", "made_up")]
    return output.table(heads, rows, right=(1,))


def _numbers(say: Words, days: list[date], month: int) -> str:
    return say.listing(str(day.day) for day in days if day.month == month)


def _listed(say: Words, calendar: Calendar, title: str, days: list[date]) -> RenderableType:
    rows = [(day, weekday(say, day), calendar.name_of(day)) for day in days]
    heads = [say.say(f"head.{key}") for key in ("date", "weekday", "holiday")]
    return output.titled(say.say(title, n=len(days)), output.table(heads, rows))


def _papers(say: Words, found: list[Arrangement]) -> RenderableType:
    unknown = say.say("line.unknown_day")
    rows = [
        (each.id, each.document, each.published_on or unknown, each.amends or "") for each in found
    ]
    heads = [say.say(f"head.{key}") for key in ("paper", "document", "known_on", "amends")]
    return output.titled(say.say("line.papers"), output.table(heads, rows, whole=(0, 2)))


def weekday(say: Words, day: date) -> str:
    """Return the name of a day's weekday."""
    return say.say(f"weekday.{WEEKDAYS[day.weekday()]}")
