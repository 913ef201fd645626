"""A year whose notice is not there yet: never guessed, always said, settled by one small file."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.calendar import Calendar
from engine.core.commands import Raise, Record, Target
from engine.core.definition import DueRule, Unit
from engine.core.errors import DefinitionError
from engine.core.rows import TaskRow
from engine.core.schedule import schedule
from engine.services import registers
from engine.services.registers import Publication
from templates.letters import Letters
from tests.builders import a_calendar
from tests.houses import a_running_project, do, entered, go_to, state_of
from workflows.calendars_reader import read_arrangement

PAPERS = tuple(each for each in a_calendar().arrangements if max(each.years) <= 2026)
CALENDAR = Calendar(PAPERS, a_calendar().statutes)
"""The shipped calendar up to 2026, so that these tests stand when 2027 has been published."""

YEAR = """\
id: cn-2027.1
region: cn
years: [2027]
document: 国办发明电（示例）
published_on: 2026-11-10
off:
  元旦: 2027-01-01..2027-01-03
  春节: 2027-02-05..2027-02-11
  清明节: 2027-04-03..2027-04-05
  劳动节: 2027-05-01..2027-05-05
  端午节: 2027-06-09
  中秋节: 2027-09-15
  国庆节: 2027-10-01..2027-10-07
work:
  春节: [2027-01-31, 2027-02-14]
  国庆节: 2027-10-09
