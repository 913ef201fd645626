"""A step of a book applied to one record: where it looks for what it does not say itself."""

from dataclasses import dataclass

from workflows.book_records import Record
from workflows.book_source import Book
from workflows.book_spot import Held, Spot, as_text
from workflows.read_nodes import MappingNode, plain


@dataclass(frozen=True, slots=True)
class Case:
    """A step of a group, for one record; a sample has none. `order` is that within the day."""

    book: Book
    step: MappingNode
    group: MappingNode
    record: Record | None
    order: int

    @property
    def source(self) -> str:
        """What the plays of this step are known by."""
        return self.record.id if self.record else f"sample:{self.step.line}"

    def says(self, key: str) -> MappingNode:
        """Return who says a key: the step, else its group."""
        return self.step if key in self.step.entries else self.group

    def must(self, key: str) -> Held | None:
        """Return what the step or its group must say."""
        return self.book.must(self.says(key), key, self.record)

    def spot_of(self, field: str) -> Spot | None:
        """Return where a field of the record stands, where other records of its kind have it."""
        if self.record is None:
            return None
        fields = self.book.scenario.sections[self.record.section].fields
        return self.record.spot(field) if field in fields else None

    def values(self) -> dict[str, Held]:
        """Return all that the step itself says, with its places filled."""
        filled = {key: self.book.held(self.step, key, self.record) for key in self.step.entries}
        return {key: held for key, held in filled.items() if held is not None}

    def applies(self) -> bool:
        """Whether the record has what ``set`` asks for; a step that asks for nothing applies."""
        entry = self.step.entries.get("set")
        if entry is None or self.record is None:
            return True
        field = as_text(plain(entry.value))
        fields = self.book.scenario.sections[self.record.section].fields
        if field not in fields:
            kind = f"field of {self.record.section}"
            self.book.spot(self.step, "set").unknown(kind, field, fields)
        return self.record.values.get(field) is not None
