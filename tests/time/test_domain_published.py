"""The published years, statement by statement: counts, make-up days, papers, law."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

import pytest

from engine.core.arrangements import statutory_days
from engine.core.calendar import Calendar
from tests.builders import a_calendar
from workflows.statutes_reader import shipped_statutes

ONE = timedelta(days=1)
CALENDAR = a_calendar()
PAPERS = {each.id: each for each in CALENDAR.arrangements}

MAKE_UP = {
    2017: "01-22 02-04 04-01 05-27 09-30",
    2018: "02-11 02-24 04-08 04-28 09-29 09-30 12-29",
    2019: "02-02 02-03 04-28 05-05 09-29 10-12",
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
WORKING = {
    2017: 249, 2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251,
    2025: 248, 2026: 248,
}  # fmt: skip
PUBLISHED = {
    2017: "2016-12-01", 2018: "2017-11-30", 2019: "2018-12-06", 2020: "2019-11-21",
    2021: "2020-11-25", 2022: "2021-10-25", 2023: "2022-12-08", 2024: "2023-10-25",
    2025: "2024-11-12", 2026: "2025-11-04",
}  # fmt: skip

each_year = pytest.mark.parametrize("year", range(2017, 2027))
each_make_up_day = pytest.mark.parametrize(
    "on", [f"{year}-{day}" for year, days in MAKE_UP.items() for day in days.split()]
)


def the(day: str) -> date:
    """Return a day from its ISO form."""
    return date.fromisoformat(day)


def days_of(year: int) -> list[date]:
    """Return every day of a year."""
    return [
        date(year, 1, 1) + n * ONE for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


def works(calendar: Calendar, *days: str) -> list[bool]:
    """Return of each day whether people work on it."""
    return [calendar.is_working(the(day)) for day in days]


# The sources compared.


@each_year
def test_a_year_has_as_many_working_days_as_its_notice_leaves(year: int) -> None:
    """Source: the State Council's notices for 2017 to 2026."""
    counted = [day for day in days_of(year) if CALENDAR.is_working(day)]

    assert len(counted) == WORKING[year]
    assert CALENDAR.between(counted[0] - ONE, counted[-1]) == WORKING[year]
    assert CALENDAR.shift(date(year - 1, 12, 31), WORKING[year]).day == counted[-1]


@each_make_up_day
def test_a_make_up_day_is_a_weekend_day_on_which_people_work(on: str) -> None:
    """Source: the State Council's notices for 2017 to 2026."""
    assert the(on).weekday() >= 5
    assert works(CALENDAR, on) == [True]
    assert CALENDAR.shift(the(on) - ONE, 1).day == the(on)
    assert the(on) in CALENDAR.shift(the(on) - ONE, 1).crossed_work


@each_year
def test_no_other_weekend_day_is_worked(year: int) -> None:
    """Source: the State Council's notices for 2017 to 2026."""
    worked = [day for day in days_of(year) if day.weekday() >= 5 and CALENDAR.is_working(day)]

    assert " ".join(f"{day:%m-%d}" for day in worked) == MAKE_UP[year]


@pytest.mark.parametrize("package", ["chinese_calendar", "holidays"])
def test_all_3652_days_of_2017_to_2026_agree_with_two_independent_packages(package: str) -> None:
    """Source: the packages chinesecalendar and holidays."""
    held = import_module(package)
    asked: Callable[[date], bool] = (
        held.is_workday if package == "chinese_calendar"
        else held.China(years=range(2016, 2028)).is_working_day
    )  # fmt: skip
    days = [day for year in range(2017, 2027) for day in days_of(year)]

    assert len(days) == 3_652
    assert [day for day in days if CALENDAR.is_working(day) != asked(day)] == []


def test_the_last_day_of_2005_is_the_one_on_which_the_sources_differ() -> None:
    """The notice for 2006 says 12月31日(星期六)上班; one of the packages leaves the day free."""
    (paper,) = [each for each in PAPERS.values() if date(2005, 12, 31) in each.work]

    assert paper.years == (2006,)
    assert works(CALENDAR, "2005-12-31") == [True]
    assert not import_module("chinese_calendar").is_workday(date(2005, 12, 31))


