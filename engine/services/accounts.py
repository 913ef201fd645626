"""Signing in: passwords, lock-out, sessions. What a person may then do is the posts' matter."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from engine.core.errors import UnknownObjectError, UsageError
from engine.services.house import House
from engine.storage import accounts
from engine.storage.accounts import Account, Session

LEAST_LENGTH = 12
"""Characters a password has at least. Source: OWASP ASVS 5.0, 6.2.1 and its note."""

TRIES = 5
LOCK_MINUTES = 15
"""After five wrong passwords an account waits a quarter of an hour; it opens again by itself."""

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
"""A session ends half an hour after its last request, and twelve hours after its first."""

TEXT_SIZES = ("standard", "large", "largest")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""argon2id with 19 MiB and two passes. Source: OWASP ASVS 5.0, appendix C."""
_NOBODY = _HASHER.hash(secrets.token_hex(16))
"""Checked where there is no such person, so that the answer takes as long."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """The answer to a sign-in: the browser's token, or how many tries are left."""

    token: str | None
    tries_left: int = TRIES
    locked_until: datetime | None = None


class Accounts:
    """Accounts and sessions of one house; their times are the real ones, never simulated."""

    def __init__(self, house: House) -> None:
        self._house = house

    def add(self, person: str, name: str, password: str | None, locale: str = "zh") -> None:
        """Make an account for a person, or give an existing one a new name and password; commits.

        Raises:
            UsageError: the password is too short, or is the person's own name.
        """
        secret = _secret(person, password) if password is not None else None
        database = self._house.database
        with database.write() as cursor:
            held = accounts.account(database, cursor, person)
            if held is not None:
                values = {"name": name, "secret": secret, "failed": 0, "locked_until": None}
                accounts.change(database, cursor, Account, person, **values)
                accounts.end(database, cursor, "person", person)
                return
            now = database.clock(cursor)
            new = Account(person, name, secret, locale, "standard", True, 0, None, now, None)
            accounts.add(database, cursor, new)

    def enter(self, person: str, password: str, post: str) -> Entrance:
        """Check a password and start a session in a post; commits, also the failure."""
        database = self._house.database
        with database.read() as cursor:
            held = accounts.account(database, cursor, person)
        # The slow part is done outside the transaction: a write lock must not wait for it.
        is_right = _matches(held, password)
        with database.write() as cursor:
            held = accounts.account(database, cursor, person)
            now = database.clock(cursor)
            if held is None or held.disabled_at is not None:
                return Entrance(None)
            if held.locked_until is not None and now < held.locked_until:
                return Entrance(None, 0, held.locked_until)
            if not is_right:
                return self._missed(cursor, held, now)
            accounts.change(database, cursor, Account, person, failed=0, locked_until=None)
            return Entrance(self._start(cursor, person, post, now))

    def _missed(self, cursor: Any, held: Account, now: datetime) -> Entrance:
        failed = held.failed + 1
        until = now + timedelta(minutes=LOCK_MINUTES) if failed >= TRIES else None
        values = {"failed": 0 if until else failed, "locked_until": until}
        accounts.change(self._house.database, cursor, Account, held.person, **values)
        return Entrance(None, max(0, TRIES - failed), until)

    def _start(self, cursor: Any, person: str, post: str, now: datetime) -> str:
        token = secrets.token_urlsafe(32)
        new = Session(_digest(token), person, post, secrets.token_urlsafe(24), now, now)
        accounts.add(self._house.database, cursor, new)
        return token

    def session(self, token: str) -> tuple[Session, Account] | None:
        """Return who holds a token, None when it has ended.

        That it was used is noted once a minute at most, so that reading writes nothing.
        """
        database = self._house.database
        with database.read() as cursor:
            held = accounts.session(database, cursor, _digest(token))
            account = accounts.account(database, cursor, held.person) if held else None
            now = database.clock(cursor)
        if held is None or account is None or account.disabled_at is not None:
            return None
        if now - held.seen_at > IDLE or now - held.created_at > LONGEST:
            self.leave(token)
            return None
        if now - held.seen_at > timedelta(minutes=1):
            with database.write() as cursor:
                accounts.change(database, cursor, Session, held.token, seen_at=now)
            held = replace(held, seen_at=now)
        return held, account

    def leave(self, token: str) -> None:
        """End a session; commits."""
        with self._house.database.write() as cursor:
            accounts.end(self._house.database, cursor, "token", _digest(token))

    def change_post(self, token: str, post: str) -> str:
        """Go on in another post under a new token; commits and returns the token.

        Raises:
            UnknownObjectError: the session has ended.
        """
        database = self._house.database
        with database.write() as cursor:
            held = accounts.session(database, cursor, _digest(token))
            if held is None:
                raise UnknownObjectError("session", "-")
            accounts.end(database, cursor, "token", held.token)
            return self._start(cursor, held.person, post, database.clock(cursor))

    def prefer(self, person: str, **choices: str | bool) -> None:
        """Keep how a person likes the desk: `locale`, `text_size`, `keys`; commits.

        Raises:
            UsageError: there is no such choice.
        """
        size = choices.get("text_size", TEXT_SIZES[0])
        if size not in TEXT_SIZES:
            raise UsageError(f"text_size {size!r}: one of {', '.join(TEXT_SIZES)}")
        with self._house.database.write() as cursor:
            accounts.change(self._house.database, cursor, Account, person, **choices)

    def all(self) -> list[Account]:
        """Return every account, by person."""
        with self._house.database.read() as cursor:
            return accounts.accounts(self._house.database, cursor)


def _secret(person: str, password: str) -> str:
    if len(password) < LEAST_LENGTH:
        raise UsageError(f"a password has at least {LEAST_LENGTH} characters, not {len(password)}")
    if person.casefold() in password.casefold():
        raise UsageError("a password does not hold the name it is for")
    return _HASHER.hash(password)


def _matches(held: Account | None, password: str) -> bool:
    secret = held.secret if held is not None else None
    try:
        _HASHER.verify(secret or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return secret is not None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
