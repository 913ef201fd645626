"""A project in a real house beside the same project by the rules: every act is asked of both."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bootstrap import SYSTEM, Desk
from engine.core.commands import Command, Open, Phrase
from engine.core.errors import RefusalError
from engine.core.events import SILENT
from engine.core.opening import label
from engine.core.rows import Org, Post, TaskRow
from engine.core.state import State, fold
from engine.services import registers
from engine.services.lifecycle import Ask, stream_of
from engine.storage.database import Database
from tests.houses import an_empty_house, calendars, go_to, moment, publication, sleep_days, state_of
from tests.model.acts import Acts
from tests.model.rules import ORG_OF, ROLE_OF, STANDINGS, WAYS

WORKFLOW = Path(__file__).resolve().parent / "lifecycle.yaml"
CODE = "X"
ORGS = tuple(Org(1, code, f"示例{code}", "unit") for code in sorted(set(ORG_OF.values())))
POSTS = tuple(
    Post(1, post, org, f"岗位{post}", ROLE_OF[post[0]]) for post, org in ORG_OF.items()
)  # fmt: skip
WATCHED = ("B1", "C1", "M1")
"""The posts whose options are compared with the rules after every step."""


def a_model_house(database: Database) -> None:
    """Fill an empty database: the model's workflow, the calendars, the register, a clock."""
    desk = an_empty_house(database)
    go_to(desk, moment("2017-11-20 10:00"))
    with database.write() as cursor:
        registers.publish_workflow(desk.house, cursor, publication(WORKFLOW), SYSTEM)
        for new in calendars():
            if new.key[3:7] in ("2017", "2018", "2019"):
                registers.publish_calendar(desk.house, cursor, new, SYSTEM)
        registers.enter(desk.house, cursor, [*ORGS, *POSTS], SYSTEM)


class Game:
    """One project, in the house and by the rules."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.today = date(2017, 11, 20)
        finish = Phrase("十二月中旬", date(2017, 12, 15), "中间日")
        command = Open(
            CODE, "模型项目", {"office": "OF", "panel": "PA"}, {"finish": finish},
            workflow="model",
        )  # fmt: skip
        self._ask("B1", command)
        self.rules = Acts("B1", self.today)
        self.done, self.denied, self.ticks = 1, 0, 0

    def _ask(self, post: str, command: Command) -> None:
        self.desk.lifecycle.act(CODE, Ask(command, self.desk.actor(post)))

    def play(self, post: str, command: Command, allowed: bool) -> None:
        """Ask the house for what the rules have just allowed, or refused."""
        try:
            self._ask(post, command)
        except RefusalError as refused:
            assert not allowed, f"{post} may {command}, but: {refused}"
            assert refused.seq is not None
            self.denied += 1
            return
        assert allowed, f"{post} may not {command}"
        self.done += 1
        self.rules.version += 1

    def sleep(self, days: int) -> None:
        """Let days pass and sweep: twice, of which the second must find nothing."""
        self.today = sleep_days(self.desk, days)
        self.rules.today = self.today
        before = self._size()
        self.desk.sweep.run()
        self.rules.months()
        self.ticks += self._size() - before
        after = self._size()
        swept = self.desk.sweep.run()
        assert (swept.notices, swept.opened, self._size()) == (0, 0, after)

    def _size(self) -> int:
        return state_of(self.desk, CODE).seq

    def due_of(self, key: str, ref: str | None) -> date | None:
        """Return the due day that the house shows for a task."""
        rows = [row for row in self.state().rows(TaskRow) if row.key == key]
        found = [row.due for row in rows if ref in (None, row.period, row.ref)]
        return found[-1] if found else None

    def state(self) -> State:
        """Return the project's rows as the tables hold them."""
        return state_of(self.desk, CODE)

    def compare(self) -> None:
        """Demand that house and rules agree in everything that the rules know."""
        state = self.state()
        rules, project = self.rules, state.project
        assert (project.stage, project.standing) == (rules.stage, rules.standing)
        rows = [row for row in state.rows(TaskRow) if row.kind not in ("stage", "series")]
        found = sorted((row.key, row.period or row.ref or "", row.status) for row in rows)
        assert found == rules.labels()
        assert state.version == rules.version == self.done
        assert state.seq == self.done + self.denied + self.ticks
        assert (project.closed_on is not None) == (not rules.is_live())
        self._compare_clocks(state)

    def _compare_clocks(self, state: State) -> None:
        for row in state.rows(TaskRow):
            if row.status != "open":
                assert row.next_at is None, f"{label(row)} is {row.status} and still awaited"
                assert row.waiting is None, f"{label(row)} is {row.status} and still waits"
            held = self.rules.open_row(row.key, row.period or row.ref)
            if row.status == "open" and row.kind != "series" and held is not None:
                assert (row.waiting == "extension") == held["asked"], label(row)

    def compare_options(self) -> None:
        """Demand that what each watched post is offered is what the rules allow."""
        for post in WATCHED:
            offered = self._offered(post)
            assert offered == self._allowed(post), post

    def _offered(self, post: str) -> Mapping[str, bool]:
        found = self.desk.lifecycle.options(CODE, self.desk.actor(post))
        return {option.key: not option.reasons for option in found}

    def _allowed(self, post: str) -> Mapping[str, bool]:
        rules = self.rules
        moves = {key: rules.may_move(key, post) for key in WAYS[rules.stage]}
        turns = {key: rules.may_turn(key, post) for key in STANDINGS[rules.standing]}
        return {**moves, **turns}

    def prove(self) -> None:
        """Demand a sound trail whose replay gives the rows."""
        entries = self.desk.audit.history(CODE)
        told = fold(stream_of(CODE), (entry.body["cells"] for entry in entries))
        assert told.tables == self.state().tables
        assert sum(entry.kind not in SILENT for entry in entries) == self.state().version
        verdict = self.desk.proof.verify()
        assert verdict.verdict == "sound", verdict.breaks
