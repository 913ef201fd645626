"""Why a notice was sent, to whom and by which rule; and why nobody has been told of a task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.core.calendar import Calendar
from engine.core.context import parties
from engine.core.deadlines import is_unsure_rung, local_day, rung_day
from engine.core.definition import Ladder, Rung, Workflow
from engine.core.directory import Directory
from engine.core.errors import UnknownObjectError
from engine.core.events import Entry
from engine.core.recipients import recipients
from engine.core.rows import Project, TaskRow
from engine.core.state import Draft, State
from engine.core.timing import is_paused, ladder_of
from engine.services.deadlines import the_row
from engine.services.house import House
from engine.services.lifecycle import stream_of, unknown_project
from engine.storage import boards, ledger


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a task's ladder: its day (perhaps provisional), whether passed, who is told.

    `to` holds each role with the posts that hold it now; no post means that nobody does.
    `notices` are those of this rung in the present term, as the ledger has them.
    """

    rung: Rung
    day: date | None
    is_passed: bool
    to: tuple[tuple[str, tuple[str, ...]], ...]
    notices: tuple[Mapping[str, Any], ...]
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Why a notice was sent: the entry that caused it, and the rule.

    `rung` is the step of the ladder, None where something else told; `cause` is the ledger's key.
    """

    project: Project
    workflow: Workflow
    notice: Mapping[str, Any]
    entry: Entry
    row: TaskRow | None
    rung: Rung | None
    day: date | None
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """What the clock does for a task: the steps of its ladder, and why it is silent now.

    `silence` is ``closed`` | ``no_ladder`` | ``undated`` | ``suspended`` | ``waiting`` |
    ``finished`` | ``not_reached`` | ``not_swept``; the last means that the moment has come and
    no sweep has run since.
    """

    project: Project
    workflow: Workflow
    row: TaskRow
    ladder: Ladder | None
    steps: tuple[Step, ...]
    silence: str
    next_at: datetime | None
    others: tuple[Mapping[str, Any], ...]


class Telling:
    """Questions about what was told; nothing here writes."""

    def __init__(self, house: House) -> None:
        self._house = house

    def notice(self, code: str, n: int) -> Told:
        """Return why a notice was sent.

        Raises:
            UnknownObjectError: there is no such project or notice.
        """
        with self._house.database.read() as cursor:
            state, workflow, calendar = self._loaded(cursor, code)
            rows = boards.notices(self._house.database, cursor, stream=state.stream)
            notice = next((row for row in rows if row["n"] == n), None)
            if notice is None:
                raise UnknownObjectError("notice", f"{code} {n}")
            database = self._house.database
            entry = ledger.entry_at(database, cursor, state.stream, notice["seq"])
        assert entry is not None  # a notice is written with its entry
        return _told(state, workflow, calendar, notice, entry)

    def task(self, code: str, wanted: str) -> Watch:
        """Return what the clock has told of a task, what comes next, and why it is silent now.

        Args:
            code: the project.
            wanted: the task's label, or the key of a stage.

        Raises:
            UnknownObjectError: there is no such project or task.
        """
        with self._house.database.read() as cursor:
            state, workflow, calendar = self._loaded(cursor, code)
            row = the_row(state, wanted)
            rows = boards.notices(self._house.database, cursor, stream=state.stream)
            told = [each for each in rows if each["task"] == row.n]
            directory, now = self._house.directory(cursor), self._house.now(cursor)
        steps = _steps(_Watched(state, workflow, calendar, directory, now), row, told)
        shown = {each["n"] for step in steps for each in step.notices}
        return Watch(
            state.project, workflow, row, ladder_of(workflow, row), steps,
            _silence(state, workflow, row, now), row.next_at,
            tuple(each for each in told if each["n"] not in shown),
        )  # fmt: skip

    def _loaded(self, cursor: Any, code: str) -> tuple[State, Workflow, Calendar]:
        state = self._house.store(cursor).find(stream_of(code))
        if state is None:
            raise unknown_project(self._house, cursor, code)
        workflow = self._house.workflow(cursor, state.project.digest)
        offices = self._house.offices(cursor, workflow, parties(Draft(state)))
        today = local_day(self._house.now(cursor), workflow.timezone)
        return state, workflow, self._house.calendar(cursor, today, offices)


@dataclass(frozen=True, slots=True)
class _Watched:
    """A project with what its ladder is read by."""

    state: State
    workflow: Workflow
    calendar: Calendar
    directory: Directory
    now: datetime


def _told(
    state: State, workflow: Workflow, calendar: Calendar, notice: Mapping[str, Any], entry: Entry
) -> Told:
    row = state.row(TaskRow, notice["task"]) if notice["task"] is not None else None
    ladder = ladder_of(workflow, row) if row is not None else None
    rungs = ladder.rungs if ladder is not None else ()
    rung = next((held for held in rungs if held.key == notice["rung"]), None)
    # The day of a rung is known for the due day in force; an earlier term had another one.
    is_present = row is not None and notice["cause"].startswith(f"rung:{row.n}:{row.term}:")
    due = row.due if row is not None and is_present else None
    if row is None or rung is None or due is None:
        return Told(state.project, workflow, notice, entry, row, rung, None)
    day, unsure = rung_day(due, rung, calendar), _is_unsure(row, rung, calendar)
    return Told(state.project, workflow, notice, entry, row, rung, day, unsure)


def _is_unsure(row: TaskRow, rung: Rung, calendar: Calendar) -> bool:
    """Return whether the day of a rung is provisional: its due day is, or the way to it."""
    return row.due is not None and (row.provisional or is_unsure_rung(row.due, rung, calendar))


def _steps(watched: _Watched, row: TaskRow, told: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    ladder = ladder_of(watched.workflow, row)
    if ladder is None:
        return ()
    by_cause: dict[str, list[Mapping[str, Any]]] = {}
    for each in told:
        by_cause.setdefault(each["cause"], []).append(each)
    return tuple(
        Step(
            rung, rung_day(row.due, rung, watched.calendar) if row.due else None,
            place < row.rung, _holders(watched, row, rung),
            tuple(by_cause.get(f"rung:{row.n}:{row.term}:{rung.key}", ())),
            _is_unsure(row, rung, watched.calendar),
        )
        for place, rung in enumerate(ladder.rungs)
    )  # fmt: skip


def _holders(
    watched: _Watched, row: TaskRow, rung: Rung
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    bound = parties(Draft(watched.state))
    on = local_day(watched.now, watched.workflow.timezone)
    roles = [watched.workflow.roles[row.holder if to == "holder" else to] for to in rung.to]
    return tuple(
        (role.key, tuple(to.post for to in recipients(watched.directory, (role,), bound, on)))
        for role in roles
    )


def _silence(state: State, workflow: Workflow, row: TaskRow, now: datetime) -> str:
    ladder = ladder_of(workflow, row)
    causes = {
        "closed": row.status != "open",
        "no_ladder": ladder is None,
        "undated": row.due is None,
        "waiting": row.waiting is not None,
        "suspended": is_paused(Draft(state), workflow, row),
        "finished": ladder is not None and row.rung >= len(ladder.rungs),
        "not_swept": row.next_at is not None and row.next_at <= now,
    }
    return next((cause for cause, holds in causes.items() if holds), "not_reached")
