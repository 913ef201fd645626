"""Suspension over holidays, resumption, and the ends of a project: what stays and what is ended."""

import pytest

from engine.core.rows import Pause, TaskRow
from tests.builders import Story, a_project, a_trial
from tests.core.asks import act, ask, choose, day, grant, raised, record, submit
from tests.core.ways import PILOT


def suspended(
    stage: str = "plan", first: str = "2017-09-05", last: str | None = None, **frame: object
) -> Story:
    """Return a pilot suspended on a day, and resumed on another when one is given."""
    story = a_project(stage, **frame)  # type: ignore[arg-type]  # as a_project takes it
    story.do("county", act("suspend", "force_majeure"), first)
    if last:
        story.do("county", act("resume", note="on we go"), last)
    return story


def test_a_suspension_over_the_national_day_gives_back_working_days_only() -> None:
    story = suspended(first="2017-09-29", last="2017-10-11")

    # 29 and 30 September, 9 and 10 October are four working days; the eight days off are none.
    assert story.row("plan").due == day("2017-10-11")
    assert story.row("plan").original_due == day("2017-09-29")


def test_a_suspension_counts_its_first_day_and_not_the_day_it_ends() -> None:
    assert suspended(first="2017-09-05", last="2017-09-06").row("plan").due == day("2017-09-30")
    assert suspended(first="2017-09-05", last="2017-09-05").row("plan").due == day("2017-09-29")


def test_a_suspension_after_the_due_day_gives_nothing_back() -> None:
    story = a_project(dates={"plan_finish": "2017-09-08"})
    story.do("county", act("suspend", "force_majeure"), "2017-09-11")
    story.do("county", act("resume", note="on"), "2017-09-15")

    assert story.row("plan").due == day("2017-09-08")


def test_a_suspension_on_the_due_day_itself_gives_its_days_back() -> None:
    story = a_project(dates={"plan_finish": "2017-09-08"})
    story.do("county", act("suspend", "force_majeure"), "2017-09-08")
    story.do("county", act("resume", note="on"), "2017-09-12")

    assert story.row("plan").due == day("2017-09-12")


def test_a_rule_may_give_back_calendar_days() -> None:
    story = a_trial("trial")
    story.do("officer", act("hold", "risk_found"), "2018-02-05")
    story.do("officer", act("release"), "2018-02-15")

    assert story.row("trial").due == day("2018-06-10")  # ten days after 31 May, a Sunday


def test_a_rule_may_give_back_nothing() -> None:
    story = a_trial("trial")
    story.do("officer", act("hold", "risk_found"), "2018-02-05")
    story.do("officer", act("release"), "2018-02-15")

    assert story.row("briefing").due == day("2018-02-08")


def test_what_is_worked_on_during_a_suspension_gets_no_days_back() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1", days=5), "2017-12-04")
    story.do("county", act("suspend", "force_majeure"), "2017-12-05")
    story.do("county", act("resume", note="on"), "2017-12-29")

    assert story.row("issue").due == day("2017-12-11")


def test_a_second_suspension_adds_to_the_first() -> None:
    story = suspended(first="2017-09-05", last="2017-09-20")
    assert story.row("plan").due == day("2017-10-20")  # eleven working days after 29 September

    story.do("county", act("suspend", "force_majeure"), "2017-09-21")
    story.do("county", act("resume", note="on"), "2017-09-22")

    assert story.row("plan").due == day("2017-10-23")


def test_a_stage_entered_after_a_suspension_gets_nothing_back_for_it() -> None:
    story = suspended(first="2017-09-05", last="2017-09-08")
    story.go(PILOT["approval"])

    assert story.row("approval").due == day("2017-09-29")


def test_two_suspensions_give_back_both_and_never_the_same_day_twice() -> None:
    story = suspended(first="2017-09-05", last="2017-09-12")

    again = act("suspend", "force_majeure")
    assert story.codes("county", again, "2017-09-08", known="2017-09-13") == ["before_entry"]
    story.do("county", again, "2017-09-12", known="2017-09-13")
    story.do("county", act("resume", note="on"), "2017-09-14")

    assert [(row.from_on, row.to_on) for row in story.state.rows(Pause)] == [
        (day("2017-09-05"), day("2017-09-12")), (day("2017-09-12"), day("2017-09-14")),
    ]  # fmt: skip


def test_a_suspension_keeps_its_standing_and_reason() -> None:
    (pause,) = suspended().state.rows(Pause)

    assert (pause.standing, pause.reason, pause.to_on) == ("suspended", "force_majeure", None)


def test_nothing_moves_while_suspended() -> None:
    story = suspended()

    assert story.codes("county", submit("work_plan")) == ["not_active"]
    assert story.codes("county", choose("plan_finish", "2017-10-31")) == ["not_active"]
    assert "not_active" in story.codes("county", act("submit"))


def test_the_clock_rests_while_suspended_and_goes_on_after() -> None:
    story = suspended()
    assert [row.next_at for row in story.state.rows(TaskRow) if row.next_at] == []

    story.do("county", act("resume", note="on"), "2017-09-06")

    assert story.row("plan").next_at is not None


