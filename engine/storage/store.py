"""Loading a stream's rows, and the only writer: entry, cells and notices in one transaction."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, update
from sqlmodel import SQLModel

from engine.core.errors import TrailError
from engine.core.events import Entry, origin_of
from engine.core.rows import BY_NAME, TABLES, Row
from engine.core.state import Change, Draft, State, columns
from engine.storage import tables
from engine.storage.database import Database
from engine.storage.statements import Prepared

PROJECT_TABLES = (
    "project",
    "visit",
    "pause",
    "dated",
    "interval",
    "party",
    "task",
    "part",
    "extension",
    "waiver",
)
KINDS: Mapping[str, tuple[str, ...]] = {
    "project": PROJECT_TABLES,
    "register": ("org", "post", "mandate", "rolechange"),
    "published": ("published",),
    "programme": ("programme", "wave", "target"),
    "reading": (),
}
"""Which tables a kind of stream has rows in."""

NOTICE_COLUMNS = tuple(tables.Notice.model_fields)
ENTRY_COLUMNS = tuple(tables.Event.model_fields)
_ENTRY = attrgetter(*ENTRY_COLUMNS)
_VALUES = {kind: attrgetter(*columns(kind)) for kind in TABLES}


def table_of(name: str) -> Any:
    """Return the SQL table of that name."""
    return SQLModel.metadata.tables[name]


@dataclass(frozen=True, slots=True)
class Held:
    """A stream as loaded under lock: its rows, and the head of its chain."""

    state: State
    kind: str
    head: bytes
    last_at: datetime | None = None
    is_new: bool = False


class Kept:
    """States kept between transactions, by the head of their chain.

    The head commits to everything that ever happened in a stream, so a kept state is right
    exactly when the database still shows its head: no matter who wrote, or what was rolled back.
    """

    def __init__(self, size: int = 512) -> None:
        self._size = size
        self._held: OrderedDict[str, tuple[bytes, State]] = OrderedDict()

    def get(self, stream: str, head: bytes) -> State | None:
        """Return the state of a stream at this head, None when it is not kept."""
        found = self._held.get(stream)
        return found[1] if found is not None and found[0] == head else None

    def keep(self, stream: str, head: bytes, state: State) -> None:
        """Keep a state; the one kept longest makes room."""
        # Taken out first: another thread may make room just now, and take this very one.
        self._held.pop(stream, None)
        self._held[stream] = (head, state)
        if len(self._held) > self._size:
            self._held.popitem(last=False)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice ready to be written with its entry."""

    cause: str
    post: str
    org: str
    via: str
    role: str
    absent: str | None
    template: str
    rung: str | None
    task: int | None
    status: str
    locale: str
    subject: str
    body: str
    page: str


Due = tuple[datetime, str]
"""A moment at which something falls due, and the stream in which it does."""

FIRST: Due = (datetime(1900, 1, 1, tzinfo=UTC), "")


