"""Which records of the scenario a mapping of the book is about."""

from workflows.book_effort import LOOKING
from workflows.book_records import Record, Section, matching
from workflows.book_source import Book
from workflows.book_spot import Spot
from workflows.read_nodes import MappingNode


def chosen(book: Book, node: MappingNode) -> tuple[Record, ...]:
    """Return the records that a mapping's ``section`` and ``when`` choose, in their order."""
    held = book.must(node, "section")
    name = held.text() if held else None
    if held is None or name is None:
        return ()
    section = section_of(book, name, held.spot)
    if section is None:
        return ()
    when = book.mapping(node, "when")
    for key in when:
        if key not in section.fields:
            book.spot(node, "when").unknown(f"field of {name}", key, section.fields)
    book.scenario.effort.spend(LOOKING * len(section.records))
    return _checked(book, tuple(matching(section, when)))


def section_of(book: Book, name: str, spot: Spot) -> Section | None:
    """Return a section of the scenario, or None after noting that there is none."""
    section = book.scenario.sections.get(name)
    if section is None:
        spot.unknown("section of the scenario", name, book.scenario.sections)
        return None
    for stray in section.strays:
        book.scenario.faults.add(stray, name, "must be a mapping, as every record is")
    return section


def all_of(book: Book, name: str, spot: Spot) -> tuple[Record, ...]:
    """Return every record of a section; empty after noting that there is no such section."""
    section = section_of(book, name, spot)
    return () if section is None else _checked(book, section.records)


def _checked(book: Book, found: tuple[Record, ...]) -> tuple[Record, ...]:
    book.scenario.effort.spend(LOOKING * len(found))
    for record in found:
        book.scenario.refs.check(record)
    return found
