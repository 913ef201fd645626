"""What is raised by hand: issues and tranches, their own days, and rounds after reopening."""

import json

import pytest

from engine.core.commands import Reopen
from tests.builders import Story, a_project, a_trial, the
from tests.core.asks import accept, act, choose, day, raised, record, submit


def with_issue(**more: object) -> Story:
    """Return a pilot in implementation with one issue, raised on Monday 4 December 2017."""
    story = a_project("implementation")
    story.do("supervisor", raised("Q-1", **more), "2017-12-04")  # type: ignore[arg-type]  # days, due or data
    return story


def closed() -> Story:
    """Return a pilot with an issue that was closed out."""
    story = with_issue()
    story.do("agency", record("issue", "fixed", ref="Q-1"), "2017-12-11")
    story.do("county", record("issue", "closed", ref="Q-1"), "2017-12-13")
    return story


def test_an_issue_is_due_so_many_working_days_after_it_was_raised() -> None:
    row = with_issue(days=10).row("issue", "Q-1")

    assert (row.title, row.opened_on, row.due) == (
        "about Q-1", day("2017-12-04"), day("2017-12-18"),
    )  # fmt: skip


def test_an_issue_may_have_its_own_day() -> None:
    assert with_issue(days=None, due="2017-12-09").row("issue").due == day("2017-12-09")


def test_a_given_day_rolls_as_its_rule_says() -> None:
    story = a_trial("trial")
    story.do("hygiene", raised("S-1", "incident", days=None, due="2018-02-10"), "2018-02-06")

    assert story.row("incident").due == day("2018-02-09")  # a Saturday, to the Friday before


def test_an_issue_without_a_day_is_undated() -> None:
    row = with_issue(days=None).row("issue")

    assert (row.due, row.next_at) == (None, None)


@pytest.mark.parametrize("days", [-1, 2001])
def test_days_lie_between_0_and_2000(days: int) -> None:
    codes = a_project("implementation").codes("county", raised("Q-1", days=days))

    assert codes == ["days_malformed"]


def test_a_day_before_it_was_raised_is_refused() -> None:
    late = raised("Q-1", days=None, due="2017-12-01")

    assert with_issue().codes("county", raised("Q-2", days=None, due="2017-12-01")) == [
        "due_before_start"
    ]
    assert a_project("implementation").ask("county", late, "2017-12-01").reasons == ()


def test_a_reference_is_taken_once() -> None:
    assert with_issue().codes("county", raised("Q-1")) == ["reference_taken"]


def test_what_opens_by_itself_cannot_be_raised() -> None:
    codes = a_project("implementation").codes("county", raised("Q-1", "mechanism"))

    assert codes == ["role_missing", "not_raisable"]


def test_only_a_raiser_raises() -> None:
    (reason,) = a_project("implementation").refusal("agency", raised("Q-1"))

    assert (reason.code, reason.holder) == ("role_missing", "supervisor")


def test_values_given_when_raised_are_checked_and_kept() -> None:
    story = a_project("implementation")
    assert story.codes("finance", raised("T-1", "tranche", planned="much")) == ["field_malformed"]

    story.do("finance", raised("T-1", "tranche", planned="120000.00"), "2017-12-04")

    assert json.loads(story.row("tranche").data or "") == {"planned": "120000.00"}


def test_an_issue_is_worked_on_while_the_project_is_suspended_and_its_clock_runs() -> None:
    story = with_issue(days=10)
    story.do("county", act("suspend", "force_majeure"), "2017-12-06")

    assert story.row("issue").next_at is not None

    story.do("agency", record("issue", "fixed", ref="Q-1"), "2017-12-11")


def test_reopening_is_a_new_round_beside_the_first_closure() -> None:
    story = closed()

    story.do("county", Reopen(the("issue", "Q-1"), "it leaks again"), "2018-01-10")

    first, second = story.rows("issue")
    assert (first.round, first.status, first.done_on) == (1, "done", day("2017-12-13"))
    assert (second.round, second.status, second.opened_on) == (2, "open", day("2018-01-10"))
    assert (second.title, second.ref) == ("about Q-1", "Q-1")


def test_a_reopened_issue_has_the_time_it_first_had() -> None:
    story = closed()

    story.do("county", Reopen(the("issue", "Q-1"), "it leaks again"), "2018-01-10")

    assert story.row("issue").due == day("2018-01-24")  # ten working days


def test_a_reopened_issue_whose_day_was_fixed_has_as_many_working_days() -> None:
    story = with_issue(days=None, due="2017-12-18")
    story.do("agency", record("issue", "fixed", ref="Q-1"), "2017-12-11")
    story.do("county", record("issue", "closed", ref="Q-1"), "2017-12-13")

    story.do("county", Reopen(the("issue", "Q-1"), "it leaks again"), "2018-01-10")

    assert story.row("issue").due == day("2018-01-24")


def test_a_reopened_issue_may_be_given_other_days() -> None:
    story = closed()

    story.do("county", Reopen(the("issue", "Q-1"), "it leaks again", 3), "2018-01-10")

    assert story.row("issue").due == day("2018-01-15")


def test_a_reopening_is_not_given_days_that_cannot_be() -> None:
    again = Reopen(the("issue", "Q-1"), "it leaks again", 2001)

    assert closed().codes("county", again) == ["days_malformed"]


def test_a_reopening_is_not_earlier_than_the_closure() -> None:
    again = Reopen(the("issue", "Q-1"), "it leaks again")

    assert closed().codes("county", again, "2017-12-12", known="2018-01-10") == ["before_step"]


@pytest.mark.parametrize("story", [with_issue(), a_project("approval")], ids=["open", "none"])
def test_only_a_closed_task_can_be_reopened(story: Story) -> None:
    found = story.codes("county", Reopen(the("issue", "Q-1"), "again"))

    assert found in (["not_reopenable"], ["task_not_open"])


def test_a_task_of_a_stage_is_reopened_where_its_file_names_who_may() -> None:
    story = a_trial("trial")
    story.do("supplier", submit("data_export"), "2018-03-01")
    story.do("privacy", accept("data_export"), "2018-03-02")

    story.do("officer", Reopen(the("data_export"), "a week is missing"), "2018-03-05")

    assert [(row.round, row.status) for row in story.rows("data_export")] == [
        (1, "done"), (2, "open"),
    ]  # fmt: skip
    assert "paper_missing" in [r.code for r in story.options("officer")["assess"].reasons]


def test_a_task_of_a_stage_that_has_been_left_is_not_reopened() -> None:
    story = a_trial("verdict")

    assert story.codes("officer", Reopen(the("data_export"), "again")) == ["not_reopenable"]


def test_only_a_reopener_reopens() -> None:
    assert closed().codes("agency", Reopen(the("issue", "Q-1"), "again")) == ["role_missing"]


def test_a_second_round_goes_through_every_step_again() -> None:
    story = closed()
    story.do("county", Reopen(the("issue", "Q-1"), "it leaks again"), "2018-01-10")

    assert story.codes("county", record("issue", "closed", ref="Q-1")) == ["step_out_of_order"]


def test_a_named_date_leaves_days_that_were_given_alone() -> None:
    story = with_issue(days=10)

    story.do("county", choose("planned_end", "2018-12-31"), "2017-12-05")

    assert story.row("issue").due == day("2017-12-18")
