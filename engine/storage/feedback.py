"""Complaints and suggestions: rows beside the trail, numbered as they come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import bindparam, func, select

from engine.storage.database import Database
from engine.storage.desk_rows import DeskRow
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class Message(DeskRow):
    """One message; `person` is None where it came without a name."""

    table: ClassVar[str] = "feedback"
    n: int
    kind: str
    text: str
    contact: str | None
    person: str | None
    at: datetime


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
