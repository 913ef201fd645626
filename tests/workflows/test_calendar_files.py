"""The shipped calendar files say what the notices say."""

from datetime import date, timedelta
from importlib import import_module

import pytest

from workflows.calendars_reader import load_calendar
from workflows.statutes_reader import shipped_statutes

CALENDAR = load_calendar()


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


# What the notices say.


def test_the_pilots_three_months_of_2017_have_61_working_days() -> None:
    weekdays = sum(
        day.weekday() < 5 for day in days_of(2017) if date(2017, 9, 1) <= day <= date(2017, 11, 30)
    )

    assert CALENDAR.between(date(2017, 8, 31), date(2017, 11, 30)) == 61
    assert weekdays == 65


@pytest.mark.parametrize(
    ("year", "working_days"),
    [
        (2017, 249), (2018, 250), (2019, 250), (2020, 249), (2021, 250),
        (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248),
    ],
)  # fmt: skip
def test_working_days_of_the_year(year: int, working_days: int) -> None:
    assert CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days


@pytest.mark.parametrize(
    ("year", "make_up_days"),
    [
        (2017, "01-22 02-04 04-01 05-27 09-30"),
        (2018, "02-11 02-24 04-08 04-28 09-29 09-30 12-29"),
        (2019, "02-02 02-03 04-28 05-05 09-29 10-12"),
        (2020, "01-19 04-26 05-09 06-28 09-27 10-10"),
        (2021, "02-07 02-20 04-25 05-08 09-18 09-26 10-09"),
        (2022, "01-29 01-30 04-02 04-24 05-07 10-08 10-09"),
        (2023, "01-28 01-29 04-23 05-06 06-25 10-07 10-08"),
        (2024, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"),
        (2025, "01-26 02-08 04-27 09-28 10-11"),
        (2026, "01-04 02-14 02-28 05-09 09-20 10-10"),
    ],
)
def test_make_up_days_of_the_year(year: int, make_up_days: str) -> None:
    worked = [day for day in days_of(year) if day.weekday() >= 5 and CALENDAR.is_working(day)]

    assert " ".join(f"{day:%m-%d}" for day in worked) == make_up_days


@pytest.mark.parametrize(
    ("year", "published_on"),
    [
        (2017, date(2016, 12, 1)), (2018, date(2017, 11, 30)), (2019, date(2018, 12, 6)),
        (2020, date(2019, 11, 21)), (2021, date(2020, 11, 25)), (2022, date(2021, 10, 25)),
        (2023, date(2022, 12, 8)), (2024, date(2023, 10, 25)), (2025, date(2024, 11, 12)),
        (2026, date(2025, 11, 4)),
    ],
)  # fmt: skip
def test_a_year_is_settled_from_the_day_of_its_notice(year: int, published_on: date) -> None:
    midsummer = date(year, 7, 1)

    assert CALENDAR.known_on(published_on - timedelta(1)).is_provisional(midsummer)
    assert not CALENDAR.known_on(published_on).is_provisional(midsummer)


def test_a_years_own_notice_does_not_settle_its_last_days() -> None:
    saturday, monday = date(2018, 12, 29), date(2018, 12, 31)
    before = CALENDAR.known_on(date(2018, 12, 5))
    after = CALENDAR.known_on(date(2018, 12, 6))

    assert [before.is_working(day) for day in (saturday, monday)] == [False, True]
    assert [after.is_working(day) for day in (saturday, monday)] == [True, False]
    assert not before.is_provisional(monday)


def test_the_spring_festival_of_2020_was_lengthened_while_it_ran() -> None:
    eve = date(2020, 1, 23)
    before, after = CALENDAR.known_on(date(2020, 1, 23)), CALENDAR.known_on(date(2020, 1, 28))

    assert [before.shift(eve, n).day for n in (1, 2)] == [date(2020, 1, 31), date(2020, 2, 1)]
    assert [after.shift(eve, n).day for n in (1, 2)] == [date(2020, 2, 3), date(2020, 2, 4)]
    assert before.version != after.version


def test_labour_day_of_2019_grew_from_one_day_to_four() -> None:
    before, after = CALENDAR.known_on(date(2019, 3, 21)), CALENDAR.known_on(date(2019, 3, 22))
    days = [date(2019, 4, 28), date(2019, 5, 1), date(2019, 5, 2), date(2019, 5, 3)]
    days += [date(2019, 5, 5)]

    assert [before.is_working(day) for day in days] == [False, False, True, True, False]
    assert [after.is_working(day) for day in days] == [True, False, False, False, True]


def test_the_third_of_september_2015_became_a_holiday_in_may() -> None:
    before, after = CALENDAR.known_on(date(2015, 5, 12)), CALENDAR.known_on(date(2015, 5, 13))
    days = [date(2015, 9, 3), date(2015, 9, 4), date(2015, 9, 6)]

    assert [before.is_working(day) for day in days] == [True, True, False]
    assert [after.is_working(day) for day in days] == [False, False, True]


def test_an_encouraged_day_of_leave_is_a_working_day() -> None:
    assert CALENDAR.is_working(date(2024, 2, 9))


@pytest.mark.parametrize("day", [date(2018, 3, 8), date(2018, 5, 4), date(2018, 6, 1)])
def test_half_day_holidays_are_working_days(day: date) -> None:
    assert CALENDAR.is_working(day)


def test_a_last_day_in_the_national_week_ends_on_the_day_after_it() -> None:
    assert CALENDAR.roll(date(2017, 10, 1), "next") == date(2017, 10, 9)


def test_a_last_day_on_the_make_up_saturday_of_2017_stays() -> None:
    assert CALENDAR.roll(date(2017, 9, 30), "next") == date(2017, 9, 30)


def test_the_last_working_day_of_september_2017_is_a_saturday() -> None:
    assert CALENDAR.last_working_day(2017, 9) == date(2017, 9, 30)


def test_2027_is_not_published_and_answers_provisionally() -> None:
    answer = CALENDAR.shift(date(2026, 12, 30), 3)

    assert answer.provisional
    assert answer.day == date(2027, 1, 5)
    assert CALENDAR.missing_years(date(2026, 1, 1), date(2028, 1, 1)) == (2027, 2028)


def test_in_2027_statutory_days_are_off_and_no_day_in_lieu_is_guessed() -> None:
    off = [day for day in days_of(2027) if day.weekday() < 5 and not CALENDAR.is_working(day)]

    assert " ".join(f"{day:%m-%d}" for day in off) == "01-01 02-05 02-08 04-05 06-09 09-15 10-01"
    assert not any(CALENDAR.is_working(day) for day in days_of(2027) if day.weekday() >= 5)


def test_years_beyond_the_lunar_table_still_answer() -> None:
    assert CALENDAR.shift(date(2080, 9, 28), 5).provisional


def test_the_second_of_may_was_unknown_until_the_decree_of_2024() -> None:
    before, after = CALENDAR.known_on(date(2024, 11, 9)), CALENDAR.known_on(date(2024, 11, 10))

    assert before.is_working(date(2025, 5, 2))
    assert not after.is_working(date(2025, 5, 2))


def test_only_the_notices_of_2004_and_2005_lack_their_publication_day() -> None:
    undated = [each.id for each in CALENDAR.arrangements if each.published_on is None]

    assert undated == ["cn-2004.1", "cn-2005.1"]
    assert CALENDAR.has_unknown_dates


def test_the_numbers_of_the_notices_of_the_pilots_years() -> None:
    numbers = {each.id: each.document for each in CALENDAR.arrangements}

    assert numbers["cn-2017.1"] == "国办发明电〔2016〕17号"
    assert numbers["cn-2018.1"] == "国办发明电〔2017〕12号"


def test_every_year_from_2004_to_2026_has_its_notice() -> None:
    assert CALENDAR.missing_years(date(2004, 1, 1), date(2026, 12, 31)) == ()


def test_the_three_amendments_name_what_they_amend() -> None:
    amendments = {each.id: each.amends for each in CALENDAR.arrangements if each.amends}

    assert amendments == {
        "cn-2015.2": "cn-2015.1", "cn-2019.2": "cn-2019.1", "cn-2020.2": "cn-2020.1",
    }  # fmt: skip


def test_the_law_of_2025_grants_13_days() -> None:
    law = shipped_statutes()[-1]

    assert len(law.solar) + sum(day.year == 2025 for day in law.movable) == 13


# Compared with what others publish.


def test_every_day_from_2004_to_2026_agrees_with_chinesecalendar() -> None:
    reference = import_module("chinese_calendar")
    differing = [
        day
        for year in range(2004, 2027)
        for day in days_of(year)
        if CALENDAR.is_working(day) != reference.is_workday(day)
    ]

    # The notice for 2006 says 12月31日(星期六)上班; that table leaves the day free.
    assert differing == [date(2005, 12, 31)]


def test_every_day_from_2004_to_2026_agrees_with_holidays() -> None:
    holidays = import_module("holidays")
    reference = holidays.China(years=range(2004, 2028))
    differing = [
        day
        for year in range(2004, 2027)
        for day in days_of(year)
        if CALENDAR.is_working(day) != reference.is_working_day(day)
    ]

    assert differing == []


def test_statutory_days_worked_out_to_2030_agree_with_holidays() -> None:
    holidays = import_module("holidays")
    reference = holidays.China(years=range(2027, 2031), observed=False)
    ours = [day for year in range(2027, 2031) for day in days_of(year) if CALENDAR.name_of(day)]

    assert ours == sorted(reference)
