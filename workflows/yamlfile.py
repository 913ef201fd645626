"""YAML as plain data with places: what every import of the product is read through.

YAML can say far more than a form needs, and much of it means something else than it seems to.
Refused here: keys given twice, anchors and aliases, tags, a second document, tabs as
indentation, the full-width colon after a key, too many bytes, too deep a nesting. Scalars keep
their text, so that ``no``, ``12:30`` or ``018`` stay what their author wrote.
"""

from pathlib import Path

from engine.core.errors import DefinitionError, Fault
from workflows.faults import WHOLE_FILE, Faults
from workflows.read_nodes import Entry, MappingNode, Node, Plain, ScalarNode, SequenceNode, plain
from workflows.read_parser import MAX_DEPTH, Parser
from workflows.read_text import MAX_BYTES, canonical, read_text

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "Entry", "MappingNode", "Node", "Plain", "ScalarNode",
    "SequenceNode", "canonical", "compose", "compose_file", "content", "load", "load_file",
    "plain",
]  # fmt: skip


def load_file(path: Path, *, max_bytes: int = MAX_BYTES) -> Node:
    """Return the tree of a file; faults name it by its path.

    Raises:
        DefinitionError: the file cannot be read, or `load` refuses it.
    """
    return load(content(path, max_bytes=max_bytes), str(path), max_bytes=max_bytes)


def compose_file(path: Path, faults: Faults, *, max_bytes: int = MAX_BYTES) -> Node | None:
    """Return the tree of a file as `compose` does; that it cannot be read is a fault too."""
    try:
        source = content(path, max_bytes=max_bytes)
    except DefinitionError as error:
        faults.take(error)  # it names the file by its whole path: nobody knows which one is meant
        return None
    return compose(source, faults, max_bytes=max_bytes)


def content(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return a file's bytes; of a file that is too large one more than allowed, and no more.

    Raises:
        DefinitionError: there is no such file, or it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise DefinitionError([Fault(str(path), 1, 1, WHOLE_FILE, message)]) from error


def load(
    source: str | bytes, where: str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> Node:
    """Return the tree of a YAML text.

    Args:
        source: the content of a file; bytes must be UTF-8.
        where: how faults name the file.
        max_bytes: the most that is accepted, in UTF-8.
        max_depth: how many mappings and lists may stand inside one another.

    Raises:
        DefinitionError: every fault of the form, each with its place. Where the text breaks off
            being YAML, or goes too deep, what follows is not looked at.
    """
    faults = Faults(where)
    node = compose(source, faults, max_bytes=max_bytes, max_depth=max_depth)
    faults.settle()
    assert node is not None, "a text without a tree has a fault"
    return node


def compose(
    source: str | bytes, faults: Faults, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> Node | None:
    """Return the tree of a YAML text, or None; every fault of the form is noted.

    A tree with faults may be looked at all the same, to find what else is wrong with it.
    """
    known = len(faults)
    text = read_text(source, faults, max_bytes)
    if text is None:
        return None
    node = Parser(text, faults, max_depth).tree()
    if node is None and len(faults) == known:
        faults.at(1, 1, WHOLE_FILE, "is empty")
    return node
