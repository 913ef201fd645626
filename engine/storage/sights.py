"""Which notices a person has opened: rows beside the trail, read by that person only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import bindparam, func, select

from engine.storage.database import Database
from engine.storage.desk_rows import DeskRow
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class Sight(DeskRow):
    """A notice that a person has opened, by its stream and its number there; `at` in UTC."""

    table: ClassVar[str] = "sight"
    person: str
    stream: str
    n: int
    at: datetime


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
