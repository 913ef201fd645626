"""A book being read: its tree, its scenario, and the codes that it gives."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from engine.core.definition import Workflow
from workflows.book_codes import Codes
from workflows.book_days import as_day
from workflows.book_records import Record
from workflows.book_scenario import Scenario
from workflows.book_spot import Held, Spot
from workflows.faults import Faults
from workflows.read_entries import check_keys
from workflows.read_nodes import MappingNode, Node, Plain, SequenceNode, plain
from workflows.read_problems import described


@dataclass(slots=True)
class Book:
    """A book being read, with its scenario. What is wrong is noted, and a blank value goes on."""

    root: MappingNode
    scenario: Scenario
    workflow: Workflow
    faults: Faults
    orgs: Codes = field(default_factory=lambda: Codes("org"))
    posts: Codes = field(default_factory=lambda: Codes("post"))
    waves: Codes = field(default_factory=lambda: Codes("wave"))
    projects: Codes = field(default_factory=lambda: Codes("project"))
    performers: dict[str, str | None] = field(default_factory=dict)
    """The posts that steps name; of one that every org of a party has, the name of that party."""

    def section(self, key: str, known: Collection[str]) -> list[MappingNode]:
        """Return the mappings of a list in the book, each with known keys only; may be empty."""
        entry = self.root.entries.get(key)
        return [] if entry is None else self.mappings(entry.value, key, known)

    def mappings(self, node: Node, key: str, known: Collection[str]) -> list[MappingNode]:
        """Return the mappings of a list, each with known keys only; one alone is a list."""
        nodes = node.items if isinstance(node, SequenceNode) else (node,)
        for each in nodes:
            if isinstance(each, MappingNode):
                check_keys(each, self.faults, known)
            else:
                self.faults.add(each, key, f"must be a mapping, not {described(each)}")
        return [each for each in nodes if isinstance(each, MappingNode)]

    def spot(self, node: MappingNode, key: str) -> Spot:
        """Return where a key of the book stands; one that is not there, where it would."""
        entry = node.entries.get(key)
        return Spot(self.faults, entry.value if entry else node, key)

    def held(self, node: MappingNode, key: str, record: Record | None = None) -> Held | None:
        """Return a value with its places filled; None where it is not there, or at fault."""
        entry = node.entries.get(key)
        if entry is None:
            return None
        return self.scenario.fill(plain(entry.value), record, self.spot(node, key))

    def must(self, node: MappingNode, key: str, record: Record | None = None) -> Held | None:
        """Return a value that must be there."""
        held = self.held(node, key, record)
        if key not in node.entries or (held is not None and held.value is None):
            (held.spot if held else self.spot(node, key)).complain("is missing")
        return held

    def text(self, node: MappingNode, key: str, record: Record | None = None) -> str:
        """Return a text that must be there."""
        held = self.must(node, key, record)
        return (held.text() if held else None) or ""

    def maybe(self, node: MappingNode, key: str, record: Record | None = None) -> str | None:
        """Return a text that may be left out."""
        held = self.held(node, key, record)
        return held.text() if held else None

    def day(self, node: MappingNode, key: str, record: Record | None = None) -> date | None:
        """Return a day that may be left out."""
        held = self.held(node, key, record)
        return None if held is None or held.value is None else self.day_of(held)

    def day_of(self, held: Held) -> date | None:
        """Return the day of a value. A scenario comes from spreadsheets: there, serials count."""
        found = as_day(held.value, serials=held.spot.faults is self.scenario.faults)
        if isinstance(found, str):
            held.spot.complain(found)
            return None
        return found

    def named(
        self, node: MappingNode, key: str, record: Record | None, known: Collection[str]
    ) -> str | None:
        """Return a text that may be left out and must else be a known name."""
        held = self.held(node, key, record)
        name = held.text() if held else None
        if held is not None and name is not None and name not in known:
            held.spot.unknown(key, name, known)
        return name

    def inner(
        self, node: MappingNode, key: str, kind: str, known: Collection[str]
    ) -> MappingNode | None:
        """Return the mapping under a key; what is not under a known name is noted."""
        entry = node.entries.get(key)
        if entry is None:
            return None
        if not isinstance(entry.value, MappingNode):
            self.faults.add(entry.value, key, f"must be a mapping, not {described(entry.value)}")
            return None
        for name, held in entry.value.entries.items():
            if name not in known:
                self.faults.unknown(held, key, kind, name, known)
        return entry.value

    def mapping(self, node: MappingNode, key: str) -> dict[str, Plain]:
        """Return a mapping of the book as it stands; empty when it is not there."""
        entry = node.entries.get(key)
        if entry is None:
            return {}
        if not isinstance(entry.value, MappingNode):
            self.faults.add(entry.value, key, f"must be a mapping, not {described(entry.value)}")
            return {}
        return {name: plain(held.value) for name, held in entry.value.entries.items()}
