"""The recompute rule: one place sets the due days and next moments of a stream's tasks."""

from dataclasses import replace
from datetime import date, datetime

from engine.core.cadences import next_occasion
from engine.core.calendar import Calendar
from engine.core.context import Context, dated
from engine.core.cycles import read_occasion
from engine.core.deadlines import opening, rung_day
from engine.core.definition import ClockEffect, DueRule, Ladder, Unit, Workflow
from engine.core.rows import Grant, Pause, TaskRow, Visit
from engine.core.schedule import UNDATED, Schedule, schedule
from engine.core.state import Draft


def rule_of(workflow: Workflow, row: TaskRow) -> DueRule | None:
    """Return the due rule of a task row: its stage's for a planned finish, else its task's."""
    if row.kind == "stage":
        return workflow.stages[row.key].due
    return workflow.tasks[row.key].due


def ladder_of(workflow: Workflow, row: TaskRow) -> Ladder | None:
    """Return the ladder a task row climbs, or None when it climbs none."""
    if row.kind == "stage":
        return workflow.ladder_of(workflow.stages[row.key].ladder)
    if workflow.tasks[row.key].strength != "must":
        return None
    return workflow.ladder_of(workflow.tasks[row.key].ladder)


def retime_all(draft: Draft, ctx: Context) -> None:
    """Recompute every open task's due day and next moment from the trail's rows."""
    for row in draft.rows(TaskRow):
        if row.status == "open" and row.kind != "series":
            retime(draft, ctx, row)
        elif row.status == "open":
            draft.change(row, next_at=series_next(draft, ctx, row))


def retime(draft: Draft, ctx: Context, row: TaskRow) -> TaskRow:
    """Recompute one open task: due days, whether provisional, and the next moment.

    A stored day stands under a newer calendar until something else moves it: what this decision
    changes counts with what is known now, what it leaves alone waits to be confirmed.
    """
    if rule_of(ctx.workflow, row) is None:
        return row
    if _stands(draft, ctx, row):
        return draft.change(row, next_at=next_moment(draft, ctx, row))
    return reckon(draft, ctx, row)


def _stands(draft: Draft, ctx: Context, row: TaskRow) -> bool:
    """Return whether the calendar alone would move a day: rule, anchor, pauses, grants are as ever.

    Both ways are counted with one calendar, so that it takes no part in the comparison.
    """
    held = draft.base.tables.get(TaskRow.table, {}).get(row.n)
    if not isinstance(held, TaskRow) or row.calendar in (None, ctx.calendar.version):
        return False
    before = scheduled(Draft(draft.base), ctx.workflow, held, ctx.calendar)
    return before == scheduled(draft, ctx.workflow, row, ctx.calendar)


def reckon(draft: Draft, ctx: Context, row: TaskRow) -> TaskRow:
    """Recompute one open task with the calendar known now, whatever it was counted with."""
    found = scheduled(draft, ctx.workflow, row, ctx.calendar)
    moved = row.due is not None and found.due != row.due
    row = draft.change(
        row,
        original_due=found.original,
        due=found.due,
        provisional=found.provisional,
        calendar=ctx.calendar.version if found.due else None,
        term=row.term + 1 if moved else row.term,
        rung=0 if moved else row.rung,
    )
    return draft.change(row, next_at=next_moment(draft, ctx, row))


def _kept_visit(draft: Draft, workflow: Workflow, row: TaskRow) -> Visit:
    """Return the visit whose clock a row runs on: an earlier one after a return that keeps it."""
    visit = draft.row(Visit, row.visit)
    while row.kind == "stage" and visit.n > 1:
        before = draft.row(Visit, visit.n - 1)
        action = workflow.actions.get(before.left_by or "")
        stays = [v for v in draft.rows(Visit) if v.stage == row.key and v.n < visit.n]
        if action is None or action.clock is not ClockEffect.KEEP or not stays:
            break
        visit = stays[-1]
    return visit


def _pauses(draft: Draft, workflow: Workflow, row: TaskRow) -> tuple[Pause, ...]:
    """Return the suspensions in which a task's clock stood still."""
    if row.kind != "stage" and workflow.tasks[row.key].while_suspended:
        return ()
    return draft.rows(Pause)


