"""Any question with the calendar as it was known on a day: what was reckoned then, and why."""

from datetime import date

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.commands import AskExtension, DecideExtension, Raise, Record, Target
from engine.core.errors import UnknownObjectError
from engine.core.lamps import Light
from engine.core.rows import TaskRow
from engine.services import registers
from engine.services.deadlines import Deadlines
from engine.storage.database import Database
from tests.houses import (
    START,
    a_running_project,
    again,
    an_empty_house,
    calendars,
    do,
    go_to,
    moment,
    publication,
    state_of,
    suining,
)
from workflows.reader import shipped

ISSUE = Target("issue", None, "I1")


def the(day: str) -> date:
    """Return a day from its ISO form."""
    return date.fromisoformat(day)


@pytest.fixture
def epidemic(desk: Desk) -> Desk:
    """A house of January 2020: an issue was raised on the 20th, to be mended in five working days.

    The days are 21, 22, 23, 31 and, worked in return, Saturday 1 February.
    """
    a_running_project(desk)
    go_to(desk, "2020-01-20")
    do(desk, "P01", "R11", Raise("issue", "I1", "示例问题", days=5))
    return desk


def issue(desk: Desk) -> TaskRow:
    """Return the newest row of the issue."""
    return [row for row in state_of(desk, "P01").rows(TaskRow) if row.ref == "I1"][-1]


def explained(desk: Desk, known_on: str | None = None) -> date | None:
    """Return the issue's due day with the calendar known on a day."""
    day = the(known_on) if known_on else None
    return Deadlines(desk.house).explain("P01", "I1", day).found.due


@pytest.mark.parametrize(
    ("known_on", "due"),
    [
        ("2020-01-20", "2020-02-01"), ("2020-01-23", "2020-02-01"), ("2020-01-26", "2020-02-01"),
        ("2020-01-27", "2020-02-04"), ("2020-01-28", "2020-02-04"), ("2020-03-01", "2020-02-04"),
    ],
)  # fmt: skip
def test_a_deadline_is_explained_with_what_was_known_on_a_day(
    epidemic: Desk, known_on: str, due: str
) -> None:
    """Source: 国办发明电〔2020〕1号, known on 2020-01-27: the holiday runs to 02-02."""
    go_to(epidemic, "2020-03-02")

    assert explained(epidemic, known_on) == the(due)


def test_without_a_day_the_calendar_is_meant_that_the_stored_day_was_counted_with(
    epidemic: Desk,
) -> None:
    assert explained(epidemic) == the("2020-02-01")

    go_to(epidemic, "2020-01-28")

    assert explained(epidemic) == issue(epidemic).due == the("2020-02-01")
    assert explained(epidemic, "2020-01-28") == the("2020-02-04")


def test_before_the_years_notice_the_answer_is_provisional(epidemic: Desk) -> None:
    """Source: 国办发明电〔2019〕16号, published on 2019-11-21."""
    eve = Deadlines(epidemic.house).explain("P01", "I1", the("2019-11-20"))
    day = Deadlines(epidemic.house).explain("P01", "I1", the("2019-11-21"))

    # Only 01-27 is off of those that were statutory weekdays: nobody knew of days in lieu.
    assert (eve.found.due, eve.found.provisional) == (the("2020-01-28"), True)
    assert (day.found.due, day.found.provisional) == (the("2020-02-01"), False)
    assert eve.calendar.version != day.calendar.version


def test_an_explanation_names_the_days_it_passed_over(epidemic: Desk) -> None:
    found = Deadlines(epidemic.house).explain("P01", "I1", the("2020-01-23")).found
    (count,) = [step for step in found.steps if step.code == "count"]

    assert found.steps[0].code == "anchor"
    assert count.off == tuple(the(f"2020-01-{n}") for n in (24, 27, 28, 29, 30))
    assert count.work == (the("2020-02-01"),)


def test_the_rungs_follow_the_calendar_that_is_asked_with(epidemic: Desk) -> None:
    def rungs(known_on: str) -> dict[str, str]:
        told = Deadlines(epidemic.house).explain("P01", "I1", the(known_on)).rungs
        return {rung.key: day.isoformat() for rung, day in told}

    assert rungs("2020-01-23") == {
        "reminder": "2020-01-22", "urge": "2020-02-03", "oversee": "2020-02-07",
        "coordinate": "2020-02-14",
    }  # fmt: skip
    assert rungs("2020-01-28") == {
        "reminder": "2020-01-22", "urge": "2020-02-05", "oversee": "2020-02-11",
        "coordinate": "2020-02-18",
    }  # fmt: skip


def test_the_stored_day_and_its_calendar_stand_when_more_becomes_known(epidemic: Desk) -> None:
    was = issue(epidemic)
    go_to(epidemic, "2020-01-28")
    epidemic.sweep.run()

    now = issue(epidemic)
    assert (now.due, now.original_due, now.calendar) == (was.due, was.original_due, was.calendar)
    assert now.due == the("2020-02-01")


