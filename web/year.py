"""A year's working days as twelve small tables: what departs from Monday to Friday, in words."""

from calendar import Calendar as Grid
from dataclasses import dataclass
from datetime import date

from engine.core.calendar import Calendar

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: `mark` is ``off``, ``work`` (a make-up day), ``weekend`` or empty."""

    day: date
    mark: str
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month: weeks from Monday, None where another month's day stands."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    working: int


def months(calendar: Calendar, year: int) -> list[Month]:
    """Return the months of a year, January first."""
    return [_month(calendar, date(year, number, 1)) for number in range(1, 13)]


def _month(calendar: Calendar, first: date) -> Month:
    weeks = tuple(
        tuple(_cell(calendar, day) if day.month == first.month else None for day in week)
        for week in Grid().monthdatescalendar(first.year, first.month)
    )
    days = [cell.day for week in weeks for cell in week if cell is not None]
    return Month(first, weeks, sum(calendar.is_working(day) for day in days))


def _cell(calendar: Calendar, day: date) -> Cell:
    is_weekend = day.weekday() >= SATURDAY
    mark = "weekend" if is_weekend else ""
    if calendar.is_working(day) == is_weekend:
        mark = "work" if is_weekend else "off"
    name = calendar.name_of(day) or ""
    # A weekend within a holiday is named with it; an ordinary one has nothing to say.
    return Cell(day, "off" if mark == "weekend" and name else mark, name)
