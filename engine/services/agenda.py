"""The due days of a post: what it owes, and what it no longer owes, for a calendar to follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.core.context import parties
from engine.core.deadlines import local_day
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.rows import Post, Project, TaskRow
from engine.core.state import Draft, State
from engine.services.house import House
from engine.services.inbox import roles_of
from engine.storage import boards

REMEMBERED = timedelta(days=90)
"""How long after its end a due day is still told as ended, so that every calendar hears of it."""


@dataclass(frozen=True, slots=True)
class Due:
    """One due day of a post. `revision` never falls; `is_owed` is false once nothing is due."""

    project: Project
    workflow: Workflow
    row: TaskRow
    on: date
    revision: int
    is_owed: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """The due days of a post as of a moment, by day and project."""

    at: datetime
    dues: tuple[Due, ...]


def agenda(house: House, post: Post) -> Agenda:
    """Return the due days of everything whose holder the post is."""
    with house.database.read() as cursor:
        directory = house.directory(cursor)
        found = [
            due
            for stream in boards.heads(house.database, cursor)
            for due in _of_project(house, cursor, stream, directory, post)
        ]
        now = house.now(cursor)
    return Agenda(now, tuple(sorted(found, key=lambda due: (due.on, due.project.code, due.row.n))))


def _of_project(
    house: House, cursor: Any, stream: str, directory: Directory, post: Post
) -> Iterator[Due]:
    state = house.store(cursor).find(stream)
    assert state is not None  # the stream was just listed
    workflow = house.workflow(cursor, state.project.digest)
    today = local_day(house.now(cursor), workflow.timezone)
    mine = roles_of(directory, post, workflow, parties(Draft(state)), today)
    for row in state.rows(TaskRow):
        if row.holder in mine and row.kind != "series" and not row.carried:
            yield from _due(state, workflow, row, today)


def _due(state: State, workflow: Workflow, row: TaskRow, today: date) -> Iterator[Due]:
    on = row.due or row.original_due
    is_over = row.done_on is not None and row.done_on < today - REMEMBERED
    if on is not None and not is_over:
        owed = row.status == "open" and row.due is not None
        # Every entry of the project raises the number, also one that moves nothing here: a
        # calendar asks only that it never falls.
        yield Due(state.project, workflow, row, on, state.seq, owed)
