"""Deliverables, records, head-counts and ad-hoc tasks: the daily work of a project."""

import json

from engine.core.commands import Accept, Count, Paper, Raise, Record, Reopen, Submit
from engine.core.context import Context, parties
from engine.core.cutoff import act_day, beyond
from engine.core.decide.decision import (
    Decision,
    after_reasons,
    live_or_surviving,
    refuse_if,
    the_row,
    the_task,
)
from engine.core.decide.forms import dump, field_reasons
from engine.core.decide.occasions import raise_occasion
from engine.core.decide.project import bind_party, binding_reasons
from engine.core.definition import Slot, Step, Task, TaskKind
from engine.core.errors import Reason
from engine.core.opening import label, open_task
from engine.core.parts import paper_reasons, parts_of, quota_reasons, record_reasons
from engine.core.progress import finish, rest_or_run, score_of
from engine.core.rows import Part, TaskRow
from engine.core.state import Draft
from engine.core.timing import rule_of, unsure


def add_part(
    draft: Draft, ctx: Context, row: TaskRow, kind: str, key: str, **columns: object
) -> Part:
    """Add a part to a task, signed by the actor and dated by the day it happened."""
    counted = act_day(ctx, rule_of(ctx.workflow, row))
    return draft.add(
        Part, task=row.n, kind=kind, key=key, post=ctx.actor.post, person=ctx.actor.person,
        on=ctx.occurred_on, seq=draft.base.seq + 1, counts_on=beyond(ctx.occurred_on, counted),
        **columns,
    )  # fmt: skip


def paper_columns(paper: Paper, note: str | None = None) -> dict[str, str | None]:
    """Return the columns of a part that cite a paper."""
    return {"doc_no": paper.doc_no, "digest": paper.digest, "note": note or paper.title}


def submit(draft: Draft, command: Submit, ctx: Context) -> Decision:
    """Hand in a paper; the task is done when no slot is empty and nobody must accept it."""
    task = the_task(ctx, command.task.key, TaskKind.DELIVERABLE)
    reasons = live_or_surviving(draft, ctx, task)
    refuse_if([*reasons, *ctx.lacks_role(draft, (task.holder,))])
    row = the_row(draft, ctx, command.task)
    slot = _slot(task, command.slot)
    add_part(draft, ctx, row, "paper", slot.key, **paper_columns(command.paper))
    if paper_reasons(draft, ctx, task, row):
        rest_or_run(draft, ctx, row)
    else:
        finish(draft, ctx, row)
    facts = {"task": label(row), "slot": slot.key, "doc_no": command.paper.doc_no}
    return Decision("task.submitted", task.key, draft, facts)


def _slot(task: Task, key: str | None) -> Slot:
    if key is None and len(task.slots) == 1:
        return task.slots[0]
    for slot in task.slots:
        if slot.key == key:
            return slot
    near = ", ".join(slot.key for slot in task.slots)
    refuse_if([Reason("unknown_slot", {"task": task.key, "slot": key or "-", "near": near})])
    raise AssertionError("refuse_if always raises when given a reason")


def accept(draft: Draft, command: Accept, ctx: Context) -> Decision:
    """Accept a complete deliverable, or send it back: not by whoever handed it in."""
    task = the_task(ctx, command.task.key, TaskKind.DELIVERABLE)
    refuse_if(live_or_surviving(draft, ctx, task) + ctx.lacks_role(draft, task.accepted_by))
    row = the_row(draft, ctx, command.task)
    reasons = [r for r in paper_reasons(draft, ctx, task, row) if r.code == "paper_missing"]
    papers = parts_of(draft, row, "paper")
    reasons += self_reasons(ctx, papers)
    reasons += after_reasons(ctx, row, max((p.on for p in papers if p.on), default=None))
    if not command.accepted and not command.note:
        reasons.append(Reason("reason_missing", {"action": "accept"}))
    refuse_if(reasons)
    verdict = "accepted" if command.accepted else "sent_back"
    add_part(draft, ctx, row, "accept", "accept", verdict=verdict, note=command.note)
    if command.accepted:
        finish(draft, ctx, row)
    else:
        _send_back(draft, ctx, row)
    return Decision("task.accepted", task.key, draft, {"task": label(row), "verdict": verdict})


