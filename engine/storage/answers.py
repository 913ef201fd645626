"""Answers kept under the key of the request, so that a repeated request acts once."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from engine.storage.database import Database
from engine.storage.store import table_of

COLUMNS = ("actor", "key", "request", "answer", "at")


def find(database: Database, cursor: Any, actor: str, key: str) -> tuple[str, str] | None:
    """Return the hash of the request and the answer kept under a key, None when there is none."""
    table = table_of("idempotency")

    def build() -> Any:
        here = (table.c.actor == bindparam("actor")) & (table.c.key == bindparam("key"))
        return select(table.c.request, table.c.answer).where(here)

    given = {"actor": actor, "key": key}
    rows = database.statements.prepared("answer", build).rows(cursor, given)
    return (str(rows[0][0]), str(rows[0][1])) if rows else None


def keep(
    database: Database, cursor: Any, actor: str, key: str, request: str, answer: str, at: datetime
) -> None:
    """Keep an answer under a key, within the caller's transaction."""

    def build() -> Any:
        table = table_of("idempotency")
        return insert(table).values({name: bindparam(name) for name in COLUMNS})

    values = {"actor": actor, "key": key, "request": request, "answer": answer, "at": at}
    database.statements.prepared("keep_answer", build).run(cursor, values)