class Store:
    """The streams of one database, within one transaction's cursor."""

    def __init__(self, database: Database, cursor: Any, house: str, kept: Kept) -> None:
        self._database = database
        self._cursor = cursor
        self._house = house
        self._kept = kept

    def _prepared(self, name: Any, build: Any) -> Prepared:
        return self._database.statements.prepared(name, build)

    def lock(self, stream: str, kind: str) -> Held:
        """Return a stream's rows, locked until the transaction ends; a new one is empty."""
        found = self._head(stream, lock=True)
        if found is None:
            return Held(State(stream), kind, origin_of(self._house, stream), is_new=True)
        held_kind, seq, version, raw, at = found
        head = bytes(raw)
        state = self._kept.get(stream, head)
        if state is None:
            state = self._load(stream, held_kind, seq, version)
            self._kept.keep(stream, head, state)
        return Held(state, held_kind, head, at)

    def find(self, stream: str) -> State | None:
        """Return a stream's rows as they stand in the tables, None when it does not exist."""
        found = self._head(stream, lock=False)
        if found is None:
            return None
        kind, seq, version, _, _ = found
        return self._load(stream, kind, seq, version)

    def _head(self, stream: str, *, lock: bool) -> tuple[str, int, int, bytes, datetime] | None:
        def build() -> Any:
            table = table_of("stream")
            names = ("kind", "seq", "version", "head", "at")
            query = select(*[table.c[name] for name in names])
            query = query.where(table.c.id == bindparam("stream"))
            return query.with_for_update() if lock and self._database.is_postgres else query

        rows = self._prepared(("head", lock), build).rows(self._cursor, {"stream": stream})
        return rows[0] if rows else None

    def heads(self, streams: tuple[str, ...]) -> dict[str, bytes]:
        """Return the head of the chain of some streams; those that do not exist lack."""

        def build() -> Any:
            table = table_of("stream")
            wanted = [table.c.id == bindparam(f"s{n}") for n in range(len(streams))]
            return select(table.c.id, table.c.head).where(or_(*wanted))

        given = {f"s{n}": stream for n, stream in enumerate(streams)}
        found = self._prepared(("heads", len(streams)), build).rows(self._cursor, given)
        return {str(stream): bytes(head) for stream, head in found}

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
        self, held: Held, draft: Draft, version: int, entry: Entry,
        notices: Sequence[NoticeRow] = (),
    ) -> None:  # fmt: skip
        """Write an entry, the rows it changes and the notices it causes.

        Raises:
            TrailError: another writer moved the stream although it was locked.
        """
        self._move_head(held, version, entry)
        self._insert("event", ENTRY_COLUMNS, [_entry_values(entry)])
        for change in draft.changes():
            self._write_row(entry.stream, change)
        if notices:
            self._write_notices(entry, notices)
        self._kept.keep(entry.stream, entry.chain, draft.state(entry.seq, version))

    def _move_head(self, held: Held, version: int, entry: Entry) -> None:
        values = {
            "seq": entry.seq, "version": version, "head": entry.chain, "at": entry.recorded_at,
        }  # fmt: skip
        if held.is_new:
            row = {"id": entry.stream, "kind": held.kind, **values}
            self._insert("stream", tuple(tables.Stream.model_fields), [row])
            return

        def build() -> Any:
            table = table_of("stream")
            here = (table.c.id == bindparam("stream")) & (table.c.seq == bindparam("was"))
            return update(table).where(here).values({name: bindparam(name) for name in values})

        given = {**values, "stream": entry.stream, "was": held.state.seq}
        if self._prepared("move_head", build).run(self._cursor, given) != 1:
            message = f"{entry.stream}: somebody else wrote entry {entry.seq}"
            raise TrailError(message, "entry_taken", stream=entry.stream, seq=entry.seq)

    def _insert(self, name: str, names: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
        def build() -> Any:
            return insert(table_of(name)).values({column: bindparam(column) for column in names})

        self._prepared(("insert", name), build).run_many(self._cursor, rows)

    def _write_row(self, stream: str, change: Change) -> None:
        """Write a row; of one that stands already, the columns that changed and no others."""
        row = change.row
        kind = type(row)
        if change.old is None:
            names = columns(kind)
            values = dict(zip(names, _VALUES[kind](row), strict=True))
            self._insert(kind.table, ("stream", *names), [{"stream": stream, **values}])
            return
        statement = self._prepared(
            ("update", kind.table, change.names), lambda: _update(kind, change.names)
        )
        changed = {name: getattr(row, name) for name in change.names}
        statement.run(self._cursor, {"in_stream": stream, "at_n": row.n, **changed})

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

    def due_streams(self, now: datetime, limit: int, after: Due = FIRST) -> list[Due]:
        """Return (moment, stream) of what falls due by a moment, earliest first.

        A stream comes once for each of its moments. `after` is the last one of the page before.
        """
        table = table_of("task")

        def build() -> Any:
            at: ColumnElement[datetime] = table.c.next_at
            later = (at == bindparam("at")) & (table.c.stream > bindparam("stream"))
            beyond = (at >= bindparam("at")) & ((at > bindparam("at")) | later)
            return (
                select(at, table.c.stream)
                .where(at.is_not(None) & (at <= bindparam("now")) & beyond)
                .group_by(at, table.c.stream)
                .order_by(at, table.c.stream)
                .limit(bindparam("limit"))
            )

        given = {"now": now, "limit": limit, "at": after[0], "stream": after[1]}
        found = self._prepared("due_streams", build).rows(self._cursor, given)
        return [(at, str(stream)) for at, stream in found]


def _update(kind: type[Row], names: tuple[str, ...]) -> Any:
    table = table_of(kind.table)
    here = (table.c.stream == bindparam("in_stream")) & (table.c.n == bindparam("at_n"))
    return update(table).where(here).values({name: bindparam(name) for name in names})


def _entry_values(entry: Entry) -> dict[str, Any]:
    return dict(zip(ENTRY_COLUMNS, _ENTRY(entry), strict=True))
