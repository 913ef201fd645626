"""Stretches of days as Chinese documents write them: a day, a month, a quarter, a year."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.arrangements import HORIZON
from engine.core.errors import Facts
from engine.core.periods import Period, month_end

FIRST_YEAR = 1949
"""Years before this one and after the calendar's horizon are taken for slips of the pen."""

JOIN = r"(?:[-‐‑‒–—―−~〜]{1,2}|至|到)"
"""What stands between the two ends of a range."""

_WEEKDAY = r"(?:\(?(?:星期|周)(?P<weekday>[一二三四五六日天])\)?)?"
_NUMERIC = r"(?P<year>\d{4})(?P<dot>[-./])(?P<month>\d{1,2})(?:(?P=dot)(?P<day>\d{1,2}))?(?!\d)"
_COMPACT = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"
_WRITTEN = (
    # 今年 and a bare 年底 name no year; 2017-2018年 and 9-11月 write their unit once, at the end.
    rf"(?:(?:(?P<year>\d{{4}})|[今本])?年度?|(?P<year_to>\d{{4}})(?={JOIN}\d{{4}}年))?"
    rf"(?:(?P<month>\d{{1,2}})(?:月份?|(?={JOIN}\d{{1,2}}月)))?"
    rf"(?:(?P<day>\d{{1,2}})(?:[日号]|(?={JOIN}\d{{1,2}}[日号])))?"
    r"(?P<part>[上下]半年|第?[1-4]季度|[上中下]旬)?"
)
_FORMS = tuple(re.compile(form + _WEEKDAY, re.ASCII) for form in (_NUMERIC, _COMPACT, _WRITTEN))
_TENS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a text is no stretch of days: a fault code, and the facts that fill its sentence."""

    fault: str
    facts: Facts


UNREAD = Misfit("date_unread", {})


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Point:
    """What a text names of a stretch of days; what it leaves out is None.

    `part` is a half-year, a quarter or ten days of a month in its own words, `weekday` one
    character, 一 to 日.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    weekday: str | None = None

    @property
    def has_end(self) -> bool:
        """Whether 底 can stand behind it: a month, a quarter or a year ends, a day does not."""
        return self.day is None and not (self.part or "").endswith("旬")

    def within(self, whole: "Point") -> "Point":
        """Return the point with what the first end of a range says for both: 2017年9-11月."""
        year = self.year or (whole.year if whole.month or whole.part else None)
        month = self.month or (whole.month if self.day and whole.day else None)
        return Point(year, month, self.day, self.part, self.weekday)


def take_point(text: str) -> tuple[Point, str] | None:
    """Read a point at the start of a text; return it and the text behind it, or None."""
    for form in _FORMS:
        if (found := form.match(text)) and found.end():
            named = found.groupdict()
            year, month, day = (
                int(digits) if digits else None
                for digits in (named["year"] or named.get("year_to"), named["month"], named["day"])
            )
            point = Point(year, month, day, named.get("part"), named["weekday"])
            return point, text[found.end() :]
    return None


def span_of(point: Point) -> Span | Misfit:
    """Return the days a point names, or why it names none."""
    year, month = point.year, point.month
    if point.weekday and point.day is None:
        return UNREAD
    if year is None:
        return Misfit("date_needs_year", {})
    if slip := _slip(year, month):
        return slip
    if point.part:
        return _part(year, month, point.day, point.part)
    if point.day is not None:
        return _day(date(year, month, 1), point) if month else UNREAD
    return _period(year, "month", month) if month else _period(year)


def _slip(year: int, month: int | None) -> Misfit | None:
    if not FIRST_YEAR <= year <= HORIZON.year:
        return Misfit("date_year", {"year": year, "from": FIRST_YEAR, "to": HORIZON.year})
    if month is not None and not 1 <= month <= 12:
        return Misfit("date_month", {"year": year, "month": month})
    return None


def _day(month: date, point: Point) -> Span | Misfit:
    last = month_end(month)
    number = point.day or 0
    if not 1 <= number <= last.day:
        facts: Facts = {
            "year": month.year,
            "month": month.month,
            "day": number,
            "last_day": last.day,
            "last_on": last.isoformat(),
        }
        return Misfit("date_day", facts)
    day = month.replace(day=number)
    weekday = "一二三四五六日"[day.weekday()]
    if point.weekday and weekday != point.weekday.replace("天", "日"):
        return Misfit("date_weekday", {"expected": weekday, "found": point.weekday})
    return Span(day, day)


def _part(year: int, month: int | None, day: int | None, part: str) -> Span | Misfit:
    if part.endswith("旬"):
        if month is None or day is not None:
            return UNREAD
        first, last = _TENS[part[0]]
        start = date(year, month, first)
        return Span(start, min(start + timedelta(days=last - first), month_end(start)))
    if month is not None or day is not None:
        return UNREAD
    if part.endswith("半年"):
        return _period(year, "half_year", "上下".index(part[0]) + 1)
    return _period(year, "quarter", int(part.strip("第季度")))


def _period(year: int, every: str = "year", number: int = 1) -> Span:
    period = Period(year, every, number)
    return Span(period.first, period.last)
