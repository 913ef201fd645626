"""What a database says of itself: its identity and its kind of clock."""

from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.storage.database import Database
from engine.storage.store import table_of


def alone(database: Database, cursor: Any) -> None:
    """Let nobody else put a setting until the transaction ends; reading goes on.

    SQLite has one writer anyway.
    """
    if database.is_postgres:
        cursor.execute("LOCK TABLE house IN EXCLUSIVE MODE")


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

    def change() -> Any:
        here = table.c.key == bindparam("at_key")
        return update(table).where(here).values(value=bindparam("value"))

    def build() -> Any:
        return insert(table).values(key=bindparam("key"), value=bindparam("value"))

    changed = database.statements.prepared("change_house", change)
    if changed.run(cursor, {"at_key": key, "value": value}) == 0:
        new = database.statements.prepared("put_house", build)
        new.run(cursor, {"key": key, "value": value})
