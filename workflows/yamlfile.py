"""YAML as plain data with places: what every import of the product is read through.

YAML can say far more than a form needs, and much of it means something else than it seems to.
Refused here: keys given twice, anchors and aliases, tags, a second document, tabs as
indentation, the full-width colon after a key, too many bytes, too deep a nesting. Scalars keep
their text, so that ``no``, ``12:30`` or ``018`` stay what their author wrote.
"""

from pathlib import Path

from engine.core.errors import DefinitionError, Fault
from workflows.read_nodes import Entry, MappingNode, Node, Plain, ScalarNode, SequenceNode, plain
from workflows.read_parser import MAX_DEPTH, Parser
from workflows.read_text import MAX_BYTES, WHOLE_FILE, canonical, refuse

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Entry",
    "MappingNode",
    "Node",
    "Plain",
    "ScalarNode",
    "SequenceNode",
    "canonical",
    "content",
    "load",
    "load_file",
    "plain",
    "refuse",
]


def load_file(path: Path, *, max_bytes: int = MAX_BYTES) -> Node:
    """Return the tree of a file; faults name it by its path.

    Raises:
        DefinitionError: the file cannot be read, or `load` refuses it.
    """
    return load(content(path, max_bytes=max_bytes), str(path), max_bytes=max_bytes)


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
    parser = Parser(canonical(source, where, max_bytes=max_bytes), where, max_depth)
    node = parser.tree()
    refuse(parser.faults)
    if node is None:
        raise DefinitionError([Fault(where, 1, 1, WHOLE_FILE, "is empty")])
    return node
