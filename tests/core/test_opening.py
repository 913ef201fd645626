"""Opening a project, and how its tasks come to be owed."""

import pytest

from engine.core.commands import Open
from engine.core.definition import Task
from engine.core.rows import Party, TaskRow, Visit
from engine.core.state import Draft
from tests.builders import PARTIES, Story, a_calendar, a_project, a_trial, a_workflow
from tests.core.asks import act, count, day, phrase, record, submit, void
from tests.core.ways import PILOT, PLAN_PAPERS, TRIAL


def nothing_yet() -> Story:
    """Return the story of a project that has not been opened."""
    return Story(workflow=a_workflow(), calendar=a_calendar())


def asked(**changes: object) -> Open:
    """Return the request that opens a pilot project."""
    return Open(**{"code": "P1", "name": "A pilot", "parties": PARTIES, **changes})  # type: ignore[arg-type]  # as the test says


def test_a_project_opens_in_the_initial_stage_of_its_pinned_workflow() -> None:
    project = a_project().state.project

    assert (project.stage, project.standing, project.visit) == ("plan", "active", 1)
    assert (project.workflow, project.digest) == ("pilot_project", a_workflow().digest)
    assert project.opened_on == day("2017-09-04")


def test_the_parties_are_bound_from_the_day_of_opening() -> None:
    bound = {row.name: (row.org, row.from_on) for row in a_project().state.rows(Party)}

    assert bound["community"] == ("community", day("2017-09-04"))
    assert "agency" not in bound


def test_the_first_visit_says_who_opened_the_project() -> None:
    (visit,) = a_project().state.rows(Visit)

    assert (visit.stage, visit.entered_by, visit.left_on) == ("plan", "county", None)


def test_the_tasks_of_the_stage_its_planned_finish_and_the_tracks_open_at_once() -> None:
    owed = {row.key: row.kind for row in a_project().state.rows(TaskRow)}

    assert owed == {
        "plan": "stage", **dict.fromkeys(PLAN_PAPERS, "deliverable"), "seed_workers": "quota",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "facts"),
    [
        ({"parties": {"owner": "bureau"}}, "unknown_party", {"party": "owner"}),
        ({"parties": {"agency": "O99"}}, "unknown_org", {"org": "O99", "party": "agency"}),
        ({"dates": {"payday": phrase("2017-09-29")}}, "unknown_date", {"date": "payday"}),
    ],
)
def test_an_unknown_name_is_refused(
    change: dict[str, object], code: str, facts: dict[str, str]
) -> None:
    found = nothing_yet().refusal("lead", asked(**change))

    assert (code, facts) in [(reason.code, dict(reason.facts)) for reason in found]


def test_a_post_without_the_role_cannot_open() -> None:
    (reason,) = nothing_yet().refusal("liaison", asked())

    assert (reason.code, reason.holder) == ("role_missing", "city_lead")
    assert dict(reason.facts) == {"roles": "city_lead county", "post": "liaison"}


def test_the_coordinator_of_another_region_cannot_open() -> None:
    codes = nothing_yet().codes("county", asked(parties={**PARTIES, "region": "rival"}))

    assert codes == ["role_missing"]


def test_opening_lists_everything_that_is_wrong_with_it() -> None:
    wrong = asked(parties={"owner": "bureau", "agency": "O99"}, dates={"payday": phrase(None)})

    assert nothing_yet().codes("visitor", wrong, "2017-09-05", known="2017-09-04") == [
        "unknown_party", "unknown_org", "unknown_date", "in_the_future", "role_missing",
    ]  # fmt: skip


def test_a_project_opens_only_once() -> None:
    assert a_project().codes("county", asked()) == ["already_open"]


def test_an_undated_phrase_keeps_its_words_and_has_no_chooser() -> None:
    story = a_project(dates={"plan_finish": None})

    finish = story.row("plan")
    assert (finish.due, finish.next_at) == (None, None)


@pytest.mark.parametrize("stage", [*PILOT, *TRIAL])
def test_every_task_opens_when_it_should(stage: str) -> None:
    story = a_project(stage) if stage in PILOT else a_trial(stage)
    seen = {row.key for row in story.state.rows(TaskRow)}

    for task in story.workflow.tasks.values():
        assert (task.key in seen) == has_opened(story, task), task.key


def has_opened(story: Story, task: Task) -> bool:
    """Return whether the words of a task's opening have come true."""
    been = {visit.stage for visit in story.state.rows(Visit)}
    kind, _, name = task.opens.partition(":")
    if kind == "task":
        return any(row.status == "done" for row in story.rows(name))
    return {"start": True, "stage": (name or task.stage) in been, "raised": False}[kind]


def test_a_task_that_follows_another_opens_on_the_day_that_one_was_done() -> None:
    story = a_trial("trial")
    assert story.rows("first_use") == []

    story.do("supplier", record("briefing", "given"), "2018-02-05")
    story.do("manager", record("briefing", "signed"), "2018-02-06", known="2018-02-09")

    assert story.row("first_use").opened_on == day("2018-02-06")
    assert story.row("first_use").due == day("2018-02-09")


def test_what_follows_a_task_opens_once_however_often_that_is_done() -> None:
    story = a_trial("trial")
    story.do("supplier", record("briefing", "given"), "2018-02-05")
    story.do("manager", record("briefing", "signed"), "2018-02-06")
    story.do("officer", void(story.state.seq), "2018-02-07")
    story.do("manager", record("briefing", "signed"), "2018-02-08")

    assert [row.status for row in story.rows("first_use")] == ["open"]
    assert story.row("first_use").due == day("2018-02-13")  # three days after the second signature


def test_a_track_of_a_stage_opens_only_when_it_is_not_running() -> None:
    story = a_project("evaluation")
    before = [row for row in story.state.rows(TaskRow) if row.kind == "series"]

    story.do("lead", act("rectify", "graded_fail"), "2018-08-20")

    assert [row for row in story.state.rows(TaskRow) if row.kind == "series"] == before


def test_rows_are_numbered_without_gaps_however_many_open_at_once() -> None:
    state = a_project("implementation").state

    for rows in state.tables.values():
        assert list(rows) == list(range(1, len(rows) + 1))


def test_a_draft_numbers_new_rows_behind_those_of_the_state_and_its_own() -> None:
    draft = Draft(a_project().state)

    first = draft.add(Visit, stage="a")
    draft.change(first, stage="b")
    second = draft.add(Visit, stage="c")

    assert (first.n, second.n) == (2, 3)
    assert [visit.stage for visit in draft.rows(Visit)] == ["plan", "b", "c"]


def test_a_task_of_another_kind_or_an_unknown_one_is_refused() -> None:
    story = a_project()

    assert story.codes("county", submit("nonsense")) == ["unknown_task"]
    assert story.codes("county", submit("seed_workers")) == ["wrong_kind"]
    assert story.codes("county", count("community", 1, "work_plan")) == ["wrong_kind"]
