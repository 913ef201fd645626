"""The programme of a book: what starts it, its waves, and the targets it is measured by."""

from engine.core.rows import Programme, Target, Wave
from workflows import book_keys
from workflows.book_choice import chosen
from workflows.book_codes import Codes
from workflows.book_records import Record
from workflows.book_source import Book
from workflows.read_nodes import MappingNode


def read_programme(book: Book) -> Programme:
    """Return what the notice starts."""
    root = book.root
    return Programme(
        1, book.text(root, "book"), book.text(root, "name"), book.text(root, "issuer"),
        book.day(root, "issued_on"),
    )  # fmt: skip


def read_waves(book: Book) -> tuple[Wave, ...]:
    """Return the waves, in the order of the book."""
    return tuple(
        Wave(
            n, book.waves.give(book.must(node, "code")), book.text(node, "name"),
            book.workflow.key, book.day(node, "opens_on"),
        )
        for n, node in enumerate(book.section("waves", book_keys.WAVE), start=1)
    )  # fmt: skip


def read_targets(book: Book) -> tuple[Target, ...]:
    """Return the targets, in the order of the book."""
    codes = Codes("target")
    found = [
        (node, record)
        for node in book.section("targets", book_keys.TARGET)
        for record in chosen(book, node)
    ]
    return tuple(_target(book, n, *each, codes) for n, each in enumerate(found, start=1))


def _target(book: Book, n: int, node: MappingNode, record: Record, codes: Codes) -> Target:
    count, soft = book.held(node, "count", record), book.held(node, "soft", record)
    return Target(
        n,
        code=codes.give(book.must(node, "code", record)),
        words=book.text(node, "words", record),
        by=book.day(node, "by", record),
        count=count.number() if count else None,
        soft=soft.flag() if soft else False,
        stage=book.named(node, "stage", record, book.workflow.stages),
        party=book.named(node, "party", record, book.workflow.parties),
        denominator=book.maybe(node, "denominator", record),
    )
