"""Which projects: by their columns, by who takes part, by who may see them. Streams only."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, exists, func, literal, or_, select

from engine.core.rows import Party, Project
from engine.storage.database import Database
from engine.storage.statements import Prepared
from engine.storage.store import table_of

COLUMNS = ("parent", "stage", "standing", "wave", "workflow")
"""What projects are told apart by in the database."""

CHUNK = 200
"""Orgs in one statement."""


def _run(database: Database, cursor: Any, query: Any) -> list[tuple[Any, ...]]:
    return Prepared(query, database.engine.dialect).rows(cursor, {})


def named(database: Database, cursor: Any) -> list[tuple[str, str, str]]:
    """Return (stream, code, name) of every project."""
    table = table_of(Project.table)
    return [
        (str(row[0]), str(row[1]), str(row[2]))
        for row in _run(database, cursor, select(table.c.stream, table.c.code, table.c.name))
    ]


def count(database: Database, cursor: Any, org: str | None = None) -> int:
    """Return how many projects there are, or how many an org may see."""
    table = table_of(Project.table)
    query = _seen(select(func.count(table.c.n)), org)
    return int(_run(database, cursor, query)[0][0])


def streams(
    database: Database, cursor: Any, equal: Mapping[str, str], org: str | None, newest: bool
) -> list[str]:
    """Return the streams of projects by code, or the latest opened first.

    Args:
        database: where.
        cursor: the transaction.
        equal: values by column, of `COLUMNS`.
        org: whose view it is, None for everything.
        newest: whether what was opened last comes first.
    """
    table = table_of(Project.table)
    query = _seen(select(table.c.stream), org)
    for name, value in equal.items():
        query = query.where(table.c[name] == value)
    first = [table.c.opened_on.desc()] if newest else []
    return [str(row[0]) for row in _run(database, cursor, query.order_by(*first, table.c.code))]


def _seen(query: Select[Any], org: str | None) -> Select[Any]:
    """Leave the projects in which an org, or one below it, takes part now."""
    if org is None:
        return query
    project, party, orgs = table_of(Project.table), table_of(Party.table), table_of("org")
    top = select(literal(org, orgs.c.code.type).label("code"))
    below = top.cte("below", recursive=True)
    below = below.union(select(orgs.c.code).where(orgs.c.parent == below.c.code))
    part = exists().where(
        party.c.stream == project.c.stream, party.c.to_on.is_(None),
        party.c.org.in_(select(below.c.code)),
    )  # fmt: skip
    return query.where(part)


def of_orgs(database: Database, cursor: Any, orgs: Iterable[str]) -> set[str]:
    """Return the streams of the projects in which one of these orgs takes part or stands above."""
    project, party = table_of(Project.table), table_of(Party.table)
    codes, found = sorted(orgs), set()
    for start in range(0, len(codes), CHUNK):
        some = codes[start : start + CHUNK]
        parts = select(party.c.stream).where(
            party.c.to_on.is_(None), or_(*[party.c.org == code for code in some])
        )
        above = select(project.c.stream).where(or_(*[project.c.parent == code for code in some]))
        found |= {str(row[0]) for query in (parts, above) for row in _run(database, cursor, query)}
    return found


def different(database: Database, cursor: Any, *names: str) -> list[tuple[Any, ...]]:
    """Return the different values of columns of the projects, in their order."""
    columns = [table_of(Project.table).c[name] for name in names]
    return _run(database, cursor, select(*columns).distinct().order_by(*columns))
