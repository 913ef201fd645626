"""Whether tasks wait for one another in a circle, so that none of them could ever open."""

from collections.abc import Iterator

from engine.core.definition import Task, Workflow
from workflows.checks_paths import named_task, task_path
from workflows.read_problems import Path, Problem


def circles(workflow: Workflow) -> Iterator[Problem]:
    """Yield tasks that wait for themselves, by what opens them or what they count from."""
    waits = _without_ends({key: _awaited(task) for key, task in workflow.tasks.items()})
    seen: set[str] = set()
    for first in waits:
        walk: list[str] = []
        key = first
        while key not in seen:
            seen.add(key)
            walk.append(key)
            key = next(other for other in waits[key] if other in waits)
        if key in walk:
            circle = [*walk[walk.index(key) :], key]
            path = _waiting_path(workflow.tasks[key], circle[1])
            yield Problem(path, "waits for itself: " + " → ".join(circle))


def _awaited(task: Task) -> tuple[str, ...]:
    rules = (task.opens, task.due.anchor if task.due else "")
    return tuple(key for key in map(named_task, rules) if key)


def _waiting_path(task: Task, other: str) -> Path:
    return (*task_path(task), *(("opens",) if named_task(task.opens) == other else ("due", "from")))


def _without_ends(waits: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return only the tasks from which waiting never comes to an end."""
    awaited_by: dict[str, set[str]] = {}
    for key, others in waits.items():
        for other in others:
            awaited_by.setdefault(other, set()).add(key)
    left = {key: {other for other in others if other in waits} for key, others in waits.items()}
    ends = [key for key, others in left.items() if not others]
    while ends:
        end = ends.pop()
        del left[end]
        for key in awaited_by.get(end, set()) & left.keys():
            left[key].discard(end)
            if not left[key]:
                ends.append(key)
    return {key: waits[key] for key in waits if key in left}
