"""How tasks come to be owed and cease to be: at the opening, at a stage, after another task."""

from datetime import date

from engine.core.cadences import interval_of, is_owed, next_occasion
from engine.core.context import Context, latest
from engine.core.cutoff import act_day, beyond
from engine.core.cycles import read_occasion
from engine.core.definition import Task
from engine.core.recurrence import Every
from engine.core.rows import TaskRow, Visit
from engine.core.state import Draft
from engine.core.timing import is_paused, retime, rule_of, series_next


def open_task(
    draft: Draft, ctx: Context, task: Task, opened_on: date, **columns: object
) -> TaskRow:
    """Add an open row for a task, reckon its deadline, and return it."""
    kind = "series" if task.is_series and "period" not in columns else task.kind.value
    held = [row for row in draft.rows(TaskRow) if row.key == task.key]
    rounds = [row.round for row in held if _same(row, columns)]
    row = draft.add(
        TaskRow, key=task.key, kind=kind, visit=draft.project.visit, holder=task.holder,
        opened_on=opened_on, round=max([0, *rounds]) + 1, words=_words(task), **columns,
    )  # fmt: skip
    if kind == "series":
        return open_occurrences(draft, ctx, row, opened_on)
    row = retime(draft, ctx, row)
    if row.round > 1:  # what counts from its earlier round counts from nothing until this is done
        _retime_from(draft, ctx, task.key)
    return row


def _same(row: TaskRow, columns: dict[str, object]) -> bool:
    label = (columns.get("period"), columns.get("ref"))
    return (row.period, row.ref) == label and row.kind != "series"


def _words(task: Task) -> str | None:
    return task.due.words["zh"] if task.due and task.due.words else None


def open_occurrences(draft: Draft, ctx: Context, series: TaskRow, until: date) -> TaskRow:
    """Open every owed period of a series that begins by a day; return the series row.

    None opens during a suspension: whether its period is owed shows when that has ended.
    """
    if is_paused(draft, ctx.workflow, series):
        return draft.change(series, next_at=None)
    task = ctx.workflow.tasks[series.key]
    period = next_occasion(draft, ctx.workflow, series)
    while period is not None and period.first <= until:
        begun = max(period.first, series.opened_on or period.first)
        open_task(draft, ctx, task, begun, period=period.key)
        series = draft.change(series, period=period.key)
        period = next_occasion(draft, ctx.workflow, series)
    return draft.change(series, next_at=series_next(draft, ctx, series))


def lapse_suspended(draft: Draft, ctx: Context) -> None:
    """End the occurrences that suspensions, all of them over, leave nobody owing.

    A day that a person named stays owed: nobody but a person takes it back.
    """
    for row in draft.rows(TaskRow):
        if row.status != "open" or row.period is None or row.kind == "series":
            continue
        task = ctx.workflow.tasks[row.key]
        interval = interval_of(draft, task)
        is_named = interval is not None and interval.every is Every.AD_HOC
        if not is_named and not is_owed(draft, task, read_occasion(row.period)):
            _end(draft, ctx, row, "lapsed")


def enter_stage(
    draft: Draft, ctx: Context, stage: str, items: tuple[str, ...] | None = None
) -> None:
    """Begin a visit: its planned finish, its tasks, and the tracks that start with it.

    After a return, `items` names the tasks to do again; the others are carried over as done.
    """
    project = draft.project
    visit = draft.add(
        Visit, stage=stage, entered_on=ctx.occurred_on, entered_by=ctx.actor.post,
        entered_person=ctx.actor.person,
    )  # fmt: skip
    draft.change(project, stage=stage, visit=visit.n)
    _open_planned_finish(draft, ctx, stage)
    for task in ctx.workflow.tasks.values():
        if task.stage == stage and task.opens == "stage":
            _open_or_carry(draft, ctx, task, items)
        elif task.opens == f"stage:{stage}" and not is_running(draft, task.key):
            open_task(draft, ctx, task, ctx.occurred_on)
    _open_following(draft, ctx, stage, items)


def _open_planned_finish(draft: Draft, ctx: Context, stage: str) -> None:
    held = ctx.workflow.stages[stage]
    if held.final:
        return
    words = held.due.words["zh"] if held.due and held.due.words else None
    row = draft.add(
        TaskRow, key=stage, kind="stage", visit=draft.project.visit, holder=held.holder,
        opened_on=ctx.occurred_on, words=words,
    )  # fmt: skip
    retime(draft, ctx, row)


