"""From a turn to the request that takes it, well formed: numbers, papers and forms filled in."""

from engine.core.commands import (
    Accept,
    Act,
    AskExtension,
    Command,
    Conclude,
    ConfirmWaiver,
    Count,
    DecideExtension,
    Paper,
    ProposeWaiver,
    Record,
    Score,
    Seal,
    Submit,
    Target,
)
from engine.core.context import parties
from engine.core.decide.turns import Turn
from engine.core.definition import FieldType, ReasonPolicy, Task
from engine.core.rows import TaskRow
from engine.core.state import Draft
from tests.builders import Story

PAPER = Paper("A-7", "A paper")
SAMPLES = {
    FieldType.TEXT: "text", FieldType.INTEGER: "3", FieldType.DECIMAL: "88.5",
    FieldType.MONEY: "1000.00",
}  # fmt: skip


def command_of(story: Story, turn: Turn) -> Command:
    """Return what asks for a turn."""
    row = story.state.row(TaskRow, turn.task)
    target, part = Target(row.key, row.period, row.ref), turn.part or ""
    task = story.workflow.tasks.get(row.key)
    named: dict[str, Command] = {
        "submit": Submit(target, part, PAPER),
        "accept": Accept(target),
        "seal": Seal(target, (part,), "consent", PAPER),
        "score": Score(target, "85"),
        "conclude": Conclude(target),
        "count": Count(target, part, 1),
        "ask_extension": AskExtension(target, 3, "rain"),
        "decide_extension": DecideExtension(target, True, 3),
        "propose_waiver": ProposeWaiver(target, "not needed here"),
        "confirm_waiver": ConfirmWaiver(target),
    }
    if turn.verb == "act":
        return _act(story, part)
    if turn.verb == "record" and task is not None:
        return Record(target, _data(story, task), part, _org(story, task), PAPER)
    return named[turn.verb]


def _act(story: Story, key: str) -> Act:
    coded = story.workflow.actions[key].reason is ReasonPolicy.CODED
    return Act(key, next(iter(story.workflow.reasons)) if coded else "why", "a note")


def _data(story: Story, task: Task) -> dict[str, str]:
    data = {}
    for field in task.fields:
        if field.type is FieldType.DATE:
            data[field.key] = story.today.isoformat()
        elif field.type is FieldType.CHOICE:
            data[field.key] = field.choices[0]
        else:
            data[field.key] = SAMPLES.get(field.type, "text")
    return data if any(field.required for field in task.fields) else {}


def _org(story: Story, task: Task) -> str | None:
    if task.binds is None:
        return None
    return parties(Draft(story.state)).get(task.binds, "agency")
