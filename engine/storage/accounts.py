"""How persons sign in, and who is signed in: rows beside the trail, never part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from engine.storage.database import Database
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class Account:
    """How a person signs in, and how they like the desk. `secret` is an argon2id hash.

    `totp` is the secret of the second factor in Base32, `totp_step` its last step that was used.
    """

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
class Session:
    """A person signed in, in one post; `token` is the SHA-256 of what the browser holds.

    A `half` session has given its password and owes the code of its second factor.
    """

    token: bytes
    person: str
    post: str
    csrf: str
    half: bool
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Knock:
    """Wrong sign-ins under one name, address or both since a moment; none is heard till `until`."""

    place: str
    n: int
    since: datetime
    until: datetime | None


Kind = type[Account] | type[Session] | type[Knock]
KEYS: Mapping[Kind, str] = {Account: "person", Session: "token", Knock: "place"}


def _names(kind: Kind) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _table(kind: Kind) -> Any:
    return table_of(kind.__name__.lower())


def account(database: Database, cursor: Any, person: str) -> Account | None:
    """Return a person's account, None when there is none."""
    rows = _rows(database, cursor, Account, "person", person)
    return Account(*rows[0]) if rows else None


def accounts(database: Database, cursor: Any) -> list[Account]:
    """Return every account, by person."""
    table = _table(Account)

    def build() -> Any:
        return select(*[table.c[name] for name in _names(Account)]).order_by(table.c.person)

    rows = database.statements.prepared("accounts", build).rows(cursor, {})
    return [Account(*row) for row in rows]


def session(database: Database, cursor: Any, token: bytes) -> Session | None:
    """Return a session by the digest of its token, None when there is none."""
    rows = _rows(database, cursor, Session, "token", token)
    return Session(*rows[0]) if rows else None


def knock(database: Database, cursor: Any, place: str) -> Knock | None:
    """Return how often somebody knocked wrongly at a place, None for never."""
    rows = _rows(database, cursor, Knock, "place", place)
    return Knock(*rows[0]) if rows else None


def forget(database: Database, cursor: Any, place: str) -> None:
    """Forget the wrong sign-ins of a place."""
    table = _table(Knock)

    def build() -> Any:
        return delete(table).where(table.c.place == bindparam("value"))

    database.statements.prepared("forget", build).run(cursor, {"value": place})


def _rows(
    database: Database, cursor: Any, kind: Kind, column: str, value: object
) -> list[tuple[Any, ...]]:
    table = _table(kind)

    def build() -> Any:
        chosen = [table.c[name] for name in _names(kind)]
        return select(*chosen).where(table.c[column] == bindparam("value"))

    return database.statements.prepared((kind, column), build).rows(cursor, {"value": value})


def add(database: Database, cursor: Any, row: Account | Session | Knock) -> None:
    """Add a row, within the caller's transaction."""
    kind = type(row)

    def build() -> Any:
        return insert(_table(kind)).values({name: bindparam(name) for name in _names(kind)})

    values = {name: getattr(row, name) for name in _names(kind)}
    database.statements.prepared(("add", kind), build).run(cursor, values)


def change(database: Database, cursor: Any, kind: Kind, key: str | bytes, **values: object) -> None:
    """Change columns of an account (by person) or a session (by token)."""
    table = _table(kind)
    names = tuple(sorted(values))

    def build() -> Any:
        here = table.c[KEYS[kind]] == bindparam("at_key")
        return update(table).where(here).values({name: bindparam(name) for name in names})

    given = {"at_key": key, **values}
    database.statements.prepared(("change", kind, names), build).run(cursor, given)


def end(database: Database, cursor: Any, column: str, value: str | bytes) -> int:
    """End sessions by ``token`` or ``person``; return how many there were."""
    table = _table(Session)

    def build() -> Any:
        return delete(table).where(table.c[column] == bindparam("value"))

    return database.statements.prepared(("end", column), build).run(cursor, {"value": value})
