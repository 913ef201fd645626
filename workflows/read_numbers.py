"""Forms of what is written without quotes: whole numbers and truth values."""

from dataclasses import dataclass

from workflows.read_nodes import Node, ScalarNode, resolved
from workflows.read_problems import Path, Problem, wrong
from workflows.read_shapes import Defs, Json


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
