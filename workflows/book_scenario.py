"""A scenario: its records, its single facts, and the values that the places of a book stand for."""

import re
from collections.abc import Mapping
from functools import partial

from workflows.book_effort import Effort
from workflows.book_records import Record, Section, read_section
from workflows.book_references import References
from workflows.book_spot import Held, Spot, as_text
from workflows.faults import Faults
from workflows.read_hints import near
from workflows.read_nodes import MappingNode, Node, Plain, SequenceNode, plain

PLACE = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)*)\}")


class Scenario:
    """The sections of a scenario file, and the fields that name a record of another section."""

    def __init__(self, root: MappingNode, faults: Faults) -> None:
        self.faults = faults
        self.effort = Effort()
        self._root = root
        self.sections: Mapping[str, Section] = {
            key: read_section(key, entry.value, faults)
            for key, entry in root.entries.items()
            if isinstance(entry.value, SequenceNode)
        }
        self.refs = References({})

    def refer(self, refs: Mapping[str, Section]) -> None:
        """Take the names under which records speak of records of other sections."""
        self.refs = References(refs)
        for section in self.sections.values():
            for record in section.records:
                self.refs.settle(record)

    def find(self, path: str, record: Record | None, spot: Spot) -> Held | None:
        """Return what a place stands for: a field, or one reached through named records.

        None after noting that there is nothing: at `spot`, where the place is written, or in
        the scenario, where a record lacks what others of its section have.
        """
        *through, field = path.split(".")
        first = through[0] if through else field
        if record is None or (first not in record.values and self._is_fact(first)):
            return self._fact(path, spot)
        for name in through:
            held = self._field(record, name, spot) if self._is_reference(name, spot) else None
            record = self.refs.follow(name, held) if held else None
            if record is None:
                return None
        return self._field(record, field, spot)

    def fill(self, template: Plain, record: Record | None, spot: Spot) -> Held | None:
        """Return a book's value with its places filled; a value that is one place is the field.

        None after noting that there is nothing to fill it with.
        """
        self.effort.spend()
        if isinstance(template, dict):
            filled = {key: self.fill(one, record, spot) for key, one in template.items()}
            return Held({key: each.value for key, each in filled.items() if each}, spot)
        if isinstance(template, list):
            each = [self.fill(one, record, spot) for one in template]
            return Held([one.value for one in each if one], spot)
        if not isinstance(template, str):
            return Held(template, spot)
        if whole := PLACE.fullmatch(template):
            return self.find(whole[1], record, spot)
        return Held(PLACE.sub(lambda found: self._part(found[1], record, spot), template), spot)

    def _part(self, path: str, record: Record | None, spot: Spot) -> str:
        self.effort.spend()
        held = self.find(path, record, spot)
        return "" if held is None else as_text(held.value)

    def _is_fact(self, name: str) -> bool:
        entry = self._root.entries.get(name)
        return entry is not None and isinstance(entry.value, MappingNode)

    def _fact(self, path: str, spot: Spot) -> Held | None:
        node: Node = self._root
        for step in path.split("."):
            known = node.entries if isinstance(node, MappingNode) else {}
            if step not in known:
                message = f'the scenario has no fact "{path}"'
                spot.complain(message, partial(near, step, known))
                return None
            node = known[step].value
        return Held(plain(node), Spot(self.faults, node, path))

    def _is_reference(self, name: str, spot: Spot) -> bool:
        if name not in self.refs.names:
            spot.unknown("reference", name, self.refs.names)
        return name in self.refs.names

    def _field(self, record: Record, field: str, spot: Spot) -> Held | None:
        held = record.held(field)
        if held is None:
            self._lacks(record, field, spot)
        elif field in self.refs.names and held.value is not None:
            return held if self.refs.follow(field, held) else None
        return held

    def _lacks(self, record: Record, field: str, spot: Spot) -> None:
        fields = self.sections[record.section].fields
        if field in fields:
            record.spot(field).complain("is missing")
        else:
            spot.unknown(f"field of {record.section}", field, fields)
