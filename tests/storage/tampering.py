"""Going behind the product's back: raw SQL, with the guards of the trail in place or removed."""

from collections.abc import Sequence
from typing import Any

from engine.storage import guards
from engine.storage.database import Database


def run(database: Database, *statements: str) -> None:
    """Run statements in one transaction of their own; commits."""
    with database.write() as cursor:
        for statement in statements:
            cursor.execute(statement)


def query(database: Database, statement: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query, as the driver gives them."""
    with database.read() as cursor:
        cursor.execute(statement)
        return [tuple(row) for row in cursor.fetchall()]


def change(database: Database, statement: str, values: Sequence[Any]) -> None:
    """Run one statement with ``?`` for its values; commits."""
    with database.write() as cursor:
        cursor.execute(statement.replace("?", "%s" if database.is_postgres else "?"), list(values))


def unguard(database: Database) -> None:
    """Remove the triggers of the trail, as whoever owns the database can."""
    drops = guards.DROP_POSTGRES if database.is_postgres else guards.DROP_SQLITE
    run(database, *drops)


def dump(database: Database, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, sorted: equal dumps are equal databases."""
    found = {}
    for table in _tables(database):
        if table not in without:
            rows = query(database, f'SELECT * FROM "{table}"')  # a table's own name
            found[table] = sorted((tuple(_plain(v) for v in row) for row in rows), key=repr)
    return found


def _tables(database: Database) -> list[str]:
    names = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if database.is_postgres
        else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(str(row[0]) for row in query(database, names))


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
