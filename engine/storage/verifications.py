"""How far the trail was checked, by scope: rows beside the trail."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from engine.storage.database import Database
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class Verification:
    """The last check within a scope; `finished_at` None while it goes on."""

    scope: str
    started_at: datetime
    finished_at: datetime | None
    done: str
    entries: int
    streams: int
    notices: int
    total: int
    root: str
    checkpoint: str | None
    breaks: str


COLUMNS = tuple(field.name for field in fields(Verification))


def find(database: Database, cursor: Any, scope: str) -> Verification | None:
    """Return the last check within a scope, None when there was none."""
    table = table_of("verification")

    def build() -> Any:
        chosen = [table.c[name] for name in COLUMNS]
        return select(*chosen).where(table.c.scope == bindparam("scope"))

    statement = database.statements.prepared("verification", build)
    rows = statement.rows(cursor, {"scope": scope})
    return Verification(*rows[0]) if rows else None


def put(database: Database, cursor: Any, row: Verification) -> None:
    """Write how far a check has come in place of what stood there, in the caller's transaction."""
    table = table_of("verification")

    def clear() -> Any:
        return delete(table).where(table.c.scope == bindparam("scope"))

    def build() -> Any:
        return insert(table).values({name: bindparam(name) for name in COLUMNS})

    statements = database.statements
    statements.prepared("clear_verification", clear).run(cursor, {"scope": row.scope})
    values = {name: getattr(row, name) for name in COLUMNS}
    statements.prepared("put_verification", build).run(cursor, values)
