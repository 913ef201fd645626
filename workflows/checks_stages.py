"""Whether the stages lead from the first to a last one, and the standings from `active`."""

from collections.abc import Collection, Iterator

from engine.core.definition import ActionKind, ReasonPolicy, Workflow
from workflows.checks_paths import action_path, task_path
from workflows.checks_ways import backwards, edges, reach
from workflows.read_problems import Problem

BEGINNING = "active"
"""The standing in which every project begins."""


def stage_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield what is wrong with the ways between the stages."""
    if not any(stage.final for stage in workflow.stages.values()):
        yield Problem(("stages",), "no stage is final, so no project could ever close")
    if _leads_nowhere_known(workflow):
        return
    reached = reach(edges(workflow), {workflow.initial})
    returning = backwards(edges(workflow, forward_only=True))
    finals = {key for key, stage in workflow.stages.items() if stage.final}
    closing = reach(returning, finals)
    for key in workflow.stages:
        if key not in reached:
            yield Problem(("stages", key), f'cannot be reached from "{workflow.initial}"')
        if finals and key not in closing:
            yield Problem(("stages", key), "is a dead end: no advance leads to a final stage")
    yield from _after_the_end(workflow, finals)


def action_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield what an action says that cannot be meant."""
    for action in workflow.actions.values():
        path = action_path(action)
        if action.clock.value != "fresh" and action.kind is not ActionKind.RETURN:
            yield Problem((*path, "clock"), "only a return (kind: return) has a clock")
        if action.reason is ReasonPolicy.CODED and not workflow.reasons:
            yield Problem((*path, "reason"), "asks for a code, but the file has no reasons")
    for standing in workflow.standing.values():
        if standing.reason is ReasonPolicy.CODED and not workflow.reasons:
            path = ("standing", standing.key, "reason")
            yield Problem(path, "asks for a code unless told, but the file has no reasons")


def standing_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield standings that no project can ever have, and moves that lead nowhere."""
    ways: dict[str, set[str]] = {}
    for action in workflow.standing.values():
        for source in action.source:
            ways.setdefault(source, set()).add(action.to)
    reached = reach(ways, {BEGINNING})
    for action in workflow.standing.values():
        for position, source in enumerate(action.source):
            path = ("standing", action.key, "from", position)
            if source not in reached:
                yield Problem(path, f'no action leads from "{BEGINNING}" to "{source}"')
            if source == action.to:
                yield Problem(path, f'"{source}" is also where it leads to')


def _leads_nowhere_known(workflow: Workflow) -> bool:
    """Return whether a stage is named that does not exist: then the ways say nothing."""
    named = {workflow.initial, *(action.to for action in workflow.actions.values())}
    return not named <= workflow.stages.keys()


def _after_the_end(workflow: Workflow, finals: Collection[str]) -> Iterator[Problem]:
    message = "stands in a final stage, which closes the project"
    for key in finals:
        if workflow.stages[key].due:
            yield Problem(("stages", key, "due"), message)
    for action in workflow.actions.values():
        if action.source in finals:
            yield Problem(action_path(action), message)
    for task in workflow.tasks.values():
        if task.stage in finals and not task.survives:
            yield Problem(task_path(task), f"{message}; only what survives can be owed there")
