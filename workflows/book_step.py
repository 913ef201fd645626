"""One step of a book with its places filled, for one project: what its keys say, checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.commands import Paper, Target
from engine.core.definition import Task
from workflows.book_source import Book
from workflows.book_spot import Held, as_text
from workflows.read_nodes import MappingNode


@dataclass(frozen=True, slots=True)
class Step:
    """One step, for one project."""

    book: Book
    node: MappingNode
    values: Mapping[str, Held]

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        held = self.values.get(key)
        if key not in self.node.entries and held is None:
            self.complain(key, "is missing")
        elif held is not None and held.value is None:
            held.spot.complain("is missing")
        return self.maybe(key) or ""

    def maybe(self, key: str) -> str | None:
        """Return a text that may be left out."""
        held = self.values.get(key)
        return held.text() if held else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text is a list of one."""
        held = self.values.get(key)
        return held.texts() if held else ()

    def number(self, key: str) -> int | None:
        """Return a whole number that may be left out."""
        held = self.values.get(key)
        return held.number() if held else None

    def day(self, key: str) -> date | None:
        """Return a day that may be left out."""
        held = self.values.get(key)
        return None if held is None or held.value is None else self.book.day_of(held)

    def mapping(self, key: str) -> dict[str, str]:
        """Return texts by name; what is null is left out."""
        held = self.values.get(key)
        value = held.value if held else None
        if value is not None and not isinstance(value, dict):
            self.complain(key, "must be a mapping")
        values = value if isinstance(value, dict) else {}
        return {name: as_text(one) for name, one in values.items() if one is not None}

    def named(self, key: str, kind: str, known: Collection[str]) -> str:
        """Return a name that must be there and be known."""
        name = self.text(key)
        self.check(key, kind, known)
        return name

    def check(self, key: str, kind: str, known: Collection[str]) -> None:
        """Note every name under a key that is not known."""
        held = self.values.get(key)
        if held is None:
            return
        for name in held.texts():
            if name not in known:
                held.spot.unknown(kind, name, known)

    def tasks(self) -> tuple[Task, ...]:
        """Return the tasks named by ``task``, one or a list."""
        known = self.book.workflow.tasks
        if not self.texts("task"):
            self.text("task")
        self.check("task", "task", known)
        return tuple(known[key] for key in self.texts("task") if key in known)

    def target(self, key: str | None = None) -> Target:
        """Return which task row is meant; a stage stands for its planned finish."""
        workflow = self.book.workflow
        named = key or self.named("task", "task", {**workflow.tasks, **workflow.stages})
        return Target(named, self.maybe("period"), self.maybe("ref"))

    def paper(self) -> Paper:
        """Return the document that the step cites."""
        return Paper(self.maybe("doc_no"), self.maybe("title"))

    def complain(self, key: str, message: str) -> None:
        """Note a fault at a key of the step, or where the step begins."""
        self.book.spot(self.node, key).complain(message)
