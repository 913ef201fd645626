"""Where tasks, actions and conditions stand in their file."""

from collections.abc import Iterator

from engine.core.definition import Action, Condition, Task
from workflows.read_problems import Path


def task_path(task: Task) -> Path:
    """Return where a task stands in its file."""
    return ("stages", task.stage, "tasks", task.key) if task.stage else ("tracks", task.key)


def action_path(action: Action) -> Path:
    """Return where a stage action stands in its file."""
    return ("stages", action.source, "actions", action.key)


def conditions(node: Condition | None, path: Path) -> Iterator[tuple[Condition, Path]]:
    """Yield a condition and every one inside it, each with its path."""
    if node is None:
        return
    at = (*path, node.guard)
    yield node, at
    for position, child in enumerate(node.children):
        yield from conditions(child, at if node.guard == "not" else (*at, position))


def named_task(rule: str) -> str | None:
    """Return the task that an anchor or opening ``task:<key>`` names, or None."""
    kind, _, name = rule.partition(":")
    return name if kind == "task" else None