def test_the_move_is_listed_from_the_day_on_which_it_became_known(epidemic: Desk) -> None:
    def moves() -> list[tuple[str | None, date, date]]:
        found = epidemic.calendars.moves()
        return [(one.move.row.ref, one.move.was, one.move.now) for one in found if one.move.row.ref]

    go_to(epidemic, "2020-01-26 23:59")
    assert moves() == []
    go_to(epidemic, "2020-01-27 00:00")
    assert moves() == [("I1", the("2020-02-01"), the("2020-02-04"))]


def test_a_decision_counts_with_what_is_known_on_its_day(epidemic: Desk) -> None:
    before = issue(epidemic).calendar
    go_to(epidemic, "2020-01-28")
    do(epidemic, "P01", "R11", AskExtension(ISSUE, 1, "示例"))
    do(epidemic, "P01", "R01", DecideExtension(ISSUE, granted=True, days=1))

    row = issue(epidemic)
    assert (row.original_due, row.due) == (the("2020-02-04"), the("2020-02-05"))
    assert row.calendar != before


def test_a_closed_item_keeps_its_day_and_is_not_listed(epidemic: Desk) -> None:
    for step in ("fixed", "closed"):
        do(epidemic, "P01", "R11", Record(ISSUE, {}, step))
    was = issue(epidemic)
    go_to(epidemic, "2020-02-10")
    epidemic.sweep.run()

    assert (was.status, issue(epidemic)) == ("done", was)
    assert [one for one in epidemic.calendars.moves() if one.move.row.ref] == []


def late(desk: Desk, on: str, known: str) -> int:
    """Return how many working days the project is late on a day, by what was known at a moment."""
    shown = desk.audit.asof("P01", the(on), moment(known))
    assert shown.lamp.light is Light.OVERDUE  # the plan of 2017 was never handed in
    return shown.lamp.late


def test_an_audit_of_a_day_in_the_past_uses_what_was_known_then(epidemic: Desk) -> None:
    """31 January and 1 February 2020 were working days by the old arrangement alone."""
    go_to(epidemic, "2020-02-10")

    first = [late(epidemic, f"2020-01-{n}", "2020-01-23 18:00") for n in (30, 31)]
    then = [late(epidemic, f"2020-01-{n}", "2020-01-28 18:00") for n in (30, 31)]

    assert first[1] - first[0] == 1
    assert then[1] - then[0] == 0
    assert first[0] == then[0]


def test_another_process_gives_the_same_answers(epidemic: Desk) -> None:
    go_to(epidemic, "2020-02-10")
    other = again(epidemic)
    days = ("2020-01-20", "2020-01-26", "2020-01-27", "2020-02-10")

    assert [explained(other, day) for day in days] == [explained(epidemic, day) for day in days]
    other.house.database.dispose()


def test_what_is_not_there_is_told_by_its_nearest_name(epidemic: Desk) -> None:
    with pytest.raises(UnknownObjectError):
        Deadlines(epidemic.house).explain("P01", "I9")
    with pytest.raises(UnknownObjectError):
        Deadlines(epidemic.house).explain("P99", "I1")


def test_the_last_days_of_2018_are_asked_before_and_after_the_notice_for_2019(desk: Desk) -> None:
    """Source: 国办发明电〔2018〕15号, published on 2018-12-06."""
    a_running_project(desk)
    go_to(desk, "2018-11-28")
    do(desk, "P01", "R11", Raise("issue", "I1", "示例问题", days=23))
    go_to(desk, "2019-03-01")

    assert explained(desk, "2018-12-05") == the("2018-12-31")
    assert explained(desk, "2018-12-06") == the("2018-12-29")
    assert issue(desk).due == the("2018-12-31")


@pytest.fixture
def learning(sqlite_database: Database) -> Desk:
    """A house with a project, to which nobody has given the amendment of January 2020 yet."""
    desk = an_empty_house(sqlite_database)
    go_to(desk, START)
    with sqlite_database.write() as cursor:
        registers.publish_workflow(
            desk.house, cursor, publication(shipped()["pilot_project"]), SYSTEM
        )
        for paper in calendars():
            if paper.key != "cn-2020.2":
                registers.publish_calendar(desk.house, cursor, paper, SYSTEM)
        registers.enter(desk.house, cursor, [*suining().orgs, *suining().posts], SYSTEM)
    a_running_project(desk)
    return desk


def test_what_was_entered_late_was_not_known_before_however_early_it_was_published(
    learning: Desk,
) -> None:
    """Published on 2020-01-27, entered on 02-10: an audit of 01-28 counts as the house did then."""
    go_to(learning, "2020-02-10")
    days = ("2020-01-30", "2020-01-31")
    before = [late(learning, day, "2020-01-28 18:00") for day in days]
    (paper,) = [paper for paper in calendars() if paper.key == "cn-2020.2"]
    with learning.house.database.write() as cursor:
        registers.publish_calendar(learning.house, cursor, paper, SYSTEM)

    again_then = [late(learning, day, "2020-01-28 18:00") for day in days]
    now = [late(learning, day, "2020-02-10 10:00") for day in days]

    assert again_then == before
    assert before[1] - before[0] == 1
    assert now[1] - now[0] == 0
