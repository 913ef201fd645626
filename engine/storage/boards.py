"""Reads across streams: projects, what is owed, notices, who was last."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Select, func, select

from engine.core.events import SILENT
from engine.core.rows import Party, Project, TaskRow
from engine.core.state import columns
from engine.storage.database import Database
from engine.storage.statements import Prepared
from engine.storage.store import NOTICE_COLUMNS, table_of


def _run(database: Database, cursor: Any, query: Select[Any]) -> list[tuple[Any, ...]]:
    return Prepared(query, database.engine.dialect).rows(cursor, {})


def projects(database: Database, cursor: Any, **equal: str) -> list[tuple[str, Project]]:
    """Return (stream, project) by code; `equal` filters by column, e.g. ``parent="O03"``."""
    table = table_of(Project.table)
    names = columns(Project)
    query = select(table.c.stream, *[table.c[name] for name in names]).order_by(table.c.code)
    for name, value in equal.items():
        query = query.where(table.c[name] == value)
    return [(str(row[0]), Project(*row[1:])) for row in _run(database, cursor, query)]


def heads(database: Database, cursor: Any) -> Mapping[str, bytes]:
    """Return the chain head of every project's stream: what was kept under it is still true."""
    stream, project = table_of("stream"), table_of(Project.table)

    def build() -> Any:
        here = stream.c.id == project.c.stream
        return select(stream.c.id, stream.c.head).where(here).order_by(project.c.code)

    rows = database.statements.prepared("project_heads", build).rows(cursor, {})
    return {str(name): bytes(head) for name, head in rows}


def count(database: Database, cursor: Any) -> int:
    """Return how many projects there are."""
    return int(_run(database, cursor, select(func.count(table_of(Project.table).c.n)))[0][0])


def urgent(database: Database, cursor: Any, among: int) -> list[str]:
    """Return the streams of what is due first, each once; what has no day comes last.

    `among` is how many open tasks are looked at: their index gives them without a sort.
    """
    table = table_of(TaskRow.table)
    is_owed = (table.c.status == "open") & (table.c.kind != "series")
    query = select(table.c.stream).where(is_owed).limit(among)
    dated = query.where(table.c.due.is_not(None)).order_by(table.c.due)
    undated = query.where(table.c.due.is_(None))
    found = _run(database, cursor, dated) + _run(database, cursor, undated)
    return list(dict.fromkeys(str(row[0]) for row in found))


def bound(database: Database, cursor: Any) -> list[tuple[str, str]]:
    """Return (stream, org) of every org that takes part in a project now, by stream."""
    table = table_of(Party.table)
    query = select(table.c.stream, table.c.org).where(table.c.to_on.is_(None))
    return [(str(row[0]), str(row[1])) for row in _run(database, cursor, query)]


def near(database: Database, cursor: Any, code: str) -> tuple[str, ...]:
    """Return the codes nearest to one that does not exist, best first; may be empty."""
    table = table_of(Project.table)
    codes = [str(row[0]) for row in _run(database, cursor, select(table.c.code))]
    return closest(code, codes)


def closest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names nearest to one that is not, best first; may be empty."""
    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.5))


def children(database: Database, cursor: Any, parent: str) -> Mapping[tuple[str, str, str], int]:
    """Return how many projects of a parent stand where: by (workflow, stage, standing)."""
    table = table_of(Project.table)
    query = (
        select(table.c.workflow, table.c.stage, table.c.standing, func.count(table.c.n))
        .where(table.c.parent == parent)
        .group_by(table.c.workflow, table.c.stage, table.c.standing)
    )
    found = _run(database, cursor, query)
    return {(str(row[0]), str(row[1]), str(row[2])): int(row[3]) for row in found}


def last_deed(database: Database, cursor: Any, stream: str) -> tuple[str, str]:
    """Return post and deed of the last entry that changed a stream's version."""
    table = table_of("event")
    query = select(table.c.post, table.c.deed).where(table.c.stream == stream)
    query = query.where(*[table.c.kind != kind for kind in sorted(SILENT)])
    query = query.order_by(table.c.seq.desc()).limit(1)
    rows = _run(database, cursor, query)
    return (str(rows[0][0]), str(rows[0][1])) if rows else ("-", "-")


def owed(
    database: Database, cursor: Any, due_before: Any = None, holder: str | None = None
) -> list[tuple[str, TaskRow]]:
    """Return (stream, task) of everything open, by due day, then stream; undated ones last."""
    table = table_of(TaskRow.table)
    query = select(table.c.stream, *[table.c[name] for name in columns(TaskRow)])
    query = query.where((table.c.status == "open") & (table.c.kind != "series"))
    if due_before is not None:
        query = query.where(table.c.due < due_before)
    if holder is not None:
        query = query.where(table.c.holder == holder)
    query = query.order_by(table.c.due.is_(None), table.c.due, table.c.stream, table.c.n)
    return [(str(row[0]), TaskRow(*row[1:])) for row in _run(database, cursor, query)]


def notices(database: Database, cursor: Any, **equal: str) -> list[dict[str, Any]]:
    """Return the notice ledger, oldest first; `equal` filters by column."""
    return _notices(database, cursor, NOTICE_COLUMNS, equal)


HEAD_COLUMNS = tuple(name for name in NOTICE_COLUMNS if name not in ("body", "page"))
"""What a list of notices needs: their texts are a hundred times as large."""


def notice_heads(database: Database, cursor: Any, **equal: str) -> list[dict[str, Any]]:
    """Return the notice ledger without the texts, oldest first; `equal` filters by column."""
    return _notices(database, cursor, HEAD_COLUMNS, equal)


def _notices(
    database: Database, cursor: Any, names: tuple[str, ...], equal: Mapping[str, str]
) -> list[dict[str, Any]]:
    table = table_of("notice")
    query = select(*[table.c[name] for name in names])
    for name, value in equal.items():
        query = query.where(table.c[name] == value)
    query = query.order_by(table.c.created_at, table.c.stream, table.c.n)
    return [dict(zip(names, row, strict=True)) for row in _run(database, cursor, query)]


def notice_counts(database: Database, cursor: Any) -> Mapping[tuple[str, str], int]:
    """Return how many notices there are by (rung, status)."""
    table = table_of("notice")
    query = select(table.c.rung, table.c.status, func.count(table.c.n))
    found = _run(database, cursor, query.group_by(table.c.rung, table.c.status))
    return {(str(row[0]), str(row[1])): int(row[2]) for row in found}


def task_counts(database: Database, cursor: Any) -> Mapping[tuple[str, str], int]:
    """Return how many tasks with a period there are by (key, status)."""
    table = table_of(TaskRow.table)
    query = select(table.c.key, table.c.status, func.count(table.c.n))
    query = query.where((table.c.period.is_not(None)) & (table.c.kind != "series"))
    found = _run(database, cursor, query.group_by(table.c.key, table.c.status))
    return {(str(row[0]), str(row[1])): int(row[2]) for row in found}


def streams(database: Database, cursor: Any, kind: str) -> list[str]:
    """Return the streams of a kind, in the order of their ids."""
    table = table_of("stream")
    query = select(table.c.id).where(table.c.kind == kind).order_by(table.c.id)
    return [str(row[0]) for row in _run(database, cursor, query)]
