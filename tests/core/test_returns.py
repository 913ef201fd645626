"""Returns: coded reasons, rounds side by side, what is carried, and the clock of the new visit."""

from dataclasses import replace

from engine.core.definition import ClockEffect
from engine.core.rows import Grant, Part, Visit
from tests.builders import Story, a_project, a_trial, a_workflow, equipment
from tests.core.asks import (
    accept,
    act,
    ask,
    conclude,
    count,
    day,
    grant,
    raised,
    score,
    seal,
    submit,
    void,
)
from tests.core.ways import PLAN_PAPERS, TRIAL, USERS


def returned(*items: str, on: str = "2017-09-20") -> Story:
    """Return a plan that was sent back from approval."""
    story = a_project("approval")
    story.do("lead", act("return_plan", "duty_unclear", items=items, note="who does what?"), on)
    return story


def test_a_return_keeps_its_reason_note_and_items_with_the_visit_it_ended() -> None:
    first, second, third = returned("timetable", "roadmap").state.rows(Visit)

    assert (second.stage, second.left_by, second.reason) == (
        "approval", "return_plan", "duty_unclear",
    )  # fmt: skip
    assert (second.note, second.items) == ("who does what?", "timetable roadmap")
    assert (first.stage, third.stage, third.entered_by) == ("plan", "plan", "lead")


def test_a_paper_that_was_named_is_owed_again_and_the_rounds_stand_side_by_side() -> None:
    rows = returned("responsibility_list").rows("responsibility_list")

    assert [(row.round, row.visit, row.status) for row in rows] == [
        (1, 1, "done"), (2, 3, "open"),
    ]  # fmt: skip


def test_papers_that_were_not_named_are_carried_as_done() -> None:
    story = returned("responsibility_list")
    first, carried = story.rows("work_plan")

    assert (carried.status, carried.done_on, carried.carried) == ("done", first.done_on, first.n)
    assert carried.visit == 3


def test_after_a_return_only_what_was_named_is_missing() -> None:
    story = returned("responsibility_list")
    (reason,) = story.options("county")["submit"].reasons
    assert reason.facts["task"] == "responsibility_list"

    story.do("county", submit("responsibility_list", doc="W-9"), "2017-09-21")
    story.do("county", act("submit"), "2017-09-21")

    assert story.state.project.stage == "approval"


def test_a_return_without_items_asks_for_everything_again() -> None:
    story = returned()

    assert [reason.facts["task"] for reason in story.options("county")["submit"].reasons] == [
        *PLAN_PAPERS
    ]


def test_what_is_owed_is_not_carried_even_when_it_was_not_named() -> None:
    story = a_project("design_review")
    story.do("agency", submit("design", "budget"), "2017-10-30")
    story.do("county", act("recruit_again", "agency_left", items=("hub",)), "2017-11-01")

    assert [row.status for row in story.rows("call")] == ["done", "done"]
    assert [row.status for row in story.rows("design")] == ["lapsed"]


def test_a_stage_entered_again_on_the_way_forward_starts_afresh() -> None:
    story = returned("responsibility_list")
    story.do("county", submit("responsibility_list"), "2017-09-21")
    story.do("county", act("submit"), "2017-09-21")

    assert [(row.round, row.status) for row in story.rows("consent")] == [
        (1, "lapsed"), (2, "open"),
    ]  # fmt: skip


def test_only_tasks_of_the_stage_returned_to_can_be_named() -> None:
    story = a_project("approval")

    (reason,) = story.refusal("lead", act("return_plan", "other", items=("hub",)))

    assert reason.code == "unknown_item"
    assert dict(reason.facts) == {"task": "hub", "near": ", ".join(sorted(PLAN_PAPERS))}


def test_consents_that_were_carried_still_count_as_given() -> None:
    story = a_trial("trial")
    story.do("officer", act("reapply", "risk_found", items=("request",)), "2018-02-12")
    for slot in ("need", "offer", "declaration"):
        story.do("manager", submit("request", slot), "2018-02-13")

    assert story.options("officer")["begin"].reasons == ()


def test_a_head_count_kept_beside_the_stages_is_not_touched_by_a_return() -> None:
    story = a_project("design_review")
    story.do("county", count("community", 2), "2017-10-30")
    story.do("county", act("recruit_again", "agency_left"), "2017-11-01")

    assert [row.status for row in story.rows("seed_workers")] == ["open"]


def tried_again(note: str = "one more month") -> Story:
    """Return a trial that was repeated after its assessment."""
    story = a_trial("verdict")
    for user in USERS:
        story.do(user, score("60", "assessment"), "2018-03-14")
    story.do("officer", conclude("assessment"), "2018-03-15")
    story.do("medical", act("try_again", note=note, items=("data_export",)), "2018-03-16")
    return story


def test_a_task_that_follows_a_carried_one_is_carried_with_it() -> None:
    story = tried_again()

    assert [row.carried for row in story.rows("briefing")] == [None, story.rows("briefing")[0].n]
    assert [row.status for row in story.rows("first_use")] == ["done", "done"]
    assert [r.facts["task"] for r in story.options("officer")["assess"].reasons] == ["data_export"]


def test_a_task_that_follows_a_carried_one_is_owed_again_when_it_was_named() -> None:
    story = a_trial("verdict")
    for user in USERS:
        story.do(user, score("60", "assessment"), "2018-03-14")
    story.do("officer", conclude("assessment"), "2018-03-15")

    story.do("buyer", act("try_again", note="again", items=("first_use",)), "2018-03-16")

    assert [row.status for row in story.rows("first_use")] == ["done", "open"]


