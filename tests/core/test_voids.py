"""Voids: what was entered by mistake stays readable, and what it had met is owed again."""

from engine.core.rows import Part
from tests.builders import Story, a_project, a_trial
from tests.core.asks import (
    accept,
    act,
    count,
    day,
    raised,
    record,
    submit,
    void,
)
from tests.core.ways import PLAN_PAPERS


def with_plan() -> Story:
    """Return a plan of which one paper has been handed in; its entry is the second."""
    story = a_project()
    story.do("county", submit("work_plan"), "2017-09-11")
    return story


def visited(*days: str, known: str = "2018-04-10") -> Story:
    """Return a pilot whose supervisor came on some days, entered one after another."""
    story = a_project("implementation")
    story.tick(known)
    for on in days:
        story.do("supervisor", record("supervision"), on, known=known)
    return story


def test_a_void_keeps_the_part_readable_and_owes_the_task_again() -> None:
    story = with_plan()

    decision = story.do("county", void(2), "2017-09-12")

    (part,) = story.state.rows(Part)
    row = story.row("work_plan")
    assert (part.void, part.doc_no) == (True, "W-1")
    assert (row.status, row.done_on, row.outcome) == ("open", None, None)
    assert decision.facts == {
        "seq": 2, "why": "entered by mistake", "reopened": ["work_plan"],
    }  # fmt: skip


def test_a_task_owed_again_can_be_done_again() -> None:
    story = with_plan()
    story.do("county", void(2), "2017-09-12")

    story.do("county", submit("work_plan", doc="W-2"), "2017-09-13")

    assert story.row("work_plan").done_on == day("2017-09-13")


def test_an_entry_is_voided_once() -> None:
    story = with_plan()
    story.do("county", void(2), "2017-09-12")

    (reason,) = story.refusal("county", void(2))

    assert (reason.code, reason.facts["seq"]) == ("nothing_to_correct", 2)


def test_a_paper_that_a_move_stood_on_is_not_voided_and_the_move_is_named() -> None:
    (reason,) = a_project("approval").refusal("county", void(2))

    assert (reason.code, dict(reason.facts)) == ("successors", {"seq": 2, "later": "7"})


def test_a_head_count_is_voided_until_the_move_that_asked_for_it() -> None:
    story = a_project()
    story.do("county", count("community", 2), "2017-09-05")
    story.go([("2017-09-11", "county", submit(key)) for key in PLAN_PAPERS])
    story.do("county", act("submit"), "2017-09-12")
    assert story.ask("county", void(2)).reasons == ()

    counted = a_project("implementation")
    seq = next(part.seq for part in counted.state.rows(Part) if part.kind == "count")
    assert counted.codes("county", void(seq)) == ["successors"]


def test_an_issue_that_a_move_found_closed_is_not_voided_open() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1"), "2017-12-04")
    story.do("county", record("issue", ref="Q-1"), "2017-12-05")
    story.do("county", record("issue", ref="Q-1"), "2017-12-06")
    closing = story.state.seq
    assert story.ask("county", void(closing)).reasons == ()

    story.do("county", submit("mechanism"), "2017-12-07")
    for key in ("five_site", "five_agency", "five_brand", "five_process", "five_model"):
        story.do("agency", submit(key), "2017-12-07")
        story.do("lead", accept(key), "2017-12-08")
    story.do("county", act("finish"), "2017-12-11")

    assert story.codes("county", void(closing)) == ["successors"]


def test_voiding_an_older_version_of_an_accepted_paper_leaves_it_accepted() -> None:
    story = a_project("implementation")
    story.do("agency", submit("five_site"), "2017-12-04")
    older = story.state.seq
    story.do("agency", submit("five_site", doc="W-2"), "2017-12-05")
    story.do("lead", accept("five_site"), "2017-12-06")

    decision = story.do("county", void(older), "2017-12-07")

    assert decision.facts["reopened"] == []
    assert story.row("five_site").status == "done"


def test_rungs_and_refused_attempts_are_no_successors() -> None:
    story = with_plan()
    story.tick("2017-09-26")

    assert story.ask("county", void(2)).reasons == ()


def test_voiding_one_of_two_visits_of_a_month_leaves_the_month_met_by_the_other() -> None:
    story = visited("2018-03-10", "2018-03-28")

    decision = story.do("county", void(story.state.seq - 1), "2018-04-10")

    row = story.row("supervision", "2018-03")
    assert decision.facts["reopened"] == []
    assert (row.status, row.done_on) == ("done", day("2018-03-28"))


def test_voiding_the_only_visit_owes_the_month_again_and_it_can_be_met_again() -> None:
    story = visited("2018-03-10")
    story.do("county", void(story.state.seq), "2018-04-10")
    assert story.row("supervision", "2018-03").status == "open"

    story.do("supervisor", record("supervision"), "2018-03-12", known="2018-04-11")

    row = story.row("supervision", "2018-03")
    assert (row.status, row.done_on) == ("done", day("2018-03-12"))


def test_voiding_a_score_takes_the_score_of_the_entry_that_is_left() -> None:
    story = a_project("implementation")
    story.tick("2018-04-10")
    for value, on in (("71", "2018-03-28"), ("64", "2018-03-30")):
        story.do("judge1", record("quarterly_evaluation", score=value), on, known="2018-04-10")

    story.do("county", void(story.state.seq - 1), "2018-04-10")

    assert story.row("quarterly_evaluation", "2018Q1").outcome == "64"


def test_what_counts_from_a_voided_task_has_no_day_until_it_is_done_again() -> None:
    story = a_trial("trial")
    story.do("supplier", record("briefing"), "2018-02-05")
    story.do("manager", record("briefing"), "2018-02-06")

    story.do("officer", void(story.state.seq), "2018-02-07")

    assert story.row("first_use").due is None


def test_a_void_in_a_closed_project_owes_nothing_again() -> None:
    story = visited("2018-03-10")
    story.do("lead", act("terminate", "other"), "2018-04-10")

    decision = story.do("county", void(story.state.seq - 1), "2018-04-11")

    row = story.row("supervision", "2018-03")
    assert decision.facts["reopened"] == []
    assert (row.status, row.next_at, row.done_on) == ("ended", None, day("2018-04-10"))
