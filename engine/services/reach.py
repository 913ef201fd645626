"""Which projects a post's list looks through: all of them, or the most urgent of very many."""

from collections.abc import Iterable
from typing import Any

from engine.core.directory import Directory
from engine.core.rows import Post
from engine.services.house import House
from engine.storage import boards

MOST_LOOKED = 3_000
"""Projects that a list looks through: whose turn each task is takes about a millisecond."""

TASKS_EACH = 8
"""Open tasks looked at for each of these projects; a project has a handful at a time."""


def reach(house: House, cursor: Any, directory: Directory, post: Post) -> tuple[str, ...] | None:
    """Return the streams that a post's list looks through, None where it is every project.

    Beyond `MOST_LOOKED` projects these are the ones in which the post's org or one below it
    takes part, the most urgent of them first, no more than `MOST_LOOKED`. A post with a part in
    none is told of the most urgent of all: its role may be one that belongs to no project.
    """
    if boards.count(house.database, cursor) <= MOST_LOOKED:
        return None
    urgent = boards.urgent(house.database, cursor, MOST_LOOKED * TASKS_EACH)
    own = _own(boards.bound(house.database, cursor), directory, post.org)
    chosen = [stream for stream in urgent if stream in own] if own else urgent
    return tuple(dict.fromkeys([*chosen, *own]))[:MOST_LOOKED]


def _own(bound: Iterable[tuple[str, str]], directory: Directory, org: str) -> dict[str, None]:
    """Return the streams in which an org or one below it takes part, in their order."""
    return {stream: None for stream, held in bound if org in directory.above(held)}
