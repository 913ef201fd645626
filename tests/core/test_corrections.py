"""Corrections: the right value in place of a mistyped one, and what stands in their way."""

import pytest

from engine.core.rows import Part
from tests.builders import Story, a_project, a_trial
from tests.core.asks import (
    correct,
    day,
    raised,
    record,
    score,
    seal,
    submit,
    void,
)


def with_plan() -> Story:
    """Return a plan of which one paper has been handed in; its entry is the second."""
    story = a_project()
    story.do("county", submit("work_plan"), "2017-09-11")
    return story


@pytest.mark.parametrize("command", [void(99), correct(99, doc_no="W-2")])
def test_an_entry_that_does_not_exist_is_refused(command: object) -> None:
    assert with_plan().codes("county", command) == ["unknown_entry"]  # type: ignore[arg-type]  # a command


@pytest.mark.parametrize("command", [void(1), correct(1, doc_no="W-2")])
def test_an_entry_that_added_no_part_has_nothing_to_correct(command: object) -> None:
    assert with_plan().codes("county", command) == ["nothing_to_correct"]  # type: ignore[arg-type]  # a command


def test_only_a_corrector_corrects_and_says_why() -> None:
    codes = with_plan().codes("agency", void(2, " "))

    assert codes == ["role_missing", "reason_missing"]


def test_a_correction_puts_the_right_value_and_keeps_the_wrong_one_in_the_trail() -> None:
    story = with_plan()

    story.do("county", correct(2, doc_no="W-7"), "2017-09-12")

    (part,) = story.state.rows(Part)
    assert part.doc_no == "W-7"
    assert {"t": "part", "n": 1, "set": {"doc_no": ["W-1", "W-7"]}} in story.past[-1].cells


def test_a_corrected_day_moves_the_day_on_which_the_task_was_done() -> None:
    story = with_plan()

    story.do("county", correct(2, on="2017-09-08"), "2017-09-12")

    assert story.row("work_plan").done_on == day("2017-09-08")


def test_a_corrected_day_moves_what_counts_from_it() -> None:
    story = a_trial("trial")
    story.do("supplier", record("briefing"), "2018-02-05")
    story.do("manager", record("briefing"), "2018-02-08")

    story.do("officer", correct(story.state.seq, on="2018-02-06"), "2018-02-09")

    assert story.row("first_use").due == day("2018-02-09")


def test_correcting_a_second_visit_leaves_the_day_on_which_the_month_was_met() -> None:
    story = a_project("implementation")
    for on in ("2018-03-10", "2018-03-28"):
        story.do("supervisor", record("supervision"), on)

    story.do("county", correct(story.state.seq, on="2018-03-30"), "2018-03-31")

    assert story.row("supervision", "2018-03").done_on == day("2018-03-10")


def test_a_correction_is_refused_naming_every_later_entry_that_stands_on_it() -> None:
    story = a_project("approval")
    story.do("county", seal("local_party", doc="A-1"), "2017-09-18")
    story.do("lead", seal("city_bureau"), "2017-09-19")

    (reason,) = story.refusal("county", correct(8, doc_no="A-2"))

    assert (reason.code, dict(reason.facts)) == ("successors", {"seq": 8, "later": "9"})
    assert story.ask("county", correct(9, note="by letter")).reasons == ()


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, ["not_correctable"]),
        ({"verdict": "consent", "void": "1"}, ["not_correctable", "not_correctable"]),
        ({"value": "3"}, ["not_correctable"]),
        ({"on": "soon"}, ["field_malformed"]),
        ({"on": "20170908"}, ["field_malformed"]),
        ({"on": "2017-09-13"}, ["in_the_future"]),
        ({"on": "2017-09-01"}, ["before_opening"]),
    ],
)
def test_what_cannot_be_is_not_corrected_to(values: dict[str, str], codes: list[str]) -> None:
    assert with_plan().codes("county", correct(2, **values), "2017-09-12") == codes


def test_a_corrected_day_does_not_lie_before_the_task_began() -> None:
    story = a_project("approval")
    story.do("lead", seal("city_bureau"), "2017-09-19")

    assert story.codes("county", correct(8, on="2017-09-11")) == ["before_entry"]
    assert story.ask("county", correct(8, on="2017-09-12")).reasons == ()


def test_a_corrected_step_does_not_come_before_the_one_before() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1"), "2017-12-04")
    story.do("county", record("issue", ref="Q-1"), "2017-12-07")
    story.do("county", record("issue", ref="Q-1"), "2017-12-08")

    assert story.codes("county", correct(story.state.seq, on="2017-12-06")) == ["before_step"]


def test_papers_have_no_order_so_that_the_second_may_be_the_earlier_one() -> None:
    story = a_trial()
    story.do("manager", submit("request", "need"), "2018-01-15")
    story.do("manager", submit("request", "offer"), "2018-01-16")

    assert story.ask("officer", correct(3, on="2018-01-10")).reasons == ()


@pytest.mark.parametrize("value", ["0", "100", "59.95"])
def test_a_score_is_corrected_to_any_score(value: str) -> None:
    story = a_project("design_review")
    story.do("judge1", score("80"), "2017-11-10")

    assert story.ask("county", correct(story.state.seq, value=value)).reasons == ()


@pytest.mark.parametrize("value", ["101", "-1", "good", ""])
def test_a_score_is_corrected_only_to_a_score(value: str) -> None:
    story = a_project("design_review")
    story.do("judge1", score("80"), "2017-11-10")

    assert story.codes("county", correct(story.state.seq, value=value)) == ["score_malformed"]


def test_a_corrected_score_counts_when_the_panel_is_concluded() -> None:
    story = a_project("design_review")
    story.do("judge1", score("8"), "2017-11-10")

    story.do("county", correct(story.state.seq, value="80"), "2017-11-13")

    assert [part.value for part in story.state.rows(Part)][-1] == "80"


def test_a_correction_is_itself_no_paper_and_cannot_be_corrected() -> None:
    story = with_plan()
    story.do("county", correct(2, doc_no="W-7"), "2017-09-12")

    assert story.codes("county", correct(3, doc_no="W-8")) == ["nothing_to_correct"]
    assert story.ask("county", correct(2, doc_no="W-8")).reasons == ()
