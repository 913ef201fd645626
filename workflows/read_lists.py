"""The form of a list of values of one form."""

from dataclasses import dataclass

from workflows.read_nodes import Node, SequenceNode
from workflows.read_problems import Path, Problem, too_few, wrong
from workflows.read_shapes import Defs, Json, Shape


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


def _repeated(items: list[object], path: Path) -> list[Problem]:
    seen: set[object] = set()
    found = []
    for position, item in enumerate(items):
        if item and item in seen:
            found.append(Problem((*path, position), f'"{item}" is listed twice'))
        seen.add(item)
    return found
