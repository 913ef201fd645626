"""Date phrases of official documents, read without guessing: where two days are meant, both stand.

The words of the source are kept beside the days. What cannot be read is a fault that names the
reason, never a silent blank; what is no date at all (定期, 在项目实施中) is undated.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from engine.core.definition import Unit
from engine.core.errors import Facts
from engine.core.identifiers import in_english, visible
from engine.core.spans import JOIN, UNREAD, Misfit, Point, Span, span_of, take_point
from engine.core.wording import is_rhythm, tidy, with_digits

Kind = Literal["day", "before", "range", "from", "by", "relative", "undated", "fault"]

LONGEST = 200
"""Characters; a longer text is prose, not a phrase."""

_ENGLISH = {
    "date_missing": "There is no text.",
    "date_long": "This is prose of {found} characters; a date phrase has at most {limit}.",
    "date_unread": "This cannot be read as a date; a person must say what it means.",
    "date_needs_year": "The phrase names no year.",
    "date_year": "The year {year} is not one of {from} to {to}.",
    "date_month": "The year {year} has no month {month}.",
    "date_day": "Month {month} of {year} has no day {day}; its last day is {last_on}.",
    "date_weekday": "That day is a 星期{expected}, not a 星期{found}.",
    "date_reversed": "The range ends ({last}) before it begins ({first}).",
    "date_serial": "This is a bare number, not a date.",
    "date_count": "A period of {count} is none.",
}

_EPOCH = date(1899, 12, 30)  # serial numbers count from here, for Excel takes 1900 for a leap year
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)

_RELATIVE = re.compile(
    r"(?:[自从]?(?P<start>.{1,60}?)(?:(?:之日)?起|后),?)?"
    r"(?P<count>\d{1,3})个?(?P<unit>工作日|自然日|日历日|[日天周年]|星期|(?<=个)月)"
    r"(?:[以之]?内|(?<=工作日))",
    re.ASCII,
)
_UNITS = {
    "工作日": (1, Unit.WORKING_DAY),
    "周": (7, Unit.CALENDAR_DAY),
    "星期": (7, Unit.CALENDAR_DAY),
    "月": (1, Unit.MONTH),
    "年": (12, Unit.MONTH),
}
_OPEN_UNITS = {"日", "天"}

_LEAD = re.compile(r"(?P<from>[从自由])|(?P<by>截[至止]到?|[到至])|(?P<in>[在于])")
_LED: dict[str | None, dict[Kind, Kind]] = {
    None: {"range": "range", "before": "before", "by": "by", "from": "from"},
    "in": {"range": "range", "before": "before", "by": "by"},
    "by": {"range": "by", "before": "before", "by": "by"},
    "from": {"range": "from", "from": "from"},
}
_TAILS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("range", re.compile("")),
    ("before", re.compile("[以之]?前")),
    ("by", re.compile("[底末](?:[以之]?前)?|[以之]?内|为?止")),
    ("from", re.compile("起|开始|始|以来")),
)
_JOIN = re.compile(f"起?{JOIN}")
_CLOSE = re.compile("为?止|[以之]?内|期间|[底末](?:[以之]?前)?|")
_DATELIKE = re.compile(r"\d|[年月季]度?[底末初]|[当明次去前后]年|[上下]半年|旬", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseReading:
    """What a date phrase says.

    Attributes:
        words: the phrase exactly as it was given.
        kind: "day"; "before" (…前, two readings); "by" (…底前, 到…); "from" (从…起, no end);
            "range" (also a bare month or year); "relative" (…内, counted from an event);
            "undated" (words without a date); "fault".
        readings: the days that may be meant where one day is meant, each under its label:
            "exact", "end", "start", or "literal" and "customary". Empty for the other kinds.
        first: the first day of a stretch; None where it has none, or where it is to be chosen.
        last: the last day of a stretch, which counts; None likewise.
        count: the length of a relative phrase, in `unit`; a week is 7 days, a year 12 months.
        unit: what `count` counts.
        start: the words for the event that a relative phrase counts from; None where it has none.
        ambiguous: a person must choose: one of the `readings`, or for a relative phrase whether
            its days are working days (日 and 天 do not say).
        on_issue: labels of the readings that are the day of issue itself; taken as a deadline
            they would make everybody late on the day the document goes out.
        past: labels of the readings before the day of issue.
        fault: code of what is wrong; its sentence stands in the catalogues.
        facts: what fills that sentence. `perhaps` is a proposal: show it, never take it unasked.
    """

    words: str
    kind: Kind
    readings: tuple[tuple[str, date], ...] = ()
    first: date | None = None
    last: date | None = None
    count: int | None = None
    unit: Unit | None = None
    start: str | None = None
    ambiguous: bool = False
    on_issue: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    fault: str | None = None
    facts: Facts = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The fault as an English sentence; empty when there is none."""
        return in_english(_ENGLISH, self.fault, self.facts)


def say(day: date) -> str:
    """Return a day as documents write it: 2017年8月31日.

    Source: GB/T 9704-2012: Arabic figures, the year in full, no noughts in front.
    """
    return f"{day.year}年{day.month}月{day.day}日"


