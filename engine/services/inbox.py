"""What a post owes now, whose turn everything else is, and what it may do with one item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from engine.core.context import Context, parties
from engine.core.deadlines import local_day
from engine.core.decide.asides import asides
from engine.core.decide.turns import Turn, turn_reasons, turns, turns_of
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import Reason, UnknownObjectError
from engine.core.events import CLOCK, Actor
from engine.core.lamps import Lamp, task_lamp
from engine.core.rows import Party, Post, Project, TaskRow
from engine.core.state import Draft, State
from engine.services.house import House
from engine.services.lifecycle import context, stream_of, unknown_project
from engine.services.people import may_see
from engine.services.phase import Phase, phase_of, registers_head
from engine.services.reach import reach
from engine.storage import boards

MOST_KEPT = 20_000
"""Projects that are kept ready in memory; beyond that each is made when it is asked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One open task as a post finds it. `turns` are its own, `others` everybody else's.

    An item with turns of the post is the post's to do; one without waits for others.
    """

    project: Project
    workflow: Workflow
    row: TaskRow
    lamp: Lamp
    turns: tuple[Turn, ...]
    others: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A turn with every reason why this actor may not take it; without any, it may be taken."""

    turn: Turn
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One item opened: the project's rows, and what the actor may do with the task."""

    state: State
    workflow: Workflow
    directory: Directory
    row: TaskRow
    lamp: Lamp
    offers: tuple[Offer, ...]
    on: date

    @property
    def parties(self) -> tuple[Party, ...]:
        """The orgs bound to the project now."""
        return tuple(row for row in self.state.rows(Party) if row.to_on is None)


