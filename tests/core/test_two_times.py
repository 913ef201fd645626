"""Two times: when it happened, and when it was entered."""

from datetime import UTC, datetime

import pytest

from engine.core.commands import Bind, ConfirmWaiver, ProposeWaiver
from engine.core.rows import Visit
from tests.builders import a_context, a_project, a_trial, the
from tests.core.asks import act, ask, choose, count, day, grant, raised, record, seal, submit, void

EVERYTHING = [
    ("county", submit("work_plan")),
    ("county", act("submit")),
    ("county", act("suspend", "other")),
    ("county", raised("Q-1")),
    ("county", count("community", 2)),
    ("county", Bind("agency", "agency")),
    ("county", choose("plan_finish", "2017-10-31")),
    ("county", ask("plan")),
    ("county", ProposeWaiver(the("roadmap"), "a map is in the plan")),
    ("county", void(1)),
]


@pytest.mark.parametrize(("post", "command"), EVERYTHING)
def test_what_has_not_happened_yet_is_not_entered(post: str, command: object) -> None:
    codes = a_project().codes(post, command, "2017-09-06", known="2017-09-05")  # type: ignore[arg-type]  # a command

    assert "in_the_future" in codes


@pytest.mark.parametrize(("post", "command"), EVERYTHING)
def test_nothing_happened_before_the_project_was_opened(post: str, command: object) -> None:
    codes = a_project().codes(post, command, "2017-09-01", known="2017-09-05")  # type: ignore[arg-type]  # a command

    assert "before_opening" in codes


def test_a_day_however_far_away_is_refused_and_breaks_nothing() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1"), "2017-12-04")

    for on in ("9999-12-31", "0001-01-01"):
        codes = story.codes("county", act("finish"), on, known="2017-12-05")
        assert codes[0] in ("in_the_future", "before_opening")
        assert "paper_missing" in codes


def test_a_named_date_beyond_the_calendar_is_refused() -> None:
    a_project().refusal("county", choose("plan_finish", "9999-12-31"))


def test_the_day_is_the_offices_not_that_of_greenwich() -> None:
    late_at_night = datetime(2017, 9, 4, 17, 30, tzinfo=UTC)

    assert a_context(now=late_at_night).today == day("2017-09-05")


def test_a_move_is_not_earlier_than_the_entry_into_its_stage() -> None:
    story = a_project("approval")

    (reason,) = story.refusal("lead", act("return_plan", "other"), "2017-09-11", known="2017-09-20")

    assert (reason.code, reason.facts["entered"]) == ("before_entry", "2017-09-12")


def test_a_move_is_not_earlier_than_the_papers_it_stands_on() -> None:
    story = a_project()
    for key in ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list"):
        story.do("county", submit(key), "2017-09-11")

    found = story.refusal("county", act("submit"), "2017-09-08", known="2017-09-11")

    assert [reason.code for reason in found] == ["before_evidence"] * 5
    assert found[0].facts["done"] == "2017-09-11"


def test_a_late_entry_keeps_the_day_on_which_it_happened() -> None:
    story = a_project()

    story.do("county", submit("work_plan"), "2017-09-08", known="2017-10-30")

    assert story.row("work_plan").done_on == day("2017-09-08")


def test_a_late_move_opens_the_next_stage_on_the_day_it_happened() -> None:
    story = a_project()
    for key in ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list"):
        story.do("county", submit(key), "2017-09-11", known="2017-10-09")

    story.do("county", act("submit"), "2017-09-12", known="2017-10-10")

    first, second = story.state.rows(Visit)
    assert (first.left_on, second.entered_on) == (day("2017-09-12"), day("2017-09-12"))
    assert story.row("consent").opened_on == day("2017-09-12")


@pytest.mark.parametrize(
    ("stage", "post", "command", "on"),
    [
        ("approval", "county", seal("local_party", doc="A-1"), "2017-09-11"),
        ("agency_recruitment", "county", submit("hub"), "2017-09-25"),
        ("agency_recruitment", "county", record("call"), "2017-09-25"),
        ("agency_recruitment", "county", ask("agency_recruitment"), "2017-09-25"),
    ],
)
def test_nothing_is_done_about_a_task_before_it_began(
    stage: str, post: str, command: object, on: str
) -> None:
    codes = a_project(stage).codes(post, command, on, known="2017-10-30")  # type: ignore[arg-type]  # a command

    assert codes == ["before_entry"]


def test_a_paper_of_the_second_round_is_not_dated_into_the_first() -> None:
    story = a_project("approval")
    story.do("lead", act("return_plan", "other", items=("roadmap",)), "2017-09-20")

    codes = story.codes("county", submit("roadmap"), "2017-09-19", known="2017-10-30")

    assert codes == ["before_entry"]


def test_a_visit_of_february_does_not_count_for_march() -> None:
    story = a_project("implementation")
    story.tick("2018-03-05")

    early = record("supervision", period="2018-03")
    assert story.codes("supervisor", early, "2018-02-20", known="2018-03-05") == ["before_entry"]


def test_a_binding_does_not_begin_before_the_one_it_ends() -> None:
    story = a_project("design_review")

    codes = story.codes("county", Bind("agency", "rival"), "2017-10-25", known="2017-10-30")

    assert codes == ["before_entry"]


def test_an_answer_is_not_earlier_than_the_question() -> None:
    story = a_project()
    story.do("county", ask("plan"), "2017-09-12")
    story.do("county", ProposeWaiver(the("roadmap"), "in the plan"), "2017-09-12")

    for answer in (grant("plan"), ConfirmWaiver(the("roadmap"))):
        codes = story.codes("lead", answer, "2017-09-11", known="2017-09-13")
        assert codes == ["before_entry"]


def test_lateness_counts_by_the_day_it_happened() -> None:
    story = a_trial()
    story.do("manager", submit("request", "need"), "2018-01-19", known="2018-03-01")
    story.do("manager", submit("request", "offer"), "2018-01-19", known="2018-03-01")
    story.do("manager", submit("request", "declaration"), "2018-01-22", known="2018-03-01")

    row = story.row("request")
    assert (row.done_on, row.due) == (day("2018-01-22"), day("2018-01-22"))
