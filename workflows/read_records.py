"""Forms of mappings with fixed keys: records, records by kind or by a key, and gates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.core.definition import Condition
from workflows.read_lists import ListOf
from workflows.read_nodes import MappingNode, Node
from workflows.read_problems import Path, Problem, text_of, unknown, wrong
from workflows.read_shapes import Defs, Json, Shape


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record. `field` is what the made value calls it, where that differs."""

    shape: Shape
    meaning: str
    required: bool = False
    field: str | None = None


def must(shape: Shape, meaning: str, field: str | None = None) -> Key:
    """Return a key that every file writes."""
    return Key(shape, meaning, required=True, field=field)


def may(shape: Shape, meaning: str, field: str | None = None) -> Key:
    """Return a key that a file may leave out; the made value has a default for it."""
    return Key(shape, meaning, field=field)


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with fixed keys, made into a value.

    Args:
        name: its name among the parts of the schema.
        make: called with one keyword a key that is written, and ``key`` when `keyed`.
        keys: every key that may be written.
        keyed: whether the value knows the key it stands under.
    """

    name: str
    make: Callable[..., object]
    keys: Mapping[str, Key]
    keyed: bool = False

    def read(self, node: Node, path: Path, found: list[Problem]) -> object:
        """Return the made value."""
        if not isinstance(node, MappingNode):
            found.append(wrong(path, "a mapping", node))
            return self._made({}, path)
        values = {}
        for name, entry in node.entries.items():
            key = self.keys.get(name)
            if key is None:
                found.append(replace(unknown((*path, name), "key", name, self.keys), on_key=True))
            else:
                values[key.field or name] = key.shape.read(entry.value, (*path, name), found)
        missing = [n for n, key in self.keys.items() if key.required and n not in node.entries]
        found.extend(Problem((*path, name), "is missing") for name in missing)
        return self._made(values, path)

    def blank(self) -> object:
        """Return a value made of blanks."""
        return self._made({}, ())

    def schema(self, defs: Defs, /) -> dict[str, Json]:
        """Return a reference to the part of the schema that bears the record's name."""
        defs[self.name] = self.body(defs)
        return {"$ref": f"#/$defs/{self.name}"}

    def body(self, defs: Defs) -> dict[str, Json]:
        """Return an object that allows these keys and no others."""
        properties: dict[str, Json] = {
            name: key.shape.schema(defs) | {"description": key.meaning}
            for name, key in self.keys.items()
        }
        required: list[Json] = [name for name, key in self.keys.items() if key.required]
        form: dict[str, Json] = {"type": "object", "properties": properties}
        if required:
            form["required"] = required
        return form | {"additionalProperties": False}

    def _made(self, values: dict[str, object], path: Path) -> object:
        for name, key in self.keys.items():
            if key.required:
                values.setdefault(key.field or name, key.shape.blank())
        own = {"key": str(path[-1]) if path else ""} if self.keyed else {}
        return self.make(**own, **values)


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
