"""The clock: which rung on which working day, told to whom, once, and never while it rests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.core.commands import Tick
from engine.core.decide.decision import Decision
from engine.core.decide.dispatch import decide
from engine.core.events import CLOCK
from engine.core.rows import TaskRow
from tests.builders import (
    Story,
    a_calendar,
    a_directory,
    a_post,
    a_project,
    a_trial,
    a_workflow,
)
from tests.core.asks import act, ask, choose, day, raised, submit

DUE = "2017-09-29"
"""The Friday before the national day on which the plan is due."""

NINE = datetime(2017, 9, 26, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai, three working days before."""


def told(decision: Decision) -> list[tuple[str | None, str, bool]]:
    """Return the rungs a tick told, to whom, and whether a later one told them."""
    return [(notice.rung, notice.post, notice.merged) for notice in decision.notices]


@pytest.mark.parametrize(
    ("on", "rung"),
    [
        ("2017-09-26", "reminder"),  # three working days before
        ("2017-09-30", "urge"),  # one after: a Saturday that is worked
        ("2017-10-12", "oversee"),  # five after, over the national day
        ("2017-10-19", "coordinate"),  # ten after
    ],
)
def test_a_rung_is_reached_on_its_working_day_and_not_the_day_before(on: str, rung: str) -> None:
    story = a_project()
    story.tick(day(on).replace(day=day(on).day - 1))

    decision = story.tick(on)

    assert {notice.rung for notice in decision.notices} == {rung}


def test_the_next_moment_is_the_opening_of_the_office_on_the_day_of_the_rung() -> None:
    assert a_project().row("plan").next_at == NINE


def test_before_the_office_opens_nothing_is_told() -> None:
    story = a_project()
    opened = replace(story.frame(CLOCK.post, "2017-09-26"), now=NINE)
    early = replace(opened, now=NINE - timedelta(microseconds=1))

    assert decide(story.state, Tick(), early).notices == ()
    assert decide(story.state, Tick(), opened).notices != ()


def test_ticking_twice_tells_once() -> None:
    story = a_project()
    story.tick("2017-10-12")

    again = story.tick("2017-10-12")

    assert (again.notices, again.draft.cells(), again.facts["rungs"]) == ((), [], [])


def test_rungs_missed_while_nobody_was_awake_are_told_by_the_highest() -> None:
    decision = a_project().tick("2017-10-12")

    assert [(fact["rung"], fact["merged"]) for fact in decision.facts["rungs"]] == [
        ("reminder", True), ("urge", True), ("oversee", False),
    ]  # fmt: skip
    (last,) = {tuple(n.args["merged"]) for n in decision.notices if n.rung == "oversee"}
    assert last == ("reminder", "urge")


def test_a_rung_goes_to_every_post_that_holds_one_of_its_roles_and_to_each_once() -> None:
    decision = a_project().tick("2017-09-30")

    assert told(decision) == [
        ("reminder", "county", True), ("reminder", "county2", True),
        ("urge", "county", False), ("urge", "county2", False),
    ]  # fmt: skip


def test_the_holder_of_the_task_is_told_beside_the_coordinator() -> None:
    story = a_project("implementation", dates={"planned_end": "2018-03-30"})
    finish = stage(story)

    told_of = [notice for notice in story.tick("2018-04-02").notices if notice.task == finish]

    assert {notice.post for notice in told_of} == {"agency", "county", "county2"}


def stage(story: Story) -> int:
    """Return the number of the planned finish of the present stage."""
    return story.row(story.state.project.stage).n


def test_where_nobody_holds_the_role_the_notice_is_addressed_to_nobody_at_its_org() -> None:
    story = a_project(directory=a_directory(lead=a_post("lead", "bureau", "")))

    (notice,) = [n for n in story.tick("2017-10-19").notices if n.rung == "coordinate"]

    assert (notice.post, notice.org) == ("nobody:city_lead", "bureau")


def test_a_post_that_has_ended_or_not_begun_is_nobody() -> None:
    ended = a_post("lead", "bureau", "city_lead", to_on=day("2017-10-18"))
    story = a_project(directory=a_directory(lead=ended))

    posts = {n.post for n in story.tick("2017-10-19").notices if n.rung == "coordinate"}

    assert posts == {"nobody:city_lead"}


def test_a_notice_says_what_is_due_how_late_it_is_and_what_is_missing() -> None:
    (notice, _) = [n for n in a_project().tick("2017-10-12").notices if n.rung == "oversee"]

    said = notice.args
    assert (said["task"], said["kind"], said["due"], said["late"]) == ("plan", "stage", DUE, 5)
    assert (said["project"], said["code"], said["issuer"]) == ("A pilot", "P1", "The bureau")
    assert [reason["code"] for reason in said["missing"]] == ["paper_missing"] * 5
    assert (said["words"], said["provisional"], said["left"]) == (None, False, 0)


