"""Forms of mappings that differ by what one key says, or by which key is there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workflows.read_nodes import MappingNode, Node
from workflows.read_problems import Path, Problem, text_of, wrong
from workflows.read_records import Key, Record
from workflows.read_shapes import Defs, Json


@dataclass(frozen=True, slots=True)
class Cases:
    """A record whose other keys depend on what one key says."""

    name: str
    key: str
    cases: Mapping[str, Record]
    otherwise: Record

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the value of the case; without a known one, that of `otherwise`."""
        entry = node.entries.get(self.key) if isinstance(node, MappingNode) else None
        case = text_of(entry.value) if entry else None
        return self.cases.get(case or "", self.otherwise).read(node, path, found)

    def blank(self) -> object:
        """Return the blank of no case."""
        return self.otherwise.blank()

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return an object of one of the cases."""
        cases: list[Json] = [record.schema(defs) for record in self.cases.values()]
        kinds: Json = {"enum": list(self.cases)}
        defs[self.name] = {
            "type": "object",
            "required": [self.key],
            "properties": {self.key: kinds},
            "oneOf": cases,
        }
        return {"$ref": f"#/$defs/{self.name}"}


def any_of(cases: Mapping[str, Record], case_key: str, case: Key) -> Record:
    """Return a record that allows every key of the cases and needs only what all of them need.

    It reads what says no known case, so that its other problems are found in the same pass.
    """
    first = next(iter(cases.values()))
    common = set.intersection(*(set(record.keys) for record in cases.values()))
    every = {name: k for record in cases.values() for name, k in record.keys.items()}
    keys = {name: k if name in common else replace(k, required=False) for name, k in every.items()}
    return replace(first, name="", keys=keys | {case_key: case})


@dataclass(frozen=True, slots=True)
class Forms:
    """A record of the form whose own key is there; exactly one of these keys is."""

    forms: Mapping[str, Record]

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the value of the form that is written."""
        if not isinstance(node, MappingNode):
            found.append(wrong(path, "a mapping", node))
            return self.blank()
        present = [key for key in self.forms if key in node.entries]
        if len(present) != 1:
            found.append(Problem(path, f"needs exactly one of {' and '.join(self.forms)}"))
            return self.blank()
        return self.forms[present[0]].read(node, path, found)

    def blank(self) -> object:
        """Return the blank of the first form."""
        return next(iter(self.forms.values())).blank()

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return the choice of forms."""
        forms: list[Json] = [record.schema(defs) for record in self.forms.values()]
        return {"oneOf": forms}
