"""Whatever happens in whatever order, every open day is what a clerk counts from the list of it."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from engine.core.commands import Act, Command, Correct, Open, Raise, Tick, Void
from engine.core.context import Context
from engine.core.decide.corrections import Past
from engine.core.decide.decision import Decision
from engine.core.decide.dispatch import decide
from engine.core.definition import ActionKind
from engine.core.events import CLOCK, SILENT, Actor, canonical
from engine.core.rows import TaskRow
from engine.core.state import State
from tests.builders import a_directory, the
from tests.core import asks
from tests.time.clerk import Clerk, Days, Thing, nine
from tests.time.clockworks import clockwork, known

Happening = tuple[str, int, int, int]
"""What is done, how many minutes later, how many days ago it happened, and which one of them."""

KINDS = {
    "record": 3, "hand_in": 1, "answer": 1, "stand": 2, "move": 2, "more_time": 3, "decision": 4,
    "choose": 2, "raise_one": 2, "undo": 1, "put_right": 1, "tick": 5,
}  # fmt: skip
"""The kinds of happening and how common each is."""

HAPPENING = st.tuples(
    st.sampled_from([kind for kind, times in KINDS.items() for _ in range(times)]),
    st.sampled_from([0, 45, 600, 1_440, 1_440, 2_880, 4_000, 14_400, 40_000]),
    st.sampled_from([0, 0, 0, 0, 1, 3, 12]),
    st.integers(0, 996),
)
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

    @rule(happenings=st.lists(HAPPENING, min_size=12, max_size=30))
    def days_go_by(self, happenings: list[Happening]) -> None:
        """Let one thing after another happen, and look at every open day after each."""
        for kind, passing, back, which in happenings:
            self.now += timedelta(minutes=passing)
            if which % 3 == 0 and self.state.project.standing != "active":
                kind = "stand"  # nobody lets a project stand still for ever  # noqa: PLW2901
            getattr(self, kind)(self.today - timedelta(days=back), which)
            self.every_open_day_is_what_the_clerk_counts()

    def pick(self, which: int, *kinds: str) -> Thing | None:
        """Return one of the open things, of some kinds when told."""
        found = [t for t in self.clerk.open() if not kinds or t.kind in kinds]
        return found[which % len(found)] if found else None

    def about(self, command: Any, thing: Thing) -> Any:
        """Return a request turned to a thing."""
        return replace(command, task=replace(the(thing.key), period=thing.period, ref=thing.ref))

    def met(self, thing: Thing, on: date) -> None:
        """Let the clerk note the periods that begin when one of them is looked for."""
        if thing.period is not None:
            self.clerk.occurrences(thing.key, on)

    def record(self, on: date, which: int) -> None:
        """Do a record."""
        thing = self.pick(which, "record")
        if thing is None:
            return
        command = self.about(asks.record(thing.key), thing)
        if self.do("county", command, on) or self.do("lead", command, on):
            self.parts[self.state.seq] = thing
            self.met(thing, on)
            self.clerk.done(thing, on)

    def hand_in(self, on: date, which: int) -> None:
        """Hand in the paper that somebody else accepts."""
        thing = self.pick(which, "deliverable")
        if thing and self.do("county", asks.submit(thing.key), on):
            thing.papers_in = True

    def answer(self, on: date, which: int) -> None:
        """Accept the paper, or send it back."""
        thing, yes = self.pick(which, "deliverable"), which % 2 == 0
        if thing and self.do("lead", asks.accept(thing.key, SAID, yes=yes), on):
            thing.papers_in = False
            if yes:
                self.clerk.done(thing, on)

    def stand(self, on: date, which: int) -> None:
        """Suspend the project, or resume it."""
        if self.do("county", Act("suspend", note=SAID), on):
            self.clerk.suspended(on)
        elif self.do("county", Act("resume", note=SAID), on):
            self.clerk.resumed(on)

    def move(self, on: date, which: int) -> None:
        """Leave the stage, forward or back, with some tasks to do again or all of them."""
        ways = [*clockwork().actions_from(self.state.project.stage)]
        way = [action for action in ways if action.to != "closed"][which % (len(ways) - 1 or 1)]
        wanted = ("first", "month")[: which % 3] if way.kind is ActionKind.RETURN else ()
        for post in way.roles:
            who = {"city_lead": "lead"}.get(post, post)
            if self.do(who, Act(way.key, note=SAID, items=wanted), on):
                self.clerk.moved(way.key, on, wanted)

    def more_time(self, on: date, which: int) -> None:
        """Ask for more time."""
        dated = [thing for thing in self.clerk.open() if thing.due and thing.due >= on]
        thing = dated[which % len(dated)] if dated else self.pick(which)
        if thing and self.do("county", self.about(asks.ask(thing.key), thing), on):
            self.met(thing, on)
            self.clerk.asked(thing)

    def decision(self, on: date, which: int) -> None:
        """Grant some days, or none."""
        asked = [thing for thing in self.clerk.open() if self.clerk.waiting(thing)]
        if not asked:
            return
        thing, days = asked[which % len(asked)], which % 13
        command = asks.grant(thing.key, days) if days else asks.deny(thing.key)
        if self.do("lead", self.about(command, thing), on):
            self.met(thing, on)
            self.clerk.decided(thing, on, days)

    def choose(self, on: date, which: int) -> None:
        """Choose a date of the source, late or anew, or take it back."""
        name = ("finish", "begin")[which % 5 == 0]
        chosen = None if which % 7 == 0 else self.today + timedelta(days=which % 90 - 20)
        if self.do("county", asks.choose(name, chosen), self.today):
            self.clerk.chose(name, chosen)

    def raise_one(self, on: date, which: int) -> None:
        """Raise a task with a day, a number of days, or neither."""
        key, ref = ("issue", "stubborn")[which % 2], f"r{self.state.seq}"
        due = on + timedelta(days=which % 31) if which % 3 == 0 else None
        days = which % 10 if which % 4 else None
        if self.do("county", Raise(key, ref, "about it", due, days), on):
            self.clerk.raised(key, ref, on, due, days)

    def undo(self, on: date, which: int) -> None:
        """Void a record that was a mistake."""
        seq = self.recorded(which)
        if seq and self.do("county", Void(seq, SAID), self.today):
            self.clerk.undone(self.parts.pop(seq))

    def put_right(self, on: date, which: int) -> None:
        """Correct the day on which something was done."""
        seq, new = self.recorded(which), self.today - timedelta(days=which % 21)
        if seq and self.do("county", Correct(seq, {"on": new.isoformat()}, SAID), self.today):
            self.clerk.dated(self.parts[seq], new)

    def recorded(self, which: int) -> int | None:
        """Return the number of an entry that recorded something, mostly of a late one."""
        latest = sorted(self.parts)[-3:]
        return latest[which % len(latest)] if latest else None

    def tick(self, on: date, which: int) -> None:
        """Let the clock do what has fallen due, once or several times in a row."""
        self.ticked()
        for _ in range(which % 3):
            again = self.ask("clock", Tick(), self.today)
            assert (again.draft.cells(), again.notices, again.facts["rungs"]) == ([], (), [])

    def ticked(self) -> list[tuple[str, int, str]]:
        """Tick, hold that the rungs are those that the clerk expects, and return them."""
        expected = self.clerk.ticked(self.now)
        decision = self.do("clock", Tick(), self.today)
        assert decision is not None
        self.hold_rungs(decision, expected)
        return rungs_of(decision, self.state)

    @rule(naps=st.lists(st.integers(1, 9_000), min_size=2, max_size=8))
    def sleep(self, naps: list[int]) -> None:
        """Let time pass with many ticks on the way: one tick at the end passes the same rungs."""
        now = self.now
        self.now = now + timedelta(minutes=sum(naps))
        once = self.ask("clock", Tick(), self.today)
        at_once = once.draft.state(0, 0)
        self.now, climbed = now, list[tuple[str, int, str]]()
        for nap in naps:
            self.now += timedelta(minutes=nap)
            climbed += self.ticked()
        assert sorted(climbed) == sorted(rungs_of(once, at_once))
        assert resting(self.state) == resting(at_once)

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
    stateful_step_count=4,
)


# Histories that chance finds too seldom, told on purpose to the same clerk.


def told(begun: date, finish: int = 20, begin: int | None = 0) -> Office:
    """Return an office whose project was opened at nine in the morning of a day."""
    office = Office()
    office.begin(begun, 540, finish, begin)
    return office


def the_stage(office: Office) -> Thing:
    """Return the planned finish of the present stage."""
    return next(thing for thing in office.clerk.open() if thing.kind == "stage")


def moved(office: Office, post: str, action: str, days: int) -> None:
    """Let days pass and leave the stage."""
    office.now += timedelta(days=days)
    assert office.do(post, Act(action, note=SAID), office.today)
    office.clerk.moved(action, office.today, ())
    office.every_open_day_is_what_the_clerk_counts()


def stood_still(office: Office, after: int, days: int) -> None:
    """Let days pass, suspend the project, and resume it days later."""
    for wait in (after, days):
        office.now += timedelta(days=wait)
        office.stand(office.today, 1)
        office.every_open_day_is_what_the_clerk_counts()


def test_an_extension_of_a_stage_is_kept_over_returns_that_keep_its_clock() -> None:
    office = told(date(2026, 3, 2))
    for days in (3, 4):
        thing = the_stage(office)
        assert office.do("county", asks.ask(thing.key), office.today)
        office.clerk.asked(thing)
        assert office.do("lead", asks.grant(thing.key, days), office.today)
        office.clerk.decided(thing, office.today, days)
    extended = the_stage(office).due
    moved(office, "county", "forward", 2)
    moved(office, "lead", "back", 2)
    assert the_stage(office).due == extended

    moved(office, "county", "forward", 1)
    moved(office, "lead", "back", 1)
    assert the_stage(office).due == extended

    moved(office, "county", "forward", 1)
    moved(office, "lead", "anew", 1)
    assert the_stage(office).due != extended


def test_a_month_spent_wholly_in_suspension_is_never_owed() -> None:
    office = told(date(2026, 3, 2))
    stood_still(office, 20, 75)  # 22 March to 5 June
    office.ticked()
    office.every_open_day_is_what_the_clerk_counts()

    periods = [thing.period for thing in office.clerk.open() if thing.key == "monthly"]
    assert periods == ["2026-03", "2026-06"]


def test_what_was_once_provisional_stays_so_whatever_is_added_to_it() -> None:
    office = told(date(2026, 12, 21))
    moved(office, "county", "forward", 1)
    verdict = next(thing for thing in office.clerk.open() if thing.key == "verdict")
    office.now += timedelta(days=7)
    assert office.do("lead", asks.record("verdict"), office.today)
    office.clerk.done(verdict, office.today)
    assert the_stage(office).provisional

    stood_still(office, 1, 6)  # gives back calendar days, which nobody need guess

    assert the_stage(office).provisional
