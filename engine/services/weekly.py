"""The week of an office: what moved, which lamps changed, what needs somebody, how much was done.

Nothing here is kept: the same week asked for again is reckoned again from what is on record.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from engine.core.events import SILENT
from engine.core.lamps import Lamp, Light
from engine.core.rows import Visit
from engine.services.board import BoardRow
from engine.services.house import House
from engine.services.queries import Queries
from engine.storage import ledger
from engine.storage.ledger import Search

NEEDS = (Light.OVERDUE, Light.WAITING)
"""The lamps of projects that wait for somebody."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A project whose lamp is another one at the end of the week; `before` None when it is new."""

    row: BoardRow
    before: Lamp | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A project that entered a stage within the week; `source` is the stage it came from."""

    row: BoardRow
    source: str
    to: str
    on: date


@dataclass(frozen=True, slots=True)
class Week:
    """A week as it looks on its last day, or today while it is not over.

    Attributes:
        monday: the first day.
        on: the day at whose end it is seen: Sunday, or today.
        before: the day against which lamps are compared, the Sunday before.
        rows: the projects that had begun by `on`, by code.
        counts: how many projects show each lamp on `on`.
        was: the same on `before`.
        changed: the projects whose lamp changed, by code.
        moved: what moved from stage to stage, by day.
        needs: the projects that wait for somebody, by code.
        entries: how many entries tell of days of the week, by kind; refusals and the clock apart.
    """

    monday: date
    on: date
    before: date
    rows: tuple[BoardRow, ...]
    counts: Mapping[Light, int]
    was: Mapping[Light, int]
    changed: tuple[Changed, ...]
    moved: tuple[Moved, ...]
    needs: tuple[BoardRow, ...]
    entries: Mapping[str, int]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing moved, changed or was recorded: a week without change is a report too."""
        return not (self.changed or self.moved or self.entries)


class Weekly:
    """The weekly report of what an org may see. Nothing here writes."""

    def __init__(self, house: House, queries: Queries) -> None:
        self._house, self._queries = house, queries

    def week(self, day: date, today: date, org: str) -> Week:
        """Return the week in which a day lies, by Monday.

        Args:
            day: any day of the week.
            today: the office's day; a week that goes on is seen as of it.
            org: whose projects count.
        """
        monday = day - timedelta(days=day.weekday())
        on, before = min(monday + timedelta(days=6), today), monday - timedelta(days=1)
        rows = [row for row in self._queries.board(on, org) if _has_begun(row, on)]
        was = {row.stream: row for row in self._queries.board(before, org)}
        old = {name: row.lamp for name, row in was.items() if _has_begun(row, before)}
        changed = tuple(
            Changed(row, old.get(row.stream))
            for row in rows
            if row.stream not in old or old[row.stream].light is not row.lamp.light
        )
        return Week(
            monday, on, before, tuple(rows), Counter(row.lamp.light for row in rows),
            Counter(lamp.light for lamp in old.values()), changed,
            self._moved(rows, monday, on), tuple(r for r in rows if r.lamp.light in NEEDS),
            self._entries(rows, monday, on),
        )  # fmt: skip

    def _moved(self, rows: list[BoardRow], monday: date, on: date) -> tuple[Moved, ...]:
        with self._house.database.read() as cursor:
            store = self._house.store(cursor)
            visits = [
                (row, list(state.rows(Visit)))
                for row in rows
                if (state := store.find(row.stream)) is not None
            ]
        found = [one for row, held in visits for one in _moves(row, held, monday, on)]
        return tuple(sorted(found, key=lambda one: (one.on, one.row.project.code)))

    def _entries(self, rows: list[BoardRow], monday: date, on: date) -> Mapping[str, int]:
        streams = tuple(row.stream for row in rows)
        search = Search(streams=streams, outcome="ok", from_on=monday, to_on=on)
        with self._house.database.read() as cursor:
            found = ledger.kinds(self._house.database, cursor, search)
        return {kind: n for kind, n in found.items() if kind not in SILENT}


def _has_begun(row: BoardRow, on: date) -> bool:
    return row.project.opened_on is None or row.project.opened_on <= on


def _moves(row: BoardRow, visits: list[Visit], monday: date, on: date) -> Iterator[Moved]:
    """Yield the moves of a project within a week; its first stage is where it opened, no move."""
    for last, visit in pairwise(visits):
        if visit.entered_on is not None and monday <= visit.entered_on <= on:
            yield Moved(row, last.stage, visit.stage, visit.entered_on)
