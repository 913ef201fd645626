"""Lamps: computed for any day from the rows and a calendar, never stored."""

from dataclasses import replace

import pytest

from engine.core.lamps import Light, view
from engine.core.rows import TaskRow
from tests.builders import Story, a_project, a_trial, a_workflow
from tests.core.asks import act, ask, choose, day, deny, grant, raised, submit
from tests.core.ways import PLAN_PAPERS, TRIAL

GOLDEN = [
    ("2017-09-04", "normal", 0, 19),
    ("2017-09-25", "normal", 0, 4),
    ("2017-09-26", "due_soon", 0, 3),
    ("2017-09-28", "due_soon", 0, 1),
    ("2017-09-29", "due_soon", 0, 0),
    ("2017-09-30", "overdue", 1, 0),  # a Saturday that is worked
    ("2017-10-01", "overdue", 1, 0),  # the national day
    ("2017-10-08", "overdue", 1, 0),
    ("2017-10-09", "overdue", 2, 0),
    ("2017-10-19", "overdue", 10, 0),
]
"""A plan due on Friday 29 September 2017, day by day: the light, days late, days left."""


@pytest.mark.parametrize(("on", "light", "late", "left"), GOLDEN)
def test_the_lamp_of_a_plan_day_by_day(on: str, light: str, late: int, left: int) -> None:
    found = a_project().lamp(on)

    assert (found.light, found.late, found.left) == (light, late, left)


def test_a_lamp_names_the_task_that_decides_it_and_who_owes_it() -> None:
    found = a_project().lamp("2017-09-30")

    assert (found.task, found.label, found.due, found.holder) == (
        "plan", "plan", day("2017-09-29"), "county",
    )  # fmt: skip


def test_what_falls_due_on_a_weekend_is_late_from_the_next_working_day() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1", days=None, due="2017-12-09"), "2017-12-04")

    assert story.lamp("2017-12-10").light is Light.DUE_SOON
    assert (story.lamp("2017-12-11").light, story.lamp("2017-12-11").late) == (Light.OVERDUE, 1)


def extended() -> Story:
    """Return a plan extended on 22 September by five working days, to 12 October."""
    story = a_project()
    story.do("county", ask("plan", 5), "2017-09-21")
    story.do("lead", grant("plan", 5), "2017-09-22")
    return story


@pytest.mark.parametrize(
    ("on", "light"),
    [
        ("2017-09-29", "extended"),  # the old day has lost its meaning
        ("2017-09-30", "extended"),
        ("2017-10-08", "extended"),
        ("2017-10-09", "due_soon"),
        ("2017-10-12", "due_soon"),
        ("2017-10-13", "overdue"),
    ],
)
def test_a_date_moved_by_approval_counts_as_in_time(on: str, light: str) -> None:
    assert extended().lamp(on).light == light


def test_what_waits_for_an_answer_is_waiting_and_not_late() -> None:
    story = a_project()
    story.do("county", ask("plan"), "2017-09-28")

    found = story.lamp("2017-10-31")
    assert (found.light, found.holder) == (Light.WAITING, "extension")


def test_what_waits_for_acceptance_is_waiting_for_who_accepts() -> None:
    story = a_trial("trial").go(TRIAL["verdict"][:4])
    story.do("user1", submit("usage_log"), "2018-02-20")
    story.do("supplier", submit("data_export"), "2018-05-21")

    found = story.lamp("2018-05-22")
    assert (found.light, found.task, found.holder) == (
        Light.WAITING, "data_export", "data_protection",
    )  # fmt: skip


def test_a_refused_request_leaves_the_old_lamp() -> None:
    story = a_project()
    story.do("county", ask("plan"), "2017-09-28")
    story.do("lead", deny("plan"), "2017-10-09")

    assert story.lamp("2017-10-09").light is Light.OVERDUE


def test_a_suspended_project_is_paused_whatever_is_late() -> None:
    story = a_project()
    story.do("county", act("suspend", "other"), "2017-10-09")

    assert story.lamp("2017-10-31").light is Light.PAUSED
    assert story.lamp("2017-10-08").light is Light.OVERDUE


def test_a_project_rolled_out_is_closed_and_one_terminated_is_ended() -> None:
    ended = a_project()
    ended.do("lead", act("terminate", "other"), "2017-10-09")

    assert a_project("promoted").lamp("2018-09-05").light is Light.CLOSED
    assert ended.lamp("2017-10-09").light is Light.ENDED
    assert ended.lamp("2017-10-08").light is Light.OVERDUE