def _open_following(draft: Draft, ctx: Context, stage: str, items: tuple[str, ...] | None) -> None:
    """Open or carry the stage's tasks that begin after another one, where that is over already."""
    left = [t for t in ctx.workflow.tasks.values() if t.stage == stage and t.follows]
    while ready := [task for task in left if _is_over(draft, task.follows)]:
        for task in ready:
            _open_or_carry(draft, ctx, task, items)
            left.remove(task)


def _is_over(draft: Draft, key: str) -> bool:
    row = latest(draft, key)
    return row is not None and row.status in ("done", "waived")


def _open_or_carry(draft: Draft, ctx: Context, task: Task, items: tuple[str, ...] | None) -> None:
    last = latest(draft, task.key)
    is_done = last is not None and last.status in ("done", "waived") and not task.is_series
    if items and task.key not in items and last is not None and is_done:
        draft.add(
            TaskRow, key=task.key, kind=task.kind.value, visit=draft.project.visit,
            holder=task.holder, status=last.status, opened_on=ctx.occurred_on,
            done_on=last.done_on, counts_on=last.counts_on, outcome=last.outcome, round=last.round,
            carried=last.n,
        )  # fmt: skip
        return
    open_task(draft, ctx, task, ctx.occurred_on)


def is_running(draft: Draft, key: str) -> bool:
    """Return whether a row of a task is open, the series of a cadence included."""
    return any(row.key == key and row.status == "open" for row in draft.rows(TaskRow))


def leave_stage(
    draft: Draft, ctx: Context, action: str, *, forward: bool, **columns: object
) -> None:
    """End the present visit: its planned finish is met or handed back, its open tasks lapse."""
    project = draft.project
    visit = draft.row(Visit, project.visit)
    draft.change(visit, left_on=ctx.occurred_on, left_by=action, **columns)
    for row in draft.rows(TaskRow):
        if row.visit != project.visit or row.status != "open":
            continue
        if row.kind == "stage":
            status = "done" if forward else "lapsed"
            _end(draft, ctx, row, status)
        elif ctx.workflow.tasks[row.key].stage == project.stage and row.ref is None:
            _end(draft, ctx, row, "lapsed")


def _end(draft: Draft, ctx: Context, row: TaskRow, status: str) -> None:
    ended_on = max(ctx.occurred_on, row.opened_on or ctx.occurred_on)
    counted = act_day(ctx, rule_of(ctx.workflow, row)) if status == "done" else None
    draft.change(
        row, status=status, done_on=ended_on, counts_on=beyond(ended_on, counted), next_at=None,
        waiting=None, waits_from_on=None,
    )  # fmt: skip


def open_followers(draft: Draft, ctx: Context, done: TaskRow) -> None:
    """Open the tasks that begin when a task is done, and reckon those that count from it.

    A stage's task waits for its stage, and nothing opens twice beside itself.
    """
    project = draft.project
    for task in ctx.workflow.following(done.key):
        if task.stage not in (None, project.stage):
            continue
        if not is_running(draft, task.key) and (project.closed_on is None or task.survives):
            open_task(draft, ctx, task, done.done_on or ctx.occurred_on)
    _retime_from(draft, ctx, done.key)


def _retime_from(draft: Draft, ctx: Context, key: str) -> None:
    """Reckon the open tasks and the planned finish that count from the day a task is done."""
    for row in draft.rows(TaskRow):
        rule = rule_of(ctx.workflow, row) if row.status == "open" else None
        if rule is not None and rule.anchor == f"task:{key}" and row.kind != "series":
            retime(draft, ctx, row)


def end_all(draft: Draft, ctx: Context) -> list[str]:
    """End what is still owed when a project closes; return the labels of what was left open."""
    left = []
    for row in draft.rows(TaskRow):
        if row.status != "open":
            continue
        if row.kind != "stage" and ctx.workflow.tasks[row.key].survives:
            continue
        _end(draft, ctx, row, "ended")
        if row.kind not in ("series", "stage"):
            left.append(label(row))
    return left


def label(row: TaskRow) -> str:
    """Return a task row's name within its project: key, and period or reference."""
    mark = row.period or row.ref
    return f"{row.key}/{mark}" if mark else row.key
