"""The due day's last hour: at midnight, or when the office closes (Civil Code, article 203)."""

from dataclasses import replace

import pytest

from engine.core.commands import Tick
from engine.core.definition import CutOff, DueRule, Workflow
from engine.core.lamps import Light
from engine.core.timing import late_when_done
from tests.builders import Story, a_project, a_workflow
from tests.core.asks import act, ask, correct, count, day, raised, record, submit, void
from tests.core.ways import PLAN_PAPERS

DUE = "2017-12-13"
"""Twenty working days after 15 November 2017, a Wednesday; Thursday the 14th is worked."""


def closing(until: CutOff = CutOff.CLOSE, at: str | None = "17:30") -> Workflow:
    """Return the pilot whose office closes, and whose every deadline ends then."""
    workflow = a_workflow()
    tasks = {
        key: replace(task, due=ending(task.due, until)) for key, task in workflow.tasks.items()
    }
    stages = {
        key: replace(stage, due=ending(stage.due, until)) for key, stage in workflow.stages.items()
    }
    return replace(workflow, tasks=tasks, stages=stages, closes_at=at)


def ending(due: DueRule | None, until: CutOff) -> DueRule | None:
    """Return a rule that ends so, where there is one."""
    return replace(due, until=until) if due else None


def running(until: CutOff = CutOff.CLOSE) -> Story:
    """Return a project in its implementation; its mechanism is due on 13 December 2017."""
    story = a_project("implementation", workflow=closing(until))
    assert story.row("mechanism").due == day(DUE)
    return story


def handed_in(on: str, at: str, known: str | None = None, until: CutOff = CutOff.CLOSE) -> Story:
    """Return a project whose mechanism was handed in."""
    story = running(until)
    story.do("county", submit("mechanism"), on, at=at, known=known or on)
    return story


def late(story: Story, key: str = "mechanism") -> int:
    """Return how many working days late something was done."""
    return late_when_done(story.row(key), story.calendar)


@pytest.mark.parametrize(
    ("at", "counts_on", "days"), [("17:29", None, 0), ("17:30", "2017-12-14", 1)]
)
def test_what_is_done_on_the_due_day_after_close_is_late(
    at: str, counts_on: str | None, days: int
) -> None:
    story = handed_in(DUE, at)

    row = story.row("mechanism")
    assert (row.done_on, row.counts_on) == (day(DUE), day(counts_on) if counts_on else None)
    assert late(story) == days


def test_a_rule_to_the_end_of_the_day_is_kept_until_midnight() -> None:
    story = handed_in(DUE, "23:59", until=CutOff.DAY_END)

    assert (story.row("mechanism").counts_on, late(story)) == (None, 0)


def test_what_happened_before_the_due_day_is_in_time_whenever_it_is_entered() -> None:
    assert late(handed_in("2017-12-12", "22:00", known=DUE)) == 0
    assert late(handed_in("2017-12-12", "22:00")) == 0


def test_a_paper_of_the_due_day_that_is_entered_later_counts_by_its_date() -> None:
    story = handed_in(DUE, "18:00", known="2017-12-20")

    assert (story.row("mechanism").counts_on, late(story)) == (None, 0)


def test_after_close_on_a_friday_counts_for_monday() -> None:
    story = handed_in("2017-12-15", "19:00")

    assert (story.row("mechanism").counts_on, late(story)) == (day("2017-12-18"), 3)


def test_what_is_owed_is_late_from_close_on_the_due_day() -> None:
    story = running()
    due = day(DUE)

    before, after = (story.lamp(DUE, story.moment(due, at)) for at in ("17:29", "17:30"))

    assert (before.light, before.late, before.left) == (Light.DUE_SOON, 0, 0)
    assert (after.light, after.late, after.left) == (Light.OVERDUE, 1, 0)


def test_a_day_that_is_over_is_seen_after_its_close_and_one_to_come_before_it() -> None:
    story = running()

    seen = [story.lamp(DUE, story.moment(day(known))) for known in ("2017-12-12", "2017-12-14")]

    assert [found.light for found in seen] == [Light.DUE_SOON, Light.OVERDUE]


