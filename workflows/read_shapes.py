"""What a form of values is: it reads a node and says the same of itself as JSON Schema.

`read` never stops at a problem: it adds it to `found` and goes on with a blank value, so that
every problem of a file is found at once. Names read as ``""`` are such blanks.
"""

from typing import Protocol

from workflows.read_nodes import Node
from workflows.read_problems import Path, Problem

Json = str | int | bool | list["Json"] | dict[str, "Json"]
Defs = dict[str, Json]
"""The named parts of a schema, filled while the schema of a form is made."""


class Shape(Protocol):
    """The form of one value."""

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the value, or a blank one after adding to `found` what is wrong with it."""

    def blank(self) -> object:
        """Return the value that stands in for one that cannot be read."""

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return what JSON Schema says of this form; named parts go into `defs`."""