def _send_back(draft: Draft, ctx: Context, row: TaskRow) -> None:
    for part in parts_of(draft, row, "paper"):
        draft.change(part, void=True)
    rest_or_run(draft, ctx, row)


def self_reasons(ctx: Context, parts: list[Part]) -> list[Reason]:
    """Return why the actor may not judge these parts: they are the actor's own."""
    me = ctx.actor
    if any(part.person == me.person or part.post == me.post for part in parts):
        return [Reason("self_approval", {"post": me.post})]
    return []


def record(draft: Draft, command: Record, ctx: Context) -> Decision:
    """Record the next step of a task; a period already met takes further entries beside it."""
    task = the_task(ctx, command.task.key, TaskKind.RECORD)
    refuse_if(live_or_surviving(draft, ctx, task))
    row = the_row(draft, ctx, command.task, open_only=not task.is_series)
    step = _step(draft, ctx, task, row, command.step)
    reasons = ctx.lacks_role(draft, step.roles) + _order_reasons(draft, ctx, row)
    last = step is task.steps[-1]
    reasons += field_reasons(task, {**_given(draft, row), **command.data}, complete=last)
    if task.binds and command.org is not None:
        reasons += binding_reasons(draft, ctx, task.binds, command.org)
    refuse_if(reasons)
    _bind(draft, ctx, task, command.org)
    columns = paper_columns(command.paper, command.note)
    part = add_part(
        draft, ctx, row, "step", step.key, org=command.org, data=dump(command.data), **columns
    )
    if row.status == "open" and not record_reasons(draft, ctx, task, row):
        finish(draft, ctx, row, score_of(draft, row))
    facts = {"task": label(row), "step": step.key, "org": command.org, "part": part.n}
    return Decision("task.recorded", task.key, draft, {**facts, "data": dict(command.data)})


def _given(draft: Draft, row: TaskRow) -> dict[str, str]:
    """Return what was said when a task was raised, and at its steps so far."""
    said = [row.data, *(part.data for part in parts_of(draft, row, "step"))]
    given: dict[str, str] = {}
    for text in said if row.period is None else [row.data]:
        given |= json.loads(text) if text else {}
    return given


def _step(draft: Draft, ctx: Context, task: Task, row: TaskRow, wanted: str | None) -> Step:
    missing = [str(r.facts["step"]) for r in record_reasons(draft, ctx, task, row)]
    following = missing[0] if missing else task.steps[-1].key
    if wanted not in (None, following):
        refuse_if(
            [Reason("step_out_of_order", {"task": task.key, "step": wanted, "next": following})]
        )
    return next(step for step in task.steps if step.key == following)


def _order_reasons(draft: Draft, ctx: Context, row: TaskRow) -> list[Reason]:
    days = [part.on for part in parts_of(draft, row, "step") if part.on]
    if row.period is None and days and ctx.occurred_on < max(days):
        return [Reason("before_step", {"task": row.key, "on": max(days).isoformat()})]
    return []


def _bind(draft: Draft, ctx: Context, task: Task, org: str | None) -> None:
    if task.binds and org is not None:
        bind_party(draft, ctx, task.binds, org)


