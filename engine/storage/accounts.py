"""How persons sign in, and who is signed in: rows beside the trail, never part of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from engine.storage.desk_rows import DeskRow


@dataclass(frozen=True, slots=True)
class Account(DeskRow):
    """How a person signs in, and how they like the desk. `secret` is an argon2id hash.

    `totp` is the secret of the second factor in Base32, `totp_step` its last step that was used.
    """

    table: ClassVar[str] = "account"
    person: str
    name: str
    secret: str | None
    locale: str
    text_size: str
    keys: bool
    totp: str | None
    totp_step: int
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session(DeskRow):
    """A person signed in, in one post; `token` is the SHA-256 of what the browser holds.

    A `half` session has given its password and owes the code of its second factor.
    """

    table: ClassVar[str] = "session"
    token: bytes
    person: str
    post: str
    csrf: str
    half: bool
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Knock(DeskRow):
    """Wrong sign-ins under one name, address or both since a moment; none is heard till `until`."""

    table: ClassVar[str] = "knock"
    place: str
    n: int
    since: datetime
    until: datetime | None
