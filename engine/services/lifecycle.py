"""Everything a person may ask of a project: one call, one transaction, one entry."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.core.commands import Command, Correct, Open, Void
from engine.core.context import Context, parties
from engine.core.deadlines import local_day
from engine.core.decide.corrections import Past
from engine.core.decide.decision import Decision
from engine.core.decide.dispatch import Option, decide, options
from engine.core.definition import Workflow
from engine.core.errors import (
    Reason,
    RefusalError,
    ShidianError,
    StaleVersionError,
    UnknownObjectError,
)
from engine.core.events import Actor, NoticeRequest
from engine.core.rows import Project
from engine.core.state import Draft
from engine.services.house import REGISTER, STREAM_KINDS, House
from engine.services.writing import Frame, not_before, render, write
from engine.storage import answers, boards, ledger
from engine.storage.store import Held, Store


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done: the record number in its stream, and where the project now stands."""

    stream: str
    seq: int
    version: int
    deed: str
    stage: str
    standing: str
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one item of a bulk request: a receipt or the error that refused it."""

    stream: str
    receipt: Receipt | None
    error: ShidianError | None


@dataclass(frozen=True, slots=True)
class Ask:
    """A request with its circumstances. `occurred_on` None means today.

    `key` makes it repeatable: the same key and request answer what was answered before.
    """

    command: Command
    actor: Actor
    occurred_on: date | None = None
    expected_version: int | None = None
    key: str | None = None
    batch: str | None = None
    reason: str | None = None


def stream_of(code: str) -> str:
    """Return the stream of a project by its code."""
    return f"project:{code}"


class Lifecycle:
    """The verbs of a project."""

    def __init__(self, house: House) -> None:
        self._house = house

    def act(self, code: str, ask: Ask, *, dry_run: bool = False) -> Receipt:
        """Do what is asked, or refuse with every reason; commits, also the refusal.

        Args:
            code: the project's code.
            ask: the request.
            dry_run: decide, but write nothing.

        Raises:
            RefusalError: the request is refused; the attempt is on record.
            StaleVersionError: somebody else moved the project since `expected_version`.
            UnknownObjectError: there is no such project.
        """
        receipt, refused = self._take(code, ask, dry_run=dry_run)
        if refused is not None:
            raise refused
        assert receipt is not None  # a turn gives a receipt or an error
        return receipt

    def _take(
        self, code: str, ask: Ask, *, dry_run: bool, again: bool = True
    ) -> tuple[Receipt | None, ShidianError | None]:
        try:
            with self._house.database.write() as cursor:
                return _Turn(self._house, cursor, code, ask).take(dry_run=dry_run)
        except Exception as error:
            # Two openings of one new project cannot lock a row that is not there yet: the
            # database refuses the second, which then finds the first and is told so.
            if not (again and self._house.database.is_collision(error)):
                raise
        return self._take(code, ask, dry_run=dry_run, again=False)

    def act_within(self, cursor: Any, code: str, ask: Ask) -> Receipt:
        """Do what is asked inside the caller's transaction; a refusal leaves it to roll back.

        Raises:
            RefusalError: the request is refused.
        """
        receipt, refused = _Turn(self._house, cursor, code, ask).take(dry_run=False)
        if refused is not None:
            raise refused
        assert receipt is not None  # a turn gives a receipt or an error
        return receipt

    def refused_within(self, cursor: Any, code: str, ask: Ask) -> ShidianError | None:
        """Return what would refuse a request, None where nothing does; writes nothing."""
        return _Turn(self._house, cursor, code, ask).take(dry_run=True)[1]

    def act_on_all(self, codes: Iterable[str], ask: Ask, *, dry_run: bool = False) -> list[Result]:
        """Do the same in many projects, each in its own transaction; one refusal stops no other."""
        results = []
        for code in codes:
            try:
                results.append(Result(code, self.act(code, ask, dry_run=dry_run), None))
            except ShidianError as error:
                results.append(Result(code, None, error))
        return results

    def options(
        self, code: str, actor: Actor, occurred_on: date | None = None
    ) -> tuple[Option, ...]:
        """Return every action of a project with every reason that blocks it for this actor."""
        with self._house.database.read() as cursor:
            state = self._house.store(cursor).find(stream_of(code))
            if state is None:
                raise unknown_project(self._house, cursor, code)
            workflow = self._house.workflow(cursor, state.project.digest)
            now = self._house.now(cursor)
            bound = parties(Draft(state))
            ctx = context(self._house, cursor, workflow, actor, now, occurred_on, code, bound)
            return options(state, ctx)


def unknown_project(house: House, cursor: Any, code: str) -> UnknownObjectError:
    """Return the error for a project that does not exist, naming the nearest that do."""
    return UnknownObjectError("project", code, boards.near(house.database, cursor, code))


def context(
    house: House, cursor: Any, workflow: Workflow, actor: Actor, now: datetime,
    occurred_on: date | None, code: str, bound: Mapping[str, str],
) -> Context:  # fmt: skip
    """Return the frame of a decision, with calendar and register as known at this moment.

    `bound` are the project's orgs by binding name: they say whose calendar counts.
    """
    today = local_day(now, workflow.timezone)
    return Context(
        workflow=workflow, actor=actor, now=now, occurred_on=occurred_on or today,
        calendar=house.calendar(cursor, today, house.offices(cursor, workflow, bound)),
        directory=house.directory(cursor),
        children=boards.children(house.database, cursor, code) if workflow.counts_children else {},
    )  # fmt: skip


class _Turn:
    """One request within one transaction."""

    def __init__(self, house: House, cursor: Any, code: str, ask: Ask) -> None:
        self._house, self._cursor, self._code, self._ask = house, cursor, code, ask
        self._store: Store = house.store(cursor)
        self._stream = stream_of(code)

    def take(self, *, dry_run: bool) -> tuple[Receipt | None, ShidianError | None]:
        held = self._store.lock(self._stream, "project")
        if held.is_new and not isinstance(self._ask.command, Open):
            return None, unknown_project(self._house, self._cursor, self._code)
        answered = self._answered()
        if answered is not None:
            return answered, None
        workflow = self._workflow(held)
        ctx = self._context(held, workflow)
        decision = self._decide(held, ctx)
        if dry_run:
            return self._dry(held, decision)
        return self._write(held, ctx, decision)

    def _workflow(self, held: Held) -> Workflow:
        if held.is_new or not list(held.state.rows(Project)):
            wanted = self._ask.command.workflow if isinstance(self._ask.command, Open) else ""
            return self._house.newest_workflow(self._cursor, wanted)
        return self._house.workflow(self._cursor, held.state.project.digest)

    def _context(self, held: Held, workflow: Workflow) -> Context:
        now = not_before(self._house.now(self._cursor), held.last_at)
        ask, bound = self._ask, parties(Draft(held.state))
        if isinstance(ask.command, Open):
            bound = dict(ask.command.parties)
        return context(
            self._house, self._cursor, workflow, ask.actor, now, ask.occurred_on, self._code, bound
        )

    def _decide(self, held: Held, ctx: Context) -> Decision:
        ask = self._ask
        if ask.expected_version not in (None, held.state.version):
            facts = {"expected": ask.expected_version, "actual": held.state.version}
            reason = Reason("stale_version", facts)
            asked = {"asked": type(ask.command).__name__.lower()}
            deed = str(getattr(ask.command, "action", asked["asked"]))
            return Decision("attempt.denied", deed, Draft(held.state), asked, reasons=(reason,))
        return decide(held.state, ask.command, ctx, self._past())

    def _past(self) -> tuple[Past, ...]:
        if not isinstance(self._ask.command, Void | Correct):
            return ()
        found = ledger.of_stream(self._house.database, self._cursor, self._stream)
        return tuple(Past(e.seq, e.kind, tuple(e.body["cells"])) for e in found)

    def _dry(self, held: Held, decision: Decision) -> tuple[Receipt | None, ShidianError | None]:
        if decision.reasons:
            return None, self._refusal(held, decision, None)
        project, state = decision.draft.project, held.state
        return Receipt(
            self._stream, state.seq + 1, state.version + 1, decision.deed,
            project.stage, project.standing, is_dry_run=True,
        ), None  # fmt: skip

    def _write(
        self, held: Held, ctx: Context, decision: Decision
    ) -> tuple[Receipt | None, ShidianError | None]:
        ask = self._ask
        # A date that cannot be must not stand in the trail as the day of the attempt.
        occurred_on = min(ctx.occurred_on, ctx.today)
        frame = Frame(
            ask.actor, ctx.now, occurred_on, ask.reason, ask.key, ask.batch, ctx.workflow.digest
        )
        if held.is_new and decision.reasons:
            return None, self._deny_opening(decision, frame)
        notices = render(self._house, self._untold(decision), ctx.workflow, ctx.directory)
        entry = write(self._store, held, decision, frame, notices)
        if decision.reasons:
            return None, self._refusal(held, decision, entry.seq)
        receipt = Receipt(
            self._stream, entry.seq, held.state.version + 1, decision.deed,
            decision.draft.project.stage, decision.draft.project.standing,
        )  # fmt: skip
        self._remember(receipt, ctx.now)
        return receipt, None

    def _untold(self, decision: Decision) -> tuple[NoticeRequest, ...]:
        """Return the notices that were not told before: each comes once, whatever asks for it."""
        told = self._store.told(self._stream) if decision.notices else set()
        return tuple(one for one in decision.notices if (one.cause, one.post) not in told)

    def _deny_opening(self, decision: Decision, frame: Frame) -> RefusalError:
        """Record a refused opening in the register: the project has no stream of its own."""
        held = self._store.lock(REGISTER, STREAM_KINDS[REGISTER])
        facts = {**decision.facts, "project": self._code}
        denied = replace(decision, draft=Draft(held.state), facts=facts)
        frame = replace(frame, now=not_before(frame.now, held.last_at))
        entry = write(self._store, held, denied, frame)
        return RefusalError(decision.reasons, entry.seq)

    def _refusal(self, held: Held, decision: Decision, seq: int | None) -> ShidianError:
        first = decision.reasons[0]
        if first.code != "stale_version":
            return RefusalError(decision.reasons, seq)
        winner = boards.last_deed(self._house.database, self._cursor, self._stream)
        expected = int(str(first.facts["expected"]))
        return StaleVersionError(self._stream, expected, held.state.version, *winner)

    def _answered(self) -> Receipt | None:
        if self._ask.key is None:
            return None
        person = self._ask.actor.person
        found = answers.find(self._house.database, self._cursor, person, self._ask.key)
        if found is None:
            return None
        if found[0] != self._request():
            raise RefusalError((Reason("key_reused", {"key": self._ask.key}),))
        return Receipt(**json.loads(found[1]))

    def _remember(self, receipt: Receipt, now: datetime) -> None:
        if self._ask.key is not None:
            answer = json.dumps(asdict(receipt))
            answers.keep(
                self._house.database, self._cursor, self._ask.actor.person, self._ask.key,
                self._request(), answer, now,
            )  # fmt: skip

    def _request(self) -> str:
        asked = f"{self._code}\n{self._ask.command!r}\n{self._ask.occurred_on}"
        return hashlib.sha256(asked.encode()).hexdigest()
