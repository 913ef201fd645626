"""The clock's request: find what has fallen due, climb the rungs, write the notices."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.core.arrangements import CalendarError
from engine.core.commands import Tick
from engine.core.context import Context, parties
from engine.core.decide.decision import Decision
from engine.core.decide.dispatch import decide
from engine.core.definition import Workflow
from engine.core.errors import ClockError, RefusalError, ShidianError
from engine.core.events import CLOCK, NoticeRequest
from engine.core.recipients import Via
from engine.core.state import Draft, State
from engine.services import clock_alarm
from engine.services.clocks import DatabaseClock
from engine.services.house import House
from engine.services.lifecycle import context
from engine.services.writing import Frame, not_before, render, write
from engine.storage.store import FIRST

BATCH = 100
LONGEST = timedelta(minutes=10)
"""No sweep lasts longer: a clock that is further on after its beginning has jumped."""


@dataclass(slots=True)
class Swept:
    """What a sweep did: streams visited, occurrences opened, notices by rung (merged apart).

    `undeliverable` of the notices reached nobody and wait for a person to see them. `is_cut`
    says that time was up before everything was visited; the rest stays due.
    """

    at: datetime
    streams: int = 0
    opened: int = 0
    rungs: dict[str, int] = field(default_factory=dict)
    merged: int = 0
    undeliverable: int = 0
    is_cut: bool = False
    failed: list[tuple[str, ShidianError]] = field(default_factory=list)
    planned: list[NoticeRequest] = field(default_factory=list)

    @property
    def notices(self) -> int:
        """How many notices were written to be sent."""
        return sum(self.rungs.values())


class Sweep:
    """The idempotent, level-triggered sweep: run twice, late, or by many, each rung comes once."""

    def __init__(self, house: House) -> None:
        self._house = house

    def run(
        self, is_over: Callable[[], bool] = lambda: False, trusted: datetime | None = None
    ) -> Swept:
        """Do everything that has fallen due by now; commits stream by stream.

        Args:
            is_over: asked before each stream; once true, the rest is left to the next sweep.
            trusted: a moment just before, at which somebody has held the clock to be right.

        Raises:
            ClockError: the clock stands before the newest entry, or jumped and is not confirmed.
        """
        with self._house.database.read() as cursor:
            swept = Swept(self._house.now(cursor))
            clock_alarm.check(self._house, cursor, swept.at)
        if trusted is not None and abs(swept.at - trusted) > LONGEST:
            message = f"the clock went from {trusted} to {swept.at} before a sweep"
            raise ClockError(message, "clock_moved", begun=str(trusted), now=str(swept.at))
        for stream in self._due(swept):
            if is_over():
                swept.is_cut = True
                break
            try:
                with self._house.database.write() as cursor:
                    self._visit(cursor, stream, swept)
            except (ShidianError, CalendarError) as error:
                # One project that cannot be swept must not silence all the others.
                swept.failed.append((stream, _told(error)))
        return swept

    def preview(self, at: datetime | None = None) -> Swept:
        """Return what a sweep at a moment would do; writes nothing.

        Raises:
            ClockError: the moment lies before the present one.
        """
        with self._house.database.read() as cursor:
            now = self._house.now(cursor)
            if at is not None and at < now:
                message = f"a sweep at {at} would lie before now, {now}"
                raise ClockError(message, "sweep_in_the_past", at=str(at), now=str(now))
            swept = Swept(at or now)
            due = self._house.store(cursor).due_streams(swept.at, 1_000_000)
            for stream in dict.fromkeys(stream for _, stream in due):
                try:
                    self._plan(cursor, stream, swept)
                except (ShidianError, CalendarError) as error:
                    swept.failed.append((stream, _told(error)))
        return swept

    def _due(self, swept: Swept) -> Iterator[str]:
        seen: set[str] = set()
        last = FIRST
        while True:
            with self._house.database.read() as cursor:
                found = self._house.store(cursor).due_streams(swept.at, BATCH, last)
            if not found:
                return
            # Page by page, not always the first: what fails stays due, and must block nobody.
            last = found[-1]
            for _, stream in found:
                if stream not in seen:
                    seen.add(stream)
                    yield stream

    def _visit(self, cursor: Any, stream: str, swept: Swept) -> None:
        held = self._house.store(cursor).lock(stream, "project")
        if held.is_new:
            return
        workflow = self._house.workflow(cursor, held.state.project.digest)
        now = not_before(self._now(cursor, swept), held.last_at)
        ctx = self._context(cursor, held.state, workflow, now)
        decision = _ticked(held.state, ctx)
        if not decision.draft.cells():
            return
        told = self._house.store(cursor).told(stream)
        owed = tuple(one for one in decision.notices if (one.cause, one.post) not in told)
        notices = render(self._house, owed, workflow, ctx.directory)
        frame = Frame(CLOCK, now, ctx.today, definition=workflow.digest)
        write(self._house.store(cursor), held, decision, frame, notices)
        _count(swept, decision)

    def _now(self, cursor: Any, swept: Swept) -> datetime:
        """Return the present moment, held against the one at which the sweep began."""
        now = self._house.now(cursor)
        is_real = self._house.ports.clock.kind == DatabaseClock.kind
        if is_real and abs(now - swept.at) > LONGEST:
            message = f"the clock went from {swept.at} to {now} within one sweep"
            raise ClockError(message, "clock_moved", begun=str(swept.at), now=str(now))
        return now

    def _plan(self, cursor: Any, stream: str, swept: Swept) -> None:
        state = self._house.store(cursor).find(stream)
        if state is None:
            return
        workflow = self._house.workflow(cursor, state.project.digest)
        decision = _ticked(state, self._context(cursor, state, workflow, swept.at))
        if decision.draft.cells():
            _count(swept, decision)
            swept.planned += decision.notices

    def _context(self, cursor: Any, state: State, workflow: Workflow, at: datetime) -> Context:
        bound, code = parties(Draft(state)), state.project.code
        return context(self._house, cursor, workflow, CLOCK, at, None, code, bound)


def _told(error: ShidianError | CalendarError) -> ShidianError:
    """Return an error in words that a person is told: a calendar that ends refuses like a gate."""
    if isinstance(error, CalendarError):
        return RefusalError((error.reason(),))
    return error


def _ticked(state: State, ctx: Context) -> Decision:
    """Return what the clock does, or raise why it can do nothing: it must not pass in silence."""
    decision = decide(state, Tick(), ctx)
    if decision.reasons:
        raise RefusalError(decision.reasons)
    return decision


def _count(swept: Swept, decision: Decision) -> None:
    swept.streams += 1
    swept.opened += len(decision.facts["opened"])
    for notice in decision.notices:
        if notice.merged:
            swept.merged += 1
            continue
        swept.undeliverable += notice.via == Via.NOBODY
        if notice.rung is not None:
            swept.rungs[notice.rung] = swept.rungs.get(notice.rung, 0) + 1
