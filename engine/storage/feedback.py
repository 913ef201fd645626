"""Complaints and suggestions: rows beside the trail, numbered as they come."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from engine.storage.database import Database
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `person` is None where it came without a name."""

    n: int
    kind: str
    text: str
    contact: str | None
    person: str | None
    at: datetime


COLUMNS = tuple(field.name for field in fields(Message))


def add(database: Database, cursor: Any, message: Message) -> None:
    """Add a message, within the caller's transaction."""

    def build() -> Any:
        return insert(table_of("feedback")).values({name: bindparam(name) for name in COLUMNS})

    values = {name: getattr(message, name) for name in COLUMNS}
    database.statements.prepared("add_feedback", build).run(cursor, values)


def newest(database: Database, cursor: Any) -> int:
    """Return the highest number given, 0 before the first."""

    def build() -> Any:
        return select(func.coalesce(func.max(table_of("feedback").c.n), 0))

    return int(database.statements.prepared("newest_feedback", build).rows(cursor, {})[0][0])


def since(database: Database, cursor: Any, at: datetime) -> int:
    """Return how many messages came from a moment on."""
    table = table_of("feedback")

    def build() -> Any:
        return select(func.count(table.c.n)).where(table.c.at >= bindparam("since"))

    statement = database.statements.prepared("feedback_since", build)
    return int(statement.rows(cursor, {"since": at})[0][0])


def all_of(database: Database, cursor: Any) -> list[Message]:
    """Return every message, the newest first."""
    table = table_of("feedback")

    def build() -> Any:
        return select(*[table.c[name] for name in COLUMNS]).order_by(table.c.n.desc())

    return [
        Message(*row) for row in database.statements.prepared("feedback", build).rows(cursor, {})
    ]
