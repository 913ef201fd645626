"""The projects of a book: the wave that opens each, the orgs it binds and its dates."""

from collections.abc import Mapping
from functools import partial

from engine.core.commands import Phrase
from engine.core.plan import PlannedProject
from workflows import book_keys
from workflows.book_choice import chosen
from workflows.book_codes import Codes
from workflows.book_records import Record
from workflows.book_source import Book
from workflows.book_spot import Held
from workflows.read_hints import clip, meant
from workflows.read_nodes import MappingNode

Batches = Mapping[str, tuple[str, MappingNode]]


def read_projects(book: Book) -> tuple[PlannedProject, ...]:
    """Return every project, in the order of the book."""
    batches = _batches(book)
    return tuple(
        _project(book, node, record, batches)
        for node in book.section("projects", book_keys.PROJECT)
        for record in chosen(book, node)
    )


def _batches(book: Book) -> Batches:
    """Return the code and the mapping of each wave by the batch that it takes."""
    codes = Codes("batch")
    found: dict[str, tuple[str, MappingNode]] = {}
    for node in book.section("waves", book_keys.WAVE):
        batch = codes.give(book.held(node, "batch"))
        if batch:
            found.setdefault(batch, (book.maybe(node, "code") or "", node))
    return found


def _project(book: Book, node: MappingNode, record: Record, batches: Batches) -> PlannedProject:
    wave, wave_node = _wave(book.must(node, "batch", record), record, batches)
    dates = _dates(book, wave_node, record) if wave_node else {}
    return PlannedProject(
        code=book.projects.give(book.must(node, "code", record)),
        name=book.text(node, "name", record),
        wave=wave,
        workflow=book.workflow.key,
        parent=book.maybe(node, "parent", record),
        parties=_parties(book, node, record),
        dates={**dates, **_dates(book, node, record)},
    )


def _wave(batch: Held | None, record: Record, batches: Batches) -> tuple[str, MappingNode | None]:
    text = batch.text() if batch else None
    if text is None:
        return "", None
    if text not in batches:
        message = f'no wave takes batch "{clip(text)}"'
        record.spot("batch").complain(message, partial(meant, text, batches))
    return batches.get(text, ("", None))


def _parties(book: Book, node: MappingNode, record: Record) -> dict[str, str]:
    """Return the orgs that a project binds, by the names that the workflow gives them."""
    found: dict[str, str] = {}
    inner = book.inner(node, "parties", "party", book.workflow.parties)
    if inner is None:
        return found
    for name in inner.entries:
        held = book.held(inner, name, record)
        code = held.text() if held else None
        if held is not None and code is not None:
            book.orgs.ask(code, held.spot)
            found[name] = code
    return found


def _dates(book: Book, node: MappingNode, record: Record) -> dict[str, Phrase]:
    """Return date phrases with their readings, by the names that the workflow gives them."""
    inner = book.inner(node, "dates", "date", book.workflow.dates)
    return {
        name: Phrase(
            book.text(phrase, "words", record), book.day(phrase, "on", record),
            book.maybe(phrase, "reading", record),
        )
        for name, entry in (inner.entries if inner else {}).items()
        for phrase in book.mappings(entry.value, name, book_keys.DATE)
    }  # fmt: skip
