"""The form of a mapping with fixed keys, each with its own form and its meaning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from workflows.read_nodes import MappingNode, Node
from workflows.read_problems import Path, Problem, unknown, wrong
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