def read_phrase(
    text: str, issued_on: date | None = None, *, serials: bool = False
) -> PhraseReading:
    """Read a date phrase; no text makes it raise.

    Args:
        text: the phrase alone, not the sentence around it.
        issued_on: day of issue of the document. It fills in nothing; a fault for a missing year
            has its year as `perhaps`.
        serials: whether a bare number such as 42978 is a day, as spreadsheets store it (their
            1900 system); set it for a column of dates.
    """
    shown = visible(text).strip()
    if not shown:
        return _fault(text, Misfit("date_missing", {}))
    if len(shown) > LONGEST:
        return _fault(text, Misfit("date_long", {"found": len(shown), "limit": LONGEST}))
    reading = _read(text, tidy(shown), serials)
    return reading if issued_on is None else _beside(reading, issued_on)


def _read(words: str, text: str, serials: bool) -> PhraseReading:
    if found := _SERIAL.fullmatch(text):
        return _serial(words, int(found[1]), serials)
    if is_rhythm(text):
        return PhraseReading(words=words, kind="undated")
    plain = with_digits(text)
    if found := _RELATIVE.fullmatch(plain):
        return _relative(words, found)
    return _dated(words, plain)


def _beside(reading: PhraseReading, issued_on: date) -> PhraseReading:
    """Return the reading with what the day of issue says about it."""
    if reading.fault == "date_needs_year":
        return replace(reading, facts={"perhaps": issued_on.year})
    on_issue = tuple(label for label, day in reading.readings if day == issued_on)
    past = tuple(label for label, day in reading.readings if day < issued_on)
    return replace(reading, on_issue=on_issue, past=past)


def _serial(words: str, number: int, allowed: bool) -> PhraseReading:
    day = _EPOCH + timedelta(days=number)
    if not allowed:
        return _fault(words, Misfit("date_serial", {"perhaps": day.isoformat()}))
    return _settled(words, "range", span_of(Point(day.year, day.month, day.day)))


def _relative(words: str, found: re.Match[str]) -> PhraseReading:
    count, named = int(found["count"]), found["unit"]
    if not count:
        return _fault(words, Misfit("date_count", {"count": count}))
    times, unit = _UNITS.get(named, (1, Unit.CALENDAR_DAY))
    return PhraseReading(
        words=words,
        kind="relative",
        count=count * times,
        unit=unit,
        start=found["start"],
        ambiguous=named in _OPEN_UNITS,
    )


def _dated(words: str, text: str) -> PhraseReading:
    lead = _LEAD.match(text)
    how = lead.lastgroup if lead else None
    taken = take_point(text[lead.end() :] if lead else text)
    if taken is None:
        return _unread(words, text)
    point, rest = taken
    if (join := _JOIN.match(rest)) and how != "by":
        return _range(words, point, rest[join.end() :])
    tail = next((kind for kind, form in _TAILS if form.fullmatch(rest)), None)
    kind = _LED[how].get(tail) if tail else None
    if kind is None or (rest[:1] in {"底", "末"} and not point.has_end):
        return _unread(words, text)
    return _settled(words, kind, span_of(point))


def _range(words: str, point: Point, rest: str) -> PhraseReading:
    taken = take_point(rest)
    if taken is None or not _CLOSE.fullmatch(taken[1]):
        return _fault(words, UNREAD)
    first, last = span_of(point), span_of(taken[0].within(point))
    if isinstance(first, Misfit):
        return _fault(words, first)
    if isinstance(last, Misfit):
        return _fault(words, last)
    if last.last < first.first:
        facts = {"first": first.first.isoformat(), "last": last.last.isoformat()}
        return _fault(words, Misfit("date_reversed", facts))
    return PhraseReading(words=words, kind="range", first=first.first, last=last.last)


def _settled(words: str, kind: Kind, span: Span | Misfit) -> PhraseReading:
    if isinstance(span, Misfit):
        return _fault(words, span)
    first, last = span.first, span.last
    if kind == "before":
        readings = (("literal", first - timedelta(days=1)), ("customary", last))
        return PhraseReading(words=words, kind=kind, readings=readings, ambiguous=True)
    if kind == "by":
        return PhraseReading(words=words, kind=kind, readings=(("end", last),), last=last)
    if kind == "from":
        return PhraseReading(words=words, kind=kind, readings=(("start", first),), first=first)
    if first == last:
        exact = (("exact", first),)
        return PhraseReading(words=words, kind="day", readings=exact, first=first, last=last)
    return PhraseReading(words=words, kind="range", first=first, last=last)


def _unread(words: str, text: str) -> PhraseReading:
    """Return undated, or a fault where something in the text looks like a date all the same."""
    if _DATELIKE.search(text):
        return _fault(words, UNREAD)
    return PhraseReading(words=words, kind="undated")


def _fault(words: str, misfit: Misfit) -> PhraseReading:
    return PhraseReading(words=words, kind="fault", fault=misfit.fault, facts=misfit.facts)
