"""Forms of values. Each form reads a node and says the same of itself as JSON Schema.

`read` never stops at a problem: it adds it to `found` and goes on with a blank value, so that
every problem of a file is found at once. Names read as ``""`` are such blanks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from workflows.read_nodes import Node, ScalarNode, resolved
from workflows.read_problems import Path, Problem, clip, text_of, wrong

Json = str | int | bool | list["Json"] | dict[str, "Json"]
Defs = dict[str, Json]
"""The named parts of a schema, filled while the schema of a form is made."""

KEY_PATTERN = "[a-z][a-z0-9_]*"


class Shape(Protocol):
    """The form of one value."""

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the value, or a blank one after adding to `found` what is wrong with it."""

    def blank(self) -> object:
        """Return the value that stands in for one that cannot be read."""

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return what JSON Schema says of this form; named parts go into `defs`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar whose text matches a pattern whole; quoted or not makes no difference.

    `also` names what a YAML reader may take the unquoted text for, where that is still good;
    `minimum` bounds it where it is taken for a number.
    """

    pattern: str
    meaning: str
    also: tuple[str, ...] = ()
    convert: Callable[[str], object] = str
    empty: object = ""
    minimum: int | None = None

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the text, converted."""
        text = text_of(node)
        if text is None or not re.fullmatch(self.pattern, text):
            found.append(wrong(path, self.meaning, node))
            return self.empty
        return self.convert(text)

    def blank(self) -> object:
        """Return what no file can write here."""
        return self.empty

    def schema(self, _defs: Defs, /) -> dict[str, Json]:
        """Return a string with a pattern, and the other types that are taken by their text."""
        types: list[Json] = ["string", *self.also]
        form: dict[str, Json] = {"type": types if self.also else "string"}
        form["pattern"] = f"^(?:{self.pattern})$"
        return form if self.minimum is None else form | {"minimum": self.minimum}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of an enumeration."""

    values: type[StrEnum]
    without: tuple[StrEnum, ...] = ()

    @property
    def allowed(self) -> tuple[StrEnum, ...]:
        """The values a file may write, in their order."""
        return tuple(value for value in self.values if value not in self.without)

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the member of the enumeration."""
        text = text_of(node)
        if text is None:
            found.append(wrong(path, self._listed(), node))
        elif text not in self.allowed:
            message = f'must be {self._listed()}, not "{clip(text)}"'
            found.append(Problem(path, message, text, tuple(map(str, self.allowed))))
        else:
            return self.values(text)
        return self.blank()

    def blank(self) -> object:
        """Return the first value."""
        return self.allowed[0]

    def schema(self, _defs: Defs, /) -> dict[str, Json]:
        """Return the list of values."""
        return {"enum": [str(value) for value in self.allowed]}

    def _listed(self) -> str:
        return "one of " + ", ".join(self.allowed) if len(self.allowed) > 1 else self.allowed[0]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, written without quotes."""

    least: int
    most: int

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the number."""
        number = resolved(node) if isinstance(node, ScalarNode) else None
        if isinstance(number, bool) or not isinstance(number, int):
            found.append(wrong(path, "a whole number without quotes", node))
        elif not self.least <= number <= self.most:
            found.append(wrong(path, f"from {self.least} to {self.most}", node))
        else:
            return number
        return self.least

    def blank(self) -> object:
        """Return the least number."""
        return self.least

    def schema(self, _defs: Defs, /) -> dict[str, Json]:
        """Return an integer with its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Flag:
    """``true`` or ``false``, written without quotes."""

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the truth value."""
        value = resolved(node) if isinstance(node, ScalarNode) else None
        if not isinstance(value, bool):
            found.append(wrong(path, "true or false without quotes", node))
        return value is True

    def blank(self) -> object:
        """Return False."""
        return False

    def schema(self, _defs: Defs, /) -> dict[str, Json]:
        """Return a boolean."""
        return {"type": "boolean"}
