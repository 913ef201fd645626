"""The tree of a YAML file: three kinds of node, each with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

WHOLE_NUMBER = re.compile(r"-?[1-9][0-9]{0,17}|0")
"""What an unquoted scalar must look like to be a number: no plus sign, no leading zero."""


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value as its author wrote it; `quoted` covers block text too. Places count from 1."""

    line: int
    column: int
    text: str
    quoted: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is written: an empty unquoted value, or ``null``."""
        return not self.quoted and self.text in ("", "null")


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    line: int
    column: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping: where the key stands, and its value."""

    line: int
    column: int
    value: "Node"


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping in the order of the file; every key is text."""

    line: int
    column: int
    entries: Mapping[str, Entry]


Node = ScalarNode | SequenceNode | MappingNode
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return a tree as dicts, lists and scalars.

    An unquoted ``true`` or ``false`` is a bool, an unquoted whole number of at most 18 digits
    without leading zeros an int, an unquoted ``null`` or nothing at all None. Everything else
    stays text: ``yes``, ``on``, ``~``, ``1.5``, ``018``, ``12:30``, ``2017-08-31``.
    """
    if isinstance(node, MappingNode):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return resolved(node)


def resolved(node: ScalarNode) -> str | int | bool | None:
    """Return one scalar as `plain` gives it."""
    if node.is_nothing:
        return None
    if node.quoted:
        return node.text
    if node.text in ("true", "false"):
        return node.text == "true"
    return int(node.text) if WHOLE_NUMBER.fullmatch(node.text) else node.text
