"""The only file that imports `transitions`: which moves exist, and the move itself.

One unbound machine serves every project of a definition. The model handed to it is a throwaway
position: a row as the model would let a column shadow a trigger of the same name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transitions import Machine, MachineError

from engine.core.definition import Workflow
from engine.core.errors import UnknownObjectError

BEGINNING = "active"
"""The standing in which every project begins."""


@dataclass(slots=True)
class Position:
    """Where a project stands, for the length of one move."""

    state: str


def stage_machine(workflow: Workflow) -> Machine:
    """Return the machine of the stages, built once per definition."""
    return _stages(_Pinned(workflow))


def standing_machine(workflow: Workflow) -> Machine:
    """Return the machine of the standing, built once per definition."""
    return _standings(_Pinned(workflow))


def next_stage(workflow: Workflow, stage: str, action: str) -> str:
    """Return the stage that an action leads to.

    Raises:
        UnknownObjectError: the machine has no such move from this stage.
    """
    return _fire(stage_machine(workflow), stage, action)


def next_standing(workflow: Workflow, standing: str, action: str) -> str:
    """Return the standing that an action leads to.

    Raises:
        UnknownObjectError: the machine has no such move from this standing.
    """
    return _fire(standing_machine(workflow), standing, action)


def moves(workflow: Workflow, stage: str) -> tuple[str, ...]:
    """Return the actions that leave a stage, as the machine knows them."""
    return tuple(stage_machine(workflow).get_triggers(stage))


def standing_moves(workflow: Workflow, standing: str) -> tuple[str, ...]:
    """Return the standing actions possible, as the machine knows them."""
    return tuple(standing_machine(workflow).get_triggers(standing))


def is_open(workflow: Workflow, standing: str) -> bool:
    """Return whether a project of this standing can still move: no move leaves a final one.

    The first standing is never final, even where a workflow knows no other.
    """
    return standing == BEGINNING or bool(standing_machine(workflow).get_triggers(standing))


def _fire(machine: Machine, state: str, action: str) -> str:
    position = Position(state)
    event = machine.events.get(action)
    if event is None or state not in machine.states:
        raise UnknownObjectError("action", action)
    try:
        event.trigger(position)
    except MachineError as error:
        raise UnknownObjectError("action", action) from error
    return position.state


class _Pinned:
    """A workflow as the key of a cache: equal digests are equal workflows."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow

    def __hash__(self) -> int:
        return hash(self.workflow.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pinned) and other.workflow.digest == self.workflow.digest


@lru_cache(maxsize=64)
def _stages(pinned: _Pinned) -> Machine:
    rules = [
        {"trigger": action.key, "source": action.source, "dest": action.to}
        for action in pinned.workflow.actions.values()
    ]
    return _machine(list(pinned.workflow.stages), pinned.workflow.initial, rules)


@lru_cache(maxsize=64)
def _standings(pinned: _Pinned) -> Machine:
    actions = pinned.workflow.standing.values()
    states = list(dict.fromkeys([BEGINNING, *(action.to for action in actions)]))
    rules = [
        {"trigger": action.key, "source": list(action.source), "dest": action.to}
        for action in actions
    ]
    return _machine(states, BEGINNING, rules)


def _machine(states: list[str], initial: str, rules: Sequence[Mapping[str, object]]) -> Machine:
    return Machine(
        model=None, states=states, initial=initial, transitions=list(rules),
        auto_transitions=False, send_event=True, queued=False,
    )  # fmt: skip
