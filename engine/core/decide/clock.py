"""What the clock does when a moment has come: open occurrences and climb rungs."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from engine.core.commands import Tick
from engine.core.context import Context, parties
from engine.core.cutoff import counted_day
from engine.core.deadlines import rungs_reached
from engine.core.decide.decision import Decision
from engine.core.definition import Rung
from engine.core.errors import Reason
from engine.core.events import NoticeRequest
from engine.core.opening import label, open_occurrences
from engine.core.parts import unmet_parts
from engine.core.progress import rest_or_run
from engine.core.recipients import Recipient, recipients
from engine.core.rows import TaskRow
from engine.core.state import Draft
from engine.core.timing import ladder_of, lateness, next_moment, office_opens, rule_of
from engine.core.turns import MOVING

Told = Sequence[tuple[Rung, tuple[Recipient, ...]]]
"""Rungs reached at once, lowest first, each with whom it tells."""


def tick(draft: Draft, command: Tick, ctx: Context) -> Decision:
    """Do what has fallen due by now: asked twice, the second time finds nothing.

    Of the rungs missed while nobody was awake, each post is told the highest that concerns it;
    the lower ones are marked as merged into it.
    """
    opened = _open_due_series(draft, ctx)
    notices: list[NoticeRequest] = []
    climbed: list[dict[str, Any]] = []
    for row in _due(draft, ctx):
        found, facts = _climb(draft, ctx, row)
        notices += found
        climbed += facts
    return Decision(
        "clock.ticked", "tick", draft, {"rungs": climbed, "opened": opened}, tuple(notices)
    )


def _due(draft: Draft, ctx: Context) -> list[TaskRow]:
    return [
        row
        for row in draft.rows(TaskRow)
        if row.next_at is not None and row.next_at <= ctx.now and row.kind != "series"
    ]


def _open_due_series(draft: Draft, ctx: Context) -> list[str]:
    before = {row.n for row in draft.rows(TaskRow)}
    for row in draft.rows(TaskRow):
        if row.kind == "series" and row.next_at is not None and row.next_at <= ctx.now:
            open_occurrences(draft, ctx, row, _office_day(ctx))
    return [label(row) for row in draft.rows(TaskRow) if row.n not in before]


def _climb(
    draft: Draft, ctx: Context, row: TaskRow
) -> tuple[list[NoticeRequest], list[dict[str, Any]]]:
    ladder, due = ladder_of(ctx.workflow, row), row.due
    if ladder is None or due is None:
        draft.change(row, next_at=None)
        return [], []
    if row.kind in MOVING:
        row = rest_or_run(draft, ctx, row)
        if row.waiting:  # a day has passed the turn on: what gated the move has come by itself
            return [], []
    reached = rungs_reached(due, ladder, row.rung, _office_day(ctx), ctx.calendar)
    row = draft.change(row, rung=row.rung + len(reached))
    row = draft.change(row, next_at=next_moment(draft, ctx, row))
    told = [(rung, _recipients(draft, ctx, row, rung)) for rung in reached]
    last = {one.post: rung for rung, found in told for one in found}
    notices = [_notice(draft, ctx, row, rung, one, told) for rung, found in told for one in found]
    late = lateness(due, _counted(ctx, row), ctx.calendar)
    facts = [
        {
            "task": label(row),
            "n": row.n,
            "rung": rung.key,
            "merged": all(last[one.post] is not rung for one in found),
            "late": late,
        }
        for rung, found in told
    ]
    return notices, facts


def _counted(ctx: Context, row: TaskRow) -> date:
    rule = rule_of(ctx.workflow, row)
    return counted_day(ctx.workflow, rule, ctx.today, ctx.now, ctx.calendar)


def _office_day(ctx: Context) -> date:
    """Return the last day on which the office has opened.

    The stored moment alone would not do: a calendar published since may have moved the rung.
    """
    is_open = ctx.now >= office_opens(ctx.workflow, ctx.today)
    return ctx.today if is_open else ctx.today - timedelta(days=1)


def _notice(
    draft: Draft, ctx: Context, row: TaskRow, rung: Rung, to: Recipient, told: Told
) -> NoticeRequest:
    """Return the notice of one rung to one post: of several rungs, the highest tells of all."""
    own = [held for held, found in told if to.post in {one.post for one in found}]
    merged = rung is not own[-1]
    args = _args(draft, ctx, row, rung, [] if merged else [held.key for held in own[:-1]])
    return NoticeRequest(
        cause=f"rung:{row.n}:{row.term}:{rung.key}", post=to.post, org=to.org, via=to.via.value,
        role=to.role, absent=to.absent, template=rung.template, task=row.n, rung=rung.key,
        merged=merged, args=args,
    )  # fmt: skip


def _recipients(draft: Draft, ctx: Context, row: TaskRow, rung: Rung) -> tuple[Recipient, ...]:
    roles = [ctx.role(row.holder if name == "holder" else name) for name in rung.to]
    return recipients(ctx.directory, roles, parties(draft), ctx.today)


def _args(
    draft: Draft, ctx: Context, row: TaskRow, rung: Rung, merged: list[str]
) -> Mapping[str, Any]:
    assert row.due is not None  # only dated tasks climb
    project = draft.project
    return {
        "project": project.name, "code": project.code, "stage": project.stage, "task": row.key,
        "kind": row.kind, "period": row.period, "ref": row.ref, "title": row.title,
        "due": row.due.isoformat(), "words": row.words, "provisional": row.provisional,
        "original_due": row.original_due.isoformat() if row.original_due else None,
        "late": lateness(row.due, _counted(ctx, row), ctx.calendar),
        "left": max(0, ctx.calendar.between(_counted(ctx, row), row.due)),
        "rung": rung.key, "merged": merged, "on": ctx.today.isoformat(),
        "issuer": _issuer(draft, ctx),
        "missing": [_plain(reason) for reason in _missing(draft, ctx, row)],
    }  # fmt: skip


def _issuer(draft: Draft, ctx: Context) -> str:
    """The org that speaks: the one bound as the first party the workflow names, the sponsor."""
    first = next(iter(ctx.workflow.parties), "")
    return ctx.directory.org_name(parties(draft).get(first))


def _missing(draft: Draft, ctx: Context, row: TaskRow) -> list[Reason]:
    if row.kind == "stage":
        return [
            reason
            for task in draft.rows(TaskRow)
            if _blocks(ctx, task, row)
            for reason in unmet_parts(draft, ctx, ctx.workflow.tasks[task.key], task)
        ]
    return unmet_parts(draft, ctx, ctx.workflow.tasks[row.key], row)


def _blocks(ctx: Context, task: TaskRow, stage: TaskRow) -> bool:
    if task.status != "open" or task.kind in ("stage", "series"):
        return False
    gates = ctx.workflow.tasks[task.key].gates
    return any(ctx.workflow.actions[gate].source == stage.key for gate in gates)


def _plain(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "holder": reason.holder, "facts": dict(reason.facts)}
