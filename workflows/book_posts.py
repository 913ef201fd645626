"""The posts of a book: each in its org, with the roles that its rights grant."""

from collections.abc import Iterator

from engine.core.rows import Post
from workflows import book_keys
from workflows.book_choice import all_of, chosen
from workflows.book_effort import MAKING
from workflows.book_records import Record
from workflows.book_source import Book
from workflows.book_spot import Held, as_text
from workflows.read_nodes import MappingNode


def read_posts(book: Book) -> tuple[Post, ...]:
    """Return every post, in the order of the book; codes are given once."""
    return tuple(
        post
        for node in book.section("posts", book_keys.POST)
        for record in chosen(book, node)
        for post in _posts(book, node, record)
    )


def _posts(book: Book, node: MappingNode, record: Record) -> Iterator[Post]:
    held = book.must(node, "code", record)
    code, name = (held.text() if held else None) or "", book.text(node, "name", record)
    roles = _roles(book, node, record)
    section = book.mapping(node, "spread").get(code)
    if section is None:
        org = book.must(node, "org", record)
        in_org = (org.text() if org else None) or ""
        if org:
            book.orgs.ask(in_org, org.spot)
        book.performers.setdefault(code, None)
        deputy = _deputy(book, node, record, code)
        yield Post(1, book.posts.give(held), in_org, name, roles, deputy=deputy)
        return
    _note_party(book, node, code)
    title = name.partition("（")[0]
    for each in all_of(book, as_text(section), book.spot(node, "spread")):
        book.scenario.effort.spend(MAKING)
        at = each.spot("id")
        book.orgs.ask(each.id, at)
        own = book.posts.give(Held(f"{code}@{each.id}", at))
        deputy = _deputy(book, node, record, code, each.id)
        yield Post(1, own, each.id, title, roles, deputy=deputy)


def _deputy(
    book: Book, node: MappingNode, record: Record, code: str, org: str | None = None
) -> str | None:
    """Return the post that stands in for another; of a spread one, the one in the same org."""
    held = book.held(node, "deputy", record)
    deputy = held.text() if held else None
    if held is None or deputy is None:
        return None
    if deputy == code:
        held.spot.complain(f"{code} cannot stand in for itself: name another post")
    if org is not None and deputy in book.mapping(node, "spread"):
        deputy = f"{deputy}@{org}"
    book.posts.ask(deputy, held.spot)
    return deputy


def _note_party(book: Book, node: MappingNode, code: str) -> None:
    """Note which party of a project decides whose post of that code is meant."""
    spot = book.spot(node, "party_of")
    party = book.mapping(node, "party_of").get(code)
    if party is None:
        spot.complain(f"is missing for {code}: say which party of a project holds that post")
    elif party not in book.workflow.parties:
        spot.unknown("party", as_text(party), book.workflow.parties)
    book.performers.setdefault(code, as_text(party))


def _roles(book: Book, node: MappingNode, record: Record) -> str:
    """Return the roles that the rights of a record's ``can`` are granted."""
    can = record.held("can")
    grants, spot = book.mapping(node, "grants"), book.spot(node, "grants")
    found: list[str] = []
    for right in can.texts() if can else ():
        if right not in grants:
            record.spot("can").unknown("right", right, grants)
        found += Held(grants.get(right), spot).texts()
    for role in found:
        if role not in book.workflow.roles:
            spot.unknown("role", role, book.workflow.roles)
    return " ".join(dict.fromkeys(found))