def test_the_worst_lamp_wins_and_of_two_the_later_one() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1", days=3), "2017-12-04")
    story.do("county", raised("Q-2", days=5), "2017-12-04")

    assert story.lamp("2017-12-08").label == "issue/Q-1"
    assert story.lamp("2018-01-10").label == "issue/Q-1"
    assert story.lamp("2017-12-06").label == "issue/Q-1"


def test_what_is_undated_neither_turns_the_lamp_nor_is_hidden() -> None:
    story = a_project(dates={"plan_finish": None})

    assert story.lamp("2018-12-31").light is Light.NORMAL
    assert len(view(story.state, day("2018-12-31")).owed) == 7


@pytest.mark.parametrize("strength", ["should", "may", "encouraged"])
def test_only_what_the_source_demands_can_turn_red(strength: str) -> None:
    workflow = a_workflow()
    weak = replace(workflow.tasks["issue"], strength=strength)
    changed = replace(workflow, tasks={**workflow.tasks, "issue": weak})
    story = a_project("implementation", workflow=changed)
    story.do("county", raised("Q-1", days=3), "2017-11-20")

    assert story.lamp("2017-12-05").light is Light.NORMAL


def test_a_missed_month_is_late_and_says_which() -> None:
    story = a_project("implementation")
    story.do("county", submit("mechanism"), "2017-12-01")
    story.tick("2018-03-01")

    found = story.lamp("2018-03-01")
    assert (found.light, found.label, found.late) == (Light.OVERDUE, "supervision/2018-01", 18)


def test_a_lamp_of_the_past_is_that_of_what_had_happened_by_then() -> None:
    story = a_project("approval")
    story.go([("2017-10-10", "lead", act("return_plan", "duty_unclear"))])

    assert story.lamp("2017-09-11").task == "plan"
    assert story.lamp("2017-10-09").task == "approval"
    assert story.lamp("2017-10-10").task == "plan"


def test_a_paper_handed_in_late_was_late_on_the_day_before() -> None:
    story = a_project("implementation")
    story.do("county", submit("mechanism"), "2017-12-20")

    assert story.lamp("2017-12-19").light is Light.OVERDUE
    assert story.lamp("2017-12-20").light is not Light.OVERDUE


def test_a_view_tells_stage_standing_and_what_was_owed_on_a_day() -> None:
    story = a_project("approval")
    story.do("lead", act("suspend", "other"), "2017-09-20")
    story.do("lead", act("resume", note="on"), "2017-09-25")

    before, during, after = (
        view(story.state, day(on)) for on in ("2017-09-11", "2017-09-20", "2017-09-25")
    )

    assert [seen.stage for seen in (before, during, after)] == ["plan", "approval", "approval"]
    assert [seen.standing for seen in (before, during, after)] == ["active", "suspended", "active"]
    assert {row.key for row in before.owed} == {"plan", "seed_workers"}  # the papers came that day
    assert {row.key for row in during.owed} == {"approval", "consent", "seed_workers"}


def test_a_view_before_the_opening_owes_nothing() -> None:
    seen = view(a_project("approval").state, day("2017-08-31"))

    assert (seen.stage, seen.visit, seen.owed, seen.is_closed) == ("plan", None, (), False)


def test_what_was_carried_over_a_return_is_not_owed_twice() -> None:
    story = a_project("approval")
    story.do("lead", act("return_plan", "other", items=("roadmap",)), "2017-09-20")

    owed = [row.key for row in view(story.state, day("2017-09-20")).owed]
    assert sorted(owed) == ["plan", "roadmap", "seed_workers"]


def test_lateness_is_stored_nowhere() -> None:
    story = a_project()
    before = list(story.state.rows(TaskRow))

    story.lamp("2018-12-31")

    assert list(story.state.rows(TaskRow)) == before
    assert {row.status for row in before} == {"open"}


def test_a_day_chosen_anew_moves_no_task_that_is_over() -> None:
    story = a_project("approval")
    first = story.row("plan")

    story.do("county", choose("plan_finish", "2017-12-29"), "2017-09-13")

    assert story.row("plan") == first
    assert story.row("approval").due == day("2017-12-29")
    assert [story.row(key).status for key in PLAN_PAPERS] == ["done"] * 5
