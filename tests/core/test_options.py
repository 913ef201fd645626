"""What can be done and what stands in the way: the list that `decide` refuses with."""

from dataclasses import replace

import pytest

from engine.core.machine import moves, standing_moves
from tests.builders import a_project, a_trial, a_workflow
from tests.core.asks import act
from tests.core.ways import PILOT, TRIAL


@pytest.mark.parametrize("stage", [*PILOT, *TRIAL])
def test_every_action_of_stage_and_standing_is_listed_in_the_order_of_the_file(stage: str) -> None:
    story = a_project(stage) if stage in PILOT else a_trial(stage)

    found = story.options("lead" if stage in PILOT else "officer")

    here = story.state.project
    assert list(found) == [
        *moves(story.workflow, here.stage), *standing_moves(story.workflow, here.standing),
    ]  # fmt: skip


def test_an_option_says_its_kind_and_where_it_leads() -> None:
    found = a_project("approval").options("lead")

    assert {key: (one.kind, one.to) for key, one in found.items()} == {
        "approve": ("stage", "agency_recruitment"),
        "return_plan": ("stage", "plan"),
        "suspend": ("standing", "suspended"),
        "terminate": ("standing", "terminated"),
        "withdraw": ("standing", "withdrawn"),
    }


def test_an_action_without_reasons_can_be_performed_now() -> None:
    story = a_project("approval")

    assert story.options("lead")["return_plan"].reasons == ()
    assert story.ask("lead", act("return_plan", "duty_unclear")).reasons == ()


def test_the_role_that_is_missing_stands_beside_what_else_is_missing() -> None:
    found = a_project("plan").options("agency")["submit"].reasons

    assert [reason.code for reason in found] == ["role_missing", *["paper_missing"] * 5]
    assert found[0].holder == "county"


def test_a_suspended_project_says_who_can_resume_it() -> None:
    story = a_project("plan")
    story.do("county", act("suspend", "force_majeure"))

    first = story.options("county")["submit"].reasons[0]

    assert (first.code, first.holder, first.lift) == ("not_active", "county", "project act")
    assert dict(first.facts) == {"standing": "suspended"}


@pytest.mark.parametrize("key", ["suspend", "terminate", "withdraw"])
def test_a_project_that_was_rolled_out_offers_nothing_more(key: str) -> None:
    found = a_project("promoted").options("lead")

    assert list(found) == ["suspend", "terminate", "withdraw"]
    assert "project_closed" in [reason.code for reason in found[key].reasons]


def test_a_terminated_project_shows_why_its_stage_cannot_be_left() -> None:
    story = a_project("approval")
    story.do("lead", act("terminate", "other"))

    found = story.options("lead")

    assert list(found) == ["approve", "return_plan"]
    assert all(one.reasons[0].code == "project_closed" for one in found.values())


def test_an_action_of_another_stage_is_refused_with_where_it_belongs() -> None:
    (reason,) = a_project("plan").refusal("lead", act("approve"))

    facts = {"action": "approve", "stage": "approval", "now": "plan"}
    assert (reason.code, dict(reason.facts)) == ("wrong_stage", facts)


def test_an_action_that_does_not_exist_is_refused_with_those_that_do() -> None:
    (reason,) = a_project("approval").refusal("lead", act("promote_now"))

    facts = {"action": "promote_now", "near": "approve, return_plan"}
    assert (reason.code, dict(reason.facts)) == ("unknown_action", facts)


def test_a_withdrawal_belongs_to_the_first_stages() -> None:
    story = a_project("implementation")

    (reason,) = story.options("county")["withdraw"].reasons
    assert (reason.code, reason.facts["now"]) == ("wrong_stage", "implementation")


def test_resuming_what_is_not_suspended_is_refused() -> None:
    (reason,) = a_project("plan").refusal("county", act("resume", note="on we go"))

    facts = {"action": "resume", "standing": "active"}
    assert (reason.code, dict(reason.facts)) == ("wrong_standing", facts)


@pytest.mark.parametrize("reason", [None, "because", ""])
def test_a_coded_reason_is_asked_for_with_the_choices(reason: str | None) -> None:
    (found,) = a_project("approval").refusal("lead", act("return_plan", reason))

    assert (found.code, found.facts["given"]) == ("reason_code_missing", reason or "-")
    assert "duty_unclear" in str(found.facts["choices"])


def test_a_free_reason_is_asked_for_in_words() -> None:
    story = a_project("plan")
    story.do("county", act("suspend", "force_majeure"))

    assert story.codes("county", act("resume")) == ["reason_missing"]


def test_what_is_missing_and_what_was_not_said_are_told_together() -> None:
    codes = a_project("approval").codes("agency", act("return_plan", items=("hub",)))

    assert codes == ["role_missing", "reason_code_missing", "unknown_item"]


def test_a_workflow_without_suspension_moves_all_the_same() -> None:
    story = a_project("approval", workflow=replace(a_workflow(), standing={}, digest="bare"))

    assert list(story.options("lead")) == ["approve", "return_plan"]
