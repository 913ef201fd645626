"""What a database says of itself: its identity and its kind of clock."""

from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from engine.storage.database import Database
from engine.storage.statements import Prepared
from engine.storage.store import table_of


def get(database: Database, cursor: Any, key: str) -> str | None:
    """Return a setting of the database, None when it was never put."""
    table = table_of("house")

    def build() -> Any:
        return select(table.c.value).where(table.c.key == bindparam("key"))

    rows = database.statements.prepared("house", build).rows(cursor, {"key": key})
    return str(rows[0][0]) if rows else None


def put(database: Database, cursor: Any, key: str, value: str) -> None:
    """Set a setting of the database, within the caller's transaction."""
    table = table_of("house")
    dialect = database.engine.dialect
    gone = delete(table).where(table.c.key == bindparam("at_key"))
    Prepared(gone, dialect).run(cursor, {"at_key": key})
    Prepared(insert(table).values(key=bindparam("key"), value=bindparam("value")), dialect).run(
        cursor, {"key": key, "value": value}
    )
