"""A calendar as an office sees it: the country's days, then its own, the nearest last."""

from datetime import date
from typing import Any

import pytest

from engine.core.arrangements import Arrangement
from engine.core.calendar import Calendar
from tests.builders import a_calendar

MONDAY, SATURDAY = date(2018, 1, 22), date(2018, 1, 27)


def own(region: str, number: int = 1, **days: Any) -> Arrangement:
    """Return days of an office's own in January 2018."""
    return Arrangement(
        id=f"{region}-2018.{number}", region=region, years=(2018,),
        published_on=date(2018, 1, 10 + number), **days,
    )  # fmt: skip


CITY = own("city", off=frozenset({MONDAY}))
COUNTY = own("county", work=frozenset({SATURDAY}))


def laid(*more: Arrangement) -> Calendar:
    """Return the shipped calendar with overlays on record."""
    found = a_calendar()
    for each in more:
        found = found.overlay(each)
    return found


def test_an_office_counts_with_its_own_days_and_those_above_it() -> None:
    seen = laid(CITY, COUNTY).seen_by(("county", "city"))

    assert (seen.is_working(MONDAY), seen.is_working(SATURDAY)) == (False, True)


def test_days_of_other_offices_do_not_count() -> None:
    seen = laid(CITY, COUNTY).seen_by(("other", "city"))

    assert (seen.is_working(MONDAY), seen.is_working(SATURDAY)) == (False, False)


def test_nobodys_calendar_is_the_countrys() -> None:
    assert laid(CITY, COUNTY).seen_by(()) == a_calendar()


def test_an_office_without_days_of_its_own_has_the_same_version_as_the_country() -> None:
    assert laid(CITY).seen_by(("county",)).version == a_calendar().version


def test_the_version_follows_the_days_of_the_office() -> None:
    seen = laid(CITY, COUNTY).seen_by(("county", "city"))

    assert seen.version.startswith("county-2018.1+")
    assert len({seen.version, laid(CITY).seen_by(("city",)).version, a_calendar().version}) == 3


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_the_nearest_office_decides_a_day_that_both_name(numbers: tuple[int, int]) -> None:
    above = own("city", numbers[0], off=frozenset({MONDAY}))
    near = own("county", numbers[1], plain=frozenset({MONDAY}))

    assert laid(above, near).seen_by(("county", "city")).is_working(MONDAY)
    assert not laid(above, near).seen_by(("city",)).is_working(MONDAY)


def test_what_an_office_sees_is_kept_when_less_was_known() -> None:
    seen = laid(CITY, COUNTY).seen_by(("county", "city")).known_on(date(2018, 1, 10))

    assert seen.is_working(MONDAY)
    assert seen.chain == ("city", "county")


@pytest.mark.parametrize(
    ("first", "last", "paper"),
    [
        ("2018-01-02", "2018-01-31", "county-2018.1"),
        ("2018-02-01", "2018-02-28", "cn-2018.1"),
        ("2018-12-20", "2019-01-10", "cn-2019.1"),
        ("2018-12-03", "2018-12-07", "cn-2018.1"),
    ],
)
def test_the_paper_that_decided_a_stretch_is_the_last_that_names_or_settles_it(
    first: str, last: str, paper: str
) -> None:
    seen = laid(CITY, COUNTY).seen_by(("county", "city"))

    found = seen.decided_by(date.fromisoformat(first), date.fromisoformat(last))

    assert found is not None
    assert found.id == paper


def test_nothing_decides_a_year_without_a_notice() -> None:
    assert a_calendar().decided_by(date(2050, 1, 1), date(2050, 12, 31)) is None
