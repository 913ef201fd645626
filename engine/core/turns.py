"""Whose turn it is: whether what is owed lies with its holder, or with a side that has to answer.

While it is another side's turn the ladder rests: nobody is urged for what somebody else has.
"""

from engine.core.context import Context
from engine.core.definition import Action, ActionKind, Task, TaskKind
from engine.core.gates import gate_reasons
from engine.core.parts import (
    before_in_order,
    paper_reasons,
    record_reasons,
    seal_reasons,
    verdicts_of,
)
from engine.core.rows import Grant, TaskRow
from engine.core.state import Draft

EXTENSION = "extension"
"""What a row waits for while a request for time is open."""

MOVING = (TaskKind.SEAL.value, TaskKind.RECORD.value, TaskKind.STAGE.value)
"""Kinds of rows whose turn can pass on by what happens to them, or to other rows.

Not a review: to bring its panel together is what its holder owes.
"""


def turn_of(draft: Draft, ctx: Context, row: TaskRow) -> str | None:
    """Return the role whose turn it is, ``extension``, or None while it is the holder's."""
    if any(held.task == row.n and held.decision is None for held in draft.rows(Grant)):
        return EXTENSION
    if row.kind == TaskKind.STAGE:
        return _of_stage(draft, ctx, row)
    task = ctx.workflow.tasks[row.key]
    if row.kind == TaskKind.DELIVERABLE:
        lacks = [reason.code for reason in paper_reasons(draft, ctx, task, row)]
        return task.accepted_by[0] if lacks == ["acceptance_missing"] else None
    roles = _roles(draft, ctx, task, row)
    return roles[0] if roles and row.holder not in roles else None


def _roles(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> tuple[str, ...]:
    """Return the roles that can take the next step of a task; empty where nothing is lacking."""
    if row.kind == TaskKind.RECORD:
        missing = {reason.facts["step"] for reason in record_reasons(draft, ctx, task, row)}
        return next((step.roles for step in task.steps if step.key in missing), ())
    if row.kind == TaskKind.SEAL and task.seal is not None:
        return _sealers(draft, ctx, task, row)
    return ()


def _sealers(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> tuple[str, ...]:
    """Return who can give or enter a seal that is still missing; after a refusal, the holder."""
    rule = task.seal
    lacks = seal_reasons(draft, ctx, task, row)
    if rule is None or any(reason.code != "seal_missing" for reason in lacks):
        return (row.holder,)
    given = {k for k, part in verdicts_of(draft, row).items() if part.verdict == "consent"}
    wanted = {reason.facts["seal"] for reason in lacks}
    free = [p for p in rule.parties if p.key in wanted and not before_in_order(rule, p.key, given)]
    return tuple(role for p in free for role in (p.role, *p.enterers) if role is not None)


def _of_stage(draft: Draft, ctx: Context, row: TaskRow) -> str | None:
    """Return whose turn a stage is: all that blocks it lies there, or the move itself does."""
    ways = [a for a in ctx.workflow.actions_from(row.key) if a.kind is ActionKind.ADVANCE]
    still = [task for task in draft.rows(TaskRow) if task.status == "open"]
    blocking = [task for task in still if _blocks(ctx, task, ways)]
    if blocking:
        waits = [task.waiting for task in blocking]
        answered = all(w not in (None, EXTENSION, row.holder) for w in waits)
        return waits[0] if answered else None
    free = [action for action in ways if not gate_reasons(draft, ctx, action)]
    if not free or any(row.holder in action.roles for action in free):
        return None
    return free[0].roles[0]


def _blocks(ctx: Context, task: TaskRow, ways: list[Action]) -> bool:
    if task.kind in (TaskKind.STAGE, TaskKind.SERIES):
        return False
    return any(action.key in ctx.workflow.tasks[task.key].gates for action in ways)
