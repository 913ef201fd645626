"""The records of a scenario: sections of mappings, each record with its id and its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.book_spot import Held, Spot, as_text
from workflows.faults import Faults
from workflows.read_nodes import MappingNode, Node, Plain, SequenceNode, plain


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a scenario section with its place."""

    section: str
    values: dict[str, Plain]
    node: MappingNode
    faults: Faults

    @property
    def id(self) -> str:
        """The record's own id, or its place when it has none."""
        held = self.values.get("id")
        return as_text(held) if held is not None else f"{self.section}:{self.node.line}"

    def spot(self, field: str) -> Spot:
        """Return where a field stands; a field that is not there, where the record begins."""
        entry = self.node.entries.get(field)
        return Spot(self.faults, entry.value if entry else self.node, field)

    def held(self, field: str) -> Held | None:
        """Return a field; None where the record has no such field."""
        return Held(self.values[field], self.spot(field)) if field in self.values else None


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one list of a scenario, and what stands there that is no record."""

    name: str
    records: tuple[Record, ...]
    strays: tuple[Node, ...]
    by_id: Mapping[str, Record]
    fields: frozenset[str]


def read_section(name: str, node: SequenceNode, faults: Faults) -> Section:
    """Return the records of a list; an id that is given twice is noted."""
    records = tuple(
        Record(name, {key: plain(entry.value) for key, entry in item.entries.items()}, item, faults)
        for item in node.items
        if isinstance(item, MappingNode)
    )
    strays = tuple(item for item in node.items if not isinstance(item, MappingNode))
    by_id: dict[str, Record] = {}
    for record in records:
        held = record.held("id")
        if held and held.text() is not None:
            first = by_id.setdefault(record.id, record)
            if first is not record:
                held.spot.repeats(record.id, first.spot("id"))
    return Section(name, records, strays, by_id, frozenset().union(*(r.values for r in records)))


def matching(section: Section, when: Mapping[str, Plain]) -> Iterator[Record]:
    """Yield the records whose fields have the wanted values; a list gives several choices."""
    wanted = {
        key: {as_text(one) for one in (value if isinstance(value, list) else [value])}
        for key, value in when.items()
    }
    for record in section.records:
        if all(as_text(record.values.get(key)) in texts for key, texts in wanted.items()):
            yield record
