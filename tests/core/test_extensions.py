"""More time: asked before the day, answered by another, counted, and the ladder re-armed."""

from dataclasses import replace

import pytest

from engine.core.rows import Grant
from tests.builders import Story, a_directory, a_post, a_project, a_trial, a_workflow
from tests.core.asks import act, ask, choose, day, deny, grant, raised, submit
from tests.core.ways import PLAN_PAPERS


def asked(on: str = "2017-09-20", days: int = 5) -> Story:
    """Return a plan for which more time was asked; it is due on Friday 29 September 2017."""
    story = a_project()
    story.do("county", ask("plan", days), on)
    return story


def test_a_request_keeps_who_asked_why_for_how_long_and_what_was_due() -> None:
    (held,) = asked().state.rows(Grant)

    assert (held.asked_by, held.asked_on, held.wanted_days) == ("county", day("2017-09-20"), 5)
    assert (held.was_due, held.reason) == (day("2017-09-29"), "the hall is being repaired")
    assert held.decision is None


def test_a_pending_request_rests_the_ladder() -> None:
    story = asked()

    assert (story.row("plan").waiting, story.row("plan").next_at) == ("extension", None)
    assert story.tick("2017-10-20").notices == ()


def test_it_is_asked_up_to_and_on_the_due_day() -> None:
    assert a_project().ask("county", ask("plan"), "2017-09-29").reasons == ()


def test_after_the_due_day_it_is_too_late_to_ask() -> None:
    (reason,) = a_project().refusal("county", ask("plan"), "2017-09-30")

    assert reason.code == "asked_after_due"
    assert dict(reason.facts) == {"due": "2017-09-29", "on": "2017-09-30"}


def test_a_request_of_the_due_day_may_be_entered_later() -> None:
    story = a_project()

    assert story.ask("county", ask("plan"), "2017-09-29", known="2017-10-20").reasons == ()


def test_granted_days_are_added_to_the_day_then_current() -> None:
    story = asked()

    decision = story.do("lead", grant("plan", 5), "2017-09-21")

    assert (story.decisions[-2].facts["due"], decision.facts["due"]) == ("2017-09-29", "2017-10-12")
    row = story.row("plan")  # 30 September (made up), then 9 to 12 October
    assert (row.due, row.original_due, row.waiting) == (
        day("2017-10-12"), day("2017-09-29"), None,
    )  # fmt: skip


def test_another_number_of_days_may_be_granted_than_was_asked() -> None:
    story = asked(days=30)

    story.do("lead", grant("plan", 1), "2017-09-21")

    assert story.row("plan").due == day("2017-09-30")


def test_a_granted_extension_arms_the_ladder_anew() -> None:
    story = a_project()
    assert {notice.rung for notice in story.tick("2017-09-26").notices} == {"reminder"}
    story.do("county", ask("plan", 5), "2017-09-27")
    story.do("lead", grant("plan", 5), "2017-09-28")
    assert (story.row("plan").term, story.row("plan").rung) == (1, 0)

    told = story.tick("2017-10-09").notices

    assert {notice.cause for notice in told} == {f"rung:{story.row('plan').n}:1:reminder"}


def test_a_refused_extension_needs_a_reason_and_leaves_the_day() -> None:
    story = asked()
    assert story.codes("lead", deny("plan", None)) == ["reason_missing"]

    story.do("lead", deny("plan", "no cause"), "2017-09-21")

    row = story.row("plan")
    assert (row.due, row.term, row.waiting) == (day("2017-09-29"), 0, None)
    assert row.next_at == story.moment(day("2017-09-26")).replace(hour=1)


def test_rungs_that_came_due_while_it_was_pending_are_told_at_once_after_a_refusal() -> None:
    story = asked("2017-09-25")
    story.do("lead", deny("plan"), "2017-10-11")

    told = story.tick("2017-10-11").notices

    assert [(notice.rung, notice.merged) for notice in told if notice.post == "county"] == [
        ("reminder", True), ("urge", False),
    ]  # fmt: skip


def test_extensions_are_unlimited_and_counted() -> None:
    story = a_project()
    for n, on in enumerate(("2017-09-18", "2017-09-19", "2017-09-20"), start=1):
        story.do("county", ask("plan", 1), on)
        story.do("lead", grant("plan", 1), on)
        assert len([*story.state.rows(Grant)]) == n

    assert story.row("plan").due == day("2017-10-10")
    assert story.row("plan").term == 3


def test_one_request_is_pending_at_a_time() -> None:
    assert asked().codes("county", ask("plan")) == ["extension_pending"]


def test_nothing_is_decided_that_was_not_asked() -> None:
    (reason,) = a_project().refusal("lead", grant("plan"))

    assert (reason.code, reason.facts["task"]) == ("nothing_asked", "plan")


