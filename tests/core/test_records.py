"""Records: steps in their order, values in their form, and the org that a record binds."""

import pytest

from engine.core.commands import Paper, Raise, Record, Target
from engine.core.context import parties
from engine.core.rows import Part
from engine.core.state import Draft
from tests.builders import Story, a_project, a_trial
from tests.core.asks import count, day, raised, record, void


def briefed() -> Story:
    """Return a trial whose supplier has given the briefing, not yet signed for."""
    story = a_trial("trial")
    story.do("supplier", record("briefing", "given"), "2018-02-05")
    return story


def incident(harm: str | None = None) -> Story:
    """Return a trial with an incident."""
    story = a_trial("trial")
    said = {"harm": harm} if harm else {}
    story.do("hygiene", Raise("incident", "S-1", "A cut finger", data=said), "2018-02-06")
    return story


def test_the_missing_step_is_named_with_who_does_it() -> None:
    story = a_project("agency_recruitment")

    reasons = story.options("county")["award"].reasons

    (call,) = [r for r in reasons if r.code == "step_missing" and r.facts["task"] == "call"]
    assert (call.holder, call.lift) == ("county", "task record")


def test_a_record_is_done_with_its_last_step() -> None:
    story = briefed()
    assert story.row("briefing").status == "open"

    story.do("manager", record("briefing", "signed"), "2018-02-06")

    assert (story.row("briefing").status, story.row("briefing").done_on) == (
        "done", day("2018-02-06"),
    )  # fmt: skip


def test_a_step_that_is_not_named_is_the_next_one() -> None:
    story = briefed()

    story.do("user1", record("briefing"), "2018-02-06")

    assert [part.key for part in story.state.rows(Part)][-2:] == ["given", "signed"]


@pytest.mark.parametrize("step", ["signed", "taught"])
def test_a_step_out_of_order_or_unknown_is_refused_with_the_next_one(step: str) -> None:
    (reason,) = a_trial("trial").refusal("manager", record("briefing", step))

    assert (reason.code, reason.facts["next"]) == ("step_out_of_order", "given")


def test_a_step_is_done_by_the_post_that_may() -> None:
    (reason,) = briefed().refusal("supplier", record("briefing", "signed"))

    assert (reason.code, reason.holder) == ("role_missing", "ward_manager")


def test_a_step_is_not_earlier_than_the_one_before() -> None:
    story = briefed()

    (reason,) = story.refusal("manager", record("briefing"), "2018-02-02", known="2018-02-06")

    assert (reason.code, reason.facts["on"]) == ("before_step", "2018-02-05")


def test_a_record_that_is_done_takes_no_further_entry() -> None:
    story = briefed()
    story.do("manager", record("briefing"), "2018-02-06")

    assert story.codes("manager", record("briefing")) == ["task_closed"]


def test_a_required_value_must_be_there_with_the_last_step() -> None:
    (reason,) = a_project("agency_recruitment").refusal("county", record("bids"))

    assert (reason.code, reason.facts["field"]) == ("field_missing", "applicants")


def test_a_value_given_when_it_was_raised_need_not_be_given_again() -> None:
    story = incident(harm="minor")

    story.do("officer", record("incident", ref="S-1"), "2018-02-07")

    assert story.row("incident").status == "done"


def test_a_value_that_was_not_given_when_raised_is_asked_for_at_the_end() -> None:
    assert incident().codes("officer", record("incident", ref="S-1")) == ["field_missing"]


