"""Every name that tasks and actions mention."""

from collections.abc import Iterator

from engine.core.definition import Action, Condition, Task
from workflows.checks_mentions import Mention, each, in_due, one
from workflows.checks_paths import conditions, named_task
from workflows.read_assembly import DONE
from workflows.read_problems import Path


def in_task(task: Task, path: Path) -> Iterator[Mention]:
    """Yield what a task mentions."""
    yield from one("role", task.holder, (*path, "holder"))
    yield from each("action", task.gates, (*path, "gates"))
    yield from one("ladder", task.ladder, (*path, "ladder"))
    yield from one("party", task.binds, (*path, "binds"))
    kind, _, name = task.opens.partition(":")
    yield from one(kind, name or None, (*path, "opens"))
    yield from in_due(task.due, path)
    if task.cadence:
        yield from one("date", task.cadence.starts, (*path, "cadence", "starts"))
    yield from each("role", task.accepted_by, (*path, "accepted_by"))
    yield from each("role", task.raisers, (*path, "raisers"))
    yield from each("role", task.reopeners, (*path, "reopeners"))
    yield from _in_parts(task, path)


def _in_parts(task: Task, path: Path) -> Iterator[Mention]:
    for step in task.steps:
        if step.name is DONE:  # the step of a record that names none: its role is the holder
            continue
        yield from each("role", step.roles, (*path, "steps", step.key, "roles"))
    for party in task.seal.parties if task.seal else ():
        at = (*path, "seal", "parties", party.key)
        yield from one("role", party.role, (*at, "role"))
        yield from each("role", party.enterers, (*at, "enterers"))
    if task.review:
        yield from one("role", task.review.judges, (*path, "review", "judges"))
        yield from each("role", task.review.concludes, (*path, "review", "concludes"))
        yield from each("task", task.review.reopens, (*path, "review", "reopens"))
    if task.quota:
        yield from each("party", task.quota.per, (*path, "quota", "per"))
        yield from each("role", task.quota.counters, (*path, "quota", "counters"))


def in_action(action: Action, path: Path) -> Iterator[Mention]:
    """Yield what an action and its gate mention."""
    yield from one("stage", action.to, (*path, "to"))
    yield from each("role", action.roles, (*path, "roles"))
    for condition, at in conditions(action.gate, (*path, "gate")):
        yield from _in_condition(condition, at)


GUARD_NAMES = {"of": "task", "not_before": "date", "parties": "party"}
"""What the arguments of guards name; those of `children` name things of another file."""


def _in_condition(condition: Condition, path: Path) -> Iterator[Mention]:
    for argument, value in condition.args.items():
        kind = GUARD_NAMES.get(argument)
        if kind and isinstance(value, tuple):
            yield from each(kind, value, (*path, argument))
        elif kind:
            yield Mention(kind, str(value), (*path, argument))
    if condition.guard == "grade":
        yield Mention("grade", str(condition.args["at_least"]), (*path, "at_least"))
    yield from one("task", named_task(str(condition.args.get("after", ""))), (*path, "after"))
