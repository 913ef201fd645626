"""Tokens of programs: rows beside the trail, never part of it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.storage.database import Database
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class Token:
    """A program that speaks for a person in a post. `scopes` are joined by spaces."""

    id: str
    digest: bytes
    person: str
    post: str
    name: str
    scopes: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def has(self, scope: str) -> bool:
        """Return whether the token was given a scope."""
        return scope in self.scopes.split()


NAMES = tuple(field.name for field in fields(Token))


def add(database: Database, cursor: Any, row: Token) -> None:
    """Add a token, within the caller's transaction."""

    def build() -> Any:
        return insert(table_of("token")).values({name: bindparam(name) for name in NAMES})

    values = {name: getattr(row, name) for name in NAMES}
    database.statements.prepared("add_token", build).run(cursor, values)


def by_digest(database: Database, cursor: Any, digest: bytes) -> Token | None:
    """Return a token by the digest of what its program holds, None when there is none."""
    found = _rows(database, cursor, "digest", digest)
    return found[0] if found else None


def by_id(database: Database, cursor: Any, name: str) -> Token | None:
    """Return a token by its id, None when there is none."""
    found = _rows(database, cursor, "id", name)
    return found[0] if found else None


def of_person(database: Database, cursor: Any, person: str) -> list[Token]:
    """Return the tokens of a person, the oldest first."""
    return _rows(database, cursor, "person", person)


def everybodys(database: Database, cursor: Any) -> list[Token]:
    """Return every token, the oldest first."""
    return _found(database, cursor, "tokens", _all, {})


def change(database: Database, cursor: Any, name: str, column: str, at: datetime) -> None:
    """Note when a token was used (``used_at``) or revoked (``revoked_at``)."""
    table = table_of("token")

    def build() -> Any:
        here = table.c.id == bindparam("of_id")
        return update(table).where(here).values({column: bindparam("at")})

    prepared = database.statements.prepared(("change_token", column), build)
    prepared.run(cursor, {"of_id": name, "at": at})


def _all() -> Any:
    table = table_of("token")
    chosen = select(*[table.c[name] for name in NAMES])
    return chosen.order_by(table.c.created_at, table.c.id)


def _rows(database: Database, cursor: Any, column: str, value: str | bytes) -> list[Token]:
    def build() -> Any:
        return _all().where(table_of("token").c[column] == bindparam("value"))

    return _found(database, cursor, ("token_by", column), build, {"value": value})


def _found(
    database: Database, cursor: Any, name: object, build: Callable[[], Any], given: dict[str, Any]
) -> list[Token]:
    rows = database.statements.prepared(name, build).rows(cursor, given)
    return [Token(row[0], bytes(row[1]), *row[2:]) for row in rows]
