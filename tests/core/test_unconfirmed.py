"""A calendar that becomes known moves no stored day until somebody confirms it."""

from dataclasses import replace
from datetime import date

import pytest

from engine.core.arrangements import Arrangement
from engine.core.calendar import Calendar
from engine.core.commands import ConfirmCalendar
from engine.core.events import NoticeRequest
from engine.core.lamps import Light, task_lamp, view
from engine.core.rows import TaskRow
from engine.core.state import Draft
from engine.core.unconfirmed import Move, unconfirmed
from tests.builders import Story, a_calendar, a_project
from tests.core.asks import act, ask, choose, day, grant, raised

CONFIRM = ConfirmCalendar()
BEFORE = a_calendar().known_on(date(2017, 11, 29))
"""What was known before the notice for 2018 came, on 30 November 2017."""

AFTER = a_calendar().known_on(date(2017, 11, 30))
CLOSED = Arrangement(
    id="bureau-2017.1", region="bureau", years=(2017,),
    off=frozenset({date(2017, 12, 4), date(2017, 12, 5)}),
    names={date(2017, 12, 4): "停电检修", date(2017, 12, 5): "停电检修"},
    published_on=date(2017, 11, 30),
)  # fmt: skip
"""Two days in December 2017 on which the bureau is closed."""


def an_issue(*, days: int = 30, calendar: Calendar = BEFORE) -> Story:
    """Return a project with an issue raised on 29 November 2017, so many working days given."""
    story = a_project("implementation", calendar=calendar)
    story.do("county", raised("Q-1", days=days), "2017-11-29")
    return story


def moves(story: Story) -> list[Move]:
    """Return what the story's calendar would move."""
    return list(unconfirmed(Draft(story.state), story.workflow, story.calendar))


def told(notices: tuple[NoticeRequest, ...]) -> list[tuple[str, str]]:
    """Return cause and post of notices."""
    return [(one.cause, one.post) for one in notices]


def test_a_day_beyond_the_known_years_is_provisional_and_stands_when_they_become_known() -> None:
    story = an_issue(days=60)
    before = story.row("issue", "Q-1")

    story.calendar = AFTER
    story.tick("2017-11-30")

    assert before.provisional
    assert story.row("issue", "Q-1").due == before.due


def test_what_a_new_calendar_would_move_is_listed_with_both_days() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER

    (move,) = [one for one in moves(story) if one.row.ref == "Q-1"]

    assert (move.was, move.now) == (day("2018-02-23"), day("2018-02-27"))
    assert (move.row.provisional, move.provisional, move.is_moved) == (True, False, True)


def test_the_same_calendar_moves_nothing() -> None:
    assert moves(an_issue(days=60)) == []


def test_a_day_that_only_ceases_to_be_provisional_is_listed_too() -> None:
    story = an_issue(days=30)
    story.calendar = AFTER

    (move,) = [one for one in moves(story) if one.row.ref == "Q-1"]

    assert (move.is_moved, move.row.provisional, move.provisional) == (False, True, False)


def test_confirming_moves_the_day_arms_the_ladder_anew_and_keeps_the_version() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    before = story.row("issue", "Q-1")

    story.do("county", CONFIRM, "2017-12-01")

    row = story.row("issue", "Q-1")
    assert (row.due, row.provisional) == (day("2018-02-27"), False)
    assert (row.term, row.rung, row.calendar) == (before.term + 1, 0, AFTER.version)


def test_the_entry_says_what_moved_and_what_is_settled() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER

    decision = story.do("county", CONFIRM, "2017-12-01")

    assert decision.kind == "calendar.confirmed"
    assert decision.facts["calendar"] == AFTER.version
    assert decision.facts["moved"] == [
        {"task": "issue/Q-1", "was": "2018-02-23", "now": "2018-02-27", "provisional": False}
    ]


def test_each_owner_of_what_moved_is_told_once_with_both_days_and_the_paper() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    row = story.row("issue", "Q-1")

    notices = story.do("county", CONFIRM, "2017-12-01").notices

    assert {one.cause for one in notices} == {f"moved:{row.n}:{AFTER.version}"}
    assert len(set(told(notices))) == len(notices) > 0
    args = notices[0].args
    assert (args["was"], args["due"], args["provisional"]) == ("2018-02-23", "2018-02-27", False)
    assert args["paper"] == {
        "name": "国办发明电〔2017〕12号", "published": "2017-11-30", "org": None,
    }  # fmt: skip


