"""Loading a stream's rows, and the only writer: entry, cells and notices in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlmodel import SQLModel

from engine.core.errors import TrailError
from engine.core.events import Entry, origin_of
from engine.core.state import BY_NAME, TABLES, Row, State, columns
from engine.storage import tables
from engine.storage.database import Database
from engine.storage.statements import Prepared

PROJECT_TABLES = (
    "project",
    "visit",
    "pause",
    "dated",
    "party",
    "task",
    "part",
    "extension",
    "waiver",
)
KINDS: Mapping[str, tuple[str, ...]] = {
    "project": PROJECT_TABLES,
    "register": ("org", "post"),
    "published": ("published",),
    "programme": ("programme", "wave", "target"),
}
"""Which tables a kind of stream has rows in."""

NOTICE_COLUMNS = tuple(tables.Notice.model_fields)
ENTRY_COLUMNS = tuple(tables.Event.model_fields)


def table_of(name: str) -> Any:
    """Return the SQL table of that name."""
    return SQLModel.metadata.tables[name]


@dataclass(frozen=True, slots=True)
class Held:
    """A stream as loaded under lock: its rows, and the head of its chain."""

    state: State
    kind: str
    head: bytes
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice ready to be written with its entry."""

    cause: str
    post: str
    org: str
    template: str
    rung: str | None
    task: int | None
    status: str
    locale: str
    subject: str
    body: str
    page: str


