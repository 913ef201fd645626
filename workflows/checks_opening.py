"""Whether tasks open in time for the actions that wait for them."""

from collections.abc import Iterator, Mapping

from engine.core.definition import Condition, Task, Workflow
from workflows.checks_paths import action_path, conditions, named_task, task_path
from workflows.checks_ways import edges, reach
from workflows.read_problems import Path, Problem


def never_open(workflow: Workflow) -> Iterator[Problem]:
    """Yield gates that wait for a task which can never be open in the stage of the action.

    A task of a stage belongs to one visit: an action of another stage would never see it.
    """
    ways = edges(workflow)
    known: dict[str, set[str]] = {}
    for task, stage, path in _awaiting(workflow):
        if task.key not in known:
            known[task.key] = open_stages(workflow, task, ways)
        opened = known[task.key]
        if stage not in opened:
            where = ", ".join(key for key in workflow.stages if key in opened) or "no stage"
            message = f'waits in "{stage}" for "{task.key}", which is open only in {where}'
            yield Problem(path, message)


def open_stages(workflow: Workflow, task: Task, ways: Mapping[str, set[str]]) -> set[str]:
    """Return the stages in which a task can be open.

    All of them when that cannot be told, because it waits for itself or for what does not exist.

    Args:
        workflow: whose task it is.
        task: opens by itself, or after a task that opens, and so on.
        ways: the stages that each stage leads to.
    """
    chain = {task.key: task}
    while (key := named_task(task.opens)) is not None:
        if key in chain or key not in workflow.tasks:
            return set(workflow.stages)
        task = chain[key] = workflow.tasks[key]
    stages = _opening_stages(workflow, task)
    if not stages <= workflow.stages.keys():
        return set(workflow.stages)
    return stages if all(link.stage for link in chain.values()) else reach(ways, stages)


def _opening_stages(workflow: Workflow, task: Task) -> set[str]:
    kind, _, name = task.opens.partition(":")
    if kind == "raised":
        return set(workflow.stages)
    if kind == "start":
        return {workflow.initial}
    return {name or task.stage or workflow.initial}


def _awaiting(workflow: Workflow) -> Iterator[tuple[Task, str, Path]]:
    """Yield each task that an action waits for, with the action's stage and who says so."""
    for task in workflow.tasks.values():
        for position, key in enumerate(task.gates):
            action = workflow.actions.get(key)
            if action:
                yield task, action.source, (*task_path(task), "gates", position)
    for action in workflow.actions.values():
        for condition, at in conditions(action.gate, (*action_path(action), "gate")):
            for key in _visit_bound(condition):
                if key in workflow.tasks:
                    yield workflow.tasks[key], action.source, (*at, "of")


def _visit_bound(condition: Condition) -> tuple[str, ...]:
    """Return the tasks of a guard that looks at the present visit."""
    if condition.guard not in ("tasks", "quota", "seals", "cited"):
        return ()
    of = condition.args["of"]
    return of if isinstance(of, tuple) else (str(of),)
