"""What a handler answers, and the checks that every request shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.core.cadences import interval_of, lacks_interval
from engine.core.commands import Target
from engine.core.context import Context
from engine.core.cycles import read_occasion
from engine.core.definition import Task, TaskKind
from engine.core.errors import Reason, RefusalError
from engine.core.events import NoticeRequest
from engine.core.machine import is_open
from engine.core.opening import label, open_occurrences
from engine.core.recurrence import Every
from engine.core.rows import TaskRow
from engine.core.state import Draft


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry to write: its kind, the deed in one word, its facts, the rows it changes.

    With `reasons`, nothing changes and the attempt is what the entry records.
    """

    kind: str
    deed: str
    draft: Draft
    facts: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[NoticeRequest, ...] = ()
    reasons: tuple[Reason, ...] = ()


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Raise a refusal when there is any reason.

    Raises:
        RefusalError: with all of them.
    """
    found = tuple(reasons)
    if found:
        raise RefusalError(found)


def refuse(code: str, **facts: str | int | bool | None) -> RefusalError:
    """Return a refusal with one reason."""
    return RefusalError((Reason(code, facts),))


def live_reasons(draft: Draft, ctx: Context, *, while_suspended: bool = False) -> list[Reason]:
    """Return why nothing can be done in the project at all: closed, suspended, or too early."""
    project = draft.project
    reasons = []
    if not is_live(draft, ctx):
        reasons.append(
            Reason("project_closed", {"standing": project.standing, "stage": project.stage})
        )
    elif project.standing != "active" and not while_suspended:
        holder = _reviver(ctx, project.standing)
        reasons.append(Reason("not_active", {"standing": project.standing}, holder, "project act"))
    return [*reasons, *date_reasons(draft, ctx)]


def live_or_surviving(draft: Draft, ctx: Context, task: Task) -> list[Reason]:
    """Return why a task cannot be worked on; one that survives the close still can be."""
    reasons = live_reasons(draft, ctx, while_suspended=task.while_suspended)
    return [r for r in reasons if not (task.survives and r.code == "project_closed")]


def is_live(draft: Draft, ctx: Context) -> bool:
    """Return whether the project can still move: no final stage, no final standing."""
    stage = ctx.workflow.stages[draft.project.stage]
    return not stage.final and is_open(ctx.workflow, draft.project.standing)


def _reviver(ctx: Context, standing: str) -> str | None:
    for action in ctx.workflow.standing.values():
        if standing in action.source and action.to == "active":
            return action.roles[0]
    return None


def date_reasons(draft: Draft, ctx: Context) -> list[Reason]:
    """Return why the day given cannot be: in the future, or before the project was opened."""
    on, opened = ctx.occurred_on, draft.project.opened_on
    if on > ctx.today:
        return [Reason("in_the_future", {"on": on.isoformat(), "today": ctx.today.isoformat()})]
    if opened is not None and on < opened:
        return [Reason("before_opening", {"on": on.isoformat(), "opened": opened.isoformat()})]
    return []


def the_task(ctx: Context, key: str, kind: TaskKind | None = None) -> Task:
    """Return a task of the workflow, of the wanted kind.

    Raises:
        RefusalError: no such task, or one of another kind.
    """
    task = ctx.workflow.tasks.get(key)
    if task is None:
        raise refuse("unknown_task", task=key)
    if kind is not None and task.kind is not kind:
        raise refuse("wrong_kind", task=key, kind=task.kind.value, wanted=kind.value)
    return task


def the_row(draft: Draft, ctx: Context, target: Target, *, open_only: bool = True) -> TaskRow:
    """Return the row that a target means: by reference, by period, or the newest of its key.

    A series without a period means the period in which the thing happened.

    Raises:
        RefusalError: there is none, several are meant, or it is no longer open.
    """
    rows = _meant(draft, ctx, target)
    if not rows:
        refuse_if(_absent(draft, ctx, target))
    labels = {label(row) for row in rows}
    if len(labels) > 1:
        raise refuse("which_task", task=target.key, choices=", ".join(sorted(labels)))
    row = rows[-1]
    if open_only and row.status != "open":
        raise refuse("task_closed", task=target.key, ref=row.period or row.ref, status=row.status)
    refuse_if(since_reasons(ctx, row.opened_on))
    return row


def _absent(draft: Draft, ctx: Context, target: Target) -> list[Reason]:
    task = ctx.workflow.tasks.get(target.key)
    if task is not None and lacks_interval(draft, task):
        return [interval_reason(ctx, task)]
    return [Reason("task_not_open", {"task": target.key, "ref": target.period or target.ref})]


def interval_reason(ctx: Context, task: Task) -> Reason:
    """Return that nobody has chosen yet how often a task recurs, and who can."""
    holder = ctx.workflow.binders[0] if ctx.workflow.binders else None
    return Reason("interval_unset", {"task": task.key}, holder, "project interval")


def since_reasons(ctx: Context, begun: date | None) -> list[Reason]:
    """Return why the day given cannot be: before what it belongs to had begun."""
    if begun is None or ctx.occurred_on >= begun:
        return []
    facts = {"on": ctx.occurred_on.isoformat(), "entered": begun.isoformat()}
    return [Reason("before_entry", facts)]


def second_reasons(ctx: Context, *before: tuple[str | None, str | None]) -> list[Reason]:
    """Return that the actor, in this post or another, has had a hand in it already.

    `before` are the posts and persons who had.
    """
    me = ctx.actor
    if any(post == me.post or person == me.person for post, person in before):
        return [Reason("self_approval", {"post": me.post})]
    return []


def after_reasons(ctx: Context, row: TaskRow, given: date | None) -> list[Reason]:
    """Return why the day given cannot be: before what is judged had been given."""
    if given is None or ctx.occurred_on >= given:
        return []
    return [Reason("before_step", {"task": row.key, "on": given.isoformat()})]


def _meant(draft: Draft, ctx: Context, target: Target) -> list[TaskRow]:
    rows = [row for row in draft.rows(TaskRow) if row.key == target.key]
    series = [row for row in rows if row.kind == "series" and row.status == "open"]
    if series:
        open_occurrences(draft, ctx, series[-1], ctx.occurred_on)
        rows = [row for row in draft.rows(TaskRow) if row.key == target.key]
    rows = [row for row in rows if row.kind != "series"]
    mark = target.period or target.ref
    if _is_series(ctx, target.key):
        return _of_occasion(draft, ctx, target.key, rows, mark)
    if mark is not None:
        return [row for row in rows if row.ref == mark]
    still = [row for row in rows if row.ref is not None and row.status == "open"]
    return still or rows


def _of_occasion(
    draft: Draft, ctx: Context, key: str, rows: list[TaskRow], mark: str | None
) -> list[TaskRow]:
    """Return the occurrences of a mark (a run of days by its first day too), else of the day."""
    periods = {row.period: read_occasion(row.period) for row in rows if row.period}
    if mark is not None:
        meant = {period for period in periods if period.partition("..")[0] == mark}
        return [row for row in rows if row.period == mark or row.period in meant]
    on = ctx.occurred_on
    meant = {period for period, held in periods.items() if held.first <= on <= held.last}
    interval = interval_of(draft, ctx.workflow.tasks[key])
    if not meant and interval is not None and interval.every is Every.AD_HOC:
        return [row for row in rows if row.status == "open"]
    return [row for row in rows if row.period in meant]


def _is_series(ctx: Context, key: str) -> bool:
    task = ctx.workflow.tasks.get(key)
    return task is not None and task.is_series
