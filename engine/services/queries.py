"""Reads: the board, one project, what is owed, the notices, coverage. Nothing here writes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.core.bars import bars
from engine.core.calendar import Calendar
from engine.core.context import parties
from engine.core.cutoff import counted_day
from engine.core.deadlines import local_day
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.lamps import Lamp, lamp, task_lamp
from engine.core.rows import Party, Programme, Project, Target, TaskRow, Wave
from engine.core.state import Draft, State
from engine.core.timing import late_when_done, lateness, rule_of
from engine.services.board import Board, BoardRow, Seen
from engine.services.house import House
from engine.services.lifecycle import stream_of, unknown_project
from engine.services.people import may_see
from engine.services.pulse import Pulse, pulse
from engine.services.registers import PROGRAMME
from engine.storage import boards


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed, with the project it belongs to and how many working days it is late."""

    project: Project
    workflow: Workflow
    task: TaskRow
    late: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """A target and how far it is met on a day; `total` None when nobody has counted yet."""

    target: Target
    have: int
    total: int | None
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One project with everything its page needs, for a day as seen at a moment (UTC)."""

    state: State
    workflow: Workflow
    calendar: Calendar
    directory: Directory
    lamp: Lamp
    on: date
    at: datetime | None = None

    def late(self, task: TaskRow) -> int:
        """Return how many working days a task is late on the day, or was late when done."""
        if task.status == "done":
            return late_when_done(task, self.calendar)
        rule = rule_of(self.workflow, task)
        counted = counted_day(self.workflow, rule, self.on, self.at, self.calendar)
        return lateness(task.due, counted, self.calendar) if task.status == "open" else 0

    @property
    def lamps(self) -> dict[int, Lamp]:
        """The lamp of every open task, by its number."""
        return {
            row.n: task_lamp(self.state, self.workflow, self.calendar, row, self.on, self.at)
            for row in self.state.rows(TaskRow)
            if row.status == "open" and row.kind != "series"
        }


class Queries:
    """The questions a screen, a terminal or a report asks."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._board = Board(house, lambda cursor, stream: self._seen(cursor, stream, None))

    def today(self, timezone: str) -> date:
        """Return the office's present day by the house's clock."""
        with self._house.database.read() as cursor:
            return local_day(self._house.now(cursor), timezone)

    def board(self, on: date | None = None, org: str | None = None) -> list[BoardRow]:
        """Return every project by code, as it stands on a day (today when None).

        With `org`, only those that it may see.
        """
        with self._house.database.read() as cursor:
            directory = self._house.directory(cursor)
            seen = self._board.rows(cursor) if on is None else self._as_of(cursor, on)
            return [one.row for one in seen if org is None or may_see(directory, org, one.parties)]

    def warm(self, is_over: Callable[[], bool]) -> None:
        """Make the rows of today's board ahead of whoever asks first, until told to stop."""
        with self._house.database.read() as cursor:
            for _ in self._board.rows(cursor):
                if is_over():
                    return

    def rows(self, streams: Sequence[str], on: date | None = None) -> list[BoardRow]:
        """Return these projects in their order, as they stand on a day (today when None)."""
        with self._house.database.read() as cursor:
            if on is not None:
                return [self._seen(cursor, stream, on).row for stream in streams]
            return [one.row for one in self._board.rows(cursor, streams)]

    def details(self, streams: Sequence[str]) -> list[Detail]:
        """Return everything of these projects, in their order, as it stands now."""
        with self._house.database.read() as cursor:
            return [self._detail(cursor, stream, None) for stream in streams]

    def _as_of(self, cursor: Any, on: date) -> Iterator[Seen]:
        for stream in boards.heads(self._house.database, cursor):
            yield self._seen(cursor, stream, on)

    def _is_seen(self, cursor: Any, stream: str, org: str) -> bool:
        state = self._house.store(cursor).find(stream)
        directory = self._house.directory(cursor)
        return state is not None and may_see(directory, org, state.rows(Party))

    def _seen(self, cursor: Any, stream: str, on: date | None) -> Seen:
        detail = self._detail(cursor, stream, on)
        region = detail.directory.org_name(detail.state.project.parent)
        row = BoardRow(
            stream, detail.state.project, region, detail.workflow, detail.lamp,
            bars(detail.state, detail.workflow, detail.calendar),
        )  # fmt: skip
        return Seen(row, tuple(detail.state.rows(Party)))

    def project(self, code: str, on: date | None = None, org: str | None = None) -> Detail:
        """Return one project.

        Raises:
            UnknownObjectError: there is none of that code, or `org` may not see it.
        """
        with self._house.database.read() as cursor:
            stream = stream_of(code)
            is_there = self._house.store(cursor).seq_of(stream) > 0
            if not is_there or (org is not None and not self._is_seen(cursor, stream, org)):
                raise unknown_project(self._house, cursor, code)
            return self._detail(cursor, stream, on)

    def _detail(self, cursor: Any, stream: str, on: date | None) -> Detail:
        state = self._house.store(cursor).find(stream)
        assert state is not None  # the stream was just listed
        workflow = self._house.workflow(cursor, state.project.digest)
        now = self._house.now(cursor)
        day = on or local_day(now, workflow.timezone)
        offices = self._house.offices(cursor, workflow, parties(Draft(state)))
        calendar = self._house.calendar(cursor, day, offices)
        directory = self._house.directory(cursor)
        return Detail(
            state,
            workflow,
            calendar,
            directory,
            lamp(state, workflow, calendar, day, now),
            day,
            now,
        )

    def owed(self, post: str | None = None) -> list[Owed]:
        """Return what is open, by due day; for one post, what its roles must do."""
        with self._house.database.read() as cursor:
            projects = dict(boards.projects(self._house.database, cursor))
            found = []
            for stream, task in boards.owed(self._house.database, cursor):
                workflow = self._house.workflow(cursor, projects[stream].digest)
                now = self._house.now(cursor)
                day = local_day(now, workflow.timezone)
                if post is None or self._is_mine(cursor, stream, workflow, task, post, day):
                    calendar = self._calendar(cursor, stream, workflow, day)
                    counted = counted_day(workflow, rule_of(workflow, task), day, now, calendar)
                    late = lateness(task.due, counted, calendar)
                    found.append(Owed(projects[stream], workflow, task, late))
            return found

    def _calendar(self, cursor: Any, stream: str, workflow: Workflow, day: date) -> Calendar:
        """Return a project's calendar; parties are asked only where an org has days of its own."""
        if not self._house.has_own_days(cursor):
            return self._house.calendar(cursor, day)
        offices = self._house.offices(cursor, workflow, self._bound(cursor, stream))
        return self._house.calendar(cursor, day, offices)

    def _bound(self, cursor: Any, stream: str) -> dict[str, str]:
        rows = self._house.store(cursor).rows_of(Party, stream)
        return {row.name: row.org for row in rows if isinstance(row, Party) and row.to_on is None}

    def _is_mine(
        self, cursor: Any, stream: str, workflow: Workflow, task: TaskRow, post: str, day: date
    ) -> bool:
        role = workflow.roles.get(task.waiting or "", workflow.roles[task.holder])
        bound = self._bound(cursor, stream)
        return self._house.directory(cursor).holds(post, role, bound, day)

    def board_codes(self) -> list[str]:
        """Return the codes of every project."""
        with self._house.database.read() as cursor:
            return [p.code for _, p in boards.projects(self._house.database, cursor)]

    def seen(self, org: str) -> dict[str, Project]:
        """Return the projects that an org may see, by stream, in the order of their codes."""
        with self._house.database.read() as cursor:
            directory = self._house.directory(cursor)
            bound = boards.bound(self._house.database, cursor)
            own = {stream for stream, held in bound if org in directory.above(held)}
            listed = boards.projects(self._house.database, cursor)
            return {stream: project for stream, project in listed if stream in own}

    def notices(self, **equal: str) -> list[dict[str, Any]]:
        """Return the notice ledger, oldest first, filtered by column."""
        with self._house.database.read() as cursor:
            return boards.notices(self._house.database, cursor, **equal)

    def notice_heads(self, **equal: str) -> list[dict[str, Any]]:
        """Return the notice ledger without the texts, oldest first, filtered by column."""
        with self._house.database.read() as cursor:
            return boards.notice_heads(self._house.database, cursor, **equal)

    def notice_counts(self) -> dict[tuple[str, str], int]:
        """Return how many notices there are by (rung, status)."""
        with self._house.database.read() as cursor:
            return dict(boards.notice_counts(self._house.database, cursor))

    def pulse(self) -> Pulse:
        """Return the state of the clockwork: last sweep, alarm, what reached nobody."""
        return pulse(self._house)

    def cadence_counts(self) -> dict[tuple[str, str], int]:
        """Return how many occurrences of cadences there are by (task, status)."""
        with self._house.database.read() as cursor:
            return dict(boards.task_counts(self._house.database, cursor))

    def programmes(self) -> list[Programme]:
        """Return the programmes, by code."""
        with self._house.database.read() as cursor:
            return [s.row(Programme, 1) for s in self._programme_states(cursor)]

    def waves(self) -> list[Wave]:
        """Return the waves of every programme, in their order."""
        with self._house.database.read() as cursor:
            return [w for s in self._programme_states(cursor) for w in s.rows(Wave)]

    def _programme_states(self, cursor: Any) -> list[State]:
        streams = boards.streams(self._house.database, cursor, PROGRAMME)
        found = [self._house.store(cursor).find(stream) for stream in streams]
        return [state for state in found if state is not None]

    def targets(self) -> list[Target]:
        """Return what the programmes want reached, without judging how far it is."""
        with self._house.database.read() as cursor:
            return [t for s in self._programme_states(cursor) for t in s.rows(Target)]

    def coverage(self, on: date | None = None) -> list[Coverage]:
        """Return every target with how far it is met on a day.

        A target counts projects that have entered its stage by the day, or orgs bound under its
        party. A target whose denominator nobody has counted cannot be judged yet.
        """
        with self._house.database.read() as cursor:
            listed = boards.projects(self._house.database, cursor)
            details = [self._detail(cursor, stream, on) for stream, _ in listed]
            targets = [t for s in self._programme_states(cursor) for t in s.rows(Target)]
        return [_covered(target, details, on) for target in targets]


def _covered(target: Target, details: list[Detail], on: date | None) -> Coverage:
    have = sum(_counts(target, detail, on or detail.on) for detail in details)
    if target.count is None:
        return Coverage(target, have, None, None)
    return Coverage(target, have, target.count, have >= target.count)


def _counts(target: Target, detail: Detail, on: date) -> bool:
    until = min(on, target.by) if target.by else on
    if target.stage is not None:
        return any(
            stay[0] <= until
            for bar in bars(detail.state, detail.workflow, detail.calendar)
            if bar.stage == target.stage
            for stay in bar.stays
        )
    return target.party in parties(Draft(detail.state))
