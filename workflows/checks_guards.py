"""Whether guards look at tasks of the kind that they can judge."""

from collections.abc import Iterator

from engine.core.definition import TaskKind, Workflow
from workflows.checks_paths import action_path, conditions
from workflows.checks_tasks import RAISED
from workflows.read_problems import Problem

GUARDED = {
    "quota": TaskKind.QUOTA,
    "seals": TaskKind.SEAL,
    "grade": TaskKind.REVIEW,
}
"""The kind of task that a guard looks at, where it looks at one kind only."""


def guard_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield guards that look at a task of another kind than theirs."""
    for action in workflow.actions.values():
        for condition, at in conditions(action.gate, (*action_path(action), "gate")):
            task = workflow.tasks.get(str(condition.args.get("of", "")))
            wanted = GUARDED.get(condition.guard)
            if task and wanted and task.kind is not wanted:
                message = f'"{task.key}" is a {task.kind}, not a {wanted}'
                yield Problem((*at, "of"), message)
            if task and condition.guard == "issues" and task.opens != RAISED:
                yield Problem((*at, "of"), f'"{task.key}" is not a task that is raised')
