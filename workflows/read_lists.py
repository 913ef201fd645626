"""Forms of lists, of texts by language, and of mappings whose keys their author chooses."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from workflows.read_nodes import MappingNode, Node, SequenceNode
from workflows.read_problems import Path, Problem, clip, too_few, unknown, wrong
from workflows.read_shapes import KEY_PATTERN, Defs, Json, Shape

LANGUAGE_PATTERN = "[a-z]{2,3}(-[A-Za-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; a value that cannot be read keeps its position, so that paths stay true."""

    item: Shape
    least: int = 0
    unique: bool = False

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the values as a tuple."""
        if not isinstance(node, SequenceNode):
            found.append(wrong(path, "a list", node))
            return ()
        if len(node.items) < self.least:
            found.append(too_few(path, self.least))
        items = [self.item.read(one, (*path, n), found) for n, one in enumerate(node.items)]
        if self.unique:
            found.extend(_repeated(items, path))
        return tuple(items)

    def blank(self) -> object:
        """Return no values."""
        return ()

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return an array."""
        form: dict[str, Json] = {"type": "array", "items": self.item.schema(defs)}
        form |= {"minItems": self.least} if self.least else {}
        return form | ({"uniqueItems": True} if self.unique else {})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text by language: `zh` and `en` always, others beside them."""

    words: Shape
    always: tuple[str, ...] = ("zh", "en")

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the texts by language tag."""
        if not isinstance(node, MappingNode):
            found.append(wrong(path, "a text by language {zh: …, en: …}", node))
            return self.blank()
        missing = [tag for tag in self.always if tag not in node.entries]
        found.extend(Problem((*path, tag), "is missing") for tag in missing)
        strange = [tag for tag in node.entries if not re.fullmatch(LANGUAGE_PATTERN, tag)]
        found.extend(unknown((*path, tag), "language", tag, self.always) for tag in strange)
        return {
            tag: self.words.read(entry.value, (*path, tag), found)
            for tag, entry in node.entries.items()
        }

    def blank(self) -> object:
        """Return empty texts."""
        return dict.fromkeys(self.always, "")

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return a reference to the one definition of a text."""
        words = self.words.schema(defs)
        defs["text"] = {
            "type": "object",
            "required": list(self.always),
            "properties": dict.fromkeys(self.always, words),
            "patternProperties": {f"^(?:{LANGUAGE_PATTERN})$": words},
            "additionalProperties": False,
        }
        return {"$ref": "#/$defs/text"}


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


def _repeated(items: list[object], path: Path) -> list[Problem]:
    seen: set[object] = set()
    found = []
    for position, item in enumerate(items):
        if item and item in seen:
            found.append(Problem((*path, position), f'"{item}" is listed twice'))
        seen.add(item)
    return found
