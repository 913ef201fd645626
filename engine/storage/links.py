"""Links for one purpose: rows beside the trail, by the digest of their token."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.storage.database import Database
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class Link:
    """A link by which one paper is handed in without an account; `token` is a SHA-256."""

    token: bytes
    code: str
    task: int
    slot: str | None
    post: str
    issued_by: str
    issued_at: datetime
    expires_at: datetime
    ended_at: datetime | None


COLUMNS = tuple(field.name for field in fields(Link))


def add(database: Database, cursor: Any, link: Link) -> None:
    """Add a link, within the caller's transaction."""

    def build() -> Any:
        return insert(table_of("link")).values({name: bindparam(name) for name in COLUMNS})

    values = {name: getattr(link, name) for name in COLUMNS}
    database.statements.prepared("add_link", build).run(cursor, values)


def find(database: Database, cursor: Any, token: bytes) -> Link | None:
    """Return a link by the digest of its token, None when there is none."""
    table = table_of("link")

    def build() -> Any:
        chosen = [table.c[name] for name in COLUMNS]
        return select(*chosen).where(table.c.token == bindparam("token"))

    rows = database.statements.prepared("link", build).rows(cursor, {"token": token})
    return Link(*rows[0]) if rows else None


def end(database: Database, cursor: Any, token: bytes, at: datetime) -> None:
    """Note that a link has served."""
    table = table_of("link")

    def build() -> Any:
        here = table.c.token == bindparam("at_token")
        return update(table).where(here).values(ended_at=bindparam("ended_at"))

    given = {"at_token": token, "ended_at": at}
    database.statements.prepared("end_link", build).run(cursor, given)