def test_counting_none_gives_the_day_itself_and_counting_one_the_working_day_after_it() -> None:
    """The off-by-one of packages whose zero means the first working day at or after a day."""
    saturday, friday, monday = the("2017-09-16"), the("2017-09-15"), the("2017-09-18")

    assert [CALENDAR.shift(saturday, n).day for n in (-1, 0, 1)] == [friday, saturday, monday]
    assert [CALENDAR.shift(friday, n).day for n in (0, 1)] == [friday, monday]


def test_september_to_november_2017_have_61_working_days_and_not_65() -> None:
    """Source: 国办发明电〔2016〕17号."""
    assert CALENDAR.between(the("2017-08-31"), the("2017-11-30")) == 61
    weekdays = [day for day in days_of(2017) if 9 <= day.month <= 11 and day.weekday() < 5]
    assert len(weekdays) == 65


# The calendar changes after it is known.


@each_year
def test_a_notice_is_known_from_the_day_of_its_publication_on(year: int) -> None:
    """Source: the days on which the notices were posted on gov.cn."""
    day, new_year = the(PUBLISHED[year]), date(year, 7, 2)

    assert PAPERS[f"cn-{year}.1"].published_on == day
    assert CALENDAR.known_on(day - ONE).is_provisional(new_year)
    assert not CALENDAR.known_on(day).is_provisional(new_year)


@each_year
def test_a_notice_comes_between_the_end_of_october_and_the_beginning_of_december(year: int) -> None:
    """Not always in November: 2017 (12-01), 2019 (12-06), 2022 (10-25), 2023 (12-08)."""
    day = the(PUBLISHED[year])

    assert day.year == year - 1
    assert (10, 25) <= (day.month, day.day) <= (12, 8)


def test_the_last_days_of_2018_came_with_the_notice_for_2019() -> None:
    """Source: 国办发明电〔2018〕15号 of 2018-12-06; 〔2017〕12号 says nothing of them."""
    own, next_one = PAPERS["cn-2018.1"], PAPERS["cn-2019.1"]
    saturday, monday = the("2018-12-29"), the("2018-12-31")

    assert saturday not in own.work
    assert monday not in own.off
    assert saturday in next_one.work
    assert monday in next_one.off
    eve, day = CALENDAR.known_on(the("2018-12-05")), CALENDAR.known_on(the("2018-12-06"))
    assert works(eve, "2018-12-29", "2018-12-31") == [False, True]
    assert works(day, "2018-12-29", "2018-12-31") == [True, False]
    assert eve.shift(the("2018-12-28"), 1).day == monday
    assert day.shift(the("2018-12-28"), 1).day == saturday


AMENDMENTS = [
    ("2015-05-13", "cn-2015.2", "2015-09-02", 1, "2015-09-03", "2015-09-06"),
    ("2019-03-22", "cn-2019.2", "2019-04-26", 3, "2019-05-02", "2019-04-30"),
    ("2020-01-27", "cn-2020.2", "2020-01-23", 2, "2020-02-01", "2020-02-04"),
]


@pytest.mark.parametrize(("on", "paper", "start", "count", "before", "after"), AMENDMENTS)
def test_an_amendment_in_force_moves_days_from_the_day_it_became_known(
    on: str, paper: str, start: str, count: int, before: str, after: str
) -> None:
    """Source: 国发明电〔2015〕1号; 国办发明电〔2019〕3号; 国办发明电〔2020〕1号."""
    eve, day = CALENDAR.known_on(the(on) - ONE), CALENDAR.known_on(the(on))

    assert PAPERS[paper].published_on == the(on)
    assert eve.shift(the(start), count).day == the(before)
    assert day.shift(the(start), count).day == the(after)
    assert eve.version != day.version
    assert eve.known_on(the(on)) == eve  # what was asked earlier is not rewritten


def test_in_2015_the_third_of_september_and_the_days_around_it_were_moved() -> None:
    """Source: 国发明电〔2015〕1号."""
    days = ("2015-09-03", "2015-09-04", "2015-09-05", "2015-09-06")

    assert works(CALENDAR.known_on(the("2015-05-12")), *days) == [True, True, False, False]
    assert works(CALENDAR.known_on(the("2015-05-13")), *days) == [False, False, False, True]


