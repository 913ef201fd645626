"""Pages of a long list: real pages with addresses, never an endless scroll."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from web.asked import Asked

SIZE = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pages:
    """Where in a list one stands: numbers from 1, and the addresses of the pages beside."""

    first: int
    last: int
    total: int
    back: str | None
    next: str | None


def start_of(asked: Asked) -> int:
    """Return how many lines stand before the page asked for; 0 where the address says nonsense."""
    given = asked.query.get("from", "0")
    return int(given) if given.isdecimal() and len(given) < 9 else 0


def paged(asked: Asked, rows: Sequence[T]) -> tuple[Sequence[T], Pages]:
    """Return the lines of the page asked for, and the way to its neighbours."""
    start = start_of(asked)
    return rows[start : start + SIZE], pages(asked, len(rows))


def pages(asked: Asked, total: int) -> Pages:
    """Return where the page asked for stands in a list of so many lines."""
    start = start_of(asked)
    back = _address(asked, max(0, start - SIZE)) if start else None
    following = _address(asked, start + SIZE) if start + SIZE < total else None
    return Pages(min(start + 1, total), min(start + SIZE, total), total, back, following)


def _address(asked: Asked, start: int) -> str:
    kept = {name: value for name, value in asked.query.items() if name != "from" and value}
    return f"{asked.path}?{urlencode({**kept, 'from': start})}"
