"""The machine decides every move; one serves every project of a definition."""

from dataclasses import replace

import pytest
from transitions import Machine

from engine.core import machine
from engine.core.definition import Workflow
from engine.core.errors import UnknownObjectError
from tests.builders import a_project, a_workflow, equipment
from tests.core.asks import act

WORKFLOWS = [a_workflow(), equipment()]
STAGES = [(workflow, stage) for workflow in WORKFLOWS for stage in workflow.stages]


def name(value: object) -> str | None:
    """Return what a case is called."""
    return value.key if isinstance(value, Workflow) else None


@pytest.mark.parametrize(("workflow", "stage"), STAGES, ids=name)
def test_the_machine_knows_exactly_the_actions_that_the_file_lets_leave_a_stage(
    workflow: Workflow, stage: str
) -> None:
    assert list(machine.moves(workflow, stage)) == [
        action.key for action in workflow.actions_from(stage)
    ]


@pytest.mark.parametrize(("workflow", "stage"), STAGES, ids=name)
def test_every_action_leads_from_its_stage_where_the_file_says_and_from_nowhere_else(
    workflow: Workflow, stage: str
) -> None:
    for action in workflow.actions.values():
        if action.source == stage:
            assert machine.next_stage(workflow, stage, action.key) == action.to
        else:
            with pytest.raises(UnknownObjectError, match=action.key):
                machine.next_stage(workflow, stage, action.key)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=name)
def test_the_standing_has_a_machine_of_its_own(workflow: Workflow) -> None:
    standings = {"active", *(action.to for action in workflow.standing.values())}

    for standing in standings:
        expected = [a.key for a in workflow.standing.values() if standing in a.source]
        assert list(machine.standing_moves(workflow, standing)) == expected
        for key in expected:
            target = workflow.standing[key].to
            assert machine.next_standing(workflow, standing, key) == target


def test_no_stage_action_moves_the_standing_and_none_of_the_standing_a_stage() -> None:
    with pytest.raises(UnknownObjectError):
        machine.next_standing(a_workflow(), "active", "submit")
    with pytest.raises(UnknownObjectError):
        machine.next_stage(a_workflow(), "plan", "suspend")


@pytest.mark.parametrize(("stage", "action"), [("plan", "nonsense"), ("nowhere", "submit")])
def test_an_unknown_stage_or_action_is_an_error_and_no_move(stage: str, action: str) -> None:
    with pytest.raises(UnknownObjectError):
        machine.next_stage(a_workflow(), stage, action)


def test_a_final_standing_is_one_that_no_move_leaves() -> None:
    workflow = a_workflow()

    assert [s for s in ("active", "suspended", "terminated", "withdrawn")
            if machine.is_open(workflow, s)] == ["active", "suspended"]  # fmt: skip


def test_the_first_standing_is_open_even_where_there_is_no_other() -> None:
    assert machine.is_open(replace(a_workflow(), standing={}, digest="bare"), "active")


def test_one_machine_serves_every_project_of_a_digest() -> None:
    again = replace(a_workflow(), name={"zh": "又", "en": "Again"})

    assert machine.stage_machine(again) is machine.stage_machine(a_workflow())
    assert machine.standing_machine(again) is machine.standing_machine(a_workflow())


def test_another_digest_has_a_machine_of_its_own() -> None:
    other = replace(a_workflow(), digest="other")

    assert machine.stage_machine(other) is not machine.stage_machine(a_workflow())
    assert machine.stage_machine(equipment()) is not machine.stage_machine(a_workflow())


def test_the_machine_has_no_moves_of_its_own_and_no_model() -> None:
    held = machine.stage_machine(a_workflow())

    assert held.models == []
    assert not [trigger for trigger in held.events if trigger.startswith("to_")]


def test_a_move_is_made_by_transitions_and_by_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = Machine(
        model=None, states=["plan", "promotion"], initial="plan", auto_transitions=False,
        transitions=[{"trigger": "withdraw_all", "source": "plan", "dest": "promotion"}],
    )  # fmt: skip
    story = a_project("approval")
    monkeypatch.setattr(machine, "stage_machine", lambda _: elsewhere)

    with pytest.raises(UnknownObjectError):
        story.ask("lead", act("return_plan", "other"))
