"""Where in a file a path stands, and what is wrong at paths noted as faults with their places."""

from collections.abc import Iterable
from functools import partial

from workflows.faults import WHOLE_FILE, Faults
from workflows.read_hints import clip, near
from workflows.read_nodes import Entry, MappingNode, Node, SequenceNode
from workflows.read_problems import Path, Problem


def note(problems: Iterable[Problem], root: Node, faults: Faults) -> None:
    """Note problems with their places and, for unknown names, the nearest known ones."""
    for problem in problems:
        line, column = place(root, problem.path, on_key=problem.on_key)
        hint = None if problem.word is None else partial(near, problem.word, problem.known)
        faults.at(line, column, dotted(problem.path), problem.message, hint)


def dotted(path: Path) -> str:
    """Return the keys of a path; the place itself says which item of a list is meant."""
    return ".".join(clip(step) for step in path if isinstance(step, str)) or WHOLE_FILE


def place(root: Node, path: Path, *, on_key: bool = False) -> tuple[int, int]:
    """Return line and column, from 1, of what a path names.

    A scalar or list is found where it begins, a mapping at its key. What is missing is found at
    the nearest thing around it that is there.
    """
    node: Node = root
    at: Entry | Node = root
    for step in path:
        found = _step(node, step)
        if found is None:
            return at.line, at.column
        node = found.value if isinstance(found, Entry) else found
        at = found if isinstance(node, MappingNode) else node
        if on_key and isinstance(found, Entry):
            at = found
    return at.line, at.column


def _step(node: Node, step: str | int) -> Entry | Node | None:
    if isinstance(node, MappingNode) and isinstance(step, str):
        return node.entries.get(step)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
