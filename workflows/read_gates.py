"""The form of a condition: one guard, or several joined by all, any and not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.core.definition import Condition
from workflows.read_lists import ListOf
from workflows.read_nodes import MappingNode, Node
from workflows.read_problems import Path, Problem, unknown, wrong
from workflows.read_shapes import Defs, Json, Shape


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition: exactly one guard, or one of all, any (lists) and not (a single one)."""

    guards: Mapping[str, Shape]

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the condition."""
        if not isinstance(node, MappingNode):
            found.append(wrong(path, "a mapping with one guard", node))
            return self.blank()
        if len(node.entries) != 1:
            found.append(Problem(path, f"must hold exactly one of {', '.join(self._shapes())}"))
        conditions = []
        for name, entry in node.entries.items():
            shape = self._shapes().get(name)
            if shape is None:
                problem = unknown((*path, name), "guard", name, self._shapes())
                found.append(replace(problem, on_key=True))
            else:
                value = shape.read(entry.value, (*path, name), found)
                conditions.append(_condition(name, value))
        return conditions[0] if conditions else self.blank()

    def blank(self) -> object:
        """Return a condition of no guard."""
        return Condition("")

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return an object with exactly one key."""
        reference: dict[str, Json] = {"$ref": "#/$defs/gate"}
        if "gate" not in defs:
            defs["gate"] = True  # so that the conditions inside refer to it
            properties: dict[str, Json] = {
                name: shape.schema(defs) for name, shape in self._shapes().items()
            }
            defs["gate"] = {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "properties": properties,
                "additionalProperties": False,
            }
        return reference

    def _shapes(self) -> dict[str, Shape]:
        several = ListOf(self, least=1)
        return {"all": several, "any": several, "not": self, **self.guards}


def _condition(guard: str, value: object) -> Condition:
    if isinstance(value, Condition):
        return Condition(guard, (value,))
    if isinstance(value, tuple):
        return Condition(guard, tuple(one for one in value if isinstance(one, Condition)))
    return Condition(guard, args=dict(value) if isinstance(value, dict) else {})
