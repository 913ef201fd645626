"""The form of a mapping whose keys its author chooses."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from workflows.read_hints import clip
from workflows.read_nodes import MappingNode, Node
from workflows.read_problems import Path, Problem, too_few, wrong
from workflows.read_shapes import Defs, Json, Shape
from workflows.read_texts import KEY_PATTERN


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from keys of the author's choice to values of one form.

    Args:
        item: the form of each value.
        make: turns a key and its value into one; a value that knows its key needs none.
        as_tuple: gives the values alone, in the order of the file.
        least: how many there must be.
    """

    item: Shape
    make: Callable[..., object] | None = None
    as_tuple: bool = False
    least: int = 0

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the values by key, or as a tuple, in the order of the file."""
        if not isinstance(node, MappingNode):
            found.append(wrong(path, "a mapping", node))
            return self.blank()
        if len(node.entries) < self.least:
            found.append(too_few(path, self.least))
        values = {}
        for key, entry in node.entries.items():
            if not re.fullmatch(KEY_PATTERN, key):
                found.append(_bad_key((*path, key), key))
            value = self.item.read(entry.value, (*path, key), found)
            values[key] = self.make(key, value) if self.make else value
        return tuple(values.values()) if self.as_tuple else values

    def blank(self) -> object:
        """Return no values."""
        return () if self.as_tuple else {}

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return an object whose keys match the pattern of keys."""
        form: dict[str, Json] = {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{KEY_PATTERN})$"},
            "additionalProperties": self.item.schema(defs),
        }
        return form | ({"minProperties": self.least} if self.least else {})


def _bad_key(path: Path, key: str) -> Problem:
    message = f'"{clip(key)}" is no key; a key is a-z, then a-z, 0-9 and _'
    return Problem(path, message, on_key=True)
