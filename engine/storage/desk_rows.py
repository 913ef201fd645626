"""Rows beside the trail, of any kind: added, found, changed and removed by equal columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from sqlalchemy import and_, bindparam, delete, insert, select, update

from engine.storage.database import Database
from engine.storage.store import table_of


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row of a table of the desk; its fields are the columns, in the order of the class."""

    table: ClassVar[str]


Kind = TypeVar("Kind", bound=DeskRow)


def add(database: Database, cursor: Any, row: DeskRow) -> None:
    """Add a row, within the caller's transaction."""
    names = _names(type(row))

    def build() -> Any:
        return insert(table_of(row.table)).values({name: bindparam(name) for name in names})

    prepared = database.statements.prepared(("add", row.table), build)
    prepared.run(cursor, {name: getattr(row, name) for name in names})


def rows(
    database: Database, cursor: Any, kind: type[Kind], order: tuple[str, ...] = (), **equal: object
) -> list[Kind]:
    """Return the rows whose columns equal these values, in the order of columns."""
    table, make = table_of(kind.table), _maker(kind)

    def build() -> Any:
        chosen = select(*[table.c[name] for name in _names(kind)]).where(_at(table, equal))
        return chosen.order_by(*[table.c[name] for name in order])

    prepared = database.statements.prepared(("rows", kind.table, order, *equal), build)
    return [make(*row) for row in prepared.rows(cursor, _given(equal))]


def row(database: Database, cursor: Any, kind: type[Kind], **equal: object) -> Kind | None:
    """Return the row whose columns equal these values, None when there is none."""
    found = rows(database, cursor, kind, (), **equal)
    return found[0] if found else None


def change(
    database: Database, cursor: Any, kind: type[DeskRow], at: Mapping[str, object], **values: object
) -> None:
    """Change columns of the rows whose columns equal those of `at`."""
    table = table_of(kind.table)

    def build() -> Any:
        return update(table).where(_at(table, at)).values({n: bindparam(n) for n in values})

    prepared = database.statements.prepared(("change", kind.table, *at, "to", *values), build)
    prepared.run(cursor, {**_given(at), **values})


def remove(database: Database, cursor: Any, kind: type[DeskRow], **equal: object) -> int:
    """Remove the rows whose columns equal these values; return how many there were."""
    table = table_of(kind.table)

    def build() -> Any:
        return delete(table).where(_at(table, equal))

    prepared = database.statements.prepared(("remove", kind.table, *equal), build)
    return prepared.run(cursor, _given(equal))


def _names(kind: type[DeskRow]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _maker(kind: type[Kind]) -> Callable[..., Kind]:
    return kind


def _at(table: Any, equal: Mapping[str, object]) -> Any:
    return and_(True, *[table.c[name] == bindparam(f"at_{name}") for name in equal])


def _given(equal: Mapping[str, object]) -> dict[str, object]:
    return {f"at_{name}": value for name, value in equal.items()}