def test_a_reminder_says_how_many_working_days_are_left() -> None:
    (notice, _) = a_project().tick("2017-09-26").notices

    assert (notice.args["left"], notice.args["late"]) == (3, 0)


def test_a_notice_is_unique_by_task_term_and_rung() -> None:
    story = a_project()
    first = {notice.cause for notice in story.tick("2017-10-12").notices}

    assert first == {f"rung:{stage(story)}:0:{rung}" for rung in ("reminder", "urge", "oversee")}


def test_a_moved_day_tells_its_rungs_under_a_new_term() -> None:
    story = a_project()
    story.tick("2017-09-30")
    story.do("county", choose("plan_finish", "2017-10-31"), "2017-10-09")

    assert {notice.cause for notice in story.tick("2017-10-26").notices} == {
        f"rung:{stage(story)}:1:reminder"
    }


def test_what_is_done_waived_or_lapsed_is_told_no_more() -> None:
    story = a_project("approval")

    assert {n.args["task"] for n in story.tick("2017-10-12").notices} == {"approval"}


def test_nothing_is_told_while_the_project_is_suspended() -> None:
    story = a_project()
    story.do("county", act("suspend", "force_majeure"), "2017-09-11")

    assert story.tick("2017-10-31").draft.cells() == []


def test_nothing_is_told_while_our_own_side_owes_an_answer() -> None:
    story = a_project()
    story.do("county", ask("plan"), "2017-09-11")

    assert story.tick("2017-10-31").draft.cells() == []


def test_what_is_worked_on_during_a_suspension_climbs_all_the_same() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1", days=5), "2017-12-04")
    story.do("county", act("suspend", "force_majeure"), "2017-12-05")

    assert {n.args["ref"] for n in story.tick("2017-12-12").notices} == {"Q-1"}


def test_only_what_the_source_demands_climbs() -> None:
    story = a_trial("verdict")

    told_of = {notice.args["task"] for notice in story.tick("2018-12-31").notices}

    assert not told_of & {"price_paper", "take_back"}  # should, and encouraged


def test_a_task_climbs_the_ladder_that_it_names() -> None:
    story = a_trial("trial")
    story.do("hygiene", raised("S-1", "incident", days=2), "2018-02-05")

    climbed = [n for on in ("2018-02-07", "2018-02-08") for n in story.tick(on).notices]

    told_of = [(n.rung, n.post) for n in climbed if n.args["ref"] == "S-1"]
    assert told_of == [("page", "officer"), ("stop_use", "medical")]


def test_every_rung_has_been_climbed_at_the_end_and_there_is_no_next_moment() -> None:
    story = a_project()
    story.tick("2018-06-30")

    assert (story.row("plan").rung, story.row("plan").next_at) == (4, None)


def test_an_occurrence_opened_late_climbs_in_the_same_tick() -> None:
    decision = a_project("implementation").tick("2018-02-01")

    assert "supervision/2018-01" in decision.facts["opened"]
    assert {"supervision/2018-01"} == {
        fact["task"] for fact in decision.facts["rungs"] if fact["task"].startswith("supervision")
    }


def test_a_tick_leaves_the_version_alone() -> None:
    story = a_project()
    before = story.state.version

    story.tick("2017-10-12")

    assert (story.state.version, story.state.seq) == (before, 2)


def test_a_workflow_without_ladders_tells_nothing() -> None:
    story = a_project(workflow=replace(a_workflow(), ladders={}))

    assert [row.next_at for row in story.state.rows(TaskRow)] == [None] * 7
    assert story.tick("2018-06-30").notices == ()


def test_a_paper_handed_in_late_does_not_take_back_what_was_told() -> None:
    story = a_project()
    story.tick("2017-10-12")
    story.do("county", submit("work_plan"), "2017-09-11", known="2017-10-13")

    assert story.row("plan").rung == 3


def test_a_rung_that_a_newer_calendar_moved_waits_for_the_office_of_its_new_day() -> None:
    known = a_calendar().known_on(day("2017-08-31"))
    story = a_project(dates={"plan_finish": "2018-02-28"}, calendar=known)
    assert story.row("plan").next_at == datetime(2018, 2, 23, 1, tzinfo=UTC)
    opened = replace(story.frame(CLOCK.post, "2018-02-24"), calendar=a_calendar())
    before_nine = replace(opened, now=datetime(2018, 2, 23, 20, tzinfo=UTC))

    early = decide(story.state, Tick(), before_nine)

    assert early.notices == ()
    rows = [row for row in early.draft.rows(TaskRow) if row.key == "plan"]
    assert rows[0].next_at == datetime(2018, 2, 24, 1, tzinfo=UTC), "a make-up Saturday"
    assert {n.rung for n in decide(story.state, Tick(), opened).notices} == {"reminder"}
