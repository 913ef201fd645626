"""Which notices a person has opened: rows beside the trail, read by that person only."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from engine.storage.database import Database
from engine.storage.store import table_of

Key = tuple[str, int]
"""A notice: its stream and its number there."""


def of_person(database: Database, cursor: Any, person: str) -> set[Key]:
    """Return the notices that a person has opened."""
    table = table_of("sight")

    def build() -> Any:
        return select(table.c.stream, table.c.n).where(table.c.person == bindparam("person"))

    rows = database.statements.prepared("sights", build).rows(cursor, {"person": person})
    return {(str(stream), int(n)) for stream, n in rows}


def unread(database: Database, cursor: Any, person: str, post: str) -> int:
    """Return how many notices to a post a person has not opened; merged ones do not count."""
    notice, sight = table_of("notice"), table_of("sight")

    def build() -> Any:
        opened = select(sight.c.n).where(
            sight.c.person == bindparam("person"),
            sight.c.stream == notice.c.stream, sight.c.n == notice.c.n,
        )  # fmt: skip
        query = select(func.count(notice.c.n)).where(notice.c.post == bindparam("post"))
        return query.where(notice.c.status == "ready").where(~opened.exists())

    statement = database.statements.prepared("unread", build)
    return int(statement.rows(cursor, {"person": person, "post": post})[0][0])


def add(database: Database, cursor: Any, person: str, keys: Iterable[Key], at: datetime) -> None:
    """Note that a person has opened notices, within the caller's transaction."""
    table = table_of("sight")
    names = ("person", "stream", "n", "at")

    def build() -> Any:
        return insert(table).values({name: bindparam(name) for name in names})

    statement = database.statements.prepared("add_sight", build)
    for stream, n in keys:
        statement.run(cursor, {"person": person, "stream": stream, "n": n, "at": at})
