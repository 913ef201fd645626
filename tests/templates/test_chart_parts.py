"""Measuring words, wrapping names, and laying days on the axis."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.core.lamps import Light
from templates.chart.axis import Axis, span
from templates.chart.marks import ORDER, TONES, number
from templates.chart.measure import briefest, cut, fit, width, wrap
from tests.templates.walls import some_bars

TEXTS = st.text(st.sampled_from("机构招募·（）2018 abcWi.…“”"), max_size=40)
ROOMS = st.floats(min_value=20, max_value=400)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(TEXTS, ROOMS)
def test_what_is_cut_fits(text: str, room: float) -> None:
    assert width(cut(text, 12.5, room), 12.5) <= room


@given(TEXTS, ROOMS)
def test_what_fits_is_not_cut(text: str, room: float) -> None:
    assert (cut(text, 12.5, room) == text) == (width(text, 12.5) <= room)


@given(TEXTS, ROOMS, st.integers(1, 3))
def test_wrapped_lines_fit_and_are_not_too_many(text: str, room: float, most: int) -> None:
    lines = wrap(text, 12, room, most)

    assert 1 <= len(lines) <= most
    assert all(width(line, 12, bold=True) <= room + 0.01 or len(line) == 1 for line in lines)


def test_a_long_name_is_wrapped_into_lines_of_like_length() -> None:
    assert wrap("经济技术开发区", 12, 80, 2) == ["经济技术", "开发区"]
    assert wrap("Economic Development Zone", 12, 120, 2) == ["Economic", "Development Zone"]


def test_a_stage_is_called_by_its_head_where_there_is_no_room() -> None:
    assert briefest("机构招募") == "招募"
    assert briefest("Agency recruitment") == "recruitment"
    assert fit("机构招募", 10.5, 50) == "机构招募"
    assert fit("机构招募", 10.5, 25) == "招募"
    assert fit("机构招募", 10.5, 10) == ""


@given(DAYS, DAYS, DAYS)
def test_the_axis_keeps_the_order_of_days_and_its_edges(a: date, b: date, on: date) -> None:
    first, end = span([], on)
    axis = Axis(first, end, 100, 900)
    early, late = sorted((a, b))

    assert 100 <= axis.at(early) <= axis.at(late) <= 900
    assert axis.holds(on)
    assert first.day == end.day == 1


@given(DAYS, st.integers(0, 6_000))
def test_months_cover_the_axis_without_gaps(begun: date, days: int) -> None:
    first, end = span([], begun)
    end = max(end, (begun + timedelta(days)).replace(day=1))
    axis = Axis(first, end, 0, 800)

    marks = axis.months
    assert marks[0].x == 0
    assert abs(sum(mark.width for mark in marks) - 800) < 1
    assert axis.years[0].first == first


def test_the_span_is_the_whole_months_of_all_that_is_planned_and_done() -> None:
    assert span([some_bars()], date(2018, 10, 31)) == (date(2017, 8, 1), date(2019, 1, 1))
    extended = some_bars(extended_to=date(2019, 3, 4))
    assert span([extended], date(2018, 10, 31)) == (date(2017, 8, 1), date(2019, 4, 1))


def test_every_light_has_a_tone_and_a_place_in_the_tally() -> None:
    assert set(TONES) == set(ORDER) == set(Light)


def test_numbers_have_one_decimal_at_most() -> None:
    assert [number(value) for value in (1.0, 1.25, 0.04, 13.96)] == ["1", "1.2", "0", "14"]
