"""How far a task has come: what it waits for, on which day it was done, and what then follows."""

import json
from collections.abc import Callable
from datetime import date

from engine.core.context import Context
from engine.core.cutoff import act_day, beyond
from engine.core.definition import TaskKind
from engine.core.opening import open_followers
from engine.core.parts import parts_of
from engine.core.rows import Grant, Part, TaskRow
from engine.core.state import Draft
from engine.core.timing import next_moment, rule_of
from engine.core.turns import MOVING, turn_of


def rest_or_run(draft: Draft, ctx: Context, row: TaskRow) -> TaskRow:
    """Set whose turn an open task is and since when, and its next moment; return the row."""
    turn = turn_of(draft, ctx, row)
    if turn != row.waiting:
        since = ctx.occurred_on if turn else None
        row = draft.change(row, waiting=turn, waits_from_on=since)
    at = next_moment(draft, ctx, row)
    return row if at == row.next_at else draft.change(row, next_at=at)


def pass_turns(draft: Draft, ctx: Context) -> None:
    """Set anew whose turn it is wherever this request can have passed it on; stages last.

    A seal or a record passes on by what happens to it, a stage by what happens to anything.
    """
    touched = _touched(draft)
    moving = [r for r in draft.rows(TaskRow) if r.status == "open" and r.kind in MOVING]
    for row in sorted(moving, key=lambda row: row.kind == TaskKind.STAGE):
        if row.kind == TaskKind.STAGE or row.n in touched:
            rest_or_run(draft, ctx, row)


def _touched(draft: Draft) -> set[int]:
    """Return the tasks that a request changed: their rows, their parts, their requests for time."""
    asked = {part.task for part in draft.touched(Part)}
    asked |= {grant.task for grant in draft.touched(Grant)}
    return asked | {row.n for row in draft.touched(TaskRow)}


def finish(draft: Draft, ctx: Context, row: TaskRow, outcome: str | None = None) -> TaskRow:
    """Mark a task done on the day it was complete, and open what waits for it."""
    done_on = done_day(draft, row) or ctx.occurred_on
    counted = counts_day(draft, row) or act_day(ctx, rule_of(ctx.workflow, row))
    row = draft.change(
        row, status="done", done_on=done_on, counts_on=beyond(done_on, counted), outcome=outcome,
        waiting=None, waits_from_on=None, next_at=None,
    )  # fmt: skip
    open_followers(draft, ctx, row)
    return row


def done_day(draft: Draft, row: TaskRow) -> date | None:
    """Return the day on which the last of a task's parts was given, None when it has none.

    Parts are entered in any order, so that it need not be the last one entered. What is owed for
    a period is met by the first entry of each step: a second visit stands beside it.
    """
    return _last_of_first(draft, row, lambda part: part.on)


def counts_day(draft: Draft, row: TaskRow) -> date | None:
    """Return the day that the last of a task's parts counts for, None when it has none."""
    return _last_of_first(draft, row, lambda part: part.counts_on or part.on)


def _last_of_first(draft: Draft, row: TaskRow, day: Callable[[Part], date | None]) -> date | None:
    first: dict[str, date] = {}
    for part in parts_of(draft, row):
        key = part.key if row.period else str(part.n)
        given = day(part)
        if given is not None:
            first[key] = min(given, first.get(key, given))
    return max(first.values(), default=None)


def score_of(draft: Draft, row: TaskRow) -> str | None:
    """Return the score that the first entry of a record gave, None when none gave one."""
    for part in parts_of(draft, row, "step"):
        given = json.loads(part.data) if part.data else {}
        if "score" in given:
            return str(given["score"])
    return None
