"""Calendars and the deadlines that stand under them: what would move, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.arrangements import COUNTRY, Arrangement
from engine.core.calendar import Calendar
from engine.core.context import parties
from engine.core.deadlines import local_day
from engine.core.definition import Workflow
from engine.core.rows import Project
from engine.core.state import Draft, State
from engine.core.unconfirmed import Move, unconfirmed
from engine.services.house import House
from engine.services.lifecycle import stream_of, unknown_project
from engine.storage import boards

NOVEMBER = 11
"""From this month on next year's notice is asked for: it came between late October and December."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A move of one project's deadline that nobody has confirmed yet."""

    project: Project
    workflow: Workflow
    move: Move


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is not known yet, on a day.

    Attributes:
        on: the office's day.
        missing: the years without their own notice that are needed now: this one, and from
            November the next; ascending.
        provisional: how many open deadlines are provisional.
        unconfirmed: how many open deadlines a known calendar would move.
    """

    on: date
    missing: tuple[int, ...]
    provisional: int
    unconfirmed: int


class Calendars:
    """Questions about calendars and what hangs on them; nothing here writes."""

    def __init__(self, house: House) -> None:
        self._house = house

    def known(self, known_on: date, org: str | None = None) -> Calendar:
        """Return the working days as they were known on a day, with the own days of an org.

        Args:
            known_on: the office's day.
            org: with its own days and those of the orgs above it; None for the country's alone.
        """
        with self._house.database.read() as cursor:
            offices = self._house.directory(cursor).above(org) if org else ()
            return self._house.calendar(cursor, known_on, offices)

    def moves(
        self, code: str | None = None, more: Arrangement | None = None
    ) -> tuple[Pending, ...]:
        """Return the open deadlines that stand otherwise than the calendar known now gives.

        Args:
            code: of this project; of all of them, by code, when None.
            more: count as if this arrangement were on record and known too.

        Raises:
            UnknownObjectError: there is no such project.
        """
        with self._house.database.read() as cursor:
            return tuple(
                found for stream in self._streams(cursor, code)
                for found in self._moves_of(cursor, stream, more)
            )  # fmt: skip

    def counting_with(self, region: str) -> int:
        """Return how many projects count with the days of a region: ``cn``, or an org."""
        with self._house.database.read() as cursor:
            streams = self._streams(cursor, None)
            return sum(region in self._regions(cursor, stream) for stream in streams)

    def outlook(self) -> Outlook:
        """Return which years are missing, and how many open deadlines hang on them."""
        with self._house.database.read() as cursor:
            today = local_day(self._house.now(cursor), self._house.ports.timezone)
            owed = [row for _, row in boards.owed(self._house.database, cursor)]
            missing = missing_years(self._house.calendar(cursor, today), today)
        provisional = sum(row.provisional for row in owed)
        return Outlook(today, missing, provisional, len(self.moves()))

    def _streams(self, cursor: Any, code: str | None) -> list[str]:
        if code is None:
            return [stream for stream, _ in boards.projects(self._house.database, cursor)]
        if self._house.store(cursor).seq_of(stream_of(code)) == 0:
            raise unknown_project(self._house, cursor, code)
        return [stream_of(code)]

    def _loaded(self, cursor: Any, stream: str) -> tuple[State, Workflow, tuple[str, ...]]:
        state = self._house.store(cursor).find(stream)
        assert state is not None  # the stream was just listed
        workflow = self._house.workflow(cursor, state.project.digest)
        return state, workflow, self._house.offices(cursor, workflow, parties(Draft(state)))

    def _regions(self, cursor: Any, stream: str) -> tuple[str, ...]:
        return COUNTRY, *self._loaded(cursor, stream)[2]

    def _moves_of(self, cursor: Any, stream: str, more: Arrangement | None) -> Iterator[Pending]:
        state, workflow, offices = self._loaded(cursor, stream)
        today = local_day(self._house.now(cursor), workflow.timezone)
        calendar = self._house.calendar(cursor, today, offices)
        if more is not None and more.region in (COUNTRY, *offices):
            calendar = calendar.overlay(more).seen_by(offices)
        for move in unconfirmed(Draft(state), workflow, calendar):
            yield Pending(state.project, workflow, move)


def missing_years(calendar: Calendar, today: date) -> tuple[int, ...]:
    """Return the years without their own notice that should have one by a day, ascending.

    The notice of the next year is asked for from 1 November on.
    """
    last = today.year + (today.month >= NOVEMBER)
    return calendar.missing_years(date(today.year, 1, 1), date(last, 1, 1))
