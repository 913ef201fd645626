"""What two versions of a workflow say differently, place by place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from engine.core.definition import Workflow

IGNORED = frozenset({"digest"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One place: what the first says and what the second says; None where it says nothing."""

    place: str
    before: str | None
    after: str | None


def differences(first: Workflow, second: Workflow) -> list[Difference]:
    """Return every place where two workflows differ, by place; may be empty.

    What only one of them has (a task, a stage, a role …) is one difference: its name.
    """
    before, after = dict(_leaves("", first)), dict(_leaves("", second))
    whole = {**_parts(first), **_parts(second)}
    alone = {place for place in whole if (place in _parts(first)) != (place in _parts(second))}
    found = [_alone(place, first, second) for place in alone]
    found += [
        Difference(place, before.get(place), after.get(place))
        for place in {*before, *after}
        if before.get(place) != after.get(place) and ".".join(place.split(".")[:2]) not in alone
    ]
    return sorted(found, key=lambda each: each.place)


def _parts(workflow: Workflow) -> dict[str, str]:
    """Return the named parts of a workflow: place, and name in Chinese or key."""
    found = {}
    for field in fields(workflow):
        if not field.compare:
            continue  # looked up from the others
        held = getattr(workflow, field.name)
        pairs = held.items() if isinstance(held, Mapping) else _keyed(held)
        for key, each in pairs:
            name = getattr(each, "name", each)
            shown = name.get("zh", key) if isinstance(name, Mapping) else str(key)
            found[f"{field.name}.{key}"] = str(shown)
    return found


def _keyed(held: object) -> Iterator[tuple[str, object]]:
    for each in held if isinstance(held, tuple) else ():
        if hasattr(each, "key"):
            yield each.key, each


def _alone(place: str, first: Workflow, second: Workflow) -> Difference:
    return Difference(place, _parts(first).get(place), _parts(second).get(place))


def _leaves(place: str, value: object) -> Iterator[tuple[str, str]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in IGNORED and field.compare:
                yield from _leaves(_under(place, field.name), getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(_under(place, str(key)), each)
    elif isinstance(value, tuple) and any(is_dataclass(each) for each in value):
        for number, each in enumerate(value):
            yield from _leaves(_under(place, str(getattr(each, "key", number))), each)
    elif value not in (None, (), False):
        yield place, _text(value)


def _under(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