def test_a_task_carried_twice_still_knows_its_parts() -> None:
    story = a_trial("trial")
    for on in ("2018-02-12", "2018-02-20"):
        story.do("officer", act("reapply", "risk_found", items=("staff_side",)), on)
        story.do("manager", seal("council_chair", task="staff_side", doc="B-1"), on)
        story.do("user1", seal("night_shift", task="staff_side"), on)
        story.do("buyer", seal("insurer", task="staff_side", doc="B-2"), on)
        story.do("officer", act("begin"), on)

    assert len(story.rows("positions")) == 3
    assert story.state.project.stage == "trial"


def test_the_parts_of_a_carried_task_cannot_be_voided_from_under_it() -> None:
    story = returned("responsibility_list")
    work_plan = next(part for part in story.state.rows(Part) if part.task == 3)

    (reason,) = story.refusal("county", void(work_plan.seq))

    assert (reason.code, reason.facts["later"]) == ("successors", "7, 8")


def test_a_stage_visited_twice_climbs_its_own_rungs() -> None:
    story = a_project("approval", dates={"plan_finish": "2017-09-15"})
    story.tick("2017-09-18")
    assert (story.row("approval").rung, story.row("approval").term) == (2, 0)

    story.do("lead", act("return_plan", "duty_unclear", items=("roadmap",)), "2017-09-19")
    told = story.tick("2017-09-20").notices

    assert {notice.rung for notice in told} == {"reminder", "urge"}
    causes = {notice.cause for notice in told}
    assert causes & {f"rung:{row.n}:0:urge" for row in story.rows("plan")[1:]} == {
        f"rung:{story.row('plan').n}:0:urge"
    }


def test_a_return_that_keeps_the_clock_keeps_the_extensions_granted_before() -> None:
    story = a_project()
    story.do("county", ask("plan", 5), "2017-09-05")
    story.do("lead", grant("plan", 5), "2017-09-06")
    for key in PLAN_PAPERS:
        story.do("county", submit(key), "2017-09-11")
    story.do("county", act("submit"), "2017-09-12")

    story.do("lead", act("return_plan", "duty_unclear"), "2017-09-20")

    first, again = story.rows("plan")  # 30 September (made up), then 9 to 12 October
    assert (first.due, again.due) == (day("2017-10-12"), day("2017-10-12"))
    assert [held.task for held in story.state.rows(Grant)] == [first.n, again.n]


def test_a_return_that_starts_the_clock_afresh_leaves_extensions_behind() -> None:
    workflow = a_workflow()
    fresh = replace(workflow.actions["return_plan"], clock=ClockEffect.FRESH)
    story = a_project(
        workflow=replace(workflow, actions={**workflow.actions, "return_plan": fresh})
    )
    story.do("county", ask("plan", 5), "2017-09-05")
    story.do("lead", grant("plan", 5), "2017-09-06")
    for key in PLAN_PAPERS:
        story.do("county", submit(key), "2017-09-11")
    story.do("county", act("submit"), "2017-09-12")

    story.do("lead", act("return_plan", "duty_unclear"), "2017-09-20")

    assert story.row("plan").due == day("2017-09-29")


def test_a_kept_clock_runs_on_from_the_first_entry() -> None:
    story = a_trial("trial")
    story.do("officer", act("reapply", "risk_found"), "2018-02-12")

    first, again = story.rows("apply")
    assert (first.original_due, again.original_due) == (day("2018-02-08"), day("2018-02-08"))


def test_a_fresh_clock_runs_from_the_new_entry() -> None:
    workflow = equipment()
    fresh = replace(workflow.actions["reapply"], clock=ClockEffect.FRESH)
    held = replace(workflow, actions={**workflow.actions, "reapply": fresh})
    story = a_trial("trial", workflow=held)
    story.do("officer", act("reapply", "risk_found"), "2018-02-12")

    assert story.row("apply").original_due == day("2018-03-12")


def test_a_kept_clock_keeps_the_days_that_a_suspension_gave_back() -> None:
    story = a_project()
    story.do("county", act("suspend", "force_majeure"), "2017-09-05")
    story.do("county", act("resume", note="on"), "2017-09-08")
    story.go([("2017-09-11", "county", submit(key)) for key in PLAN_PAPERS])
    story.do("county", act("submit"), "2017-09-12")

    story.do("lead", act("return_plan", "duty_unclear"), "2017-09-20")

    # Three working days after Friday 29 September: 30 (made up), 9 and 10 October.
    assert story.row("plan").due == day("2017-10-10")


def test_an_issue_is_not_lapsed_by_a_return() -> None:
    story = a_project("evaluation")
    story.do("county", raised("Q-1"), "2018-08-02")

    story.do("lead", act("rectify", "graded_fail"), "2018-08-20")

    assert story.row("issue").status == "open"


def test_the_planned_finish_of_a_visit_that_was_sent_back_lapses() -> None:
    assert [row.status for row in returned().rows("approval")] == ["lapsed"]


def test_a_project_sent_back_walks_to_its_end_all_the_same() -> None:
    story = tried_again()
    story.do("supplier", submit("data_export"), "2018-03-19")
    story.do("privacy", accept("data_export"), "2018-03-19")
    story.do("officer", act("assess"), "2018-03-20")
    story.go([("2018-03-20", post, command) for _, post, command in TRIAL["adopted"]])

    assert story.state.project.stage == "adopted"
