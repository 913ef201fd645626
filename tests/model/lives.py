"""Random lives of one project: every act is asked of the house and of the rules."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engine.core import commands as ask
from engine.core.commands import Paper, Target
from engine.core.events import SILENT
from engine.storage.database import Database
from tests.houses import entered
from tests.model.diligence import MAKER, next_role, next_step
from tests.model.playing import CODE, Game
from tests.model.rules import SEALS, WAYS

PAPER = Paper("模字〔2017〕1号")
RIGHT = "right"
who = st.sampled_from([RIGHT] * 6 + ["B1", "C1", "C2", "M1", "M2", "J1"])
"""Mostly whoever may; now and then anybody."""

refs = st.sampled_from(["I1", "I2"])
turns = st.sampled_from(["next", "next", "next", "ask", "decide"])
picks = st.integers(0, 9)
"""Which of the open tasks is meant."""


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

    def _post(self, role: str, chosen: str) -> str:
        """Return a post that holds a role, or the one chosen instead."""
        if chosen != RIGHT:
            return chosen
        if role == "maker":
            return MAKER.get(self.game.rules.bound.get("maker", ""), "M1")
        return {"clerk": "C1", "chief": "B1", "judge": "J1"}[role]

    def _picked(self, pick: int, mark: str) -> tuple[str, str | None]:
        """Return an open task, one that bears a mark first, else one that is not open."""
        rows = [row for row in self.game.rules.rows if row["status"] == "open"]
        rows = [row for row in rows if row[mark]] or rows
        if not rows or pick == 9:
            return "consent", None
        row = rows[pick % len(rows)]
        return row["key"], row["ref"]

    def _target(self, key: str, ref: str | None) -> Target:
        return Target(key, period=ref) if key == "report" else Target(key, ref=ref)

    @rule(slot=st.sampled_from(["text", "budget"]), by=who)
    def submit_paper(self, slot: str, by: str) -> None:
        """Hand in a paper of the draft."""
        post = self._post("clerk", by)
        command = ask.Submit(Target("paper"), slot, PAPER)
        self._do(post, command, self.game.rules.submit("paper", slot, post))

    @rule(by=who)
    def submit_answer(self, by: str) -> None:
        """Hand in the answer."""
        post = self._post("maker", by)
        command = ask.Submit(Target("answer"), None, PAPER)
        self._do(post, command, self.game.rules.submit("answer", "answer", post))

    @rule(by=who, accepted=st.booleans())
    def accept(self, by: str, accepted: bool) -> None:
        """Accept the answer or send it back."""
        post = self._post("chief", by)
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

    @rule(by=who, revise=st.sampled_from([False, False, True]))
    def conclude(self, by: str, revise: bool) -> None:
        """Close the panel."""
        post = self._post("chief", by)
        command = ask.Conclude(Target("review"), "revise" if revise else None, "意见")
        self._do(post, command, self.game.rules.conclude(post, revise=revise))

    @rule(key=st.sampled_from(["log", "issue", "report"]), ref=refs, by=who)
    def record(self, key: str, ref: str, by: str) -> None:
        """Record the next step of something."""
        named = ref if key == "issue" else None
        role = next_role(self.game.rules, key, named)
        post = self._post(role, by)
        command = ask.Record(Target(key, ref=named))
        self._do(post, command, self.game.rules.record(key, named, post))

    @rule(party=st.sampled_from(["office", "maker"]), value=st.integers(1, 2), by=who)
    def count(self, party: str, value: int, by: str) -> None:
        """Report heads."""
        post = self._post("clerk", by)
        command = ask.Count(Target("heads"), party, value)
        self._do(post, command, self.game.rules.count(party, value, post))

    @rule(ref=refs, by=who)
    def raise_issue(self, ref: str, by: str) -> None:
        """Open an issue."""
        post = self._post("clerk", by)
        command = ask.Raise("issue", ref, "问题", days=3)
        self._do(post, command, self.game.rules.raise_issue(ref, post))

    @rule(pick=picks, by=who)
    def reopen(self, pick: int, by: str) -> None:
        """Open a closed issue again."""
        closed = [row for row in self.game.rules.rows if row["status"] in ("done", "waived")]
        found = [row["ref"] for row in closed if row["key"] == "issue"] or ["I1", "I2"]
        ref, post = found[pick % len(found)], self._post("clerk", by)
        command = ask.Reopen(Target("issue", ref=ref), "反复")
        self._do(post, command, self.game.rules.reopen(ref, post))

    @rule(pick=picks, by=who, granted=st.booleans(), turn=turns)
    def extend(self, pick: int, by: str, granted: bool, turn: str) -> None:
        """Ask for more time, or decide on what was asked."""
        key, ref = self._picked(pick, "asked")
        row = self.game.rules.open_row(key, ref)
        if turn == "decide" or (turn == "next" and row is not None and row["asked"]):
            post = self._post("chief", by)
            decision = ask.DecideExtension(self._target(key, ref), granted, 4, "理由")
            self._do(post, decision, self.game.rules.decide(key, ref, post))
            return
        post, due = self._post("clerk", by), self.game.due_of(key, ref)
        command = ask.AskExtension(self._target(key, ref), 5, "理由")
        self._do(post, command, self.game.rules.ask(key, ref, due, post))

    @rule(pick=picks, by=who, turn=turns)
    def waive(self, pick: int, by: str, turn: str) -> None:
        """Propose that something need not be met, or confirm what was proposed."""
        key, ref = self._picked(pick, "waiver")
        row = self.game.rules.open_row(key, ref)
        if turn == "decide" or (turn == "next" and row is not None and row["waiver"]):
            post = self._post("chief", by)
            confirmation = ask.ConfirmWaiver(self._target(key, ref))
            self._do(post, confirmation, self.game.rules.confirm(key, ref, post))
            return
        post = self._post("clerk", by)
        command = ask.ProposeWaiver(self._target(key, ref), "理由")
        self._do(post, command, self.game.rules.propose(key, ref, post))

    @rule(org=st.sampled_from(["MA", "MA", "MB", "PA", "OF", None]), by=who)
    def bind(self, org: str | None, by: str) -> None:
        """Bind another maker."""
        post = self._post("chief", by)
        self._do(post, ask.Bind("maker", org), self.game.rules.bind(org, post))

    @rule(
        way=picks, by=who, items=st.sampled_from([(), (), ("paper",), ("consent",), ("review",)]),
    )  # fmt: skip
    def move(self, way: int, items: tuple[str, ...], by: str) -> None:
        """Perform an action of the present stage, or now and then of another."""
        ways = list(WAYS[self.game.rules.stage]) if way < 9 else []
        self._move(ways[way % len(ways)] if ways else "send", items, by)

    def _move(self, action: str, items: tuple[str, ...], by: str) -> None:
        fits = {"back": ("paper", "consent"), "again": ("answer", "review")}.get(action, ())
        chosen = tuple(key for key in items if key in fits)
        post = self._post("clerk" if action == "send" else "chief", by)
        command = ask.Act(action, "weak", "意见", chosen)
        self._do(post, command, self.game.rules.move(action, post, chosen))

    @rule(action=st.sampled_from(["pause", "go_on", "go_on"]), by=who)
    def turn(self, action: str, by: str) -> None:
        """Pause the project or go on with it."""
        post = self._post("chief", by)
        self._do(post, ask.Act(action, "weak"), self.game.rules.turn(action, post))

    @rule(by=who, really=st.integers(0, 14))
    def stop(self, by: str, really: int) -> None:
        """Stop the project for good, now and then."""
        if really == 14:
            post = self._post("chief", by)
            self._do(post, ask.Act("stop", "weak"), self.game.rules.turn("stop", post))

    @rule(by=who)
    def void(self, by: str) -> None:
        """Take back what the newest entry added."""
        if self.game.rules.last is None:
            return
        post = self._post("chief", by)
        entries = [e.seq for e in self.game.desk.audit.history(CODE) if e.kind not in SILENT]
        self._do(post, ask.Void(entries[-1], "误录"), self.game.rules.void(post))

    @rule(days=st.sampled_from([1, 1, 2, 3, 8, 20, 45]))
    def sleep(self, days: int) -> None:
        """Let days pass and sweep."""
        self.game.sleep(days)

    def _work_on(self) -> None:
        step = next_step(self.game.rules)
        if step is not None:
            name, arguments = step
            getattr(self, name)(*arguments)

    # Three of them, because a rule is chosen as often as any other.
    work_on = rule()(_work_on)
    work_on_again = rule()(_work_on)
    work_on_and_on = rule()(_work_on)

    @rule(steps=st.integers(2, 6))
    def work_hard(self, steps: int) -> None:
        """Do several of them at once."""
        for _ in range(steps):
            self._work_on()

    @invariant()
    def house_and_rules_agree(self) -> None:
        """The house shows what the rules say."""
        self.game.compare()
        self.game.compare_options()

    @invariant()
    def the_trail_is_the_record(self) -> None:
        """Replay gives the rows, and the proof finds nothing."""
        self.game.prove()
