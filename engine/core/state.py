"""The rows of one stream as values, the cells an event changes, and the fold that replays them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, get_type_hints

from engine.core.errors import TrailError

Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a stream; `n` is its number within its table and stream, from 1."""

    table: ClassVar[str] = ""
    n: int


@dataclass(frozen=True, slots=True)
class Project(Row):
    """What runs under a workflow: one row a stream, number 1."""

    table: ClassVar[str] = "project"
    workflow: str = ""
    digest: str = ""
    code: str = ""
    name: str = ""
    parent: str | None = None
    wave: str | None = None
    stage: str = ""
    standing: str = "active"
    visit: int = 0
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Visit(Row):
    """One stay in a stage; a stage visited twice has two."""

    table: ClassVar[str] = "visit"
    stage: str = ""
    entered_on: date | None = None
    entered_by: str | None = None
    entered_person: str | None = None
    left_on: date | None = None
    left_by: str | None = None
    reason: str | None = None
    note: str | None = None
    items: str | None = None


@dataclass(frozen=True, slots=True)
class Pause(Row):
    """A suspension: counted from `from_on` up to, not including, `to_on`."""

    table: ClassVar[str] = "pause"
    standing: str = ""
    from_on: date | None = None
    to_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Dated(Row):
    """A date phrase of the source: its words, the chosen reading and who chose it."""

    table: ClassVar[str] = "dated"
    name: str = ""
    words: str = ""
    on: date | None = None
    reading: str | None = None
    chosen_by: str | None = None


@dataclass(frozen=True, slots=True)
class ChosenInterval(Row):
    """How often a cadence recurs in this project, where its file leaves that to be chosen.

    `key` is the task's, `every` and `days` are as in the definition, `on` is the day from which
    it holds.
    """

    table: ClassVar[str] = "interval"
    key: str = ""
    every: str = ""
    days: int | None = None
    words: str | None = None
    on: date | None = None
    chosen_by: str = ""


