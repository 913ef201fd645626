"""Complaints and suggestions: taken in from anybody, read by administrators."""

from datetime import timedelta

from engine.services.house import House
from engine.storage import desk_rows, feedback
from engine.storage.feedback import Message

MOST_A_DAY = 200
"""Messages taken in within a day: whoever floods the form fills no disk."""


class Feedback:
    """The messages of one house; no entry of the trail holds them."""

    def __init__(self, house: House) -> None:
        self._house = house

    def take(self, text: str, contact: str, person: str | None) -> int | None:
        """Keep a message and return its number; None when too many came today; commits."""
        database = self._house.database
        with database.write() as cursor:
            # Numbers are given under the lock of the house, so that two never get the same one.
            self._house.alone(cursor)
            now = database.clock(cursor)
            if feedback.since(database, cursor, now - timedelta(days=1)) >= MOST_A_DAY:
                return None
            number = feedback.newest(database, cursor) + 1
            new = Message(number, text, contact or None, person, now)
            desk_rows.add(database, cursor, new)
        return number

    def all(self) -> list[Message]:
        """Return every message, the newest first."""
        with self._house.database.read() as cursor:
            return desk_rows.rows(self._house.database, cursor, Message, ("n",))[::-1]
