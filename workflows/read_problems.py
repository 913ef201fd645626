"""What is wrong with a file, by path; and where that path stands."""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engine.core.errors import Fault
from workflows.read_nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from workflows.read_text import WHOLE_FILE

Path = tuple[str | int, ...]
"""The way from the root to a value: keys, and positions in lists from 0."""

# Near names are looked for with care: a hostile file has thousands of names, each unknown.
MAX_HINTS = 50
MAX_KNOWN = 1000
MAX_WORD = 64


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at a path. `word` was written where one of `known` was expected."""

    path: Path
    message: str
    word: str | None = None
    known: Collection[str] = ()
    on_key: bool = False


def unknown(path: Path, kind: str, word: str, known: Collection[str]) -> Problem:
    """Return the problem of a name that is not defined, or not in a list."""
    return Problem(path, f'unknown {kind} "{clip(word)}"', word, known)


def faults(problems: Iterable[Problem], root: Node, where: str) -> list[Fault]:
    """Return problems with their places and, for unknown names, the nearest known ones."""
    found = []
    hints = 0
    for problem in problems:
        message = problem.message
        if problem.word is not None and hints < MAX_HINTS:
            hints += 1
            message += near(problem.word, problem.known)
        line, column = place(root, problem.path, on_key=problem.on_key)
        found.append(Fault(where, line, column, dotted(problem.path), message))
    return found


def near(word: str, known: Collection[str]) -> str:
    """Return ``; did you mean "…"?``, or nothing when no known name is near."""
    if len(word) > MAX_WORD or len(known) > MAX_KNOWN:
        return ""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f'; did you mean "{found[0]}"?' if found else ""


def clip(text: str) -> str:
    """Return a text as one short line."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_WORD else line[:MAX_WORD] + "…"


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


def described(node: Node) -> str:
    """Return what is written at a node, for a sentence that asks for something else."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    if node.is_nothing:
        return "nothing"
    hint = '; "：" is a full-width colon, write ":" and a space' if "：" in node.text else ""
    return f'"{clip(node.text)}"{" in quotes" if node.quoted else ""}{hint}'


def wrong(path: Path, wanted: str, node: Node) -> Problem:
    """Return the problem of a value of another form than the one wanted."""
    return Problem(path, f"must be {wanted}, not {described(node)}")


def too_few(path: Path, least: int) -> Problem:
    """Return the problem of a list or mapping with fewer entries than it must have."""
    return Problem(path, f"needs at least {least} {'entry' if least == 1 else 'entries'}")


def text_of(node: Node) -> str | None:
    """Return the text of a scalar that says something, else None."""
    return node.text if isinstance(node, ScalarNode) and not node.is_nothing else None
