"""How things are put for a reader: lamps, days, tasks and turns, as small values for templates."""

from dataclasses import dataclass, replace
from datetime import date

from engine.core.decide.turns import Turn
from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.errors import Reason
from engine.core.lamps import Lamp, Light
from engine.core.opening import label
from engine.core.rows import TaskRow
from templates.facts import due_day
from templates.words import Words

MARKS = {
    Light.NORMAL: "green", Light.DUE_SOON: "amber", Light.OVERDUE: "red",
    Light.EXTENDED: "violet", Light.WAITING: "blue", Light.PAUSED: "grey",
    Light.CLOSED: "done", Light.ENDED: "grey",
}  # fmt: skip
"""The shape and colour of each lamp; the word stands beside it always."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A lamp as it is drawn: mark, short words, and the due day below it."""

    mark: str
    text: str
    due: str


def shown(say: Words, lamp: Lamp, row: TaskRow | None = None) -> Shown:
    """Return a task's lamp in few words: ``逾期 6 天``, ``剩 2 天``, ``待答复``."""
    facts = {"late": lamp.late, "left": lamp.left}
    key = f"short.{lamp.light}"
    if lamp.light in (Light.NORMAL, Light.DUE_SOON, Light.EXTENDED):
        key = "short.undated" if lamp.due is None else "short.left" if lamp.left else "short.today"
    mark = "grey" if lamp.light is Light.NORMAL and lamp.due is None else MARKS[lamp.light]
    return Shown(mark, say.say(key, **facts), due_of(say, row) if row is not None else "")


def due_of(say: Words, row: TaskRow) -> str:
    """Return the due day of a task in words, marked where it is provisional."""
    if row.due is None:
        return say.say("due.undated")
    key = "due.provisional" if row.provisional else "due.on"
    return say.say(key, due=say.day_short(row.due))


def original_of(say: Words, row: TaskRow) -> str:
    """Return the due day as first counted, marked like the present one; empty without one."""
    if row.original_due is None:
        return ""
    return due_day(say, row.original_due, provisional=row.provisional)


def name_of(say: Words, workflow: Workflow, row: TaskRow) -> str:
    """Return what a task is called; the planned finish of a stage says that it is one."""
    name = say.label(workflow, label(row), row.title)
    return say.say("task.stage", name=name) if row.kind == "stage" else name


def turn_name(say: Words, workflow: Workflow, row: TaskRow, turn: Turn) -> str:
    """Return what a turn is called on its button: ``签署``, ``推进到「实施」``."""
    if turn.verb == "act":
        action = workflow.actions[turn.part or ""]
        key = "turn.advance" if action.kind.value == "advance" else "turn.act"
        to = say.name(workflow, "stage", action.to)
        return say.say(key, to=to, name=say.name(workflow, "action", action.key))
    return say.say(f"turn.{turn.verb}")


def part_name(say: Words, workflow: Workflow, row: TaskRow, turn: Turn) -> str:
    """Return the part a turn is about, empty where it is the whole task."""
    if turn.part is None or turn.verb == "act":
        return ""
    return say.name(workflow, "part", turn.part, row.key)


def roles(say: Words, workflow: Workflow, turn: Turn) -> str:
    """Return who may take a turn."""
    return say.listing(say.name(workflow, "role", key) for key in turn.roles)


def by_name(directory: Directory, reason: Reason) -> Reason:
    """Return a reason that calls a post by its name, where the register knows it."""
    post = directory.posts.get(str(reason.facts.get("post", "")))
    return replace(reason, facts={**reason.facts, "post": post.name}) if post else reason


def group_of(due: date | None, today: date) -> str:
    """Return under which heading a due day stands: late, today, this week, later, undated."""
    if due is None:
        return "undated"
    if due < today:
        return "late"
    if due == today:
        return "today"
    return "week" if (due - today).days <= 6 - today.weekday() else "later"
