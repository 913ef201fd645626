"""Tokens: programs that speak for a person in one post, within scopes, until a day.

A token never has more rights than its owner: it ends with the account, and what it may do is
what its post may do, as far as its scopes reach.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.core.errors import UnknownObjectError, UsageError
from engine.services.house import House
from engine.storage import desk_rows
from engine.storage.accounts import Account
from engine.storage.tokens import Token

PREFIX = "shidian_"
"""What a token begins with, so that one that was lost is known wherever it turns up."""

WALL = "wall"
"""What the token in the address of a screen is for."""

SCOPES = ("read", "act", "metrics", "calendar", WALL)
"""What a token may be for: look, change something, measure the service, feed a calendar, a wall."""

LONGEST_DAYS = 365
OLDEST = ("created_at", "id")
USED_EVERY = timedelta(minutes=1)
NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Given:
    """A new token: `secret` is what the program holds; it is told once and kept nowhere."""

    token: Token
    secret: str


class Tokens:
    """The tokens of one house; their times are the real ones, never simulated."""

    def __init__(self, house: House) -> None:
        self._house = house

    def add(
        self, person: str, post: str, name: str, scopes: Iterable[str], days: int = LONGEST_DAYS
    ) -> Given:
        """Make a token for a person in a post; commits.

        Whether the person is in the post is asked whenever the token is used.

        Raises:
            UnknownObjectError: the person has no account.
            UsageError: no name, no scope or one that there is not, or longer than a year.
        """
        kept = _scopes(scopes)
        if not 1 <= days <= LONGEST_DAYS:
            message = f"days {days}: a token lasts 1 to {LONGEST_DAYS} days"
            raise UsageError(message, "token_days", found=days, most=LONGEST_DAYS)
        if not 1 <= len(name) <= NAME_LENGTH or not name.isprintable():
            message = f"name {name!r}: 1 to {NAME_LENGTH} characters that can be read"
            raise UsageError(message, "token_name", found=name, most=NAME_LENGTH)
        database, secret = self._house.database, PREFIX + secrets.token_urlsafe(32)
        with database.write() as cursor:
            if not _is_open(desk_rows.row(database, cursor, Account, person=person)):
                raise UnknownObjectError("account", person)
            now = database.clock(cursor)
            new = Token(
                secrets.token_hex(6), _digest(secret), person, post, name, kept, now,
                now + timedelta(days=days),
            )  # fmt: skip
            desk_rows.add(database, cursor, new)
        return Given(new, secret)

    def find(self, secret: str) -> tuple[Token, Account] | None:
        """Return the token that a program holds with its owner's account, None when it has ended.

        That it was used is noted once a minute at most, so that reading writes nothing.
        """
        if not secret.startswith(PREFIX):
            return None
        database = self._house.database
        with database.read() as cursor:
            held = desk_rows.row(database, cursor, Token, digest=_digest(secret))
            account = desk_rows.row(database, cursor, Account, person=held.person) if held else None
            now = database.clock(cursor)
        if held is None or account is None or not _is_open(account) or not is_live(held, now):
            return None
        return self._used(held, now), account

    def _used(self, held: Token, now: datetime) -> Token:
        if held.used_at is not None and now - held.used_at <= USED_EVERY:
            return held
        with self._house.database.write() as cursor:
            desk_rows.change(self._house.database, cursor, Token, {"id": held.id}, used_at=now)
        return replace(held, used_at=now)

    def of(self, person: str) -> list[Token]:
        """Return the tokens of a person that have not ended, the oldest first."""
        database = self._house.database
        with database.read() as cursor:
            now = database.clock(cursor)
            held = desk_rows.rows(database, cursor, Token, OLDEST, person=person)
        return [token for token in held if is_live(token, now)]

    def all(self) -> list[Token]:
        """Return every token there ever was, the oldest first."""
        with self._house.database.read() as cursor:
            return desk_rows.rows(self._house.database, cursor, Token, OLDEST)

    def revoke(self, name: str, person: str | None = None) -> None:
        """End a token; commits. With `person`, only one of theirs.

        Raises:
            UnknownObjectError: there is no such token, or it is another's.
        """
        database = self._house.database
        with database.write() as cursor:
            held = desk_rows.row(database, cursor, Token, id=name)
            if held is None or (person is not None and held.person != person):
                raise UnknownObjectError("token", name)
            if held.revoked_at is None:
                now = database.clock(cursor)
                desk_rows.change(database, cursor, Token, {"id": name}, revoked_at=now)

    def now(self) -> datetime:
        """Return the moment by which tokens end."""
        with self._house.database.read() as cursor:
            moment: datetime = self._house.database.clock(cursor)
        return moment


def path_of(secret: str) -> str:
    """Return the address of a screen that holds a secret."""
    return f"/display/{secret}"


def is_live(token: Token, now: datetime) -> bool:
    """Return whether a token still opens anything."""
    return token.revoked_at is None and now < token.expires_at


def _scopes(given: Iterable[str]) -> str:
    wanted = list(dict.fromkeys(given))
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        named, known = ", ".join(unknown) or "-", ", ".join(SCOPES)
        message = f"scopes {named}: one or more of {known}"
        raise UsageError(message, "token_scopes", found=named, known=known)
    return " ".join(scope for scope in SCOPES if scope in wanted)


def _is_open(account: Account | None) -> bool:
    return account is not None and account.disabled_at is None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