def test_what_nobody_owns_is_told_to_nobody_by_name() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    story.directory = replace(story.directory, posts={"county": story.directory.posts["county"]})

    notices = story.do("county", CONFIRM, "2017-12-01").notices

    assert [one.post for one in notices] == ["nobody:agency"]


def test_confirming_twice_does_nothing() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    story.do("county", CONFIRM, "2017-12-01")

    assert moves(story) == []
    assert story.codes("county", CONFIRM, "2017-12-01") == ["nothing_to_confirm"]


@pytest.mark.parametrize("post", ["agency", "supervisor", "clock"])
def test_only_those_who_may_correct_confirm_and_never_the_clock(post: str) -> None:
    story = an_issue(days=60)
    story.calendar = AFTER

    assert story.codes(post, CONFIRM, "2017-12-01") == ["role_missing"]


def test_closed_items_never_move() -> None:
    story = an_issue(days=60)
    closed = {row.n: row for row in story.state.rows(TaskRow) if row.status != "open"}
    story.calendar = AFTER

    story.do("county", CONFIRM, "2017-12-01")

    assert closed
    assert {n: story.state.row(TaskRow, n) for n in closed} == closed


def test_rungs_of_the_old_day_are_not_repeated_and_those_of_the_new_one_come() -> None:
    story = an_issue(days=5, calendar=a_calendar())
    first = story.tick("2017-12-01").notices
    more = Arrangement(
        id="cn-2017.2", region="cn", years=(2017,), amends="cn-2017.1",
        off=frozenset({date(2017, 12, 4)}), published_on=date(2017, 12, 1),
    )  # fmt: skip
    story.calendar = story.calendar.overlay(more)
    story.do("county", CONFIRM, "2017-12-01")

    second = story.tick("2017-12-04").notices

    row = story.row("issue", "Q-1")
    assert {one.cause for one in first if one.task == row.n} == {f"rung:{row.n}:0:reminder"}
    assert {one.cause for one in second if one.task == row.n} == {f"rung:{row.n}:1:reminder"}
    assert row.term == 1


def test_other_acts_leave_a_stored_day_alone_though_a_newer_calendar_is_known() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    before = story.row("issue", "Q-1")

    story.do("county", choose("closing_finish", "2018-11-30"), "2017-12-01")

    row = story.row("issue", "Q-1")
    assert (row.due, row.calendar, row.term) == (before.due, BEFORE.version, before.term)


def test_what_an_act_itself_moves_counts_with_what_is_known_on_its_day() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    story.do("agency", ask("issue", 5, ref="Q-1"), "2017-12-01")
    story.do("lead", grant("issue", 5, ref="Q-1"), "2017-12-04")

    row = story.row("issue", "Q-1")
    assert (row.original_due, row.due) == (day("2018-02-27"), day("2018-03-06"))
    assert (row.calendar, row.provisional) == (AFTER.version, False)


def test_a_suspension_moves_with_the_calendar_known_when_it_ends() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    story.do("county", act("suspend", "force_majeure"), "2017-12-01")
    assert story.row("implementation").calendar == BEFORE.version

    story.do("county", act("resume", "it is over"), "2017-12-11")

    assert story.row("implementation").calendar == AFTER.version


def test_confirming_is_possible_while_suspended() -> None:
    story = an_issue(days=60)
    story.calendar = AFTER
    story.do("county", act("suspend", "force_majeure"), "2017-12-01")

    story.do("county", CONFIRM, "2017-12-01")

    assert story.row("implementation").next_at is None
    assert moves(story) == []


def test_a_move_by_the_own_days_of_an_office_names_the_office_and_its_reason() -> None:
    story = an_issue(days=5, calendar=a_calendar())
    story.calendar = story.calendar.overlay(CLOSED).seen_by(("bureau",))

    notices = story.do("county", CONFIRM, "2017-12-01").notices

    row = story.row("issue", "Q-1")
    assert row.due == day("2017-12-08")
    assert (row.calendar or "").startswith("bureau-2017.1+")
    assert notices[0].args["paper"] == {
        "name": "停电检修", "published": "2017-11-30", "org": "The bureau",
    }  # fmt: skip


def test_a_lamp_says_that_its_day_is_provisional() -> None:
    story = an_issue(days=60)

    story.tick("2018-02-20")
    (issue,) = [row for row in view(story.state, day("2018-02-22")).owed if row.ref == "Q-1"]

    found = task_lamp(story.state, story.workflow, story.calendar, issue, day("2018-02-22"))

    assert (found.light, found.provisional) == (Light.DUE_SOON, True)
