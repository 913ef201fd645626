"""Every key of a workflow file, from the table that the reader reads by."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import partial

from docs.parts.markdown import code, codes, table
from workflows.read_lists import ListOf, Named, Phrase
from workflows.read_records import Cases, Forms, Gate, Key, Record
from workflows.read_shapes import KEY_PATTERN, Choice, Flag, Number, Shape, Word
from workflows.read_table import WORKFLOW
from workflows.read_task_table import COMMON, GATE, OWN, TASK_CASES

HEADS = ("Key", "Must stand", "Value", "When left out", "Meaning")


def tables() -> str:
    """Return one table for each part of a file, the whole file first."""
    parts = [_part("The file itself", WORKFLOW)]
    for record in _records():
        parts.append(_part(_title(record.name), record))
        if record.name == "stage":
            parts += _tasks()
    parts.append(_gate())
    return "\n\n".join(parts)


def names() -> set[str]:
    """Return every key that a file may have, those of guards included."""
    found = set(WORKFLOW.keys) | set(COMMON) | {"kind"}
    for own in OWN.values():
        found |= set(own)
    for record in _records():
        found |= set(record.keys)
    for guard in GATE.guards.values():
        forms = guard.forms.values() if isinstance(guard, Forms) else [guard]
        found |= {key for form in forms if isinstance(form, Record) for key in form.keys}
    return found | set(GATE.guards) | {"all", "any", "not"}


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _part(title: str, record: Record) -> str:
    return f"### {title}\n\n{_table(record.keys, record.make)}"


def _table(keys: dict[str, Key] | object, make: Callable[..., object]) -> str:
    assert isinstance(keys, dict)  # every record's keys are
    rows = [
        (
            code(name), "yes" if key.required else "", _form(key.shape),
            "" if key.required else _default(key.field or name, make), key.meaning,
        )
        for name, key in keys.items()
    ]  # fmt: skip
    return table(HEADS, rows)


def _tasks() -> list[str]:
    make = next(iter(TASK_CASES.values())).make
    parts = [f"### Task, whatever its kind\n\n{_table({'kind': _kind(), **COMMON}, make)}"]
    for kind, own in OWN.items():
        if own:
            parts.append(f"### Task of kind {kind}\n\n{_table(own, make)}")
    return parts


def _kind() -> Key:
    held = next(iter(TASK_CASES.values())).keys["kind"]
    return Key(Choice(_Kind), held.meaning, required=True)


_Kind = StrEnum("_Kind", {kind.name: kind.value for kind in OWN})


def _gate() -> str:
    rows = [
        (code("all"), "a list of gates", "Every one of them holds."),
        (code("any"), "a list of gates", "One of them holds."),
        (code("not"), "one gate", "It does not hold."),
    ]
    for name, guard in GATE.guards.items():
        forms = guard.forms.values() if isinstance(guard, Forms) else [guard]
        for form in forms:
            assert isinstance(form, Record)  # every guard is one, or a choice of some
            said = "; ".join(f"{code(key)}: {held.meaning}" for key, held in form.keys.items())
            rows.append((code(name), f"{{{', '.join(form.keys)}}}", said))
    return f"### Gate\n\n{table(('Guard', 'Value', 'Meaning'), rows)}"


def _records() -> Iterator[Record]:
    """Yield the records inside a file, each once, in the order in which they are met."""
    seen: set[str] = set()
    waiting: list[Record] = [WORKFLOW]
    while waiting:
        record = waiting.pop(0)
        for key in record.keys.values():
            inner = _inside(key.shape)
            for found in inner:
                if found.name not in seen:
                    seen.add(found.name)
                    waiting.append(found)
                    if not found.name.startswith("task_"):
                        yield found


def _inside(shape: Shape) -> list[Record]:
    if isinstance(shape, Record):
        return [shape]
    if isinstance(shape, Cases):
        return list(shape.cases.values())
    if isinstance(shape, Named | ListOf):
        return _inside(shape.item)
    return []


def _form(shape: Shape) -> str:
    """Return what stands after a key, in words."""
    if isinstance(shape, Record):
        return f"see {_title(shape.name)}"
    if isinstance(shape, Cases | Gate):
        return "see Task" if isinstance(shape, Cases) else "see Gate"
    if isinstance(shape, Choice):
        return " or ".join(code(value) for value in shape.allowed)
    if isinstance(shape, Number):
        return f"{shape.least} to {shape.most}"
    if isinstance(shape, Named):
        return f"by key: {_form(shape.item)}"
    if isinstance(shape, ListOf):
        return f"list of: {_form(shape.item)}"
    return _word(shape)


def _word(shape: Shape) -> str:
    if isinstance(shape, Phrase):
        return f"text in {codes(shape.always)}"
    if isinstance(shape, Flag):
        return "`true` or `false`"
    assert isinstance(shape, Word)  # the only form left
    return "key" if shape.pattern == KEY_PATTERN else shape.meaning


def _default(name: str, make: Callable[..., object]) -> str:
    """Return what a key means that is not written: the default of the value it becomes."""
    preset: dict[str, object] = {}
    while isinstance(make, partial):
        preset = {**make.keywords, **preset}
        make = make.func
    value = preset.get(name, _preset(make, name))
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, int | StrEnum) or (isinstance(value, str) and value):
        return code(str(value))
    return "none"


def _preset(make: Callable[..., object], name: str) -> object:
    if not is_dataclass(make):
        return None
    held = {field.name: field.default for field in fields(make)}.get(name)
    return None if held is MISSING else held