@dataclass(frozen=True, slots=True)
class Party(Row):
    """An org bound to the project under a name, for a time."""

    table: ClassVar[str] = "party"
    name: str = ""
    org: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskRow(Row):
    """One thing owed: `status` is open, done, waived, lapsed (its stage was left) or ended.

    `counts_on` is the day that what was done counts for, where it came after close of business.
    `next_at` is the earliest UTC moment at which the clock has something to do for it, None
    while done, paused or waiting. `rung` counts the rungs passed in the present `term`.
    `waiting` is the role whose turn it is in place of the holder's, or ``extension`` while a
    request for time is open; `waits_from_on` is the day since when.
    """

    table: ClassVar[str] = "task"
    key: str = ""
    kind: str = ""
    visit: int = 0
    period: str | None = None
    ref: str | None = None
    round: int = 1
    title: str | None = None
    holder: str = ""
    status: str = "open"
    opened_on: date | None = None
    done_on: date | None = None
    outcome: str | None = None
    given_due: date | None = None
    given_days: int | None = None
    words: str | None = None
    original_due: date | None = None
    due: date | None = None
    provisional: bool = False
    calendar: str | None = None
    term: int = 0
    rung: int = 0
    waiting: str | None = None
    waits_from_on: date | None = None
    next_at: datetime | None = None
    carried: int | None = None
    data: str | None = None
    counts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Part(Row):
    """A piece of a task: a paper, a seal, a score, a step, a head-count.

    `counts_on` is the day it counts for, where it was given after close of business on `on`.
    """

    table: ClassVar[str] = "part"
    task: int = 0
    kind: str = ""
    key: str = ""
    post: str = ""
    person: str = ""
    org: str | None = None
    verdict: str | None = None
    value: str | None = None
    doc_no: str | None = None
    digest: str | None = None
    note: str | None = None
    on: date | None = None
    seq: int = 0
    void: bool = False
    data: str | None = None
    counts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Grant(Row):
    """An extension asked for, and what became of it.

    `wanted_on` is the day asked for, where a day was; `was_due` the one then current. `decision` is
    granted, refused or sent_back.
    """

    table: ClassVar[str] = "extension"
    task: int = 0
    asked_on: date | None = None
    asked_by: str = ""
    asked_person: str = ""
    reason: str = ""
    wanted_days: int = 0
    unit: str = "working_day"
    was_due: date | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    decision: str | None = None
    days: int = 0
    why: str | None = None
    wanted_on: date | None = None
    checked_on: date | None = None
    checked_by: str | None = None
    checked_person: str | None = None
    check_note: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver(Row):
    """A waiver of a task: proposed by one person, confirmed by another."""

    table: ClassVar[str] = "waiver"
    task: int = 0
    reason: str = ""
    proposed_by: str = ""
    proposed_person: str = ""
    proposed_on: date | None = None
    confirmed_by: str | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Org(Row):
    """A unit: city bureau, county bureau, community, agency, third party.

    `lead` is the post that heads it, told where a post below finds nobody.
    """

    table: ClassVar[str] = "org"
    code: str = ""
    name: str = ""
    kind: str = ""
    parent: str | None = None
    division: str | None = None
    uscc: str | None = None
    real: bool = False
    from_on: date | None = None
    to_on: date | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Post(Row):
    """A post in an org; `roles` are role keys joined by spaces.

    `deputy` is the post that stands in for it. `absence` is ``vacant`` (nobody holds it) or
    ``leave``, from `absent_from_on` to `absent_to_on`, both included; no end means until recalled.
    """

    table: ClassVar[str] = "post"
    code: str = ""
    org: str = ""
    name: str = ""
    roles: str = ""
    from_on: date | None = None
    to_on: date | None = None
    deputy: str | None = None
    absence: str | None = None
    absent_from_on: date | None = None
    absent_to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Mandate(Row):
    """A person in a post for a time; `acting` marks one who stands in for its holder."""

    table: ClassVar[str] = "mandate"
    person: str = ""
    post: str = ""
    acting: bool = False
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoleChange(Row):
    """A change of roles, proposed by one security administrator and decided by another.

    `kind` is ``roles`` (the post's roles become `roles`), ``appoint`` or ``relieve`` (of
    `person`, an administrator). `status` is ``proposed`` | ``confirmed`` | ``refused``.
    """

    table: ClassVar[str] = "rolechange"
    kind: str = ""
    post: str = ""
    person: str | None = None
    roles: str | None = None
    status: str = ""
    proposed_by: str = ""
    proposed_on: date | None = None
    decided_by: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Published(Row):
    """A workflow or calendar arrangement as published: its exact text under its digest."""

    table: ClassVar[str] = "published"
    kind: str = ""
    key: str = ""
    version: str = ""
    digest: str = ""
    text: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Programme(Row):
    """What a notice starts."""

    table: ClassVar[str] = "programme"
    code: str = ""
    name: str = ""
    issuer: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wave(Row):
    """The communities that start together, and their dates as a canonical JSON object."""

    table: ClassVar[str] = "wave"
    code: str = ""
    name: str = ""
    workflow: str = ""
    opens_on: date | None = None
    dates: str = "{}"


@dataclass(frozen=True, slots=True)
class Target(Row):
    """An indicator of the programme: how many by when, and how it is measured."""

    table: ClassVar[str] = "target"
    code: str = ""
    words: str = ""
    by: date | None = None
    count: int | None = None
    soft: bool = False
    stage: str | None = None
    party: str | None = None
    denominator: str | None = None


TABLES: tuple[type[Row], ...] = (
    Project, Visit, Pause, Dated, ChosenInterval, Party, TaskRow, Part, Grant, Waiver,
    Org, Post, Mandate, RoleChange, Published, Programme, Wave, Target,
)  # fmt: skip
BY_NAME: Mapping[str, type[Row]] = {row.table: row for row in TABLES}

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
            raise TrailError(f"{stream}#{seq}: {kind.table} {n} is added twice")
        held[n] = kind(n=n, **{k: _read(kind, k, v) for k, v in cell["add"].items()})
        return
    row = held.get(n)
    if row is None:
        raise TrailError(f"{stream}#{seq}: {kind.table} {n} is changed but was never added")
    for name, (old, _new) in cell["set"].items():
        if plain(getattr(row, name)) != old:
            raise TrailError(f"{stream}#{seq}: {kind.table} {n}.{name} was not {old!r}")
    new: Any = {name: _read(kind, name, value) for name, (_, value) in cell["set"].items()}
    held[n] = replace(row, **new)
