"""Workflows whose action waits for the conditions a test is about, and for nothing else."""

from dataclasses import replace

from engine.core.definition import Condition, Workflow
from tests.builders import a_workflow


def gated(action: str, *conditions: Condition) -> Workflow:
    """Return the shipped workflow with an action that waits for some conditions only."""
    held = a_workflow()
    tasks = {key: replace(task, gates=()) for key, task in held.tasks.items()}
    gate = Condition("all", conditions)
    changed = replace(held.actions[action], gate=gate, roles=("county", "city_lead"))
    return replace(held, tasks=tasks, actions={**held.actions, action: changed})


def guard(name: str, **args: str | int | tuple[str, ...]) -> Condition:
    """Return a guard."""
    return Condition(name, args=args)
