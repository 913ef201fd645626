"""Lifting what stands in the way: for each reason of a refusal, the act that its holder would do.

What `options` says is enough to carry a project of any workflow through its gates; nothing here
knows a stage or a task by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bootstrap import Desk
from engine.core.commands import (
    Accept,
    Act,
    Bind,
    Command,
    Conclude,
    Count,
    Paper,
    Record,
    Score,
    Seal,
    Submit,
    Target,
)
from engine.core.context import latest, parties
from engine.core.deadlines import local_day, opening
from engine.core.definition import FieldType, Workflow
from engine.core.directory import Directory
from engine.core.errors import Reason
from engine.core.parts import parts_of
from engine.core.rows import Project
from engine.core.state import Draft, State
from engine.services.clocks import SimulatedClock
from engine.services.lifecycle import Ask, stream_of

PAPER = Paper("文号（示例）〔2017〕1号", "示例材料")
ROUNDS = 60
SAMPLES = {
    FieldType.TEXT: "示例", FieldType.INTEGER: "3", FieldType.DECIMAL: "88.5",
    FieldType.MONEY: "1000.00",
}  # fmt: skip


class StuckError(AssertionError):
    """A gate stays shut although every reason was answered."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A project as its helpers find it."""

    desk: Desk
    code: str
    state: State
    workflow: Workflow
    directory: Directory
    today: date

    def posts(self, role: str | None) -> list[str]:
        """Return the posts that hold a role for this project."""
        bound = parties(Draft(self.state))
        held = self.workflow.roles[role or ""]
        return [post.code for post in self.directory.holders(held, bound, self.today)]

    def act(self, post: str, command: Command) -> None:
        """Ask something of the project."""
        self.desk.lifecycle.act(self.code, Ask(command, self.desk.actor(post)))


def look(desk: Desk, code: str) -> Scene:
    """Return the present scene of a project."""
    house = desk.house
    with house.database.read() as cursor:
        state = house.store(cursor).find(stream_of(code))
        assert state is not None, f"no project {code}"
        workflow = house.workflow(cursor, state.row(Project, 1).digest)
        today = local_day(house.now(cursor), workflow.timezone)
        return Scene(desk, code, state, workflow, house.directory(cursor), today)


def advance(desk: Desk, code: str, action: str) -> None:
    """Answer every reason that blocks an action, then perform it.

    Raises:
        StuckError: reasons remain that no act of their holders lifts.
    """
    for _ in range(ROUNDS):
        scene = look(desk, code)
        mover = scene.posts(scene.workflow.actions[action].roles[0])[0]
        reasons = blocking(desk, code, action, mover)
        if not reasons:
            scene.act(mover, Act(action))
            return
        if not any(lift(look(desk, code), reason) for reason in reasons):
            raise StuckError(f"{code} cannot {action}: {[reason.code for reason in reasons]}")
    raise StuckError(f"{code} cannot {action} after {ROUNDS} rounds")


def blocking(desk: Desk, code: str, action: str, post: str) -> tuple[Reason, ...]:
    """Return the reasons that block an action for a post."""
    found = desk.lifecycle.options(code, desk.actor(post))
    return next(option.reasons for option in found if option.key == action)


def lift(scene: Scene, reason: Reason) -> bool:
    """Do what lifts a reason; False when its code names nothing that anybody could do now."""
    lifter = LIFTERS.get(reason.code)
    return lifter is not None and lifter(scene, reason)


def _submit(scene: Scene, reason: Reason) -> bool:
    post = scene.posts(reason.holder)[0]
    scene.act(post, Submit(_target(reason), str(reason.facts["slot"]), PAPER))
    return True


def _accept(scene: Scene, reason: Reason) -> bool:
    scene.act(scene.posts(reason.holder)[0], Accept(_target(reason)))
    return True


def _seal(scene: Scene, reason: Reason) -> bool:
    posts = scene.posts(reason.holder)
    scene.act(posts[0], Seal(_target(reason), (str(reason.facts["seal"]),), "consent", PAPER))
    return True


def _record(scene: Scene, reason: Reason) -> bool:
    task = scene.workflow.tasks[str(reason.facts["task"])]
    data = {field.key: SAMPLES.get(field.type, "") for field in task.fields if field.required}
    for field in task.fields:
        if field.required and field.type is FieldType.DATE:
            data[field.key] = scene.today.isoformat()
        if field.required and field.type is FieldType.CHOICE:
            data[field.key] = field.choices[0]
    org = _free_org(scene, task.binds) if task.binds else None
    command = Record(_target(reason), data, str(reason.facts["step"]), org, PAPER)
    scene.act(scene.posts(reason.holder)[0], command)
    return True


def _free_org(scene: Scene, party: str) -> str:
    """Return the org bound under a party, or the first of its kind that has posts."""
    bound = parties(Draft(scene.state))
    if party in bound:
        return bound[party]
    roles = {role.key for role in scene.workflow.roles.values() if role.party == party}
    posts = scene.directory.posts.values()
    return next(post.org for post in posts if roles & set(post.roles.split()))


def _count(scene: Scene, reason: Reason) -> bool:
    need = int(str(reason.facts["need"])) - int(str(reason.facts["have"]))
    command = Count(_target(reason), str(reason.facts["party"]), need)
    scene.act(scene.posts(reason.holder)[0], command)
    return True


def _score(scene: Scene, reason: Reason) -> bool:
    row = latest(Draft(scene.state), str(reason.facts["task"]))
    assert row is not None  # a panel that lacks scores has a row
    given = {part.key for part in parts_of(Draft(scene.state), row, "score")}
    judge = next(post for post in scene.posts(reason.holder) if post not in given)
    scene.act(judge, Score(_target(reason), "88"))
    return True


def _conclude(scene: Scene, reason: Reason) -> bool:
    scene.act(scene.posts(reason.holder)[0], Conclude(_target(reason)))
    return True


def _bind(scene: Scene, reason: Reason) -> bool:
    party = str(reason.facts["party"])
    taken = set(parties(Draft(scene.state)).values())
    free = [org for org in scene.directory.orgs.values() if org.code not in taken]
    org = next(org.code for org in free if org.kind == party)
    scene.act(scene.posts(scene.workflow.binders[0])[0], Bind(party, org))
    return True


def _wait(scene: Scene, reason: Reason) -> bool:
    until = date.fromisoformat(str(reason.facts["until"]))
    at = opening(until, scene.workflow.opens_at, scene.workflow.timezone) + timedelta(hours=1)
    clock = scene.desk.house.ports.clock
    assert isinstance(clock, SimulatedClock)
    clock.move(scene.desk.house.database, at)
    return True


def _target(reason: Reason) -> Target:
    return Target(str(reason.facts["task"]))


LIFTERS: dict[str, Callable[[Scene, Reason], bool]] = {
    "paper_missing": _submit,
    "acceptance_missing": _accept,
    "seal_missing": _seal,
    "step_missing": _record,
    "quota_short": _count,
    "scores_missing": _score,
    "not_concluded": _conclude,
    "party_unbound": _bind,
    "too_early": _wait,
}
