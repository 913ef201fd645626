"""The ways between the stages: which leads to which, and what can be reached."""

from collections.abc import Collection, Mapping

from engine.core.definition import ActionKind, Workflow


def edges(workflow: Workflow, *, forward_only: bool = False) -> dict[str, set[str]]:
    """Return the stages that each stage leads to."""
    ways: dict[str, set[str]] = {key: set() for key in workflow.stages}
    for action in workflow.actions.values():
        if not forward_only or action.kind is ActionKind.ADVANCE:
            ways[action.source].add(action.to)
    return ways


def reach(ways: Mapping[str, set[str]], starts: Collection[str]) -> set[str]:
    """Return everything that the starts lead to, with the starts themselves."""
    reached, waiting = set(starts), list(starts)
    while waiting:
        beyond = ways.get(waiting.pop(), set()) - reached
        reached |= beyond
        waiting.extend(beyond)
    return reached


def backwards(ways: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return what leads to each, for what each leads to."""
    back: dict[str, set[str]] = {}
    for source, targets in ways.items():
        for target in targets:
            back.setdefault(target, set()).add(source)
    return back