@dataclass(frozen=True, slots=True)
class Beside:
    """What may be done in a project beside its open tasks."""

    state: State
    workflow: Workflow
    directory: Directory
    offers: tuple[Offer, ...]
    on: date


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is kept of a project under its head and the day: it asks for no rule again."""

    state: State
    workflow: Workflow
    parties: Mapping[str, str]
    rows: tuple[tuple[TaskRow, Lamp, tuple[Turn, ...]], ...]
    _items: dict[frozenset[str], tuple[Item, ...]] = field(default_factory=dict)

    def items(self, mine: frozenset[str]) -> tuple[Item, ...]:
        """Return what a post owes or waits for that holds these roles in the project."""
        found = self._items.get(mine)
        if found is None:
            found = self._items[mine] = tuple(_items(self, mine))
        return found


@dataclass
class Inbox:
    """The questions of a desk: mine, waiting for others, and one item."""

    house: House
    _kept: dict[str, tuple[tuple[bytes, bytes, Phase], _Ready]] = field(default_factory=dict)

    def of(self, actor: Actor) -> list[Item]:
        """Return what a post owes or waits for, by due day; what has no day comes last.

        Of very many projects only the most urgent are looked through (`reach`).
        """
        with self.house.database.read() as cursor:
            directory = self.house.directory(cursor)
            post = directory.posts[actor.post]
            looked = reach(self.house, cursor, directory, post)
            now = self.house.now(cursor)
            found = [
                item
                for ready in self._ready(cursor, looked)
                for item in ready.items(_mine(ready, directory, post, now))
            ]
        return sorted(found, key=lambda item: (item.row.due or date.max, item.project.code))

    def in_project(self, code: str, actor: Actor) -> list[Item]:
        """Return what a post owes or waits for in one project."""
        with self.house.database.read() as cursor:
            directory = self.house.directory(cursor)
            post = directory.posts[actor.post]
            ready = self._make(cursor, stream_of(code))
            return list(ready.items(_mine(ready, directory, post, self.house.now(cursor))))

    def seen_by(self, org: str) -> list[tuple[State, Workflow]]:
        """Return the projects that an org may see, by code."""
        with self.house.database.read() as cursor:
            directory = self.house.directory(cursor)
            return [
                (ready.state, ready.workflow)
                for ready in self._ready(cursor)
                if may_see(directory, org, ready.state.rows(Party))
            ]

    def _ready(self, cursor: Any, looked: tuple[str, ...] | None = None) -> Iterator[_Ready]:
        register = registers_head(self.house, cursor)
        phases: dict[str, Phase] = {}

        def phase(workflow: Workflow) -> Phase:
            if workflow.digest not in phases:
                phases[workflow.digest] = phase_of(self.house, cursor, workflow)
            return phases[workflow.digest]

        heads = boards.heads(self.house.database, cursor)
        for stream in heads if looked is None else looked:
            head = heads[stream]
            held = self._kept.get(stream)
            key = (head, register, phase(held[1].workflow)) if held else None
            if held is None or held[0] != key:
                ready = self._make(cursor, stream)
                held = ((head, register, phase(ready.workflow)), ready)
                if stream in self._kept or len(self._kept) < MOST_KEPT:
                    self._kept[stream] = held
            yield held[1]

    def _make(self, cursor: Any, stream: str) -> _Ready:
        state = self.house.store(cursor).find(stream)
        assert state is not None  # the stream was just listed
        workflow = self.house.workflow(cursor, state.project.digest)
        ctx = self._context(cursor, state, workflow, CLOCK)
        draft = Draft(state)
        found: dict[int, list[Turn]] = {}
        for turn in turns(draft, ctx):
            found.setdefault(turn.task, []).append(turn)
        rows = tuple(
            (
                row,
                task_lamp(state, workflow, ctx.calendar, row, ctx.today, ctx.now),
                tuple(found[row.n]),
            )
            for row in state.rows(TaskRow)
            if row.n in found
        )
        return _Ready(state, workflow, parties(draft), rows)

    def _context(self, cursor: Any, state: State, workflow: Workflow, actor: Actor) -> Context:
        now = self.house.now(cursor)
        bound, code = parties(Draft(state)), state.project.code
        return context(self.house, cursor, workflow, actor, now, None, code, bound)

    def open(self, code: str, n: int, actor: Actor) -> Opened:
        """Return one task with what the actor may do, and why not.

        Raises:
            UnknownObjectError: there is no such project or task, or the actor's org takes no
                part in it: what may not be seen answers like what does not exist.
        """
        with self.house.database.read() as cursor:
            state = self.house.store(cursor).find(stream_of(code))
            directory = self.house.directory(cursor)
            if state is None or not may_see(directory, actor.org, state.rows(Party)):
                raise unknown_project(self.house, cursor, code)
            row = state.tables.get(TaskRow.table, {}).get(n)
            if not isinstance(row, TaskRow) or row.kind == "series":
                raise UnknownObjectError("task", f"{code}/{n}")
            workflow = self.house.workflow(cursor, state.project.digest)
            ctx = self._context(cursor, state, workflow, actor)
        draft = Draft(state)
        offers = tuple(
            Offer(turn, tuple(turn_reasons(draft, ctx, turn)))
            for turn in (turns_of(draft, ctx, row) if row.status == "open" else ())
        )
        lamp = task_lamp(state, workflow, ctx.calendar, row, ctx.today, ctx.now)
        return Opened(state, workflow, directory, row, lamp, offers, ctx.today)

    def beside(self, code: str, actor: Actor) -> Beside:
        """Return what the actor may do in a project beside its open tasks, and why not.

        Raises:
            UnknownObjectError: there is no such project, or the actor's org takes no part in it.
        """
        with self.house.database.read() as cursor:
            state = self.house.store(cursor).find(stream_of(code))
            directory = self.house.directory(cursor)
            if state is None or not may_see(directory, actor.org, state.rows(Party)):
                raise unknown_project(self.house, cursor, code)
            workflow = self.house.workflow(cursor, state.project.digest)
            ctx = self._context(cursor, state, workflow, actor)
        found = tuple(Offer(turn, reasons) for turn, reasons in asides(Draft(state), ctx))
        return Beside(state, workflow, directory, found, ctx.today)


def roles_of(
    directory: Directory, post: Post, workflow: Workflow, bound: Mapping[str, str], on: date
) -> frozenset[str]:
    """Return the roles of a workflow that a post holds for a project."""
    return frozenset(
        key
        for key in post.roles.split()
        if key in workflow.roles and directory.holds(post.code, workflow.roles[key], bound, on)
    )


def _mine(ready: _Ready, directory: Directory, post: Post, now: datetime) -> frozenset[str]:
    on = local_day(now, ready.workflow.timezone)
    return roles_of(directory, post, ready.workflow, ready.parties, on)


def _items(ready: _Ready, mine: frozenset[str]) -> Iterator[Item]:
    for row, lamp, found in ready.rows if mine else ():
        own = tuple(turn for turn in found if mine.intersection(turn.roles))
        is_mine = any(turn.is_main for turn in own)
        if is_mine or row.holder in mine:
            others = tuple(turn for turn in found if turn.is_main and turn not in own)
            kept = own if is_mine else tuple(replace(t, is_main=False) for t in own)
            yield Item(ready.state.project, ready.workflow, row, lamp, kept, others)
