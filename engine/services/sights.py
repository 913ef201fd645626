"""知会: the notices addressed to a post, and which of them its person has opened.

That somebody has read something is for themselves to see: nobody else can ask, and no entry of
the trail tells of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.services.house import House
from engine.storage import boards, desk_rows, sights
from engine.storage.database import Database
from engine.storage.sights import Sight


@dataclass(frozen=True, slots=True)
class Sighted:
    """A notice of a post, without its texts; `is_new` while its person has not opened it."""

    row: Mapping[str, Any]
    is_new: bool


class Sights:
    """What a person has opened of what their post was sent."""

    def __init__(self, house: House) -> None:
        self._house = house

    def of(self, person: str, post: str) -> list[Sighted]:
        """Return the notices sent to a post, the newest first; merged ones are told by others."""
        database = self._house.database
        with database.read() as cursor:
            seen = _seen(database, cursor, person)
            rows = boards.notice_heads(database, cursor, post=post, status="ready")
        return [Sighted(row, (row["stream"], row["n"]) not in seen) for row in reversed(rows)]

    def unread(self, person: str, post: str) -> int:
        """Return how many notices to a post its person has not opened."""
        with self._house.database.read() as cursor:
            return sights.unread(self._house.database, cursor, person, post)

    def see(self, person: str, post: str, one: tuple[str, int] | None = None) -> int:
        """Note that a person has opened a notice to their post, or all of them; commits.

        Returns:
            how many were new; 0 for a notice to another post.
        """
        new = {(each.row["stream"], each.row["n"]) for each in self.of(person, post) if each.is_new}
        wanted = sorted(new if one is None else new & {one})
        if wanted:
            database = self._house.database
            with database.write() as cursor:
                seen = _seen(database, cursor, person)  # in another window, perhaps
                now = self._house.now(cursor)
                for stream, n in (key for key in wanted if key not in seen):
                    desk_rows.add(database, cursor, Sight(person, stream, n, now))
        return len(wanted)


def _seen(database: Database, cursor: Any, person: str) -> set[tuple[str, int]]:
    held = desk_rows.rows(database, cursor, Sight, person=person)
    return {(one.stream, one.n) for one in held}