def test_the_morning_after_is_one_day_late_under_either_rule() -> None:
    for until in CutOff:
        story = running(until)
        found = story.lamp("2017-12-14", story.moment(day("2017-12-14")))
        assert (found.light, found.late) == (Light.OVERDUE, 1)


def test_no_rung_is_climbed_between_close_and_the_next_morning() -> None:
    story = running()
    story.tick("2017-12-08")

    assert story.do("clock", Tick(), DUE, at="18:00").notices == ()
    told = story.do("clock", Tick(), "2017-12-14", at="09:00").notices
    assert {(notice.rung, notice.args["late"]) for notice in told} == {("urge", 1)}


def test_more_time_is_asked_before_close_of_the_due_day() -> None:
    story = running()

    assert story.ask("county", ask("mechanism"), DUE, at="17:29").reasons == ()
    assert story.codes("county", ask("mechanism"), DUE, at="17:30") == ["asked_after_due"]
    assert story.ask("county", ask("mechanism"), DUE, at="18:00", known="2017-12-14").reasons == ()


def test_an_issue_due_today_blocks_a_move_after_close() -> None:
    story = running()
    story.do("county", raised("Q-1", days=None, due="2017-12-20"), "2017-12-04")

    def issues(at: str) -> list[str]:
        found = story.options("county", "2017-12-20", at=at)["finish"].reasons
        return [reason.code for reason in found if reason.code == "issue_open"]

    assert (issues("17:00"), issues("17:45")) == ([], ["issue_open"])


def test_a_stage_left_after_close_of_its_planned_finish_is_late() -> None:
    story = a_project(workflow=closing())
    story.go([("2017-09-28", "county", submit(key)) for key in PLAN_PAPERS])
    story.do("county", act("submit"), "2017-09-29", at="20:00")

    # Saturday the 30th is a make-up day.
    assert (story.row("plan").counts_on, late(story, "plan")) == (day("2017-09-30"), 1)


def test_of_several_entries_the_last_that_is_needed_decides() -> None:
    story = a_project("implementation", workflow=closing())
    story.do("county", raised("Q-1", days=None, due="2017-12-05"), "2017-12-04")
    story.do("agency", record("issue", "fixed", ref="Q-1"), "2017-12-04", at="20:00")
    assert story.row("issue", "Q-1").counts_on is None

    story.do("county", record("issue", "closed", ref="Q-1"), "2017-12-05", at="17:45")

    assert story.row("issue", "Q-1").counts_on == day("2017-12-06")
    assert late_when_done(story.row("issue", "Q-1"), story.calendar) == 1


def test_a_second_visit_after_close_does_not_make_the_first_late() -> None:
    story = a_project("implementation", workflow=closing())
    story.tick("2018-01-31")
    story.do("supervisor", record("supervision", form="x"), "2018-01-31", at="16:00")
    story.do("supervisor", record("supervision", form="y"), "2018-01-31", at="19:00")

    assert late(story, "supervision") == 0


def test_a_day_put_right_counts_as_it_stands() -> None:
    story = handed_in(DUE, "18:00")

    story.do("county", correct(story.state.seq, on=DUE), "2017-12-14")

    assert (story.row("mechanism").counts_on, late(story)) == (None, 0)


def test_what_is_owed_again_has_no_day_of_its_own() -> None:
    story = handed_in(DUE, "18:00")

    story.do("county", void(story.state.seq), "2017-12-14")

    row = story.row("mechanism")
    assert (row.status, row.done_on, row.counts_on) == ("open", None, None)


def test_heads_reported_after_close_count_for_the_next_day() -> None:
    workflow = closing()
    quota = replace(
        workflow.tasks["seed_workers"], due=DueRule("date:setup_finish", until=CutOff.CLOSE)
    )
    changed = replace(workflow, tasks={**workflow.tasks, "seed_workers": quota})
    story = a_project("design_review", workflow=changed)
    for party in ("community", "agency"):
        story.do("county", count(party, 2), "2017-11-30", at="18:00")

    row = story.row("seed_workers")
    assert (row.status, row.counts_on) == ("done", day("2017-12-01"))


def test_without_an_hour_of_closing_nothing_closes() -> None:
    story = a_project("implementation", workflow=closing(at=None))
    story.do("county", submit("mechanism"), DUE, at="23:00")

    assert late(story) == 0
