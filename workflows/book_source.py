"""A book being read: its tree, the scenario's records, and the faults found so far."""

from dataclasses import dataclass
from datetime import date

from engine.core.definition import Workflow
from workflows.book_records import Faults, Record, Records, as_day, matching, why_no_day
from workflows.read_hints import near
from workflows.read_nodes import MappingNode, Plain, SequenceNode, plain


@dataclass(slots=True)
class Book:
    """A book being read, with its scenario."""

    root: MappingNode
    records: Records
    workflow: Workflow
    faults: Faults

    def section(self, key: str) -> list[MappingNode]:
        """Return the mappings of a list in the book; empty when it is not there."""
        entry = self.root.entries.get(key)
        if entry is None:
            return []
        nodes = entry.value.items if isinstance(entry.value, SequenceNode) else (entry.value,)
        wrong = [node for node in nodes if not isinstance(node, MappingNode)]
        for node in wrong:
            self.faults.add(node, key, "must be a mapping")
        return [node for node in nodes if isinstance(node, MappingNode)]

    def filled(self, node: MappingNode, key: str, record: Record | None) -> Plain:
        """Return a value of a node with its places filled; a fault when one names nothing."""
        entry = node.entries.get(key)
        if entry is None:
            return None
        try:
            return self.records.fill(plain(entry.value), record)
        except KeyError as error:
            self.faults.add(entry.value, key, str(error.args[0]))
            return None

    def text(self, node: MappingNode, key: str, record: Record | None = None) -> str:
        """Return a text that must be there."""
        value = self.filled(node, key, record)
        if value is None:
            self.faults.add(node, key, "is missing")
        return "" if value is None else str(value)

    def day(self, node: MappingNode, key: str, record: Record | None = None) -> date | None:
        """Return a day; a fault when it is something else."""
        value = self.filled(node, key, record)
        found = as_day(value)
        if value is not None and found is None:
            self.faults.add(node, key, why_no_day(value))
        return found

    def chosen(self, node: MappingNode) -> list[Record]:
        """Return the records that a node's ``section`` and ``when`` choose."""
        name = self.text(node, "section")
        held = self.records.sections.get(name)
        if held is None:
            hint = near(name, list(self.records.sections))
            self.faults.add(node, "section", f'the scenario has no section "{name}"{hint}')
            return []
        when = node.entries.get("when")
        wanted = plain(when.value) if when else {}
        return list(matching(held, wanted if isinstance(wanted, dict) else {}))