"""
"""What a notice for 2027 might say; nobody has said it yet."""


def the(day: str) -> date:
    """Return a day from its ISO form."""
    return date.fromisoformat(day)


def days_of(year: int) -> Iterator[date]:
    """Yield every day of a year."""
    for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        yield date(year, 1, 1) + timedelta(days=n)


# Never guessed.


def test_the_statutory_days_of_2027_are_off() -> None:
    """Source: 国务院令第795号; 春节 of 2027 is granted from 02-05 to 02-08."""
    spring = [the(f"2027-02-0{n}") for n in range(5, 9)]

    assert [CALENDAR.name_of(day) for day in spring] == ["春节"] * 4
    assert not any(CALENDAR.is_working(day) for day in spring)


def test_no_make_up_day_of_2027_is_guessed() -> None:
    assert not [day for day in days_of(2027) if day.weekday() >= 5 and CALENDAR.is_working(day)]


def test_no_day_in_lieu_of_2027_is_placed_although_the_law_grants_them() -> None:
    """Source: 全国年节及纪念日放假办法, article 6; another package places these six by itself."""
    placed = [the(f"2027-{day}") for day in ("02-09", "02-10", "05-03", "05-04", "10-04", "10-05")]
    other = import_module("holidays").China(years=2027)

    assert all(CALENDAR.is_working(day) for day in placed)
    assert not any(other.is_working_day(day) for day in placed)


@pytest.mark.parametrize("year", [2027, 2028, 2029, 2030])
def test_a_year_without_a_notice_lacks_its_statutory_weekdays_and_nothing_else(year: int) -> None:
    off = [day for day in days_of(year) if day.weekday() < 5 and not CALENDAR.is_working(day)]

    assert off
    assert all(CALENDAR.name_of(day) for day in off)
    named = [CALENDAR.name_of(day) for day in days_of(year) if CALENDAR.name_of(day)]
    assert len("、".join(str(name) for name in named).split("、")) == 13


@pytest.mark.parametrize("year", [2031, 2060, 2100])
def test_no_year_up_to_the_horizon_fails_to_answer(year: int) -> None:
    """Another package raises NotImplementedError from the first unpublished year on."""
    with pytest.raises(NotImplementedError):
        import_module("chinese_calendar").is_workday(date(year, 3, 1))

    assert CALENDAR.is_provisional(date(year, 3, 1))
    assert CALENDAR.shift(date(year, 3, 1), 10).provisional


# Always said.


@pytest.mark.parametrize(
    ("anchor", "rule", "is_provisional"),
    [
        ("2026-12-24", DueRule("given", 5), False),
        ("2026-12-24", DueRule("given", 6), True),
        ("2027-01-06", DueRule("given", -2), True),
        ("2026-12-28", DueRule("given", 0, Unit.LAST_WORKING_DAY), False),
        ("2026-12-28", DueRule("given", 1, Unit.LAST_WORKING_DAY), True),
        ("2026-12-28", DueRule("given", 10, Unit.CALENDAR_DAY), False),
    ],
)
def test_a_due_day_is_provisional_exactly_when_a_day_of_an_unpublished_year_was_counted(
    anchor: str,
    rule: DueRule,
    is_provisional: bool,
) -> None:
    found = schedule(rule, the(anchor), the(anchor), (), (), CALENDAR)

    assert found.provisional == is_provisional


@pytest.fixture
def near_new_year(sqlite_desk: Desk) -> Desk:
    """A house with an issue that falls due in a year whose notice nobody has published."""
    desk = entered(sqlite_desk.house.database, renderer=Letters())
    go_to(desk, "2026-12-01")
    a_running_project(desk)
    go_to(desk, "2027-01-27")
    do(desk, "P01", "R11", Raise("issue", "I1", "示例问题", days=10))
    return desk


def issue(desk: Desk, ref: str = "I1") -> TaskRow:
    """Return the newest row of an issue."""
    return [row for row in state_of(desk, "P01").rows(TaskRow) if row.ref == ref][-1]


def test_a_stored_due_day_says_that_it_is_provisional(near_new_year: Desk) -> None:
    assert (issue(near_new_year).due, issue(near_new_year).provisional) == (the("2027-02-12"), True)


def test_a_notice_about_a_provisional_day_says_so(near_new_year: Desk) -> None:
    """In Chinese 暂定."""
    go_to(near_new_year, "2027-02-15")
    near_new_year.sweep.run()

    said = [str(row) for row in near_new_year.queries.notices() if "2027年2月12日" in str(row)]
    assert said
    assert all("暂定" in text for text in said)


# Settled by one small file, with no release and no network.


def publish(desk: Desk, text: str = YEAR) -> bool:
    """Publish a calendar file in a house."""
    read = read_arrangement(text, "cn-2027.yaml")
    new = Publication(read.id, read.id, read.digest, text, read.published_on)
    with desk.house.database.write() as cursor:
        return registers.publish_calendar(desk.house, cursor, new, SYSTEM)


def test_a_small_file_settles_the_year() -> None:
    settled = CALENDAR.overlay(read_arrangement(YEAR, "cn-2027.yaml"))

    assert not settled.is_provisional(the("2027-07-01"))
    assert [settled.is_working(the(day)) for day in ("2027-01-31", "2027-02-09")] == [True, False]
    assert not settled.shift(the("2026-12-24"), 6).provisional
    assert CALENDAR.is_provisional(the("2027-07-01"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  端午节: 2027-06-09\n", "", "2027-06-09 端午节"),  # off days are at least the statutory
        ("国庆节: 2027-10-09", "国庆节: 2027-10-08", "a make-up day is a Saturday or Sunday"),
        ("国庆节: 2027-10-09", "国庆节: 2028-03-04", "does not lie in 2027"),
        ("2027-01-01..2027-01-03", "2026-10-01", "does not lie in 2027"),
        ("published_on: 2026-11-10", "published_on: 2016-11-10", "check it"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_what_is_wrong(
    old: str, new: str, said: str
) -> None:
    assert old in YEAR

    with pytest.raises(DefinitionError) as refused:
        read_arrangement(YEAR.replace(old, new), "cn-2027.yaml")

    assert any(said in fault.message for fault in refused.value.faults), refused.value.faults


def test_a_file_may_reach_into_the_neighbouring_december_and_january() -> None:
    text = YEAR.replace("元旦: 2027-01-01..2027-01-03", "元旦: 2026-12-31..2027-01-03")

    assert the("2026-12-31") in read_arrangement(text, "cn-2027.yaml").off


def test_after_an_import_the_open_days_that_move_are_listed_and_stand_until_then(
    near_new_year: Desk,
) -> None:
    desk = near_new_year
    was = issue(desk)

    assert publish(desk)

    (one,) = [one for one in desk.calendars.moves() if one.move.row.ref == "I1"]
    assert (one.move.was, one.move.now, one.move.provisional) == (
        the("2027-02-12"),
        the("2027-02-15"),
        False,
    )
    assert issue(desk) == was  # nothing moves by itself


def test_a_closed_item_is_never_listed_and_never_moves(near_new_year: Desk) -> None:
    desk = near_new_year
    for step, post in (("fixed", "R11"), ("closed", "R11")):
        do(desk, "P01", post, Record(Target("issue", None, "I1"), {}, step))
    was = issue(desk)

    publish(desk)

    assert was.status == "done"
    assert [one for one in desk.calendars.moves() if one.move.row.ref == "I1"] == []
    assert issue(desk) == was


def test_the_same_file_twice_is_one_publication(near_new_year: Desk) -> None:
    assert publish(near_new_year)
    assert not publish(near_new_year)
