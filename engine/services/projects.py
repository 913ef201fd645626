"""项目台账: finding projects by words, initials and columns, in an order, a page at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from engine.core.directory import Directory
from engine.services.board import BoardRow
from engine.services.house import House
from engine.services.initials import Names
from engine.services.queries import Queries
from engine.storage import finding

ORDERS = ("code", "opened", "due", "late")
"""By code (the official order), the latest opened, the next due, and the longest late first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which projects: every filter that is not empty must hold.

    `q` are words, all of which must be found in the code, the name or a unit that takes part.
    `lamp` is the name of a light, `parent` the code of an org, `order` one of `ORDERS`.
    """

    q: str = ""
    parent: str = ""
    stage: str = ""
    standing: str = ""
    lamp: str = ""
    wave: str = ""
    workflow: str = ""
    order: str = ORDERS[0]

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        """Return what a mapping of texts asks for; an unknown order is the first one."""
        held = {field.name: given.get(field.name) or "" for field in fields(cls)}
        if held["order"] not in ORDERS:
            held["order"] = ORDERS[0]
        return cls(**held)

    def given(self) -> dict[str, str]:
        """Return the filters that are set, and the order where it is not the usual one."""
        held = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {
            name: text
            for name, text in held.items()
            if text and (name, text) != ("order", ORDERS[0])
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found: its rows, how many there are, and of how many that one sees."""

    rows: list[BoardRow]
    n: int
    total: int


class Projects:
    """The register of projects."""

    def __init__(self, house: House, queries: Queries) -> None:
        self._house, self._queries = house, queries
        self._names: tuple[int, Names] = (-1, Names(()))
        self._units: tuple[Directory | None, Names] = (None, Names(()))

    def page(self, wanted: Wanted, org: str | None, start: int, size: int) -> Found:
        """Return a part of what is found, from `start` on, with at most `size` rows."""
        rows, streams = self._ordered(wanted, org)
        with self._house.database.read() as cursor:
            total = finding.count(self._house.database, cursor, org)
        if rows is None:
            part = self._queries.rows(streams[start : start + size])
            return Found(part, len(streams), total)
        return Found(rows[start : start + size], len(rows), total)

    def streams(self, wanted: Wanted, org: str | None = None) -> list[str]:
        """Return the streams of everything found, in its order."""
        rows, streams = self._ordered(wanted, org)
        return streams if rows is None else [row.stream for row in rows]

    def rows(
        self, wanted: Wanted, org: str | None = None, on: date | None = None
    ) -> list[BoardRow]:
        """Return everything found as it stands on a day (today when None), in its order."""
        rows, streams = self._ordered(wanted, org, on)
        return self._queries.rows(streams, on) if rows is None else rows

    def regions(self) -> list[tuple[str, str]]:
        """Return the orgs that projects belong to as (code, name), by code."""
        with self._house.database.read() as cursor:
            directory = self._house.directory(cursor)
            held = finding.different(self._house.database, cursor, "parent")
        return [(str(row[0]), directory.org_name(row[0])) for row in held if row[0]]

    def digests(self) -> list[str]:
        """Return the digests of the workflows that projects run under."""
        with self._house.database.read() as cursor:
            held = finding.different(self._house.database, cursor, "digest")
        return [str(row[0]) for row in held]

    def _ordered(
        self, wanted: Wanted, org: str | None, on: date | None = None
    ) -> tuple[list[BoardRow] | None, list[str]]:
        """Return the streams; the rows too where lamps decide what is found, or in which order."""
        with self._house.database.read() as cursor:
            streams = self._found(cursor, wanted, org)
        by = _BY.get(wanted.order)
        if not wanted.lamp and by is None:
            return None, streams
        rows = self._queries.rows(streams, on)
        rows = [row for row in rows if wanted.lamp in ("", row.lamp.light.value)]
        return (sorted(rows, key=by) if by else rows), streams

    def _found(self, cursor: Any, wanted: Wanted, org: str | None) -> list[str]:
        given = wanted.given()
        equal = {name: given[name] for name in finding.COLUMNS if name in given}
        newest = wanted.order == "opened"
        streams = finding.streams(self._house.database, cursor, equal, org, newest)
        for word in wanted.q.split():
            if not streams:
                break
            named = self._named(cursor, word)
            streams = [stream for stream in streams if stream in named]
        return streams

    def _named(self, cursor: Any, word: str) -> set[str]:
        units = self._all_units(cursor).find(word) if len(word) > 1 else set()
        found = self._all_names(cursor).find(word)
        return found | finding.of_orgs(self._house.database, cursor, units)

    def _all_names(self, cursor: Any) -> Names:
        """Code and name of a project never change, so that only new ones are a reason to read."""
        count = finding.count(self._house.database, cursor)
        if self._names[0] != count:
            rows = finding.named(self._house.database, cursor)
            self._names = (len(rows), Names((row[0], row[1:]) for row in rows))
        return self._names[1]

    def _all_units(self, cursor: Any) -> Names:
        directory = self._house.directory(cursor)
        if self._units[0] is not directory:
            units = ((org.code, (org.code, org.name)) for org in directory.orgs.values())
            self._units = (directory, Names(units))
        return self._units[1]


def _next_due(row: BoardRow) -> tuple[bool, date, str]:
    return row.lamp.due is None, row.lamp.due or date.max, row.project.code


def _longest_late(row: BoardRow) -> tuple[int, str]:
    return -row.lamp.late, row.project.code


_BY: Mapping[str, Callable[[BoardRow], Any]] = {"due": _next_due, "late": _longest_late}
