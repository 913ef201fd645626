"""The orgs of a book, each with its parent and its checked credit code."""

from collections.abc import Callable

from engine.core import identifiers
from engine.core.identifiers import Checked
from engine.core.rows import Org
from workflows import book_keys
from workflows.book_choice import chosen
from workflows.book_codes import Codes
from workflows.book_records import Record
from workflows.book_source import Book
from workflows.book_spot import Held
from workflows.read_hints import clip
from workflows.read_nodes import MappingNode


def read_orgs(book: Book) -> tuple[Org, ...]:
    """Return every org, in the order of the book; codes and credit codes are given once."""
    credit_codes = Codes("credit code")
    return tuple(
        _org(book, node, record, credit_codes)
        for node in book.section("orgs", book_keys.ORG)
        for record in chosen(book, node)
    )


def _org(book: Book, node: MappingNode, record: Record, credit_codes: Codes) -> Org:
    kind = book.text(node, "kind", record)
    parent = _parent(book, node, record, kind)
    real = book.held(node, "real", record)
    division = _checked(book.held(node, "division", record), identifiers.division, "division code")
    uscc = _checked(book.held(node, "uscc", record), identifiers.uscc, "credit code")
    return Org(
        1,
        code=book.orgs.give(book.must(node, "code", record)),
        name=book.text(node, "name", record),
        kind=kind,
        parent=parent.text() if parent else None,
        division=division.text() if division else None,
        uscc=credit_codes.give(uscc) if uscc else None,
        real=real.flag() if real else False,
        lead=_lead(book, node, record),
    )


def _parent(book: Book, node: MappingNode, record: Record, kind: str) -> Held | None:
    """Return the org above: its own ``parent``, or what ``parents`` says of its kind."""
    held = book.held(node, "parent", record)
    if held is None or held.value is None:
        held = Held(book.mapping(node, "parents").get(kind), book.spot(node, "parents"))
    book.orgs.ask(held.text() or "", held.spot)
    return held


def _lead(book: Book, node: MappingNode, record: Record) -> str | None:
    """Return the post that leads the org; that it is a post of the book is asked at the end."""
    held = book.held(node, "lead", record)
    lead = held.text() if held else None
    if held is not None and lead is not None:
        book.posts.ask(lead, held.spot)
    return lead


def _checked(held: Held | None, check: Callable[[str], Checked], kind: str) -> Held | None:
    """Return an identifier as it is stored; None where there is none, or a wrong one."""
    text = held.text() if held else None
    if held is None or text is None:
        return None
    checked = check(text)
    if checked.fault is not None:
        held.spot.complain(f'"{clip(text)}" is no {kind}: {checked.message}')
        return None
    return Held(checked.value, held.spot)