@pytest.mark.parametrize(
    ("task", "data"),
    [
        ("first_use", {"used_on": "yesterday"}),
        ("first_use", {"used_on": "2018-02-08", "minutes": "2.5"}),
        ("first_use", {"used_on": "2018-02-08", "minutes": "--2"}),
        ("first_use", {"used_on": "2018-02-08", "minutes": "²"}),
        ("first_use", {"used_on": "2018-02-08", "setting": "garden"}),
        ("incident", {"harm": "none", "cost": "1.005"}),
        ("incident", {"harm": "none", "cost": "1E+15"}),
        ("incident", {"harm": "none", "cost": "Infinity"}),
        ("incident", {"harm": "none", "cost": "1_000.00"}),
        ("incident", {"harm": "none", "cost": " 5 "}),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(task: str, data: dict[str, str]) -> None:
    story = incident()
    story.do("supplier", record("briefing"), "2018-02-06")
    story.do("manager", record("briefing"), "2018-02-06")
    post = "user1" if task == "first_use" else "officer"

    assert story.codes(post, record(task, **data)) == ["field_malformed"]


@pytest.mark.parametrize(
    "data",
    [
        {"used_on": "2018-02-08"},
        {"used_on": "2018-02-08", "minutes": "-3"},
        {"used_on": "2018-02-08", "setting": "病房", "minutes": "0"},
    ],
)
def test_a_value_of_the_right_form_is_taken(data: dict[str, str]) -> None:
    story = briefed()
    story.do("manager", record("briefing"), "2018-02-06")

    assert story.ask("user1", record("first_use", **data)).reasons == ()


def test_an_unknown_value_is_refused_with_those_that_exist() -> None:
    story = briefed()
    story.do("manager", record("briefing"), "2018-02-06")

    reasons = story.refusal("user1", record("first_use", used_on="2018-02-08", mood="good"))

    assert [reason.code for reason in reasons] == ["unknown_field"]
    assert reasons[0].facts["near"] == "used_on, setting, minutes"


def test_everything_wrong_with_a_record_is_listed_at_once() -> None:
    story = a_project("agency_recruitment")

    codes = story.codes("agency", record("bids", applicants="some", mood="good"))

    assert codes == ["role_missing", "unknown_field", "field_malformed"]


def test_a_record_that_binds_names_the_org_from_its_day_on() -> None:
    story = a_project("agency_recruitment")

    story.do("county", record("award_decision", org="agency"), "2017-10-26")

    assert parties(Draft(story.state))["agency"] == "agency"


def test_a_record_does_not_bind_an_org_that_nobody_knows() -> None:
    story = a_project("agency_recruitment")

    assert story.codes("county", record("award_decision", org="O99")) == ["unknown_org"]


def test_a_record_that_binds_another_org_ends_the_binding_before() -> None:
    story = a_project("design_review")

    story.do("county", record("contract", org="rival"), "2017-11-14")

    assert parties(Draft(story.state))["agency"] == "rival"


def test_a_record_does_not_bind_from_before_the_binding_it_ends() -> None:
    story = a_project("agency_recruitment")
    story.do("county", record("award_decision", org="agency"), "2017-10-26")
    story.do("county", void(story.state.seq), "2017-10-30")

    late = record("award_decision", org="rival")
    assert story.codes("county", late, "2017-10-20", known="2017-10-31") == ["before_entry"]


def test_a_record_keeps_its_paper_and_its_note() -> None:
    story = a_project("agency_recruitment")
    entry = Record(Target("call"), {}, paper=Paper("N-3", "Call"), note="in the evening paper")

    story.do("county", entry, "2017-10-09")

    part = [*story.state.rows(Part)][-1]
    assert (part.doc_no, part.note) == ("N-3", "in the evening paper")


def test_who_came_is_said_by_the_record_and_the_duty_stays_where_it_is() -> None:
    # Trap T9: the notice lets the bureau's own team or a third party supervise.
    story = a_project("implementation")

    story.do("supervisor", record("supervision", org="institute"), "2018-01-10")

    assert [*story.state.rows(Part)][-1].org == "institute"
    assert story.row("supervision").holder == "supervisor"


def test_a_record_is_no_head_count() -> None:
    assert a_project("agency_recruitment").codes("county", count("community", 1, "call")) == [
        "wrong_kind"
    ]


def test_of_several_issues_the_one_still_open_is_meant() -> None:
    story = a_project("implementation")
    for ref in ("Q-1", "Q-2", "Q-3"):
        story.do("county", raised(ref), "2017-12-04")
    for ref in ("Q-1", "Q-3"):
        story.do("county", record("issue", ref=ref), "2017-12-05")
        story.do("county", record("issue", ref=ref), "2017-12-05")

    assert story.do("agency", record("issue"), "2017-12-06").facts["task"] == "issue/Q-2"


@pytest.mark.parametrize(
    ("command", "mark"),
    [(record("supervision", period="2019-01"), "2019-01"), (record("issue", ref="Q-9"), "Q-9")],
)
def test_a_period_or_reference_that_is_not_there_is_named(command: Record, mark: str) -> None:
    story = a_project("implementation")

    (reason,) = story.refusal("supervisor", command, "2018-01-10")

    assert (reason.code, reason.facts["ref"]) == ("task_not_open", mark)


def test_an_issue_that_is_closed_is_named_with_its_reference() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1"), "2017-12-04")
    story.do("county", record("issue", ref="Q-1"), "2017-12-05")
    story.do("county", record("issue", ref="Q-1"), "2017-12-05")

    (reason,) = story.refusal("county", record("issue", ref="Q-1"))

    assert dict(reason.facts) == {"task": "issue", "ref": "Q-1", "status": "done"}


def test_one_of_several_open_issues_must_be_named() -> None:
    story = a_project("implementation")
    story.do("county", raised("Q-1"), "2017-12-04")
    story.do("county", raised("Q-2"), "2017-12-04")

    (reason,) = story.refusal("agency", record("issue", "fixed"))

    assert (reason.code, reason.facts["choices"]) == ("which_task", "issue/Q-1, issue/Q-2")