def count(draft: Draft, command: Count, ctx: Context) -> Decision:
    """Report heads towards a quota; it is done when every party is bound and has enough."""
    task = the_task(ctx, command.task.key, TaskKind.QUOTA)
    rule = task.quota
    assert rule is not None  # a quota task without a rule cannot be read
    reasons = live_or_surviving(draft, ctx, task) + ctx.lacks_role(draft, rule.counters)
    org = parties(draft).get(command.party)
    if command.party not in rule.per:
        reasons.append(Reason("unknown_party", {"party": command.party}))
    elif org is None:
        reasons.append(Reason("party_unbound", {"party": command.party}, lift="project bind"))
    if not 0 < command.value <= 10_000:
        reasons.append(Reason("count_malformed", {"value": command.value}))
    refuse_if(reasons)
    row = the_row(draft, ctx, command.task)
    columns = paper_columns(command.paper, command.note)
    add_part(draft, ctx, row, "count", command.party, org=org, value=str(command.value), **columns)
    if not quota_reasons(draft, ctx, task, row):
        finish(draft, ctx, row)
    facts = {"task": label(row), "party": command.party, "org": org, "value": command.value}
    return Decision("task.counted", task.key, draft, facts)


def raise_task(draft: Draft, command: Raise, ctx: Context) -> Decision:
    """Open an ad-hoc task under a reference of its own."""
    task = the_task(ctx, command.key)
    if task.is_series:
        return raise_occasion(draft, command, ctx, task)
    reasons = live_or_surviving(draft, ctx, task) + ctx.lacks_role(draft, task.raisers)
    if task.opens != "raised":
        reasons.append(Reason("not_raisable", {"task": task.key}))
    if any(row.key == task.key and row.ref == command.ref for row in draft.rows(TaskRow)):
        reasons.append(Reason("reference_taken", {"task": task.key, "ref": command.ref}))
    reasons += field_reasons(task, command.data, complete=False) + _due_reasons(ctx, command)
    refuse_if(reasons)
    row = open_task(
        draft, ctx, task, ctx.occurred_on, ref=command.ref, title=command.title,
        given_due=command.due, given_days=command.days, data=dump(command.data),
    )  # fmt: skip
    if command.words is not None:
        row = draft.change(row, words=command.words)
    due = row.due.isoformat() if row.due else None
    facts = {
        "task": label(row), "title": command.title, "due": due, "data": dict(command.data),
        **unsure(row.provisional),
    }  # fmt: skip
    return Decision("task.raised", task.key, draft, facts)


def is_reopenable(draft: Draft, task: Task, row: TaskRow) -> bool:
    """Whether a task is closed and its visit is not; what recurs is put right by a void."""
    is_past = task.stage is not None and row.ref is None and row.visit != draft.project.visit
    return row.status in ("done", "waived") and row.period is None and not is_past


def _due_reasons(ctx: Context, command: Raise) -> list[Reason]:
    if command.due is not None and command.due < ctx.occurred_on:
        return [Reason("due_before_start", {"due": command.due.isoformat()})]
    return _days_reasons(command.days)


def _days_reasons(days: int | None) -> list[Reason]:
    if days is None or 0 <= days <= 2_000:
        return []
    return [Reason("days_malformed", {"days": days})]


def _days_first_given(ctx: Context, row: TaskRow) -> int | None:
    """Return the working days an ad-hoc task first had, also where its day was fixed."""
    if row.given_due is None or row.opened_on is None:
        return row.given_days
    return ctx.calendar.between(row.opened_on, row.given_due)


def reopen(draft: Draft, command: Reopen, ctx: Context) -> Decision:
    """Reopen a closed task as a new round, with the time it first had unless told."""
    task = the_task(ctx, command.task.key)
    refuse_if(live_or_surviving(draft, ctx, task) + ctx.lacks_role(draft, task.reopeners))
    row = the_row(draft, ctx, command.task, open_only=False)
    reasons = after_reasons(ctx, row, row.done_on)
    if not is_reopenable(draft, task, row):
        reasons = [Reason("not_reopenable", {"task": label(row), "status": row.status})]
    days = command.days if command.days is not None else _days_first_given(ctx, row)
    refuse_if(reasons + _days_reasons(days))
    new = open_task(
        draft, ctx, task, ctx.occurred_on, ref=row.ref, title=row.title,
        given_days=days, data=row.data,
    )  # fmt: skip
    facts = {"task": label(new), "round": new.round, "note": command.note}
    return Decision("task.reopened", task.key, draft, facts)
