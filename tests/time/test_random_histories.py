"""Whatever happens in whatever order, every open day is what a clerk counts from the list of it."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from engine.core.commands import Act, Command, Correct, Open, Raise, Submit, Tick, Void
from engine.core.context import Context
from engine.core.decide.corrections import Past
from engine.core.decide.decision import Decision
from engine.core.decide.dispatch import decide
from engine.core.definition import ActionKind
from engine.core.events import CLOCK, SILENT, Actor, canonical
from engine.core.state import State, TaskRow
from tests.builders import a_directory, the
from tests.core import asks
from tests.time.clerk import Clerk, Days, Thing, nine
from tests.time.clockworks import clockwork, known

DAYS_BACK = st.sampled_from([0, 0, 0, 1, 3, 12])
PASSING = st.sampled_from([0, 0, 45, 600, 1_440, 1_440, 4_000, 14_400, 60_000])
"""Minutes that go by before something is asked: none, an hour, days, weeks."""

WHICH = st.integers(0, 996)
SAID = "because"


class Office(RuleBasedStateMachine):
    """A project, and a clerk who keeps a list of what happens to it."""

    @initialize(
        begun=st.dates(date(2025, 8, 25), date(2026, 12, 1)),
        minute=st.integers(0, 1_439),
        finish=st.none() | st.integers(5, 90),
        begin=st.none() | st.integers(-20, 60),
    )
    def begin(self, begun: date, minute: int, finish: int | None, begin: int | None) -> None:
        """Open the project, with its dates chosen or not."""
        self.state, self.past = State("project:P1"), list[Past]()
        self.now = nine(begun) + timedelta(minutes=minute - 540)
        self.directory = a_directory()
        self.clerk = Clerk(clockwork(), Days(known()))
        self.climbed = Counter[tuple[int, int, str]]()
        self.parts: dict[int, Thing] = {}
        chosen = {
            name: begun + timedelta(days=days) if days is not None else None
            for name, days in (("finish", finish), ("begin", begin))
        }
        phrases = {name: asks.phrase(on) for name, on in chosen.items()}
        assert self.do("county", Open("P1", "A clock", {}, phrases), self.today)
        self.clerk.opened(self.today, chosen)

    @property
    def today(self) -> date:
        """The office's day."""
        return (self.now + timedelta(hours=8)).date()

    def frame(self, post: str, on: date) -> Context:
        """Return the frame of a request."""
        held = self.directory.posts.get(post)
        who = Actor(post, post, held.org, "cli") if held else CLOCK
        return Context(clockwork(), who, self.now, on, known(), self.directory)

    def ask(self, post: str, command: Command, on: date) -> Decision:
        """Return the decision on a request."""
        return decide(self.state, command, self.frame(post, on), tuple(self.past))

    def do(self, post: str, command: Command, on: date) -> Decision | None:
        """Keep a decision, or nothing where the request is refused."""
        decision = self.ask(post, command, on)
        if decision.reasons:
            return None
        self.keep(decision)
        return decision

    def keep(self, decision: Decision) -> None:
        """Write a decision into the state and the trail."""
        loud = decision.kind not in SILENT
        self.state = decision.draft.state(self.state.seq + 1, self.state.version + loud)
        body = json.loads(canonical({"cells": decision.draft.cells()}))
        self.past.append(Past(self.state.seq, decision.kind, tuple(body["cells"])))

    def late(self, passing: int, back: int) -> date:
        """Let minutes pass; return the day on which something is said to have happened."""
        self.now += timedelta(minutes=passing)
        return self.today - timedelta(days=back)

    def pick(self, which: int, *kinds: str) -> Thing:
        """Return one of the open things, of some kinds when told."""
        found = [t for t in self.clerk.open() if not kinds or t.kind in kinds]
        assume(found)
        return found[which % len(found)]

    def about(self, command: Any, thing: Thing) -> Any:
        """Return a request turned to a thing."""
        return replace(command, task=replace(the(thing.key), period=thing.period, ref=thing.ref))

    def met(self, thing: Thing, on: date) -> None:
        """Let the clerk note the periods that begin when one of them is looked for."""
        if thing.period is not None:
            self.clerk.occurrences(thing.key, on)

    @rule(passing=PASSING, back=DAYS_BACK, which=WHICH)
    def record(self, passing: int, back: int, which: int) -> None:
        """Do a record."""
        on, thing = self.late(passing, back), self.pick(which, "record")
        if thing.ref in ("kept", "held"):
            return
        command = self.about(asks.record(thing.key), thing)
        if self.do("county", command, on) or self.do("lead", command, on):
            self.parts[self.state.seq] = thing
            self.met(thing, on)
            self.clerk.done(thing, on)

    @rule(passing=PASSING, back=DAYS_BACK)
    def hand_in(self, passing: int, back: int) -> None:
        """Hand in the paper that somebody else accepts."""
        on = self.late(passing, back)
        for thing in self.clerk.open():
            command = Submit(the(thing.key), None, asks.submit("x").paper)
            if thing.kind == "deliverable" and self.do("county", command, on):
                thing.papers_in = True

    @rule(passing=PASSING, back=DAYS_BACK, yes=st.booleans())
    def answer(self, passing: int, back: int, yes: bool) -> None:
        """Accept the paper, or send it back."""
        on = self.late(passing, back)
        for thing in self.clerk.open():
            command = asks.accept(thing.key, SAID, yes=yes)
            if thing.kind == "deliverable" and self.do("lead", command, on):
                thing.papers_in = False
                if yes:
                    self.clerk.done(thing, on)

    @rule(passing=PASSING, back=DAYS_BACK)
    def stand(self, passing: int, back: int) -> None:
        """Suspend the project, or resume it."""
        on = self.late(passing, back)
        if self.do("county", Act("suspend", note=SAID), on):
            self.clerk.suspended(on)
        elif self.do("county", Act("resume", note=SAID), on):
            self.clerk.resumed(on)

    @rule(passing=PASSING, back=DAYS_BACK, which=WHICH, items=st.booleans())
    def move(self, passing: int, back: int, which: int, items: bool) -> None:
        """Leave the stage, forward or back, with some tasks to do again or all of them."""
        on, stage = self.late(passing, back), self.state.project.stage
        ways = [action for action in clockwork().actions_from(stage) if action.to != "closed"]
        way = ways[which % len(ways)]
        again = ("first", "month")[: which % 3] if items else ()
        wanted = again if way.kind is ActionKind.RETURN else ()
        for post in ("county", "lead"):
            if self.do(post, Act(way.key, note=SAID, items=wanted), on):
                self.clerk.moved(way.key, on, wanted)
                return

    @rule(passing=PASSING, back=DAYS_BACK, which=WHICH)
    def more_time(self, passing: int, back: int, which: int) -> None:
        """Ask for more time."""
        on, thing = self.late(passing, back), self.pick(which)
        if self.do("county", self.about(asks.ask(thing.key), thing), on):
            self.met(thing, on)
            self.clerk.asked(thing)

    @rule(passing=PASSING, back=DAYS_BACK, days=st.integers(0, 12), which=WHICH)
    def decision(self, passing: int, back: int, days: int, which: int) -> None:
        """Grant some days, or none."""
        on = self.late(passing, back)
        asked = [thing for thing in self.clerk.open() if self.clerk.waiting(thing)]
        assume(asked)
        thing = asked[which % len(asked)]
        command = asks.grant(thing.key, days) if days else asks.deny(thing.key)
        if self.do("lead", self.about(command, thing), on):
            self.met(thing, on)
            self.clerk.decided(thing, on, days)

    @rule(
        passing=PASSING, name=st.sampled_from(["finish", "begin"]),
        ahead=st.none() | st.integers(-20, 80),
    )  # fmt: skip
    def choose(self, passing: int, name: str, ahead: int | None) -> None:
        """Choose a date of the source, late or anew, or take it back."""
        today = self.late(passing, 0)
        on = None if ahead is None else today + timedelta(days=ahead)
        if self.do("county", asks.choose(name, on), today):
            self.clerk.chose(name, on)

    @rule(
        passing=PASSING, back=DAYS_BACK, key=st.sampled_from(["issue", "stubborn"]),
        days=st.none() | st.integers(0, 9), due=st.none() | st.integers(0, 30),
    )  # fmt: skip
    def raise_one(
        self, passing: int, back: int, key: str, days: int | None, due: int | None
    ) -> None:
        """Raise a task with a day, a number of days, or neither."""
        on, ref = self.late(passing, back), f"r{self.state.seq}"
        by = None if due is None else on + timedelta(days=due)
        if self.do("county", Raise(key, ref, "about it", by, days), on):
            self.clerk.raised(key, ref, on, by, days)

    @rule(passing=PASSING, which=WHICH)
    def undo(self, passing: int, which: int) -> None:
        """Void a record that was a mistake."""
        today = self.late(passing, 0)
        assume(self.parts)
        seq = sorted(self.parts)[which % len(self.parts)]
        if self.do("county", Void(seq, SAID), today):
            self.clerk.undone(self.parts.pop(seq))

    @rule(passing=PASSING, which=WHICH, back=st.integers(0, 20))
    def put_right(self, passing: int, which: int, back: int) -> None:
        """Correct the day on which something was done."""
        today = self.late(passing, 0)
        assume(self.parts)
        seq = sorted(self.parts)[which % len(self.parts)]
        on = today - timedelta(days=back)
        if self.do("county", Correct(seq, {"on": on.isoformat()}, SAID), today):
            self.clerk.dated(self.parts[seq], on)

    @rule(passing=PASSING, times=st.integers(1, 3))
    def tick(self, passing: int, times: int) -> None:
        """Let the clock do what has fallen due, once or several times in a row."""
        self.late(passing, 0)
        expected = self.clerk.ticked(self.now)
        decision = self.do("clock", Tick(), self.today)
        assert decision is not None
        self.hold_rungs(decision, expected)
        for _ in range(times - 1):
            again = self.ask("clock", Tick(), self.today)
            assert (again.draft.cells(), again.notices, again.facts["rungs"]) == ([], (), [])

    @rule(naps=st.lists(st.integers(1, 9_000), min_size=2, max_size=8))
    def sleep(self, naps: list[int]) -> None:
        """Let time pass with many ticks on the way: one tick at the end passes the same rungs."""
        state, past, now = self.state, [*self.past], self.now
        self.now = now + timedelta(minutes=sum(naps))
        once = self.ask("clock", Tick(), self.today)
        at_once = once.draft.state(0, 0)
        self.now, climbed = now, list[tuple[str, int, str]]()
        for nap in naps:
            self.now += timedelta(minutes=nap)
            expected = self.clerk.ticked(self.now)
            decision = self.do("clock", Tick(), self.today)
            assert decision is not None
            self.hold_rungs(decision, expected)
            climbed += rungs_of(decision, self.state)
        assert sorted(climbed) == sorted(rungs_of(once, at_once))
        assert resting(self.state) == resting(at_once)
        assert (state.seq, len(past)) <= (self.state.seq, len(self.past))

    def hold_rungs(self, decision: Decision, expected: list[tuple[Thing, int, str]]) -> None:
        """Hold that a tick climbs exactly the rungs the clerk expects, none of them twice."""
        named = sorted((name_of(thing), term, rung) for thing, term, rung in expected)
        assert sorted(rungs_of(decision, self.state)) == named
        for fact in decision.facts["rungs"]:
            term = self.state.row(TaskRow, fact["n"]).term
            self.climbed[fact["n"], term, fact["rung"]] += 1
        assert max(self.climbed.values(), default=0) <= 1

    @invariant()
    def every_open_day_is_what_the_clerk_counts(self) -> None:
        """Hold each open row against the clerk's list."""
        if not hasattr(self, "clerk"):
            return
        rows = [row for row in self.state.rows(TaskRow) if row.status == "open"]
        found = {
            (row.key, row.period, row.ref): (
                row.original_due, row.due, row.provisional, row.term, row.rung, row.next_at,
            )
            for row in rows if row.kind != "series"
        }  # fmt: skip
        assert found == {
            thing.label: (
                thing.original, thing.due, thing.provisional, thing.term, thing.rung,
                self.clerk.next_at(thing),
            )
            for thing in self.clerk.open()
        }  # fmt: skip
        series = {row.key: row.next_at for row in rows if row.kind == "series"}
        assert series == {key: self.clerk.series_next(key) for key in self.clerk.series}


def name_of(thing: Thing) -> str:
    """Return a thing's name within its project, as rungs carry it."""
    mark = thing.period or thing.ref
    return f"{thing.key}/{mark}" if mark else thing.key


def rungs_of(decision: Decision, after: State) -> list[tuple[str, int, str]]:
    """Return the rungs of a tick: task, term and rung."""
    return [
        (fact["task"], after.row(TaskRow, fact["n"]).term, fact["rung"])
        for fact in decision.facts["rungs"]
    ]


def resting(state: State) -> list[tuple[object, ...]]:
    """Return how far every task has come, by what names it rather than by its number."""
    return sorted(
        (row.key, row.round, row.period or "", row.ref or "", row.kind, row.status, str(row.due),
         row.term, row.rung, str(row.next_at))
        for row in state.rows(TaskRow)
    )  # fmt: skip


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=max(settings.default.max_examples // 2, 10),  # type: ignore[union-attr]  # always set
    stateful_step_count=30,
)
