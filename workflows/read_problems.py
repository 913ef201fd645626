"""What is wrong with a file, by path, in the sentences that say what would be right."""

from collections.abc import Collection
from dataclasses import dataclass

from workflows.read_hints import clip
from workflows.read_nodes import MappingNode, Node, ScalarNode, SequenceNode

Path = tuple[str | int, ...]
"""The way from the root to a value: keys, and positions in lists from 0."""


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


def wrong(path: Path, wanted: str, node: Node) -> Problem:
    """Return the problem of a value of another form than the one wanted."""
    return Problem(path, f"must be {wanted}, not {described(node)}")


def too_few(path: Path, least: int) -> Problem:
    """Return the problem of a list or mapping with fewer entries than it must have."""
    return Problem(path, f"needs at least {least} {'entry' if least == 1 else 'entries'}")


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


def text_of(node: Node) -> str | None:
    """Return the text of a scalar that says something, else None."""
    return node.text if isinstance(node, ScalarNode) and not node.is_nothing else None
