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
    """Return every place where two workflows differ, by place; may be empty."""
    before, after = dict(_leaves("", first)), dict(_leaves("", second))
    return [
        Difference(place, before.get(place), after.get(place))
        for place in sorted({*before, *after})
        if before.get(place) != after.get(place)
    ]


def _leaves(place: str, value: object) -> Iterator[tuple[str, str]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in IGNORED:
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
