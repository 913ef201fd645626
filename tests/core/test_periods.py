"""Months end where they end, and periods follow one another without a gap."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.arrangements import CalendarError
from engine.core.periods import Period, add_months, month_end

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
kinds = st.sampled_from(["month", "quarter", "half_year", "year"])


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert add_months(date(2018, 1, 31), 1) == date(2018, 2, 28)
    assert add_months(date(2016, 1, 31), 1) == date(2016, 2, 29)


def test_the_anchor_day_comes_back_after_a_short_month() -> None:
    assert add_months(date(2018, 1, 31), 2) == date(2018, 3, 31)


def test_months_go_back_over_new_year() -> None:
    assert add_months(date(2018, 1, 31), -2) == date(2017, 11, 30)


def test_months_outside_the_calendar_are_refused() -> None:
    with pytest.raises(CalendarError, match="outside the years 1 to 9999"):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize("anchor", [28, 29, 30, 31])
def test_two_years_of_months_from_the_end_of_a_month_neither_skip_nor_drift(anchor: int) -> None:
    start = date(2019, 1, anchor)
    for n in range(1, 25):
        found = add_months(start, n)

        assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == n
        assert found.day == min(anchor, month_end(found).day)


@given(days, st.integers(-600, 600))
def test_months_there_and_back_return_unless_the_end_was_clamped(day: date, n: int) -> None:
    there = add_months(day, n)

    assert add_months(there, -n) == (day if there.day == day.day else day.replace(day=there.day))


@given(days)
def test_the_day_after_the_end_of_a_month_is_the_first(day: date) -> None:
    assert (month_end(day) + timedelta(days=1)).day == 1
    assert month_end(day).month == day.month


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2018-03", date(2018, 3, 1), date(2018, 3, 31)),
        ("2018Q1", date(2018, 1, 1), date(2018, 3, 31)),
        ("2018H2", date(2018, 7, 1), date(2018, 12, 31)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_key_names_a_natural_period(key: str, first: date, last: date) -> None:
    period = Period.parse(key)

    assert (period.first, period.last, period.key) == (first, last, key)


@pytest.mark.parametrize(
    "key",
    ["2018-13", "2018-00", "2018Q5", "2018H3", "2018Q0", "18-01", "2018-1", "", "٢٠١٨", "0000"],
)
def test_a_key_of_another_form_is_refused(key: str) -> None:
    with pytest.raises(CalendarError):
        Period.parse(key)


def test_an_unknown_kind_of_period_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CalendarError, match="'week': a period is one of month, quarter"):
        Period.of(date(2018, 1, 1), "week")


@given(days, kinds)
def test_the_period_of_a_day_holds_the_day(day: date, every: str) -> None:
    period = Period.of(day, every)

    assert period.first <= day <= period.last
    assert Period.parse(period.key) == period


@given(days, kinds)
def test_the_next_period_begins_the_day_after(day: date, every: str) -> None:
    period = Period.of(day, every)

    assert period.next().first == period.last + timedelta(days=1)
    assert period.next().every == every
    assert period.key < period.next().key


def test_the_share_left_counts_the_day_itself() -> None:
    november = Period.parse("2017-11")

    assert november.share_left(date(2017, 11, 1)) == 1
    assert november.share_left(date(2017, 11, 16)) == Fraction(1, 2)
    assert november.share_left(date(2017, 11, 30)) == Fraction(1, 30)
    assert november.share_left(date(2017, 12, 1)) == 0
    assert november.share_left(date(2017, 10, 1)) == 1
