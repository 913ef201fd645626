"""Complaints and suggestions: taken in from anybody, read by administrators."""

from datetime import timedelta

from engine.core.errors import UsageError
from engine.services import throttle
from engine.services.house import House
from engine.services.throttle import Limit, net
from engine.storage import desk_rows, feedback
from engine.storage.feedback import Message

MOST_A_DAY = 200
"""Messages taken in within a day: whoever floods the form fills no disk."""

MOST_A_LINE = 10
"""Messages taken in from one address before it waits; what is counted there names no message."""

KINDS = ("complaint", "suggestion")
"""What a message may be. Source: 国办函〔2026〕12号, which asks for an entry for both."""


class Feedback:
    """The messages of one house; no entry of the trail holds them."""

    def __init__(self, house: House) -> None:
        self._house = house

    def take(
        self, text: str, contact: str, person: str | None, kind: str = KINDS[-1],
        address: str | None = None,
    ) -> int | None:  # fmt: skip
        """Keep a message and return its number; None when too many came; commits.

        Args:
            text: what it says.
            contact: how to answer, perhaps nothing.
            person: who wrote it, None without a name.
            kind: one of `KINDS`.
            address: where it came from, None for a message entered here; counted for a quarter
                of an hour, never kept with it.

        Raises:
            UsageError: it is of no known kind.
        """
        if kind not in KINDS:
            known = ", ".join(KINDS)
            message = f"no kind of message {kind!r}; there are {known}"
            raise UsageError(message, "feedback_kind", found=kind, known=known)
        database, line = self._house.database, _line(address)
        with database.write() as cursor:
            # Numbers are given under the lock of the house, so that two never get the same one.
            self._house.alone(cursor)
            now = database.clock(cursor)
            if feedback.since(database, cursor, now - timedelta(days=1)) >= MOST_A_DAY:
                return None
            if throttle.waits(database, cursor, line, now):
                return None
            if line:
                throttle.missed(database, cursor, line, now)
            number = feedback.newest(database, cursor) + 1
            new = Message(number, kind, text, contact or None, person, now)
            desk_rows.add(database, cursor, new)
        return number

    def all(self) -> list[Message]:
        """Return every message, the newest first."""
        with self._house.database.read() as cursor:
            return desk_rows.rows(self._house.database, cursor, Message, ("n",))[::-1]


def _line(address: str | None) -> tuple[Limit, ...]:
    return (Limit(f"says:{net(address)}", MOST_A_LINE),) if address is not None else ()
