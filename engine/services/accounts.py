"""Signing in: passwords, second factor, sessions. What a person may do is the posts' matter."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.core.errors import UnknownObjectError, UsageError
from engine.core.totp import matching_step
from engine.services import offices, throttle
from engine.services.house import House
from engine.services.passwords import matches, secret_of
from engine.services.throttle import TRIES
from engine.storage import desk_rows
from engine.storage.accounts import Account, Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
"""A session ends half an hour after its last request, and twelve hours after its first."""

HALF = timedelta(minutes=5)
"""How long a password waits for the code of the second factor."""

TEXT_SIZES = ("standard", "large", "largest")


@dataclass(frozen=True, slots=True)
class Entrance:
    """The answer to a sign-in: the browser's token, or how many tries are left.

    `half` is the token of one who has still to give the code of the second factor.
    """

    token: str | None
    tries_left: int = TRIES
    locked_until: datetime | None = None
    half: str | None = None


class Accounts:
    """Accounts and sessions of one house; their times are the real ones, never simulated."""

    def __init__(self, house: House, pause: Callable[[float], None] = time.sleep) -> None:
        self._house, self._pause = house, pause

    def add(self, person: str, name: str, password: str | None, locale: str = "zh") -> None:
        """Make an account for a person, or give an existing one a new name and password; commits.

        An account that exists is enabled again, loses its second factor and every session.

        Raises:
            UsageError: the password is too short, common, or holds the person's own name.
        """
        secret = secret_of(person, password) if password is not None else None
        database = self._house.database
        with database.write() as cursor:
            held = desk_rows.row(database, cursor, Account, person=person)
            if held is None:
                now = database.clock(cursor)
                new = Account(person, name, secret, locale, "standard", True, None, 0, now, None)
                desk_rows.add(database, cursor, new)
                return
            values = {"name": name, "secret": secret, "totp": None, "disabled_at": None}
            desk_rows.change(database, cursor, Account, {"person": person}, **values)
            desk_rows.remove(database, cursor, Session, person=person)
            throttle.forget(database, cursor, throttle.limits(person, "-"))

    def set_password(self, person: str, password: str) -> None:
        """Give an account another password; every session of it ends; commits.

        Raises:
            UnknownObjectError: there is no such account.
            UsageError: the password is too short, common, or holds the person's own name.
        """
        self.add(person, self.get(person).name, password)

    def change_password(self, person: str, old: str, new: str, address: str = "-") -> bool:
        """Change one's own password; False when the old one is wrong; sessions end; commits.

        A second factor stays. A wrong old password counts like one at the door.

        Raises:
            UsageError: the new one is too short, common, or holds the person's own name.
        """
        database, found = self._house.database, throttle.limits(person, address)
        is_right, secret = matches(self.get(person).secret, old), secret_of(person, new)
        with database.write() as cursor:
            now = database.clock(cursor)
            if throttle.waits(database, cursor, found[:1], now):
                return False
            if not is_right:
                self._missed(cursor, found, now)
                return False
            desk_rows.change(database, cursor, Account, {"person": person}, secret=secret)
            desk_rows.remove(database, cursor, Session, person=person)
            return True

    def get(self, person: str) -> Account:
        """Return a person's account.

        Raises:
            UnknownObjectError: there is none.
        """
        with self._house.database.read() as cursor:
            held = desk_rows.row(self._house.database, cursor, Account, person=person)
        if held is None:
            raise UnknownObjectError("account", person)
        return held

    def enter(self, person: str, password: str, post: str, address: str = "-") -> Entrance:
        """Check a password and start a session in a post; commits, also the failure.

        Whether there is such a person shows neither in the answer nor in its time.
        """
        database, found = self._house.database, throttle.limits(person, address)
        with database.read() as cursor:
            held = desk_rows.row(database, cursor, Account, person=person)
            shut = throttle.waits(database, cursor, found, database.clock(cursor))
            is_last = bool(shut) and offices.is_last(self._house, cursor, person)
        if is_last:
            self._pause(throttle.SLOW_SECONDS)
        # The slow part is done outside the transaction: a write lock must not wait for it.
        is_right = matches(held.secret if held is not None else None, password)
        with database.write() as cursor:
            now = database.clock(cursor)
            shut = {} if is_last else throttle.waits(database, cursor, found, now)
            if shut:
                return Entrance(None, 0, max(shut.values()))
            held = desk_rows.row(database, cursor, Account, person=person)
            if not is_right or held is None or held.disabled_at is not None:
                return self._missed(cursor, found, now)
            if held.totp is not None:
                return Entrance(None, half=self._start(cursor, person, post, now, half=True))
            throttle.forget(database, cursor, found)
            return Entrance(self._start(cursor, person, post, now))

    def confirm(self, half: str, code: str, address: str = "-") -> Entrance:
        """Check the code of a second factor and make a half session whole; commits.

        The code counts once; a wrong one counts like a wrong password.
        """
        database = self._house.database
        with database.write() as cursor:
            now = database.clock(cursor)
            held = desk_rows.row(database, cursor, Session, token=_digest(half))
            account = desk_rows.row(database, cursor, Account, person=held.person) if held else None
            if held is None or account is None or not held.half or now - held.created_at > HALF:
                return Entrance(None, 0)
            found = throttle.limits(held.person, address)
            if throttle.waits(database, cursor, found[:1], now):
                desk_rows.remove(database, cursor, Session, token=held.token)
                return Entrance(None, 0)
            step = matching_step(account.totp or "", code, now, account.totp_step)
            if step is None or account.disabled_at is not None:
                return replace(self._missed(cursor, found, now), half=half)
            desk_rows.change(database, cursor, Account, {"person": held.person}, totp_step=step)
            desk_rows.remove(database, cursor, Session, token=held.token)
            throttle.forget(database, cursor, found)
            return Entrance(self._start(cursor, held.person, held.post, now))

    def _missed(self, cursor: Any, found: tuple[throttle.Limit, ...], now: datetime) -> Entrance:
        left = throttle.missed(self._house.database, cursor, found, now)
        return Entrance(None, left, now + throttle.WINDOW if left == 0 else None)

    def _start(
        self, cursor: Any, person: str, post: str, now: datetime, *, half: bool = False,
        begun: datetime | None = None,
    ) -> str:  # fmt: skip
        token = secrets.token_urlsafe(32)
        new = Session(
            _digest(token), person, post, secrets.token_urlsafe(24), half, begun or now, now
        )
        desk_rows.add(self._house.database, cursor, new)
        return token

    def session(self, token: str) -> tuple[Session, Account] | None:
        """Return who holds a token, None when it has ended or was never whole.

        That it was used is noted once a minute at most, so that reading writes nothing.
        """
        database = self._house.database
        with database.read() as cursor:
            held = desk_rows.row(database, cursor, Session, token=_digest(token))
            account = desk_rows.row(database, cursor, Account, person=held.person) if held else None
            now = database.clock(cursor)
        if held is None or account is None or account.disabled_at is not None or held.half:
            return None
        if now - held.seen_at > IDLE or now - held.created_at > LONGEST:
            self.leave(token)
            return None
        if now - held.seen_at > timedelta(minutes=1):
            with database.write() as cursor:
                desk_rows.change(database, cursor, Session, {"token": held.token}, seen_at=now)
            held = replace(held, seen_at=now)
        return held, account

    def leave(self, token: str) -> None:
        """End a session; commits."""
        with self._house.database.write() as cursor:
            desk_rows.remove(self._house.database, cursor, Session, token=_digest(token))

    def change_post(self, token: str, post: str) -> str:
        """Go on in another post under a new token; commits and returns the token.

        The new session is as old as the one before: changing posts does not make it last.

        Raises:
            UnknownObjectError: the session has ended.
        """
        database = self._house.database
        with database.write() as cursor:
            held = desk_rows.row(database, cursor, Session, token=_digest(token))
            if held is None or held.half:
                raise UnknownObjectError("session", "-")
            desk_rows.remove(database, cursor, Session, token=held.token)
            now = database.clock(cursor)
            return self._start(cursor, held.person, post, now, begun=held.created_at)

    def disable(self, person: str) -> bool:
        """Shut an account and end its sessions; False when it was shut before; commits.

        Raises:
            UnknownObjectError: there is no such account.
            RefusalError: the person is the last administrator of a kind.
        """
        self.get(person)
        with self._house.database.write() as cursor:
            offices.must_leave_another(self._house, cursor, person)
            return offices.shut(self._house, cursor, person)

    def propose_factor(self) -> str:
        """Return a new secret of a second factor in Base32; nothing is kept of it."""
        return base64.b32encode(secrets.token_bytes(20)).decode()

    def keep_factor(self, person: str, secret: str, code: str) -> bool:
        """Keep a second factor whose code is right; False when it is not; commits.

        Raises:
            UsageError: the secret is no Base32 text of 160 bits.
        """
        if len(secret) != 32 or not secret.isalnum():  # 160 bits in Base32
            raise UsageError("this is no secret of a second factor: begin again", "factor_secret")
        database = self._house.database
        with database.write() as cursor:
            step = matching_step(secret, code, database.clock(cursor), 0)
            if step is None:
                return False
            desk_rows.change(
                database, cursor, Account, {"person": person}, totp=secret, totp_step=step
            )
            return True

    def drop_factor(self, person: str, code: str) -> bool:
        """Give up a second factor, which takes one of its codes; commits."""
        database = self._house.database
        with database.write() as cursor:
            held = desk_rows.row(database, cursor, Account, person=person)
            now = database.clock(cursor)
            found = throttle.limits(person, "-")
            if held is None or held.totp is None or throttle.waits(database, cursor, found, now):
                return False
            if matching_step(held.totp, code, now, held.totp_step) is None:
                throttle.missed(database, cursor, found, now)
                return False
            desk_rows.change(database, cursor, Account, {"person": person}, totp=None)
            return True

    def prefer(self, person: str, **choices: str | bool) -> None:
        """Keep how a person likes the desk: `locale`, `text_size`, `keys`; commits.

        Raises:
            UsageError: there is no such choice.
        """
        size = choices.get("text_size", TEXT_SIZES[0])
        if size not in TEXT_SIZES:
            known = ", ".join(TEXT_SIZES)
            message = f"text_size {size!r}: one of {known}"
            raise UsageError(message, "text_size", found=size, known=known)
        with self._house.database.write() as cursor:
            desk_rows.change(self._house.database, cursor, Account, {"person": person}, **choices)

    def all(self) -> list[Account]:
        """Return every account, by person."""
        with self._house.database.read() as cursor:
            return desk_rows.rows(self._house.database, cursor, Account, ("person",))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
