"""The time axis of the wall chart: days to units across, months and years as its marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.core.bars import Bar
from engine.core.periods import add_months

STEPS = (1, 2, 3, 6, 12)
"""How many months one mark may stand for."""

LEAST = 34.0
"""How far apart the names of two months stand, at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A month or a year on the axis: where it begins, how far it reaches, its first day."""

    x: float
    width: float
    first: date


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `first` up to, not including, `end`, laid between `x0` and `x1`."""

    first: date
    end: date
    x0: float
    x1: float

    def at(self, day: date) -> float:
        """Return where a day begins; days outside fall on the edge."""
        share = (day - self.first).days / (self.end - self.first).days
        return self.x0 + (self.x1 - self.x0) * min(1.0, max(0.0, share))

    def holds(self, day: date) -> bool:
        """Return whether a day lies on the axis."""
        return self.first <= day < self.end

    @property
    def months(self) -> list[Mark]:
        """The months, or every second, third … one where they would stand too close."""
        count = (self.end.year - self.first.year) * 12 + self.end.month - self.first.month
        room = (self.x1 - self.x0) / count
        step = next((step for step in STEPS if room * step >= LEAST), STEPS[-1])
        return list(self._marks(step))

    @property
    def years(self) -> list[Mark]:
        """The years, the first one from where the axis begins."""
        later = range(self.first.year + 1, self.end.year + 1)
        starts = [self.first, *(date(year, 1, 1) for year in later)]
        return [self._mark(day, date(day.year + 1, 1, 1)) for day in starts if day < self.end]

    def _marks(self, step: int) -> Iterator[Mark]:
        day = self.first
        while day < self.end:
            following = add_months(day, step - (day.month - 1) % step)
            yield self._mark(day, following)
            day = following

    def _mark(self, day: date, until: date) -> Mark:
        return Mark(self.at(day), self.at(until) - self.at(day), day)


def span(rows: Iterable[Iterable[Bar]], on: date) -> tuple[date, date]:
    """Return the whole months that hold every planned and actual day, and the as-of day.

    The second is the first day after them.
    """
    first = last = on
    for bars in rows:
        for bar in bars:
            for day in _days(bar, on):
                if day < first:
                    first = day
                elif day > last:
                    last = day
    return first.replace(day=1), add_months(last.replace(day=1), 1)


def _days(bar: Bar, on: date) -> list[date]:
    planned = (bar.planned_from, bar.planned_to, bar.extended_to)
    stayed = [day for stay in bar.stays for day in stay if day is not None and day <= on]
    return stayed + [day for day in planned if day is not None]
