"""Cadences that people steer: the interval that a project chooses, and the days that are named."""

from datetime import date

from engine.core.cadences import interval_of, lacks_interval
from engine.core.commands import ChooseInterval, Raise
from engine.core.context import Context
from engine.core.cycles import Stretch
from engine.core.decide.decision import (
    Decision,
    interval_reason,
    live_or_surviving,
    live_reasons,
    refuse_if,
    the_task,
)
from engine.core.decide.forms import as_day, dump, field_reasons
from engine.core.definition import Task
from engine.core.errors import Reason
from engine.core.opening import is_running, label, open_task
from engine.core.recurrence import Every
from engine.core.rows import ChosenInterval, TaskRow
from engine.core.state import Draft
from engine.core.timing import retime_all, unsure

MOST_DAYS = 3_660


def choose_interval(draft: Draft, command: ChooseInterval, ctx: Context) -> Decision:
    """Choose how often a task recurs in this project; what has been opened stays as it is."""
    task = the_task(ctx, command.task)
    reasons = live_reasons(draft, ctx) + ctx.lacks_role(draft, ctx.workflow.binders)
    refuse_if(reasons + _interval_reasons(task, command))
    draft.add(
        ChosenInterval, key=task.key, every=command.every, days=command.days, words=command.words,
        on=ctx.occurred_on, chosen_by=ctx.actor.post,
    )  # fmt: skip
    retime_all(draft, ctx)
    facts = {"task": task.key, "every": command.every, "days": command.days}
    return Decision("interval.chosen", task.key, draft, {**facts, "words": command.words})


def _interval_reasons(task: Task, command: ChooseInterval) -> list[Reason]:
    if task.cadence is None or task.cadence.interval.every is not Every.UNSET:
        return [Reason("interval_fixed", {"task": task.key})]
    known = [every.value for every in Every if every is not Every.UNSET]
    known = [every for every in known if every != Every.AD_HOC or task.raisers]
    if command.every not in known:
        facts = {"task": task.key, "given": command.every, "known": ", ".join(known)}
        return [Reason("interval_unknown", facts)]
    is_right = 1 <= (command.days or 0) <= MOST_DAYS
    if is_right if command.every == Every.DAYS else command.days is None:
        return []
    return [Reason("interval_days", {"task": task.key, "days": command.days, "most": MOST_DAYS})]


def raise_occasion(draft: Draft, command: Raise, ctx: Context, task: Task) -> Decision:
    """Open an occurrence of what recurs on days that people name; its reference is the day."""
    reasons = live_or_surviving(draft, ctx, task) + ctx.lacks_role(draft, task.raisers)
    refuse_if([*reasons, *_raising_reasons(draft, task, ctx)])
    on = as_day(command.ref)
    if on is None:
        refuse_if([Reason("occasion_not_a_day", {"task": task.key, "given": command.ref})])
    assert on is not None  # refused above
    refuse_if([
        *_day_reasons(draft, ctx, task, on),
        *_due_reasons(task, command),
        *field_reasons(task, command.data, complete=False),
    ])  # fmt: skip
    row = open_task(
        draft, ctx, task, ctx.occurred_on, period=Stretch(on, on).key, title=command.title,
        data=dump(command.data),
    )  # fmt: skip
    if command.words is not None:
        row = draft.change(row, words=command.words)
    due = row.due.isoformat() if row.due else None
    facts = {
        "task": label(row), "title": command.title, "due": due, "data": dict(command.data),
        **unsure(row.provisional),
    }  # fmt: skip
    return Decision("task.raised", task.key, draft, facts)


def _raising_reasons(draft: Draft, task: Task, ctx: Context) -> list[Reason]:
    if lacks_interval(draft, task):
        return [interval_reason(ctx, task)]
    interval = interval_of(draft, task)
    if interval is None or interval.every is not Every.AD_HOC:
        return [Reason("not_raisable", {"task": task.key})]
    return [] if is_running(draft, task.key) else [Reason("task_not_open", {"task": task.key})]


def _day_reasons(draft: Draft, ctx: Context, task: Task, on: date) -> list[Reason]:
    if on < ctx.occurred_on:
        return [Reason("due_before_start", {"due": on.isoformat()})]
    taken = [row for row in draft.rows(TaskRow) if row.key == task.key]
    if any(row.period == on.isoformat() for row in taken):
        return [Reason("reference_taken", {"task": task.key, "ref": on.isoformat()})]
    return []


def _due_reasons(task: Task, command: Raise) -> list[Reason]:
    is_given = command.due is not None or command.days is not None
    return [Reason("occasion_due", {"task": task.key})] if is_given else []
