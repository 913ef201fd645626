"""Counts working days in logarithmic time, however long the stretch."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate


def _weekdays(ordinal: int) -> int:
    """Count Mondays to Fridays from 0001-01-01, a Monday with ordinal 1, to a day inclusive."""
    return ordinal // 7 * 5 + min(ordinal % 7, 5)


def _nth_weekday(count: int) -> int:
    """Return the ordinal of the nth Monday to Friday, counted from 1."""
    return (count - 1) // 5 * 7 + (count - 1) % 5 + 1


@dataclass(frozen=True, slots=True)
class Tally:
    """Days that depart from Monday to Friday, arranged for counting.

    Days are proleptic Gregorian ordinals (`date.toordinal`), ascending. `drift[i]` is what the
    first i departures add to the plain weekday count; `counts[i]` is the number of working days
    up to and including departure i.
    """

    days: tuple[int, ...]
    drift: tuple[int, ...]
    counts: tuple[int, ...]

    @classmethod
    def of(cls, departures: Mapping[int, int]) -> "Tally":
        """Build from ordinals: -1 for a weekday that is off, +1 for a weekend day worked."""
        days = tuple(sorted(departures))
        drift = (0, *accumulate(departures[day] for day in days))
        counts = tuple(_weekdays(day) + drift[i + 1] for i, day in enumerate(days))
        return cls(days, drift, counts)

    def upto(self, ordinal: int) -> int:
        """Return the number of working days from 0001-01-01 to a day, both inclusive."""
        return _weekdays(ordinal) + self.drift[bisect_right(self.days, ordinal)]

    def nth(self, count: int) -> int:
        """Return the ordinal of the nth working day since 0001-01-01, counted from 1."""
        i = bisect_left(self.counts, count)
        # Only ordinary days lie between departures i - 1 and i, and the former fall short of count.
        plain = _nth_weekday(count - self.drift[i])
        return plain if i == len(self.days) else min(plain, self.days[i])

    def within(self, first: int, last: int) -> tuple[int, ...]:
        """Return the departures from `first` to `last`, both inclusive, ascending."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]
