"""Whatever is done to a project in whatever order, the house and the rules agree after each step.

``HYPOTHESIS_PROFILE=deep`` plays thousands of lives; the default plays a few dozen.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from engine.core import commands as ask
from engine.core.commands import Paper, Target
from engine.core.state import TaskRow
from engine.storage.database import Database
from tests.conftest import EVERY_DATABASE, Servers
from tests.houses import entered
from tests.model.playing import CODE, Game, a_model_house
from tests.model.rules import SEALS

PAPER = Paper("模字〔2017〕1号")
posts = st.sampled_from(["B1", "B1", "B2", "C1", "C1", "C2", "M1", "M1", "M2", "J1", "J2", "J3"])
chiefs = st.sampled_from(["B1", "B1", "B2", "B2", "C1"])
clerks = st.sampled_from(["C1", "C1", "C1", "C2", "B1"])
makers = st.sampled_from(["M1", "M1", "M1", "M2", "C1"])
refs = st.sampled_from(["I1", "I2"])
owed = st.sampled_from(["paper", "consent", "answer", "review", "log", "heads", "issue", "report"])


class Lives(RuleBasedStateMachine):
    """Random lives of one project; a subclass says on which database."""

    make: Callable[[], Database]
    drop: Callable[[Database], None]

    def __init__(self) -> None:
        super().__init__()
        self.database = type(self).make()
        self.game = Game(entered(self.database))

    def teardown(self) -> None:
        """Remove the house."""
        self.database.dispose()
        type(self).drop(self.database)

    def _do(self, post: str, command: ask.Command, allowed: bool) -> None:
        self.game.play(post, command, allowed)

    def _target(self, key: str, ref: str | None) -> Target:
        return Target(key, period=ref) if key == "report" else Target(key, ref=ref)

    def _ref(self, key: str, issue: str) -> str | None:
        if key == "issue":
            return issue
        row = self.game.rules.latest("report") if key == "report" else None
        return row["ref"] if row else None

    @rule(slot=st.sampled_from(["text", "budget"]), post=clerks)
    def submit_paper(self, slot: str, post: str) -> None:
        """Hand in a paper of the draft."""
        self._do(post, ask.Submit(Target("paper"), slot, PAPER), self.game.rules.submit("paper", slot, post))

    @rule(post=makers)
    def submit_answer(self, post: str) -> None:
        """Hand in the answer."""
        self._do(post, ask.Submit(Target("answer"), None, PAPER), self.game.rules.submit("answer", "answer", post))

    @rule(post=chiefs, accepted=st.booleans())
    def accept(self, post: str, accepted: bool) -> None:
        """Accept the answer or send it back."""
        command = ask.Accept(Target("answer"), accepted, "意见")
        self._do(post, command, self.game.rules.accept(post, accepted=accepted))

    @rule(
        seal=st.sampled_from(sorted(SEALS)), post=st.sampled_from(["B1", "B2", "C1"]),
        verdict=st.sampled_from(["consent", "consent", "refuse", "conditional", "abstain"]),
    )  # fmt: skip
    def seal(self, seal: str, post: str, verdict: str) -> None:
        """Enter a seal."""
        command = ask.Seal(Target("consent"), (seal,), verdict, PAPER, "意见")
        self._do(post, command, self.game.rules.seal(seal, verdict, post))

    @rule(post=st.sampled_from(["J1", "J2", "J3"]), value=st.sampled_from([40, 55, 65, 90, None]))
    def score(self, post: str, value: int | None) -> None:
        """Give a score or recuse oneself."""
        text = None if value is None else str(value)
        command = ask.Score(Target("review"), text, value is None)
        self._do(post, command, self.game.rules.score(value, post))

    @rule(post=chiefs, revise=st.sampled_from([False, False, True]))
    def conclude(self, post: str, revise: bool) -> None:
        """Close the panel."""
        command = ask.Conclude(Target("review"), "revise" if revise else None, "意见")
        self._do(post, command, self.game.rules.conclude(post, revise=revise))

    @rule(key=st.sampled_from(["log", "log", "issue", "report"]), ref=refs, post=posts)
    def record(self, key: str, ref: str, post: str) -> None:
        """Record the next step of something."""
        named = ref if key == "issue" else None
        command = ask.Record(Target(key, ref=named))
        self._do(post, command, self.game.rules.record(key, named, post))

    @rule(
        party=st.sampled_from(["office", "maker"]), value=st.integers(1, 2), post=clerks
    )
    def count(self, party: str, value: int, post: str) -> None:
        """Report heads."""
        command = ask.Count(Target("heads"), party, value)
        self._do(post, command, self.game.rules.count(party, value, post))

    @rule(ref=refs, post=clerks)
    def raise_issue(self, ref: str, post: str) -> None:
        """Open an issue."""
        command = ask.Raise("issue", ref, "问题", days=3)
        self._do(post, command, self.game.rules.raise_issue(ref, post))

    @rule(ref=refs, post=clerks)
    def reopen(self, ref: str, post: str) -> None:
        """Open a closed issue again."""
        command = ask.Reopen(Target("issue", ref=ref), "反复")
        self._do(post, command, self.game.rules.reopen(ref, post))

    @rule(key=owed, issue=refs, post=st.sampled_from(["C1", "M1", "B1"]))
    def ask_extension(self, key: str, issue: str, post: str) -> None:
        """Ask for more time."""
        ref = self._ref(key, issue)
        due = self.game.due_of(key, ref)
        command = ask.AskExtension(self._target(key, ref), 5, "理由")
        self._do(post, command, self.game.rules.ask(key, ref, due, post))

    @rule(key=owed, issue=refs, post=chiefs, granted=st.booleans())
    def decide_extension(self, key: str, issue: str, post: str, granted: bool) -> None:
        """Decide on more time."""
        ref = self._ref(key, issue)
        command = ask.DecideExtension(self._target(key, ref), granted, 4, "理由")
        self._do(post, command, self.game.rules.decide(key, ref, post))

    @rule(key=owed, issue=refs, post=clerks)
    def propose_waiver(self, key: str, issue: str, post: str) -> None:
        """Propose that something need not be met."""
        ref = self._ref(key, issue)
        command = ask.ProposeWaiver(self._target(key, ref), "理由")
        self._do(post, command, self.game.rules.propose(key, ref, post))

    @rule(key=owed, issue=refs, post=chiefs)
    def confirm_waiver(self, key: str, issue: str, post: str) -> None:
        """Confirm a waiver."""
        ref = self._ref(key, issue)
        command = ask.ConfirmWaiver(self._target(key, ref))
        self._do(post, command, self.game.rules.confirm(key, ref, post))

    @rule(org=st.sampled_from(["MA", "MA", "MB", "PA", "OF", None]), post=chiefs)
    def bind(self, org: str | None, post: str) -> None:
        """Bind another maker."""
        self._do(post, ask.Bind("maker", org), self.game.rules.bind(org, post))

    @rule(
        action=st.sampled_from(["send", "send", "pass", "pass", "finish", "back", "again"]),
        items=st.sampled_from([(), (), ("paper",), ("review",)]), post=posts,
    )  # fmt: skip
    def move(self, action: str, items: tuple[str, ...], post: str) -> None:
        """Perform an action of a stage."""
        fits = {"back": ("paper", "consent"), "again": ("answer", "review")}.get(action, ())
        chosen = tuple(key for key in items if key in fits)
        command = ask.Act(action, "weak", "意见", chosen)
        self._do(post, command, self.game.rules.move(action, post, chosen))

    @rule(action=st.sampled_from(["pause", "go_on", "go_on"]), post=chiefs)
    def turn(self, action: str, post: str) -> None:
        """Pause the project or go on with it."""
        self._do(post, ask.Act(action, "weak"), self.game.rules.turn(action, post))

    @rule(post=chiefs, really=st.sampled_from([False, False, False, True]))
    def stop(self, post: str, really: bool) -> None:
        """Stop the project for good, now and then."""
        if really:
            self._do(post, ask.Act("stop", "weak"), self.game.rules.turn("stop", post))

    @rule(post=chiefs)
    def void(self, post: str) -> None:
        """Take back what the newest entry added."""
        if self.game.rules.last is None:
            return
        entries = self.game.desk.audit.history(CODE)
        seq = next(e.seq for e in reversed(entries) if e.kind not in ("clock.ticked", "attempt.denied"))
        self._do(post, ask.Void(seq, "误录"), self.game.rules.void(post))

    @rule(days=st.sampled_from([1, 1, 2, 3, 8, 20, 45]))
    def sleep(self, days: int) -> None:
        """Let days pass and sweep."""
        self.game.sleep(days)

    @rule()
    def work_on(self) -> None:
        """Do the next thing that the way to the end asks for, so that some lives get far."""
        step = next_step(self.game)
        if step is not None:
            step(self)

    @invariant()
    def house_and_rules_agree(self) -> None:
        """The house shows what the rules say."""
        self.game.compare()
        self.game.compare_options()

    @invariant()
    def the_trail_is_the_record(self) -> None:
        """Replay gives the rows, and the proof finds nothing."""
        self.game.prove()


def next_step(game: Game) -> Callable[[Lives], None] | None:
    """Return what a diligent office would do next; None when nothing is left."""
    rules = game.rules
    if not rules.is_live():
        return None
    if rules.standing != "active":
        return lambda lives: lives.turn.__wrapped__(lives, "go_on", "B1")  # type: ignore[attr-defined]
    return None