def scheduled(draft: Draft, workflow: Workflow, row: TaskRow, calendar: Calendar) -> Schedule:
    """Return how a task's due day comes about from the rows and a calendar, step by step."""
    rule = rule_of(workflow, row)
    if rule is None:
        return UNDATED
    grants = [grant for grant in draft.rows(Grant) if grant.task == row.n]
    kept = _kept_visit(draft, workflow, row)
    counted, anchor = _anchored(draft, row, rule, kept)
    begun = (kept.entered_on if row.kind == "stage" else row.opened_on) or date.min
    return schedule(counted, anchor, begun, _pauses(draft, workflow, row), grants, calendar)


def _anchored(
    draft: Draft, row: TaskRow, rule: DueRule, kept: Visit
) -> tuple[DueRule, date | None]:
    kind, _, name = rule.anchor.partition(":")
    if kind == "given":
        return _given(row, rule)
    if kind == "opened":
        return rule, row.opened_on
    if kind == "entered":
        return rule, kept.entered_on
    if kind == "period_end":
        return rule, read_occasion(row.period).last if row.period else None
    if kind == "date":
        held = dated(draft, name)
        return rule, held.on if held else None
    return rule, _done_on(draft, name)


def _given(row: TaskRow, rule: DueRule) -> tuple[DueRule, date | None]:
    if row.given_due is not None:
        return replace(rule, count=0, counts_start=False), row.given_due
    if row.given_days is None:
        return rule, None
    return replace(rule, count=row.given_days, unit=Unit.WORKING_DAY), row.opened_on


def _done_on(draft: Draft, key: str) -> date | None:
    """Return when a task was done; None while its newest round, begun after a return, is not."""
    kept = [row for row in draft.rows(TaskRow) if row.key == key and row.kind != "series"]
    newest = {(row.period, row.ref): row for row in kept if row.status != "lapsed"}
    done = [row.done_on for row in newest.values() if row.status in ("done", "waived")]
    return done[-1] if done else None


def is_paused(draft: Draft, workflow: Workflow, row: TaskRow) -> bool:
    """Return whether the clock leaves a task alone: suspended, or waiting for our own side."""
    if row.waiting:
        return True
    if not any(pause.to_on is None for pause in draft.rows(Pause)):
        return False
    return row.kind == "stage" or not workflow.tasks[row.key].while_suspended


def next_moment(draft: Draft, ctx: Context, row: TaskRow) -> datetime | None:
    """Return when the task's next rung is reached, or None while there is nothing to wait for."""
    ladder = ladder_of(ctx.workflow, row)
    if row.status != "open" or row.due is None or ladder is None:
        return None
    if row.rung >= len(ladder.rungs) or is_paused(draft, ctx.workflow, row):
        return None
    day = rung_day(row.due, ladder.rungs[row.rung], ctx.calendar)
    return office_opens(ctx.workflow, day)


def office_opens(workflow: Workflow, day: date) -> datetime:
    """Return the UTC moment at which the workflow's office opens on a local day."""
    return opening(day, workflow.opens_at, workflow.timezone)


def series_next(draft: Draft, ctx: Context, row: TaskRow) -> datetime | None:
    """Return when the next period of a cadence opens, or None while suspended."""
    if row.status != "open" or is_paused(draft, ctx.workflow, row):
        return None
    found = next_occasion(draft, ctx.workflow, row)
    return office_opens(ctx.workflow, found.first) if found else None


def unsure(is_provisional: bool) -> dict[str, bool]:
    """Return the fact that marks the computed days beside it as provisional; empty where none is.

    One way for reasons and entries: days that rest on a year without its own notice say so.
    """
    return {"provisional": True} if is_provisional else {}


def late_when_done(row: TaskRow, calendar: Calendar) -> int:
    """Return how many working days late something was done; 0 in time, undated or not done."""
    done = row.counts_on or row.done_on
    return lateness(row.due, done, calendar) if done is not None and row.status == "done" else 0


def lateness(due: date | None, on: date, calendar: Calendar) -> int:
    """Return how many working days something is late on a day; 0 up to and on the due day."""
    return max(0, calendar.between(due, on)) if due is not None and on > due else 0
