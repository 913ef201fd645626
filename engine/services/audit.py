"""The auditor's questions: what happened, what was true when, what was known when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from engine.core.calendar import Calendar
from engine.core.context import parties
from engine.core.deadlines import local_day
from engine.core.errors import UnknownObjectError
from engine.core.events import Entry
from engine.core.lamps import Lamp, View, lamp, view
from engine.core.rows import Project, Published
from engine.core.state import Draft, State, fold
from engine.services.house import CALENDARS, House
from engine.services.lifecycle import stream_of, unknown_project
from engine.storage import ledger
from engine.storage.ledger import Search

FARTHEST = 2**31
"""No stream has so many entries, and no database column holds more."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A project as it was on `on`, by what had been recorded by `known`, calendars included."""

    state: State
    view: View
    lamp: Lamp
    on: date
    known: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries, and how many the search finds in all."""

    entries: list[Entry]
    total: int


class Audit:
    """Reads of the trail. Nothing here writes."""

    def __init__(self, house: House) -> None:
        self._house = house

    def log(self, search: Search, limit: int | None = None, offset: int = 0) -> Found:
        """Return entries by time of recording, oldest first."""
        with self._house.database.read() as cursor:
            total = ledger.count(self._house.database, cursor, search)
            found = ledger.entries(self._house.database, cursor, search, limit, offset)
        return Found(found, total)

    def around(self, stream: str, seq: int) -> dict[int, Entry]:
        """Return an entry and its neighbours by number; what is not there is absent.

        Asked for one by one, so that a gap in a stream moves nothing.
        """
        database = self._house.database
        numbers = [n for n in (seq - 1, seq, seq + 1) if 0 < n < FARTHEST]
        with database.read() as cursor:
            found = [ledger.entry_at(database, cursor, stream, n) for n in numbers]
        return {one.seq: one for one in found if one is not None}

    def history(self, code: str) -> list[Entry]:
        """Return every entry of a project, oldest first.

        Raises:
            UnknownObjectError: there is no such project.
        """
        with self._house.database.read() as cursor:
            found = ledger.of_stream(self._house.database, cursor, stream_of(code))
            if not found:
                raise unknown_project(self._house, cursor, code)
        return found

    def asof(self, code: str, on: date | None = None, known: datetime | None = None) -> AsOf:
        """Return a project as it was on a day, by what was known at a moment.

        Args:
            code: the project's code.
            on: the day asked about; the day of `known` when None.
            known: only entries recorded by this moment are folded; all of them when None.

        Raises:
            UnknownObjectError: nothing of that project was on record by then.
        """
        with self._house.database.read() as cursor:
            moment = known or self._house.now(cursor)
            found = ledger.of_stream(self._house.database, cursor, stream_of(code))
            kept = [entry for entry in found if entry.recorded_at <= moment]
            if not kept:
                raise UnknownObjectError("project", code)
            state = fold(stream_of(code), (entry.body["cells"] for entry in kept))
            if not list(state.rows(Project)):
                raise UnknownObjectError("project", code)
            workflow = self._house.workflow(cursor, state.project.digest)
            day = on or local_day(moment, workflow.timezone)
            offices = self._house.offices(cursor, workflow, parties(Draft(state)))
            known_on = local_day(moment, workflow.timezone)
            calendar = self._calendar(cursor, moment, known_on, offices)
        shown = lamp(state, workflow, calendar, day, moment)
        return AsOf(state, view(state, day), shown, day, moment, len(kept))

    def _calendar(
        self, cursor: Any, moment: datetime, day: date, offices: tuple[str, ...]
    ) -> Calendar:
        """Return the working days published by a day, of those that were on record by a moment."""
        found = ledger.of_stream(self._house.database, cursor, CALENDARS)
        kept = [entry.body["cells"] for entry in found if entry.recorded_at <= moment]
        if len(kept) == len(found):
            return self._house.calendar(cursor, day, offices)
        texts = [row.text for row in fold(CALENDARS, kept).rows(Published)]
        return self._house.ports.readers.calendar(texts).seen_by(offices).known_on(day)

    def export(self, search: Search) -> Iterator[str]:
        """Yield the canonical text of every entry found, one line each, oldest first."""
        with self._house.database.read() as cursor:
            for entry in ledger.entries(self._house.database, cursor, search):
                yield entry.canon


def is_late_entry(entry: Entry, timezone: str) -> bool:
    """Return whether an entry was recorded on a later local day than it happened (补录)."""
    return entry.effective_on < local_day(entry.recorded_at.astimezone(UTC), timezone)


def facts_line(entry: Entry) -> dict[str, Any]:
    """Return the facts of an entry that are set, for one line of a table."""
    facts: dict[str, Any] = entry.body["facts"]
    return {key: value for key, value in facts.items() if value not in (None, [], {})}