class Store:
    """The streams of one database, within one transaction's cursor."""

    def __init__(self, database: Database, cursor: Any, house: str) -> None:
        self._database = database
        self._cursor = cursor
        self._house = house

    def _prepared(self, name: Any, build: Any) -> Prepared:
        return self._database.statements.prepared(name, build)

    def lock(self, stream: str, kind: str) -> Held:
        """Return a stream's rows, locked until the transaction ends; a new one is empty."""
        found = self._head(stream, lock=True)
        if found is None:
            return Held(State(stream), kind, origin_of(self._house, stream), is_new=True)
        held_kind, seq, version, head = found
        return Held(self._load(stream, held_kind, seq, version), held_kind, bytes(head))

    def find(self, stream: str) -> State | None:
        """Return a stream's rows without a lock, None when it does not exist."""
        found = self._head(stream, lock=False)
        if found is None:
            return None
        kind, seq, version, _ = found
        return self._load(stream, kind, seq, version)

    def _head(self, stream: str, *, lock: bool) -> tuple[str, int, int, bytes] | None:
        table = table_of("stream")
        query = select(table.c.kind, table.c.seq, table.c.version, table.c.head)
        query = query.where(table.c.id == bindparam("stream"))
        if lock and self._database.is_postgres:
            query = query.with_for_update()
        rows = self._prepared(("head", lock), lambda: query).rows(self._cursor, {"stream": stream})
        return rows[0] if rows else None

    def seq_of(self, stream: str) -> int:
        """Return the number of a stream's last entry, 0 when it does not exist."""
        found = self._head(stream, lock=False)
        return found[1] if found else 0

    def _load(self, stream: str, kind: str, seq: int, version: int) -> State:
        held: dict[str, dict[int, Row]] = {}
        for name in KINDS[kind]:
            rows = self.rows_of(BY_NAME[name], stream)
            if rows:
                held[name] = {row.n: row for row in rows}
        return State(stream, seq, version, held)

    def rows_of(self, kind: type[Row], stream: str) -> list[Row]:
        """Return one table's rows of a stream, in the order of their numbers."""
        table = table_of(kind.table)

        def build() -> Any:
            chosen = [table.c[name] for name in columns(kind)]
            return select(*chosen).where(table.c.stream == bindparam("stream")).order_by(table.c.n)

        found = self._prepared(("load", kind.table), build).rows(self._cursor, {"stream": stream})
        return [kind(*row) for row in found]

    def append(
        self, held: Held, state: State, entry: Entry, notices: Sequence[NoticeRow] = ()
    ) -> None:
        """Write an entry, the rows it changes and the notices it causes.

        Raises:
            TrailError: another writer moved the stream although it was locked.
        """
        self._move_head(held, state, entry)
        self._insert("event", ENTRY_COLUMNS, [_entry_values(entry)])
        for kind in TABLES:
            self._write_rows(held.state, state, kind)
        if notices:
            self._write_notices(entry, notices)

    def _move_head(self, held: Held, state: State, entry: Entry) -> None:
        table = table_of("stream")
        values = {"seq": entry.seq, "version": state.version, "head": entry.chain}
        if held.is_new:
            self._insert("stream", tuple(tables.Stream.model_fields),
                         [{"id": entry.stream, "kind": held.kind, **values}])  # fmt: skip
            return

        def build() -> Any:
            here = (table.c.id == bindparam("stream")) & (table.c.seq == bindparam("was"))
            return update(table).where(here).values(
                seq=bindparam("seq"), version=bindparam("version"), head=bindparam("head")
            )  # fmt: skip

        given = {**values, "stream": entry.stream, "was": held.state.seq}
        if self._prepared("move_head", build).run(self._cursor, given) != 1:
            raise TrailError(f"{entry.stream}: somebody else wrote entry {entry.seq}")

    def _insert(self, name: str, names: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
        def build() -> Any:
            return insert(table_of(name)).values({column: bindparam(column) for column in names})

        self._prepared(("insert", name), build).run_many(self._cursor, rows)

    def _write_rows(self, before: State, after: State, kind: type[Row]) -> None:
        old, new = before.tables.get(kind.table, {}), after.tables.get(kind.table, {})
        if old is new:
            return
        added = [row for n, row in new.items() if n not in old]
        changed = [row for n, row in new.items() if n in old and old[n] is not row]
        names = columns(kind)
        if added:
            self._insert(kind.table, ("stream", *names), [_values(after.stream, r) for r in added])
        if changed:
            statement = self._prepared(("update", kind.table), lambda: _update(kind))
            statement.run_many(self._cursor, [_keyed(after.stream, row) for row in changed])

    def _write_notices(self, entry: Entry, notices: Sequence[NoticeRow]) -> None:
        first = self._next_notice(entry.stream)
        rows = [
            {
                "stream": entry.stream, "n": first + index, "seq": entry.seq,
                "created_at": entry.recorded_at,
                **{name: getattr(notice, name) for name in NoticeRow.__slots__},
            }
            for index, notice in enumerate(notices)
        ]  # fmt: skip
        self._insert("notice", NOTICE_COLUMNS, rows)

    def _next_notice(self, stream: str) -> int:
        table = table_of("notice")

        def build() -> Any:
            here = table.c.stream == bindparam("stream")
            return select(table.c.n).where(here).order_by(table.c.n.desc()).limit(1)

        rows = self._prepared("last_notice", build).rows(self._cursor, {"stream": stream})
        return int(rows[0][0]) + 1 if rows else 1

    def told(self, stream: str) -> set[tuple[str, str]]:
        """Return the (cause, post) pairs of a stream's notice ledger."""
        table = table_of("notice")

        def build() -> Any:
            return select(table.c.cause, table.c.post).where(table.c.stream == bindparam("stream"))

        found = self._prepared("told", build).rows(self._cursor, {"stream": stream})
        return {(str(cause), str(post)) for cause, post in found}

    def due_streams(self, now: datetime, limit: int) -> list[str]:
        """Return the streams in which something falls due by a moment, earliest first."""
        table = table_of("task")

        def build() -> Any:
            due: ColumnElement[bool] = table.c.next_at <= bindparam("now")
            return (
                select(table.c.stream)
                .where(table.c.next_at.is_not(None) & due)
                .order_by(table.c.next_at, table.c.stream)
                .limit(bindparam("limit"))
            )

        given = {"now": now, "limit": limit}
        found = self._prepared("due_streams", build).rows(self._cursor, given)
        return list(dict.fromkeys(str(row[0]) for row in found))


def _update(kind: type[Row]) -> Any:
    table = table_of(kind.table)
    here = (table.c.stream == bindparam("in_stream")) & (table.c.n == bindparam("at_n"))
    names = columns(kind)[1:]
    return update(table).where(here).values({name: bindparam(name) for name in names})


def _values(stream: str, row: Row) -> dict[str, Any]:
    return {"stream": stream, **{name: getattr(row, name) for name in columns(type(row))}}


def _keyed(stream: str, row: Row) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in columns(type(row))[1:]}
    return {"in_stream": stream, "at_n": row.n, **values}


def _entry_values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ENTRY_COLUMNS}
