"""Laws of date phrases: what is said is read again, and no text makes reading raise."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.core.phrases import read_phrase, say

SCRAPS = (
    "2017 2018 9 31 0 42978 十 二 年 月 日 前 底 内 起 个 - 至 到 从 . / "
    "工作日 第三季度 上半年 下旬"
)

anything = st.text(st.characters(codec=None, exclude_categories=()))
scraps = st.lists(st.sampled_from([*SCRAPS.split(), " "]), max_size=9).map("".join)
days = st.dates(date(1949, 1, 1), date(2100, 12, 31))


@given(days)
def test_what_is_said_is_read_as_the_same_day(day: date) -> None:
    for words in (say(day), day.isoformat(), f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}"):
        assert read_phrase(words).readings == (("exact", day),)


@given(days)
def test_a_serial_number_is_days_since_the_end_of_1899(day: date) -> None:
    number = (day - date(1899, 12, 30)).days

    assert read_phrase(str(number), serials=True).readings == (("exact", day),)


@given(days)
def test_before_a_day_the_readings_are_neighbours(day: date) -> None:
    literal, customary = (on for _, on in read_phrase(f"{say(day)}前").readings)

    assert (literal, customary) == (day - timedelta(days=1), day)


@given(days, days)
def test_a_range_of_two_days_holds_both_or_is_reversed(a: date, b: date) -> None:
    reading = read_phrase(f"{say(a)}至{say(b)}")

    if b < a:
        assert reading.fault == "date_reversed"
    else:
        assert (reading.kind, reading.first, reading.last) == ("range", a, b)


@given(anything | scraps, st.none() | days, st.booleans())
def test_no_text_makes_reading_raise(text: str, issued_on: date | None, serials: bool) -> None:
    reading = read_phrase(text, issued_on, serials=serials)

    assert reading.words == text
    assert (reading.kind == "fault") == (reading.fault is not None) == bool(reading.message)
    assert len(reading.readings) == {"before": 2, "day": 1, "by": 1, "from": 1}.get(reading.kind, 0)
    assert reading.first is None or reading.last is None or reading.first <= reading.last
