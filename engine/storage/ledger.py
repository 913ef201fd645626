"""Reading the trail: entries in order, filtered, paged; the chain's heads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, false, func, literal, select

from engine.core.events import Entry
from engine.core.rows import TABLES
from engine.storage.database import Database
from engine.storage.statements import Prepared
from engine.storage.store import ENTRY_COLUMNS, KINDS, table_of


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for in the trail; None asks for everything. Periods are inclusive.

    `since` and `until` bound the moment of recording, `from_on` and `to_on` the effective day.
    """

    stream: str | None = None
    streams: tuple[str, ...] | None = None
    prefix: str | None = None
    actor: str | None = None
    post: str | None = None
    org: str | None = None
    kind: str | None = None
    deed: str | None = None
    outcome: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    from_on: date | None = None
    to_on: date | None = None


def entries(
    database: Database, cursor: Any, search: Search, limit: int | None = None, offset: int = 0
) -> list[Entry]:
    """Return entries by time of recording, then stream and number, oldest first."""
    event = table_of("event")
    query = _filtered(select(*[event.c[name] for name in ENTRY_COLUMNS]), search)
    query = query.order_by(event.c.recorded_at, event.c.stream, event.c.seq)
    if limit is not None:
        query = query.limit(limit).offset(offset)
    return [entry_of(row) for row in _run(database, cursor, query)]


def count(database: Database, cursor: Any, search: Search) -> int:
    """Return how many entries a search finds."""
    event = table_of("event")
    return int(_run(database, cursor, _filtered(select(func.count(event.c.seq)), search))[0][0])


def kinds(database: Database, cursor: Any, search: Search) -> Mapping[str, int]:
    """Return how many entries a search finds of each kind, by kind."""
    event = table_of("event")
    query = _filtered(select(event.c.kind, func.count(event.c.seq)), search)
    found = _run(database, cursor, query.group_by(event.c.kind).order_by(event.c.kind))
    return {str(kind): int(n) for kind, n in found}


def newest(database: Database, cursor: Any) -> datetime | None:
    """Return the latest moment that any entry bears, None in an empty trail."""
    event = table_of("event")
    query = select(event.c.recorded_at).order_by(event.c.recorded_at.desc()).limit(1)
    rows = _run(database, cursor, query)
    return rows[0][0] if rows else None


def of_stream(database: Database, cursor: Any, stream: str) -> list[Entry]:
    """Return a stream's entries by number, oldest first; empty when it does not exist."""
    event = table_of("event")
    query = select(*[event.c[name] for name in ENTRY_COLUMNS])
    query = query.where(event.c.stream == stream).order_by(event.c.seq)
    return [entry_of(row) for row in _run(database, cursor, query)]


def entry_at(database: Database, cursor: Any, stream: str, seq: int) -> Entry | None:
    """Return one entry of a stream, None when there is none of that number."""
    event = table_of("event")
    query = select(*[event.c[name] for name in ENTRY_COLUMNS])
    rows = _run(database, cursor, query.where((event.c.stream == stream) & (event.c.seq == seq)))
    return entry_of(rows[0]) if rows else None


def heads(database: Database, cursor: Any) -> Mapping[str, tuple[str, int, int, bytes]]:
    """Return kind, number, version and chain head of every stream, by its id in order."""
    stream = table_of("stream")
    query = select(stream.c.id, stream.c.kind, stream.c.seq, stream.c.version, stream.c.head)
    found = _run(database, cursor, query.order_by(stream.c.id))
    return {str(row[0]): (str(row[1]), row[2], row[3], bytes(row[4])) for row in found}


def streams_with_events(database: Database, cursor: Any) -> Iterator[str]:
    """Yield every stream that has entries, whether or not its head still exists."""
    event = table_of("event")
    query = select(event.c.stream).distinct().order_by(event.c.stream)
    return (str(row[0]) for row in _run(database, cursor, query))


def last_moment(database: Database, cursor: Any, stream: str) -> datetime | None:
    """Return when a stream says that its last entry was recorded, None when it does not exist."""
    table = table_of("stream")
    rows = _run(database, cursor, select(table.c.at).where(table.c.id == stream))
    return rows[0][0] if rows else None


def strays(database: Database, cursor: Any) -> list[tuple[str, str]]:
    """Return (stream, table) of rows in streams whose kind has none; no replay would miss them."""
    stream = table_of("stream")
    found = []
    for row in TABLES:
        table = table_of(row.table)
        kinds = [kind for kind, names in KINDS.items() if row.table in names]
        query = select(table.c.stream).distinct().join(stream, stream.c.id == table.c.stream)
        query = query.where(*[stream.c.kind != kind for kind in kinds])
        found += [(str(name), row.table) for (name,) in _run(database, cursor, query)]
    return sorted(found)


def _run(database: Database, cursor: Any, query: Select[Any]) -> list[tuple[Any, ...]]:
    return Prepared(query, database.engine.dialect).rows(cursor, {})


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Return a row of the trail, its columns as in `ENTRY_COLUMNS`, as an entry."""
    values = dict(zip(ENTRY_COLUMNS, row, strict=True))
    values["leaf"], values["chain"] = bytes(values["leaf"]), bytes(values["chain"])
    return Entry(**values)


def _filtered(query: Select[Any], search: Search) -> Select[Any]:
    event = table_of("event")
    for name in ("stream", "actor", "post", "org", "kind", "deed", "outcome"):
        wanted = getattr(search, name)
        if wanted is not None:
            query = query.where(event.c[name] == wanted)
    if search.streams is not None:
        named = [literal(name) for name in search.streams]
        query = query.where(event.c.stream.in_(named) if named else false())
    if search.prefix is not None:
        query = query.where(event.c.stream.startswith(search.prefix, autoescape=True))
    bounds = (
        (search.since, event.c.recorded_at.__ge__),
        (search.until, event.c.recorded_at.__le__),
        (search.from_on, event.c.effective_on.__ge__),
        (search.to_on, event.c.effective_on.__le__),
    )
    for wanted, compare in bounds:
        if wanted is not None:
            query = query.where(compare(wanted))
    return query
