"""Waivers: a task need not be met when one person proposes it with a reason and another agrees."""

from dataclasses import replace

from engine.core.commands import ConfirmWaiver, ProposeWaiver
from engine.core.rows import Waiver
from tests.builders import Story, a_project, a_trial, a_workflow, the
from tests.core.asks import act, day, raised, submit
from tests.core.gatings import gated, guard

CONFIRM = ConfirmWaiver(the("roadmap"))
PROPOSE = ProposeWaiver(the("roadmap"), "the timetable holds it")


def proposed() -> Story:
    """Return a plan whose roadmap is proposed to be waived."""
    story = a_project()
    story.do("county", PROPOSE, "2017-09-12", person="Zhang")
    return story


def waived() -> Story:
    """Return a plan whose roadmap was waived."""
    story = proposed()
    story.do("lead", CONFIRM, "2017-09-13")
    return story


def test_a_proposal_alone_lifts_nothing_and_is_shown_as_waiting() -> None:
    reasons = [r for r in proposed().options("county")["submit"].reasons
               if r.facts.get("task") == "roadmap"]  # fmt: skip

    assert [(r.code, r.lift) for r in reasons] == [
        ("paper_missing", "task submit"), ("waiver_unconfirmed", "waiver confirm"),
    ]  # fmt: skip
    codes = [r.code for r in proposed().options("county")["submit"].reasons]
    assert codes.count("waiver_unconfirmed") == 1


def test_a_confirmed_waiver_lifts_the_task_and_is_shown_as_waived() -> None:
    story = waived()

    row = story.row("roadmap")
    assert (row.status, row.done_on, row.next_at) == ("waived", day("2017-09-13"), None)
    missing = {r.facts["task"] for r in story.options("county")["submit"].reasons}
    assert "roadmap" not in missing


def test_a_waiver_keeps_its_reason_and_both_who_decided() -> None:
    (held,) = waived().state.rows(Waiver)

    assert (held.reason, held.proposed_by, held.confirmed_by) == (
        "the timetable holds it", "county", "lead",
    )  # fmt: skip
    assert (held.proposed_person, held.confirmed_on) == ("Zhang", day("2017-09-13"))


def test_a_proposal_needs_words() -> None:
    assert a_project().codes("county", ProposeWaiver(the("roadmap"), " ")) == ["reason_missing"]


def test_the_second_person_is_another_post_and_another_person() -> None:
    story = a_project()
    story.do("lead", PROPOSE, "2017-09-12", person="Li")

    assert story.codes("lead", CONFIRM, person="Wang") == ["self_approval"]
    assert story.codes("finance", CONFIRM, person="Li") == ["self_approval"]
    assert story.ask("finance", CONFIRM, person="Wang").reasons == ()


def test_only_one_proposal_is_pending_and_nothing_is_confirmed_unproposed() -> None:
    other = ProposeWaiver(the("timetable"), "the roadmap holds it")
    assert proposed().codes("county", PROPOSE) == ["waiver_pending"]
    assert proposed().ask("county", other).reasons == ()
    assert a_project().codes("lead", CONFIRM) == ["nothing_proposed"]


def test_only_who_may_proposes_and_only_who_may_confirms() -> None:
    assert a_project().codes("agency", PROPOSE) == ["role_missing"]
    assert proposed().codes("county", CONFIRM) == ["role_missing"]


def test_what_is_done_needs_no_waiver() -> None:
    story = a_project()
    story.do("county", submit("roadmap"), "2017-09-12")

    assert story.codes("county", PROPOSE) == ["task_closed"]


def test_what_was_waived_takes_no_paper() -> None:
    assert waived().codes("county", submit("roadmap")) == ["task_closed"]


def test_a_planned_finish_is_extended_and_never_waived() -> None:
    story = a_project()

    assert story.codes("county", ProposeWaiver(the("plan"), "we are late")) == ["unknown_task"]


def test_a_waiver_is_carried_over_a_return() -> None:
    story = waived()
    for key in ("needs_survey", "work_plan", "timetable", "responsibility_list"):
        story.do("county", submit(key), "2017-09-14")
    story.do("county", act("submit"), "2017-09-15")
    story.do("lead", act("return_plan", "other", items=("timetable",)), "2017-09-18")

    assert [row.status for row in story.rows("roadmap")] == ["waived", "waived"]


def test_a_move_is_not_earlier_than_the_waiver_it_stands_on() -> None:
    story = waived()
    for key in ("needs_survey", "work_plan", "timetable", "responsibility_list"):
        story.do("county", submit(key), "2017-09-11", known="2017-09-13")

    codes = story.codes("county", act("submit"), "2017-09-12", known="2017-09-13")

    assert codes == ["before_evidence"]


def test_a_waived_consent_also_lifts_a_guard_that_asks_for_it() -> None:
    story = a_project("approval", workflow=gated("approve", guard("seals", of="consent")))
    story.do("county", ProposeWaiver(the("consent"), "the committee was dissolved"), "2017-09-20")
    assert "seal_missing" in [r.code for r in story.options("lead")["approve"].reasons]

    story.do("lead", ConfirmWaiver(the("consent")), "2017-09-21")

    assert story.options("lead")["approve"].reasons == ()


def test_a_waived_head_count_lifts_its_gate() -> None:
    story = a_project("design_review")
    story.do("county", ProposeWaiver(the("seed_workers"), "trained last year"), "2017-11-06")
    story.do("lead", ConfirmWaiver(the("seed_workers")), "2017-11-07")

    codes = [r.code for r in story.options("agency")["start"].reasons]

    assert "quota_short" not in codes


def test_a_waived_issue_no_longer_blocks() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1", days=0), "2017-12-04")
    story.do("county", ProposeWaiver(the("issue", "Q-1"), "the hall was torn down"), "2017-12-11")
    story.do("lead", ConfirmWaiver(the("issue", "Q-1")), "2017-12-12")

    codes = [r.code for r in story.options("county")["finish"].reasons]

    assert "issue_open" not in codes


def test_what_follows_a_waived_task_opens() -> None:
    workflow = a_workflow()
    held = replace(workflow.tasks["timetable"], opens="task:roadmap")
    story = a_project(workflow=replace(workflow, tasks={**workflow.tasks, "timetable": held}))
    assert story.rows("timetable") == []

    story.do("county", PROPOSE, "2017-09-12")
    story.do("lead", CONFIRM, "2017-09-13")

    assert story.row("timetable").opened_on == day("2017-09-13")


def test_a_workflow_may_know_no_waivers() -> None:
    story = a_trial()

    assert story.codes("officer", ProposeWaiver(the("request"), "no need")) == ["no_waivers"]
    assert story.codes("officer", ConfirmWaiver(the("request"))) == ["no_waivers"]
