"""Pages of a list: an opaque cursor says after which item the next page begins.

It holds the place of an item in the order, not a count of items: what is added or taken away
meanwhile shifts nothing.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from engine.core.errors import UsageError

Item = TypeVar("Item")
Place = list[str | int]


@dataclass(frozen=True, slots=True)
class Cut:
    """A page of a list with the cursor of the next one, None at the end."""

    items: list[Any]
    next: str | None


def cut(items: Sequence[Item], place: Callable[[Item], Place], query: Any) -> Cut:
    """Return the page of a list that a query asks for by `limit` and `cursor`.

    Args:
        items: the whole list, in the order of `place`.
        place: where an item stands in that order.
        query: the operation's parameters; a cursor belongs to the filters it was made with.

    Raises:
        UsageError: the cursor is none of ours, or of another list.
    """
    mark = mark_of(query)
    after = _read(query.cursor, mark) if query.cursor is not None else None
    try:
        rest = [one for one in items if after is None or place(one) > after]
    except TypeError as error:
        raise _wrong() from error
    page = rest[: query.limit]
    more = len(rest) > len(page)
    return Cut(page, _written(mark, place(page[-1])) if more else None)


def mark_of(query: Any) -> str:
    """Return a mark of the filters of a query: a cursor made under others does not fit."""
    chosen = {
        key: str(value) for key, value in asdict(query).items() if key not in ("cursor", "limit")
    }
    said = json.dumps([type(query).__qualname__, chosen], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _written(mark: str, place: Place) -> str:
    said = json.dumps([mark, place], ensure_ascii=False)
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _read(cursor: str, mark: str) -> Place:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        said = json.loads(base64.b64decode(padded.encode(), altchars=b"-_", validate=True))
        held, place = said
    except (ValueError, TypeError, RecursionError) as error:
        raise _wrong() from error
    if held != mark or not isinstance(place, list):
        raise _wrong()
    return place


def _wrong() -> UsageError:
    message = "cursor: send the `next` of the page before, with the same filters"
    return UsageError(message, "cursor")
