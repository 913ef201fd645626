"""Months and the natural periods of a year: plain date arithmetic, no working days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.arrangements import CalendarError

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_LETTER = {"quarter": "Q", "half_year": "H"}
_KEY = re.compile(r"(\d{4})(?:-(\d{2})|Q(\d)|H(\d))?", re.ASCII)
_KINDS = ("month", "quarter", "half_year")


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, n: int) -> date:
    """Return the corresponding day n months later, or the month's end where there is none.

    Add to the anchor each time (``add_months(anchor, 2)``), never to an earlier answer: from the
    31st that would drift to the 28th in February and stay there.

    Args:
        day: the anchor.
        n: months; negative goes back, zero returns the day.

    Raises:
        CalendarError: the answer lies outside the years 1 to 9999.

    Source: 民法典 article 202.
    """
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        message = f"{n} months from here lie outside the years 1 to 9999"
        raise CalendarError(message, str(day), "months_out_of_reach", n=n)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


@dataclass(frozen=True, slots=True)
class Period:
    """One natural month, quarter, half-year or year.

    Attributes:
        year: calendar year.
        every: "month", "quarter", "half_year" or "year".
        number: its place in the year, from 1.

    Raises:
        CalendarError: `every` is another word, or the year has no such period.
    """

    year: int
    every: str
    number: int = 1

    def __post_init__(self) -> None:
        if self.every not in _MONTHS:
            known = ", ".join(_MONTHS)
            message = f"a period is one of {known}"
            raise CalendarError(message, repr(self.every), "period_kind", known=known)
        if not 1 <= self.number <= 12 // _MONTHS[self.every]:
            message, found = f"a year has no {self.every} with this number", str(self.number)
            raise CalendarError(message, found, "period_number", every=self.every)
        if not date.min.year <= self.year <= date.max.year:
            raise CalendarError(
                "a period lies in the years 1 to 9999", str(self.year), "period_year"
            )

    @classmethod
    def parse(cls, key: str) -> "Period":
        """Read a key: ``2018-03``, ``2018Q1``, ``2018H1`` or ``2018``.

        Raises:
            CalendarError: the text is no such key.
        """
        if not (found := _KEY.fullmatch(key)):
            forms = "2018-03, 2018Q1, 2018H1, 2018"
            raise CalendarError(
                f"a period is one of {forms}", repr(key), "period_form", forms=forms
            )
        year, *numbers = found.groups()
        for every, number in zip(_KINDS, numbers, strict=True):
            if number:
                return cls(int(year), every, int(number))
        return cls(int(year), "year")

    @classmethod
    def of(cls, day: date, every: str) -> "Period":
        """Return the period of a kind in which a day lies.

        Raises:
            CalendarError: `every` is no kind of period.
        """
        return cls(day.year, every, (day.month - 1) // _MONTHS.get(every, 12) + 1)

    @property
    def key(self) -> str:
        """The period as text, the form `parse` reads; sorts by time within one kind."""
        if self.every == "year":
            return f"{self.year:04}"
        if self.every == "month":
            return f"{self.year:04}-{self.number:02}"
        return f"{self.year:04}{_LETTER[self.every]}{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS[self.every] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return month_end(date(self.year, self.number * _MONTHS[self.every], 1))

    def next(self) -> "Period":
        """Return the period of the same kind that follows it."""
        if self.number < 12 // _MONTHS[self.every]:
            return Period(self.year, self.every, self.number + 1)
        return Period(self.year + 1, self.every, 1)

    def share_left(self, from_day: date) -> Fraction:
        """Return which share of its days remains from a day to its end, the day included.

        Exactly 1 on its first day and before, 0 after its last.
        """
        days = (self.last - self.first).days + 1
        left = (self.last - from_day).days + 1
        return Fraction(min(max(left, 0), days), days)