def test_in_2019_labour_day_grew_from_one_day_to_four_with_two_make_up_days() -> None:
    """Source: 国办发明电〔2019〕3号."""
    days = ("2019-04-28", "2019-05-01", "2019-05-02", "2019-05-03", "2019-05-04", "2019-05-05")

    assert works(CALENDAR.known_on(the("2019-03-21")), *days) == [
        False, False, True, True, False, False,
    ]  # fmt: skip
    assert works(CALENDAR.known_on(the("2019-03-22")), *days) == [
        True, False, False, False, False, True,
    ]  # fmt: skip


def test_in_2020_the_spring_festival_grew_to_02_02_and_a_make_up_day_was_cancelled() -> None:
    """Source: 国办发明电〔2020〕1号, known on 2020-01-27."""
    days = ("2020-01-30", "2020-01-31", "2020-02-01", "2020-02-02", "2020-02-03")

    assert the("2020-02-01") in PAPERS["cn-2020.1"].work
    assert works(CALENDAR.known_on(the("2020-01-26")), *days) == [False, True, True, False, True]
    assert works(CALENDAR.known_on(the("2020-01-27")), *days) == [False] * 4 + [True]


def test_there_are_three_amendments_and_each_names_what_it_amends() -> None:
    found = {each.id: each.amends for each in PAPERS.values() if each.amends}

    assert found == {f"cn-{year}.2": f"cn-{year}.1" for year in (2015, 2019, 2020)}


# The law behind the notices.


def granted(year: int) -> dict[str, int]:
    """Return how many statutory days each holiday has in a year."""
    names = "、".join(statutory_days(shipped_statutes(), [year]).values()).split("、")
    return {name: names.count(name) for name in names}


@pytest.mark.parametrize("year", range(2008, 2025))
def test_up_to_2024_the_law_grants_eleven_days(year: int) -> None:
    """Source: 全国年节及纪念日放假办法, 国务院令第513号 (2008) and 第644号 (2014)."""
    assert granted(year) == {
        "元旦": 1, "春节": 3, "清明节": 1, "劳动节": 1, "端午节": 1, "中秋节": 1, "国庆节": 3,
    }  # fmt: skip
    assert sum(granted(year).values()) == 11


@pytest.mark.parametrize("year", range(2025, 2031))
def test_from_2025_the_law_grants_thirteen_days(year: int) -> None:
    """Source: 国务院令第795号 of 2024-11-10: 除夕 and a second day of 劳动节."""
    assert granted(year) == {
        "元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3,
    }  # fmt: skip
    assert sum(granted(year).values()) == 13


@pytest.mark.parametrize(
    ("year", "first"), [(2008, -1), (2013, -1), (2014, 0), (2024, 0), (2025, -1), (2026, -1)]
)
def test_the_spring_festival_begins_on_its_eve_or_on_its_own_day(year: int, first: int) -> None:
    """Source: 国务院令第513号 (from the eve), 第644号 (from 正月初一), 第795号 (from the eve)."""
    own = {2008: "02-07", 2013: "02-10", 2014: "01-31", 2024: "02-10", 2025: "01-29", 2026: "02-17"}
    found = sorted(
        day for day, name in statutory_days(shipped_statutes(), [year]).items() if name == "春节"
    )

    assert found[0] == the(f"{year}-{own[year]}") + first * ONE


@pytest.mark.parametrize("month_day", ["03-08", "05-04", "06-01", "08-01"])
@pytest.mark.parametrize("year", [2017, 2018, 2025, 2026])
def test_a_holiday_of_half_a_day_is_a_working_day(year: int, month_day: str) -> None:
    """Source: 全国年节及纪念日放假办法, article 3: half a day, and only for some citizens."""
    day = the(f"{year}-{month_day}")

    is_off_anyway = any(day in each.off for each in PAPERS.values())
    assert day not in statutory_days(shipped_statutes(), [year])
    assert CALENDAR.is_working(day) == (day.weekday() < 5 and not is_off_anyway)


def test_half_a_day_on_a_plain_tuesday_counts_like_any_other() -> None:
    """Source: 全国年节及纪念日放假办法, article 3."""
    assert CALENDAR.shift(the("2018-05-03"), 1).day == the("2018-05-04")
