"""The heartbeats of scheduler processes, by the database's own clock."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.storage.database import Database
from engine.storage.store import table_of


def beat(database: Database, cursor: Any, name: str, *, swept: bool = False) -> datetime:
    """Note that a worker lives, or has completed a sweep; return the moment noted."""
    table = table_of("worker")
    now = database.clock(cursor)
    columns = ("beat_at", "swept_at") if swept else ("beat_at",)

    def change() -> Any:
        here = table.c.name == bindparam("of_name")
        return update(table).where(here).values({key: bindparam(key) for key in columns})

    given = {"of_name": name, **dict.fromkeys(columns, now)}
    if database.statements.prepared(("beat", swept), change).run(cursor, given) == 0:
        _add(database, cursor, name, now, now if swept else None)
    return now


def _add(
    database: Database, cursor: Any, name: str, now: datetime, swept_at: datetime | None
) -> None:
    def build() -> Any:
        names = ("name", "beat_at", "swept_at")
        return insert(table_of("worker")).values({key: bindparam(key) for key in names})

    given = {"name": name, "beat_at": now, "swept_at": swept_at}
    database.statements.prepared("add_worker", build).run(cursor, given)


def all_of(database: Database, cursor: Any) -> list[tuple[str, datetime, datetime | None]]:
    """Return (name, last beat, last completed sweep) of every worker ever seen, by name."""
    table = table_of("worker")

    def build() -> Any:
        return select(table.c.name, table.c.beat_at, table.c.swept_at).order_by(table.c.name)

    rows = database.statements.prepared("workers", build).rows(cursor, {})
    return [(str(name), beat_at, swept_at) for name, beat_at, swept_at in rows]
