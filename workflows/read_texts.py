"""Forms of texts: one that matches a pattern, and one of a list."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from workflows.read_hints import clip
from workflows.read_nodes import Node
from workflows.read_problems import Path, Problem, text_of, wrong
from workflows.read_shapes import Defs, Json

KEY_PATTERN = "[a-z][a-z0-9_]*"


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