def test_more_time_is_asked_for_and_granted_while_suspended() -> None:
    story = suspended()
    story.do("county", ask("plan", 5), "2017-09-06")
    story.do("lead", grant("plan", 5), "2017-09-07")

    assert story.row("plan").next_at is None  # the clock still rests


def test_a_project_is_not_resumed_before_it_was_suspended() -> None:
    story = suspended(first="2017-09-11")
    back = act("resume", note="on")

    assert story.codes("county", back, "2017-09-08", known="2017-09-12") == ["before_entry"]


def test_a_stage_is_not_left_on_a_day_on_which_the_project_was_suspended() -> None:
    story = a_project("approval")
    story.do("lead", act("suspend", "force_majeure"), "2017-09-18")
    story.do("lead", act("resume", note="on"), "2017-09-22")
    back = act("return_plan", "other")

    assert story.codes("lead", back, "2017-09-19", known="2017-09-25") == ["before_entry"]
    assert story.ask("lead", back, "2017-09-15", known="2017-09-25").reasons == ()
    assert story.ask("lead", back, "2017-09-22", known="2017-09-25").reasons == ()


def test_termination_closes_the_project_and_lists_what_was_left_open() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1"), "2017-12-04")

    decision = story.do("lead", act("terminate", "agency_left"), "2017-12-05")

    project = story.state.project
    assert (project.standing, project.stage, project.closed_on) == (
        "terminated", "implementation", day("2017-12-05"),
    )  # fmt: skip
    assert decision.facts["left"] == [
        "mechanism", "five_site", "five_agency", "five_brand", "five_process", "five_model",
        "issue/Q-1",
    ]  # fmt: skip


def test_withdrawal_is_the_countys_and_only_from_the_first_stages() -> None:
    story = a_project("approval")
    story.do("county", act("withdraw", "other"), "2017-09-18")

    assert story.state.project.standing == "withdrawn"
    assert "wrong_stage" in a_project("design_review").codes("county", act("withdraw", "other"))


def test_reaching_the_final_stage_closes_the_project_and_ends_what_is_open() -> None:
    story = a_project("promoted")

    assert story.state.project.closed_on == day("2018-09-05")
    assert {row.status for row in story.state.rows(TaskRow) if row.kind == "series"} == {"ended"}
    assert story.decisions[-1].facts["left"] == []  # the clock never opened an occurrence


def test_closing_lists_the_occurrences_that_were_never_met() -> None:
    story = a_project("promotion")
    story.tick("2018-09-03")
    story.do("finance", raised("T-1", "tranche"), "2018-09-04")
    story.do("lead", act("terminate", "other"), "2018-09-05")

    left = story.decisions[-1].facts["left"]

    assert left[-3:] == ["quarterly_evaluation/2018Q3", "half_year_summary/2018H1",
                         "half_year_summary/2018H2"]  # fmt: skip
    assert len([label for label in left if label.startswith("supervision/")]) == 9
    assert "tranche/T-1" not in left


def test_what_survives_stays_owed_and_can_still_be_met() -> None:
    story = a_project("implementation")
    story.do("finance", raised("T-1", "tranche", planned="100.00"), "2017-12-04")
    story.do("lead", act("terminate", "agency_left"), "2017-12-05")
    row = story.row("tranche")
    assert (row.status, row.next_at is not None) == ("open", True)

    story.do("finance", record("tranche", ref="T-1", planned="100.00"), "2017-12-20")

    assert story.row("tranche").status == "done"


def test_what_survives_a_project_that_was_suspended_when_it_ended_is_not_forgotten() -> None:
    story = a_trial("trial")
    story.do("officer", act("hold", "risk_found"), "2018-02-05")
    story.do("hygiene", raised("S-1", "incident"), "2018-02-06")

    story.do("managing", act("scrap", "no"), "2018-02-07")

    assert [row.to_on for row in story.state.rows(Pause)] == [day("2018-02-07")]
    assert story.row("incident").next_at is not None


@pytest.mark.parametrize(
    ("post", "command"),
    [
        ("county", submit("work_plan")),
        ("county", raised("Q-1")),
        ("county", ask("plan")),
        ("county", choose("plan_finish", "2017-10-31")),
        ("county", act("submit")),
        ("lead", act("suspend", "other")),
    ],
)
def test_nothing_more_is_done_in_a_project_that_has_ended(post: str, command: object) -> None:
    story = a_project()
    story.do("lead", act("terminate", "other"), "2017-09-05")

    assert story.codes(post, command)[0] == "project_closed"  # type: ignore[arg-type]  # a command


def test_the_clock_finds_nothing_in_a_project_that_has_ended() -> None:
    story = a_project("implementation")
    story.do("lead", act("terminate", "other"), "2017-12-05")

    assert story.tick("2018-12-31").draft.cells() == []


def test_an_end_does_not_reach_back_before_the_stage() -> None:
    story = a_project("approval")

    codes = story.codes("lead", act("terminate", "other"), "2017-09-11", known="2017-09-18")

    assert codes == ["before_entry"]


def test_a_task_that_began_after_the_day_of_the_end_ends_on_the_day_it_began() -> None:
    story = a_project()
    story.do("county", raised("Q-1"), "2017-09-08")
    story.do("lead", act("terminate", "other"), "2017-09-06", known="2017-09-11")

    assert story.row("issue").done_on == day("2017-09-08")
