"""What the clock does when a moment has come: open occurrences and climb rungs."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from engine.core.commands import Tick
from engine.core.context import Context, parties
from engine.core.deadlines import rungs_reached
from engine.core.decide.decision import Decision
from engine.core.definition import Rung
from engine.core.errors import Reason
from engine.core.events import NoticeRequest
from engine.core.opening import label, open_occurrences
from engine.core.parts import unmet_parts
from engine.core.state import Draft, TaskRow
from engine.core.timing import ladder_of, lateness, next_moment, office_opens


def tick(draft: Draft, command: Tick, ctx: Context) -> Decision:
    """Do what has fallen due by now: asked twice, the second time finds nothing.

    Rungs missed while nobody was awake are marked and told by the highest one reached.
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
            open_occurrences(draft, ctx, row, _last_opened(ctx))
    return [label(row) for row in draft.rows(TaskRow) if row.n not in before]


def _climb(
    draft: Draft, ctx: Context, row: TaskRow
) -> tuple[list[NoticeRequest], list[dict[str, Any]]]:
    ladder = ladder_of(ctx.workflow, row)
    if ladder is None or row.due is None:
        draft.change(row, next_at=None)
        return [], []
    reached = rungs_reached(row.due, ladder, row.rung, _last_opened(ctx), ctx.calendar)
    row = draft.change(row, rung=row.rung + len(reached))
    row = draft.change(row, next_at=next_moment(draft, ctx, row))
    notices: list[NoticeRequest] = []
    for rung in reached:
        notices += _tell(draft, ctx, row, rung, reached)
    late = lateness(row.due, ctx.today, ctx.calendar)
    facts = [
        {
            "task": label(row),
            "n": row.n,
            "rung": rung.key,
            "merged": rung is not reached[-1],
            "late": late,
        }
        for rung in reached
    ]
    return notices, facts


def _last_opened(ctx: Context) -> date:
    """Return the last day on which the office has opened; until it opens, nothing of today is due.

    What was missed is caught up with by then, so that the hour of a tick changes nothing.
    """
    is_open = ctx.now >= office_opens(ctx.workflow, ctx.today)
    return ctx.today if is_open else ctx.today - timedelta(days=1)


def _tell(
    draft: Draft, ctx: Context, row: TaskRow, rung: Rung, reached: Sequence[Rung]
) -> list[NoticeRequest]:
    merged = rung is not reached[-1]
    args = _args(draft, ctx, row, rung, [] if merged else [held.key for held in reached[:-1]])
    cause = f"rung:{row.n}:{row.term}:{rung.key}"
    return [
        NoticeRequest(cause, post, org, rung.template, row.n, rung.key, merged, args)
        for post, org in _recipients(draft, ctx, row, rung)
    ]


def _recipients(draft: Draft, ctx: Context, row: TaskRow, rung: Rung) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    bound = parties(draft)
    for name in rung.to:
        role = ctx.role(row.holder if name == "holder" else name)
        posts = ctx.directory.holders(role, bound, ctx.today)
        for post in posts:
            found.setdefault(post.code, post.org)
        if not posts:
            found[f"nobody:{role.key}"] = bound.get(role.party or "", "-")
    return list(found.items())


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
        "late": lateness(row.due, ctx.today, ctx.calendar),
        "left": max(0, ctx.calendar.between(ctx.today, row.due)),
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