def test_nobody_decides_on_their_own_request() -> None:
    both = a_post("county", "county_bureau", "county city_lead")
    story = a_project(directory=a_directory(county=both), parties={"sponsor": "county_bureau"})
    story.do("county", ask("plan"), "2017-09-20")

    assert story.codes("county", grant("plan")) == ["self_approval"]


def test_nobody_decides_on_their_own_request_in_another_post() -> None:
    story = a_project()
    story.do("county", ask("plan"), "2017-09-20", person="Zhang")

    assert story.ask("lead", grant("plan"), person="Zhang").reasons != ()


def test_only_askers_ask_and_only_deciders_decide() -> None:
    assert a_project().codes("supervisor", ask("plan")) == ["role_missing"]
    assert asked().codes("county", grant("plan")) == ["role_missing"]


def test_more_than_2000_days_are_a_slip_of_the_pen() -> None:
    assert a_project().codes("county", ask("plan", 2001)) == ["days_malformed"]
    assert asked().codes("lead", grant("plan", 2001)) == ["days_malformed"]


@pytest.mark.parametrize("days", [0, -5])
def test_what_is_not_later_is_refused_with_the_first_day_that_is(days: int) -> None:
    (reason,) = a_project().refusal("county", ask("plan", days))

    assert (reason.code, dict(reason.facts)) == (
        "extension_shortens", {"task": "plan", "due": "2017-09-29", "earliest": "2017-09-30"},
    )  # fmt: skip
    assert asked().codes("lead", grant("plan", days)) == ["extension_shortens"]


def test_everything_wrong_with_a_request_is_listed_at_once() -> None:
    codes = asked().codes("county", ask("plan", 0, reason=" "), "2017-10-09")

    assert codes == ["asked_after_due", "extension_pending", "extension_shortens", "reason_missing"]


def test_what_has_no_day_needs_no_more_time() -> None:
    assert a_project().codes("county", ask("work_plan")) == ["undated"]


def test_a_task_gets_more_time_of_its_own() -> None:
    story = a_project("implementation")
    story.do("county", ask("mechanism", 3), "2017-11-20")
    story.do("lead", grant("mechanism", 3), "2017-11-21")

    assert story.row("mechanism").due == day("2017-12-18")  # twenty-three after 15 November
    assert story.row("implementation").due == day("2018-09-28")


def test_an_issue_gets_more_time_by_its_reference() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1", days=5), "2017-12-04")
    story.do("county", raised("Q-2", days=5), "2017-12-04")
    story.do("agency", ask("issue", 2, ref="Q-1"), "2017-12-05")

    story.do("lead", grant("issue", 2, ref="Q-1"), "2017-12-06")

    assert story.row("issue", "Q-1").due == day("2017-12-13")
    assert story.row("issue", "Q-2").due == day("2017-12-11")


def test_days_are_counted_in_the_unit_of_the_workflow() -> None:
    story = a_trial()
    story.do("manager", ask("request", 10), "2018-01-10")
    story.do("officer", grant("request", 10), "2018-01-11")

    assert story.row("request").due == day("2018-02-01")  # ten calendar days after 22 January


def test_a_stage_that_has_been_left_is_not_extended() -> None:
    story = asked()
    story.go([("2017-09-21", "county", submit(key)) for key in PLAN_PAPERS])
    story.do("county", act("submit"), "2017-09-22")

    assert story.codes("lead", grant("plan")) == ["task_closed"]
    assert story.row("plan").waiting is None


def test_a_request_of_an_earlier_visit_is_not_decided_for_the_next_one() -> None:
    story = asked()
    story.go([("2017-09-21", "county", submit(key)) for key in PLAN_PAPERS])
    story.do("county", act("submit"), "2017-09-22")
    story.do("lead", act("return_plan", "other"), "2017-09-25")

    assert story.codes("lead", grant("plan")) == ["nothing_asked"]


def test_a_stage_not_reached_yet_is_not_extended() -> None:
    assert a_project().codes("county", ask("promotion")) == ["task_not_open"]


def test_an_extension_stays_on_top_of_a_date_that_is_chosen_anew() -> None:
    story = asked()
    story.do("lead", grant("plan", 5), "2017-09-21")

    story.do("county", choose("plan_finish", "2017-10-31"), "2017-09-22")

    row = story.row("plan")
    assert (row.original_due, row.due) == (day("2017-10-31"), day("2017-11-07"))


def test_a_date_chosen_anew_while_more_time_is_asked_leaves_the_ladder_at_rest() -> None:
    story = asked()

    story.do("county", choose("plan_finish", "2017-10-31"), "2017-09-22")

    assert (story.row("plan").waiting, story.row("plan").next_at) == ("extension", None)


def test_a_workflow_may_know_no_extensions() -> None:
    story = a_project(workflow=replace(a_workflow(), extension=None))

    assert story.codes("county", ask("plan")) == ["no_extensions"]
    assert story.codes("lead", grant("plan")) == ["no_extensions"]
