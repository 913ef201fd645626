"""Who performs a step of a book: one post, or every judge with a score of its own."""

from collections.abc import Iterator, Mapping

from workflows.book_case import Case
from workflows.book_source import Book
from workflows.book_spot import Held, as_text
from workflows.read_nodes import Plain


def voices(
    case: Case, code: str, values: Mapping[str, Held]
) -> Iterator[tuple[str, dict[str, Held]]]:
    """Yield each post that performs a step for a project, and what it alone says."""
    scores, others = values.get("scores"), values.get("other_scores")
    if scores is None:
        yield performer(case.book, case.must("by")), {}
        return
    own = _mapping(others).get(code) if others else None
    told = scores if own is None or others is None else Held(own, others.spot)
    for post, value in _mapping(told).items():
        by = performer(case.book, Held(post, told.spot))
        yield by, {"value": Held(as_text(value), told.spot)}


def performer(book: Book, by: Held | None) -> str:
    """Return a post; of a post that every org of a party has, whose it is in each project."""
    code = (by.text() if by else None) or ""
    if by is None or not code or code in book.posts:
        return code
    party = book.performers.get(code)
    if party is None:
        by.spot.unknown("post", code, book.performers)
        return code
    return f"{code}@{{{party}}}"


def _mapping(held: Held) -> dict[str, Plain]:
    if not isinstance(held.value, dict):
        held.spot.complain("must be a mapping")
        return {}
    return held.value
