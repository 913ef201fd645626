"""What can be done in a project beside its open tasks, and why an actor may not."""

from collections.abc import Iterator

from engine.core.cadences import interval_of, lacks_interval
from engine.core.context import Context
from engine.core.decide.decision import live_or_surviving, live_reasons
from engine.core.decide.moves import standing_reasons
from engine.core.decide.turns import Turn
from engine.core.decide.work import is_reopenable
from engine.core.definition import Task
from engine.core.errors import Reason
from engine.core.machine import standing_moves
from engine.core.opening import label
from engine.core.recurrence import Every
from engine.core.rows import TaskRow
from engine.core.state import Draft

NO_TASK = 0
"""The task number of a turn that is about no task."""


def asides(draft: Draft, ctx: Context) -> list[tuple[Turn, tuple[Reason, ...]]]:
    """Return what can be done beside the open tasks, each with every reason against it.

    ``standing`` changes the standing, ``raise`` opens an ad-hoc task, ``reopen`` a closed one,
    ``bind`` names the org of a party, ``choose_date`` the reading of a date, ``choose_interval``
    how often a task recurs; `part` says which.
    """
    found = [*_standing(draft, ctx), *_raising(draft, ctx), *_reopening(draft, ctx)]
    live = live_reasons(draft, ctx)
    binding = live_reasons(draft, ctx, while_suspended=True)
    lacks = ctx.lacks_role(draft, ctx.workflow.binders)
    for name in ctx.workflow.parties:
        turn = Turn(NO_TASK, "bind", name, ctx.workflow.binders, is_main=False)
        found.append((turn, (*binding, *lacks)))
    for name in ctx.workflow.dates:
        turn = Turn(NO_TASK, "choose_date", name, ctx.workflow.binders, is_main=False)
        found.append((turn, (*live, *lacks)))
    for task in ctx.workflow.tasks.values():
        if task.cadence is not None and task.cadence.interval.every is Every.UNSET:
            turn = Turn(NO_TASK, "choose_interval", task.key, ctx.workflow.binders, is_main=False)
            found.append((turn, (*live, *lacks)))
    return found


def _standing(draft: Draft, ctx: Context) -> Iterator[tuple[Turn, tuple[Reason, ...]]]:
    for key in standing_moves(ctx.workflow, draft.project.standing):
        action = ctx.workflow.standing[key]
        turn = Turn(NO_TASK, "standing", key, action.roles, is_main=False)
        yield turn, tuple(standing_reasons(draft, ctx, action))


def _raising(draft: Draft, ctx: Context) -> Iterator[tuple[Turn, tuple[Reason, ...]]]:
    for task in ctx.workflow.tasks.values():
        if task.opens == "raised" or _is_named(draft, task):
            turn = Turn(NO_TASK, "raise", task.key, task.raisers, is_main=False)
            lacks = ctx.lacks_role(draft, task.raisers)
            yield turn, (*live_or_surviving(draft, ctx, task), *lacks)


def _is_named(draft: Draft, task: Task) -> bool:
    """Whether a task recurs on days that people name."""
    interval = (
        interval_of(draft, task) if task.is_series and not lacks_interval(draft, task) else None
    )
    return interval is not None and interval.every is Every.AD_HOC


def _reopening(draft: Draft, ctx: Context) -> Iterator[tuple[Turn, tuple[Reason, ...]]]:
    newest = {label(row): row for row in draft.rows(TaskRow) if row.kind not in ("stage", "series")}
    for row in newest.values():
        task = ctx.workflow.tasks[row.key]
        if task.reopeners and is_reopenable(draft, task, row):
            turn = Turn(row.n, "reopen", None, task.reopeners, is_main=False)
            lacks = ctx.lacks_role(draft, task.reopeners)
            yield turn, (*live_or_surviving(draft, ctx, task), *lacks)
