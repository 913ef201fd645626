"""What a cadence's occurrence is for: a natural period, a run of days, or one day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from engine.core.arrangements import CalendarError
from engine.core.periods import Period
from engine.core.recurrence import Every, Interval

_ONE = timedelta(days=1)
_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?", re.ASCII)
FORMS = "2018-03, 2018Q1, 2018H1, 2018, 2018-03-16 or 2018-03-16..2018-04-29"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days, both ends included. Its key says both, so that it never changes meaning.

    Raises:
        CalendarError: it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise CalendarError(
                "a run of days ends on its first day or later", self.key, "run_reversed"
            )

    @property
    def key(self) -> str:
        """The run as text: ``2018-03-16..2018-04-29``, a single day ``2018-03-16``."""
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    def next(self) -> "Stretch":
        """Return the run of as many days that follows it."""
        begun = self.last + _ONE
        return Stretch(begun, begun + (self.last - self.first))

    def share_left(self, from_day: date) -> Fraction:
        """Return which share of its days remains from a day to its end, the day included."""
        days = (self.last - self.first).days + 1
        return Fraction(min(max((self.last - from_day).days + 1, 0), days), days)


Occasion = Period | Stretch
"""What one occurrence is owed for."""


def read_occasion(key: str) -> Occasion:
    """Read the key of an occurrence, the form that its `key` writes.

    Raises:
        CalendarError: the text is no such key.
    """
    if not (found := _KEY.fullmatch(key)):
        return Period.parse(key)
    try:
        first, last = (date.fromisoformat(end or found[1]) for end in found.groups())
    except ValueError as error:
        message = f"a period is written {FORMS}"
        raise CalendarError(message, repr(key), "period_form", forms=FORMS) from error
    return Stretch(first, last)


def occasion_at(interval: Interval, day: date) -> Occasion:
    """Return the natural period in which a day lies, or the run of days that begins on it.

    Raises:
        CalendarError: the interval is none by which occurrences open of themselves.
    """
    if interval.every is Every.DAYS:
        return Stretch(day, day + timedelta(days=interval.days - 1))
    return Period.of(day, interval.every.value)
