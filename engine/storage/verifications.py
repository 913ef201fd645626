"""How far the trail was checked, by scope: rows beside the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from engine.storage import desk_rows
from engine.storage.database import Database
from engine.storage.desk_rows import DeskRow


@dataclass(frozen=True, slots=True)
class Verification(DeskRow):
    """The last check within a scope; `finished_at` None while it goes on."""

    table: ClassVar[str] = "verification"
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


def put(database: Database, cursor: Any, row: Verification) -> None:
    """Write how far a check has come in place of what stood there, in the caller's transaction."""
    desk_rows.remove(database, cursor, Verification, scope=row.scope)
    desk_rows.add(database, cursor, row)
