"""Links for one purpose: a paper handed in from a phone, without an account, once, until a day."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.core.errors import UnknownObjectError, UsageError
from engine.core.events import Actor
from engine.services.house import House
from engine.storage import desk_rows
from engine.storage.links import Link

LONGEST_DAYS = 30
"""A link that lies in a chat for longer is asked for anew."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a link is for: one slot of one task, handed in for a post of the register."""

    code: str
    task: int
    slot: str | None
    post: str


class Links:
    """Issues and reads links; only the digest of a link's token is kept."""

    def __init__(self, house: House) -> None:
        self._house = house

    def issue(self, purpose: Purpose, actor: Actor, days: int = 7) -> tuple[str, datetime]:
        """Return a new token and when it expires; commits.

        Raises:
            UsageError: it would hold for longer than links do.
        """
        if not 0 < days <= LONGEST_DAYS:
            message = f"days {days}: from 1 to {LONGEST_DAYS}"
            raise UsageError(message, "link_days", found=days, most=LONGEST_DAYS)
        token, database = secrets.token_urlsafe(24), self._house.database
        with database.write() as cursor:
            now = database.clock(cursor)
            until = now + timedelta(days=days)
            desk_rows.add(database, cursor, Link(
                _digest(token), purpose.code, purpose.task, purpose.slot, purpose.post,
                actor.person, now, until, None,
            ))  # fmt: skip
        return token, until

    def find(self, token: str) -> Link:
        """Return what a link is for.

        Raises:
            UnknownObjectError: there is none, it was used, or its time is over.
        """
        with self._house.database.read() as cursor:
            held = desk_rows.row(self._house.database, cursor, Link, token=_digest(token))
            now = self._house.database.clock(cursor)
        if held is None or held.ended_at is not None or held.expires_at <= now:
            raise UnknownObjectError("link", "-")
        return held

    def actor(self, link: Link) -> Actor:
        """Return who acts through a link: the post it was made for, by the one who made it."""
        with self._house.database.read() as cursor:
            post = self._house.directory(cursor).posts.get(link.post)
        if post is None:
            raise UnknownObjectError("post", link.post)
        # The person is the link itself: whoever held it is not known, and must not be guessed.
        return Actor(f"link:{link.token.hex()[:12]}", post.code, post.org, "link")

    def end(self, token: str) -> None:
        """End a link once it has served; commits."""
        database = self._house.database
        with database.write() as cursor:
            at = {"token": _digest(token)}
            desk_rows.change(database, cursor, Link, at, ended_at=database.clock(cursor))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


__all__ = ["Link", "Links", "Purpose"]
