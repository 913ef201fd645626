"""The rows of one stream as values, the cells an event changes, and the fold that replays them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar, get_type_hints

from engine.core.errors import TrailError
from engine.core.rows import BY_NAME, TABLES, Project, Row

Value = str | int | bool | date | datetime | None


R = TypeVar("R", bound=Row)
Tables = dict[str, dict[int, Row]]


@dataclass(frozen=True, slots=True)
class State:
    """All rows of one stream, by table and number. `seq` and `version` are the trail's counts."""

    stream: str
    seq: int = 0
    version: int = 0
    tables: Mapping[str, Mapping[int, Row]] = field(default_factory=dict)

    def rows(self, kind: type[R]) -> Iterator[R]:
        """Yield the rows of one table in the order of their numbers."""
        held = self.tables.get(kind.table)
        return iter(held.values()) if held else iter(())  # type: ignore[arg-type]  # by table

    def row(self, kind: type[R], n: int) -> R:
        """Return one row; KeyError when the stream has none of that number."""
        return self.tables[kind.table][n]  # type: ignore[return-value]  # keyed by table

    @property
    def project(self) -> Project:
        """The project of this stream."""
        return self.row(Project, 1)


class Draft:
    """A state being changed: rows are put, and the cells that changed are read off at the end."""

    def __init__(self, base: State) -> None:
        self.base = base
        self._new: Tables = {}

    def rows(self, kind: type[R]) -> list[R]:
        """Return the rows of one table as they stand now, in the order of their numbers."""
        changed = self._new.get(kind.table)
        if not changed:
            return list(self.base.rows(kind))
        merged = {**self.base.tables.get(kind.table, {}), **changed}
        return list(merged.values())  # type: ignore[arg-type]  # keyed by table

    def row(self, kind: type[R], n: int) -> R:
        """Return one row as it stands now."""
        changed = self._new.get(kind.table, {}).get(n)
        return changed if changed is not None else self.base.row(kind, n)  # type: ignore[return-value]  # keyed by table

    @property
    def project(self) -> Project:
        """The project as it stands now."""
        return self.row(Project, 1)

    def changed(self) -> dict[str, tuple[list[Row], list[Row]]]:
        """Return what changed by table: the rows added, and the rows replaced."""
        found = {}
        for table, rows in self._new.items():
            held = self.base.tables.get(table, {})
            added = [row for n, row in rows.items() if n not in held]
            replaced = [row for n, row in rows.items() if n in held and held[n] is not row]
            found[table] = (added, replaced)
        return found

    def put(self, row: Row) -> None:
        """Replace or add a row."""
        self._new.setdefault(row.table, {})[row.n] = row

    def change(self, row: R, /, **columns: Any) -> R:
        """Replace some columns of a row and return the new one."""
        new = replace(row, **columns)
        self.put(new)
        return new

    def add(self, kind: type[R], /, **columns: Any) -> R:
        """Add a row under the next number of its table and return it."""
        held = self.base.tables.get(kind.table, {})
        taken = max([0, *held, *self._new.get(kind.table, {})])
        new = kind(n=taken + 1, **columns)
        self.put(new)
        return new

    def cells(self) -> list[dict[str, Any]]:
        """Return what changed, as the trail writes it: added rows whole, others old and new."""
        found = []
        for table in sorted(self._new):
            held = self.base.tables.get(table, {})
            for n, row in self._new[table].items():
                cell = _cell(table, held.get(n), row)
                if cell:
                    found.append(cell)
        return found

    def state(self, seq: int, version: int) -> State:
        """Return the changed state under a new sequence number and version."""
        tables: dict[str, Mapping[int, Row]] = dict(self.base.tables)
        for table, rows in self._new.items():
            tables[table] = {**self.base.tables.get(table, {}), **rows}
        return State(self.base.stream, seq, version, tables)


_COLUMNS = {kind: tuple(item.name for item in fields(kind)) for kind in TABLES}
_HINTS = {kind: {k: str(v) for k, v in get_type_hints(kind).items()} for kind in TABLES}


def columns(kind: type[Row]) -> tuple[str, ...]:
    """Return the columns of a table in order, `n` first."""
    return _COLUMNS[kind]


def _cell(table: str, old: Row | None, new: Row) -> dict[str, Any] | None:
    names = columns(type(new))[1:]
    values = attrgetter(*names)
    if old is None:
        given = zip(names, values(new), strict=True)
        add = {name: plain(value) for name, value in given if value is not None}
        return {"t": table, "n": new.n, "add": add}
    if old is new:
        return None
    both = zip(names, values(old), values(new), strict=True)
    changed = {name: [plain(was), plain(now)] for name, was, now in both if was != now}
    return {"t": table, "n": new.n, "set": changed} if changed else None


def plain(value: Value) -> str | int | bool | None:
    """Return a cell's value as the trail writes it: dates and UTC moments as text."""
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def moment(at: datetime) -> str:
    """Return an aware UTC moment as the trail writes it, to the microsecond."""
    return f"{at.isoformat(timespec='microseconds')[:26]}Z"


def _read(kind: type[Row], name: str, value: Any) -> Value:
    hint = _HINTS[kind][name]
    if isinstance(value, str) and "datetime.datetime" in hint:
        return datetime.fromisoformat(value)
    if isinstance(value, str) and "datetime.date" in hint:
        return date.fromisoformat(value)
    return value  # type: ignore[no-any-return]  # text, whole number or truth value


def fold(stream: str, cells: Iterable[Iterable[Mapping[str, Any]]]) -> State:
    """Replay the cells of a stream's entries, oldest first, from nothing.

    No rule, calendar or definition of today takes part.

    Raises:
        TrailError: an entry changes a row that no earlier one added, or from another value.
    """
    tables: Tables = {}
    seq = 0
    for entry in cells:
        seq += 1
        for cell in entry:
            _apply(tables, stream, seq, cell)
    return State(stream, seq, 0, tables)


def _apply(tables: Tables, stream: str, seq: int, cell: Mapping[str, Any]) -> None:
    kind = BY_NAME[cell["t"]]
    held = tables.setdefault(kind.table, {})
    n = cell["n"]
    if "add" in cell:
        if n in held:
            message = f"{stream}#{seq}: {kind.table} {n} is added twice"
            raise TrailError(message, "row_twice", stream=stream, seq=seq, row=f"{kind.table} {n}")
        held[n] = kind(n=n, **{k: _read(kind, k, v) for k, v in cell["add"].items()})
        return
    row = held.get(n)
    if row is None:
        message = f"{stream}#{seq}: {kind.table} {n} is changed but was never added"
        raise TrailError(message, "row_absent", stream=stream, seq=seq, row=f"{kind.table} {n}")
    for name, (old, _new) in cell["set"].items():
        if plain(getattr(row, name)) != old:
            named = f"{kind.table} {n}.{name}"
            message = f"{stream}#{seq}: {named} was not {old!r}"
            raise TrailError(message, "cell_other", stream=stream, seq=seq, row=named, was=str(old))
    new: Any = {name: _read(kind, name, value) for name, (_, value) in cell["set"].items()}
    held[n] = replace(row, **new)
