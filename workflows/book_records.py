"""The records of a scenario file, and the ``{field}`` places of a book that they fill."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.errors import DefinitionError, Fault
from engine.core.phrases import read_phrase
from workflows.read_hints import near
from workflows.read_nodes import MappingNode, Node, Plain, SequenceNode, plain

PLACE = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)*)\}")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a scenario section with its place."""

    section: str
    values: Mapping[str, Plain]
    node: Node
    where: str

    @property
    def id(self) -> str:
        """The record's own id, or its place when it has none."""
        held = self.values.get("id")
        return str(held) if held is not None else f"{self.section}:{self.node.line}"


@dataclass(slots=True)
class Faults:
    """The faults of a book and its scenario, collected until they are judged as a whole."""

    where: str
    found: list[Fault] = field(default_factory=list)

    def add(self, node: Node, key: str, message: str) -> None:
        """Note one fault at a node."""
        self.found.append(Fault(self.where, node.line, node.column, key, message))

    def add_record(self, record: Record, key: str, message: str) -> None:
        """Note one fault at a record of the scenario."""
        node = record.node
        self.found.append(Fault(record.where, node.line, node.column, key, message))

    def settle(self) -> None:
        """Refuse the file when anything is wrong with it.

        Raises:
            DefinitionError: with every fault, each once.
        """
        if self.found:
            raise DefinitionError(list(dict.fromkeys(self.found)))


class Records:
    """A scenario's sections, and the fields that name a record of another section."""

    def __init__(self, root: MappingNode, refs: Mapping[str, str], where: str) -> None:
        self.head = {
            key: plain(entry.value)
            for key, entry in root.entries.items()
            if isinstance(entry.value, MappingNode)
        }
        self.sections = {
            key: _records(key, entry.value, where)
            for key, entry in root.entries.items()
            if isinstance(entry.value, SequenceNode)
        }
        self._refs = refs
        self._by_id = {
            (name, str(record.values["id"])): record
            for name, records in self.sections.items()
            for record in records
            if "id" in record.values
        }

    def lookup(self, record: Record | None, path: str) -> Plain:
        """Return the value a place stands for: a field, or one reached through named records.

        Raises:
            KeyError: there is no such field; the message names what there is.
        """
        steps = path.split(".")
        if record is None or (steps[0] in self.head and steps[0] not in record.values):
            return _walk(self.head, steps)
        for step in steps[:-1]:
            record = self._follow(record, step)
        if steps[-1] not in record.values:
            raise KeyError(f"{{{path}}} is not a field{near(steps[-1], list(record.values))}")
        return record.values[steps[-1]]

    def _follow(self, record: Record, step: str) -> Record:
        section = self._refs.get(step)
        found = self._by_id.get((section or "", str(record.values.get(step))))
        if found is None:
            raise KeyError(f"{{{step}}} names no record of another section")
        return found

    def fill(self, template: Plain, record: Record | None) -> Plain:
        """Return a book's value with its places filled; a value that is one place keeps its type.

        Raises:
            KeyError: a place names nothing.
        """
        if not isinstance(template, str):
            return template
        whole = PLACE.fullmatch(template)
        if whole:
            return self.lookup(record, whole.group(1))
        return PLACE.sub(lambda found: _text(self.lookup(record, found.group(1))), template)


def _walk(values: Mapping[str, Plain], steps: list[str]) -> Plain:
    held: Plain = dict(values)
    for step in steps:
        if not isinstance(held, dict) or step not in held:
            raise KeyError(f"{{{'.'.join(steps)}}} is not in the scenario")
        held = held[step]
    return held


def _text(value: Plain) -> str:
    return "" if value is None else str(value)


def _records(section: str, node: SequenceNode, where: str) -> list[Record]:
    found = []
    for item in node.items:
        values = plain(item)
        if isinstance(values, dict):
            found.append(Record(section, values, item, where))
    return found


def matching(records: list[Record], when: Mapping[str, Plain]) -> Iterator[Record]:
    """Yield the records whose fields have the wanted values; a list gives several choices."""
    for record in records:
        if all(_fits(record.values.get(key), wanted) for key, wanted in when.items()):
            yield record


def _fits(value: Plain, wanted: Plain) -> bool:
    if isinstance(wanted, list):
        return any(str(value) == str(one) for one in wanted)
    return str(value) == str(wanted)


def as_day(value: Plain) -> date | None:
    """Return the one day that a text names in any of its usual forms, or None."""
    reading = read_phrase(str(value), serials=True)
    return reading.first if reading.kind == "day" else None


def why_no_day(value: Plain) -> str:
    """Say why a text names no one day, and what would be right."""
    reading = read_phrase(str(value), serials=True)
    if reading.fault is not None:
        return f"{value!r} is not a day: {reading.message}"
    choices = ", ".join(f"{day.isoformat()} ({label})" for label, day in reading.readings)
    if choices:
        return f"{value!r} may mean {choices}; write the day that is meant"
    return f"{value!r} is not one day; write it as 2017-08-31"
