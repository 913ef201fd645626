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


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was added (`old` None, no `names`), or one that differs in some columns."""

    row: Row
    old: Row | None
    names: tuple[str, ...]


class Draft:
    """A state being changed: rows are put, and the cells that changed are read off at the end."""

    def __init__(self, base: State) -> None:
        self.base = base
        self._new: Tables = {}
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._changes: tuple[Change, ...] | None = None

    def rows(self, kind: type[R]) -> tuple[R, ...]:
        """Return the rows of one table as they stand now, in the order of their numbers."""
        found = self._rows.get(kind.table)
        if found is None:
            held = self.base.tables.get(kind.table, {})
            found = self._rows[kind.table] = tuple(
                {**held, **self._new.get(kind.table, {})}.values()
            )
        return found  # type: ignore[return-value]  # keyed by table

    def row(self, kind: type[R], n: int) -> R:
        """Return one row as it stands now."""
        changed = self._new.get(kind.table, {}).get(n)
        return changed if changed is not None else self.base.row(kind, n)  # type: ignore[return-value]  # keyed by table

    @property
    def project(self) -> Project:
        """The project as it stands now."""
        return self.row(Project, 1)

    def put(self, row: Row) -> None:
        """Replace or add a row."""
        self._new.setdefault(row.table, {})[row.n] = row
        self._rows.pop(row.table, None)
        self._changes = None

    def change(self, row: R, /, **columns: Any) -> R:
        """Replace some columns of a row and return the new one."""
        new = _with(row, columns)
        self.put(new)
        return new

    def add(self, kind: type[R], /, **columns: Any) -> R:
        """Add a row under the next number of its table and return it."""
        held = self.base.tables.get(kind.table, {})
        taken = max([0, *held, *self._new.get(kind.table, {})])
        new = kind(n=taken + 1, **columns)
        self.put(new)
        return new

    def touched(self, kind: type[R]) -> list[R]:
        """Return the rows of one table that were put, as they stand now."""
        return list(self._new.get(kind.table, {}).values())  # type: ignore[arg-type]  # by table

    def changes(self) -> tuple[Change, ...]:
        """Return what changed, by table and in the order of putting; a row put back is none."""
        if self._changes is None:
            self._changes = tuple(self._compared())
        return self._changes

    def _compared(self) -> Iterator[Change]:
        for table in sorted(self._new):
            held = self.base.tables.get(table, {})
            for n, row in self._new[table].items():
                old = held.get(n)
                names = differing(old, row) if old is not None else ()
                if names or old is None:
                    yield Change(row, old, names)

    def cells(self) -> list[dict[str, Any]]:
        """Return what changed, as the trail writes it: added rows whole, others old and new."""
        return [_cell(change) for change in self.changes()]

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


_VALUES = {kind: attrgetter(*names[1:]) for kind, names in _COLUMNS.items()}
_WHOLE = {kind: attrgetter(*names) for kind, names in _COLUMNS.items()}
_PLACES = {kind: {name: i for i, name in enumerate(names)} for kind, names in _COLUMNS.items()}


def _with(row: R, columns: Mapping[str, Any]) -> R:
    """Return a row with some columns replaced, as `dataclasses.replace` does, in half its time."""
    kind = type(row)
    values, places = list(_WHOLE[kind](row)), _PLACES[kind]
    for name, value in columns.items():
        values[places[name]] = value
    return kind(*values)


def differing(old: Row, new: Row) -> tuple[str, ...]:
    """Return the columns in which a row differs from what stood in its place, in their order."""
    values = _VALUES[type(new)]
    before, after = values(old), values(new)
    if before == after:
        return ()
    names = columns(type(new))[1:]
    pairs = zip(names, before, after, strict=True)
    return tuple(name for name, was, now in pairs if was != now)


def _cell(change: Change) -> dict[str, Any]:
    new, old = change.row, change.old
    if old is None:
        given = zip(columns(type(new))[1:], _VALUES[type(new)](new), strict=True)
        add = {name: plain(value) for name, value in given if value is not None}
        return {"t": new.table, "n": new.n, "add": add}
    both = {name: [plain(getattr(old, name)), plain(getattr(new, name))] for name in change.names}
    return {"t": new.table, "n": new.n, "set": both}


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
