"""More time, and waivers: asked by one side, decided by another."""

from engine.core.commands import AskExtension, ConfirmWaiver, DecideExtension, ProposeWaiver, Target
from engine.core.context import Context
from engine.core.decide.decision import (
    Decision,
    live_reasons,
    refuse,
    refuse_if,
    since_reasons,
    the_row,
    the_task,
)
from engine.core.errors import Reason
from engine.core.opening import label, open_followers
from engine.core.progress import rest_or_run
from engine.core.state import Draft, Grant, TaskRow, Waiver
from engine.core.timing import retime


def ask_extension(draft: Draft, command: AskExtension, ctx: Context) -> Decision:
    """Ask for more days, before the day falls due; the ladder rests until it is decided."""
    rule = ctx.workflow.extension
    if rule is None:
        raise refuse("no_extensions", workflow=ctx.workflow.key)
    refuse_if(live_reasons(draft, ctx, while_suspended=True) + ctx.lacks_role(draft, rule.askers))
    row = _row(draft, ctx, command.task)
    refuse_if(_asking_reasons(draft, ctx, command, row))
    draft.add(
        Grant, task=row.n, asked_on=ctx.occurred_on, asked_by=ctx.actor.post,
        asked_person=ctx.actor.person,
        reason=command.reason, wanted_days=command.days, unit=rule.unit.value, was_due=row.due,
    )  # fmt: skip
    rest_or_run(draft, ctx, row)
    due = row.due.isoformat() if row.due else None
    facts = {"task": label(row), "days": command.days, "due": due, "why": command.reason}
    return Decision("extension.asked", row.key, draft, facts)


def _row(draft: Draft, ctx: Context, target: Target) -> TaskRow:
    """Return the task meant, or the planned finish of the present stage by the stage's key."""
    if target.key in ctx.workflow.stages:
        return the_row(draft, ctx, Target(target.key))
    return the_row(draft, ctx, target)


def _asking_reasons(
    draft: Draft, ctx: Context, command: AskExtension, row: TaskRow
) -> list[Reason]:
    reasons = []
    if row.due is None:
        reasons.append(Reason("undated", {"task": label(row)}))
    elif ctx.occurred_on > row.due:
        facts = {"due": row.due.isoformat(), "on": ctx.occurred_on.isoformat()}
        reasons.append(Reason("asked_after_due", facts))
    if _pending(draft, row):
        reasons.append(Reason("extension_pending", {"task": label(row)}))
    if not 0 < command.days <= 2_000:
        reasons.append(Reason("days_malformed", {"days": command.days}))
    if not command.reason.strip():
        reasons.append(Reason("reason_missing", {"action": "extension"}))
    return reasons


def _pending(draft: Draft, row: TaskRow) -> Grant | None:
    found = [g for g in draft.rows(Grant) if g.task == row.n and g.decision is None]
    return found[-1] if found else None


def decide_extension(draft: Draft, command: DecideExtension, ctx: Context) -> Decision:
    """Grant or refuse an extension; a granted one moves the due day and re-arms the ladder."""
    rule = ctx.workflow.extension
    if rule is None:
        raise refuse("no_extensions", workflow=ctx.workflow.key)
    reasons = live_reasons(draft, ctx, while_suspended=True)
    refuse_if(reasons + ctx.lacks_role(draft, rule.deciders))
    row = _row(draft, ctx, command.task)
    pending = _pending(draft, row)
    if pending is None:
        raise refuse("nothing_asked", task=label(row))
    refuse_if(_deciding_reasons(ctx, command, pending))
    draft.change(
        pending, decided_on=ctx.occurred_on, decided_by=ctx.actor.post, why=command.why,
        decision="granted" if command.granted else "refused",
        days=command.days if command.granted else 0,
    )  # fmt: skip
    row = rest_or_run(draft, ctx, retime(draft, ctx, row))
    due = row.due.isoformat() if row.due else None
    facts = {"task": label(row), "granted": command.granted, "days": command.days, "due": due}
    return Decision("extension.decided", row.key, draft, {**facts, "why": command.why})


def _deciding_reasons(ctx: Context, command: DecideExtension, pending: Grant) -> list[Reason]:
    reasons = []
    if ctx.actor.person == pending.asked_person or ctx.actor.post == pending.asked_by:
        reasons.append(Reason("self_approval", {"post": ctx.actor.post}))
    if command.granted and not 0 < command.days <= 2_000:
        reasons.append(Reason("days_malformed", {"days": command.days}))
    if not command.granted and not (command.why or "").strip():
        reasons.append(Reason("reason_missing", {"action": "extension"}))
    return reasons + since_reasons(ctx, pending.asked_on)


def propose_waiver(draft: Draft, command: ProposeWaiver, ctx: Context) -> Decision:
    """Propose that a task need not be met; nothing changes until a second person confirms."""
    rule = ctx.workflow.waiver
    if rule is None:
        raise refuse("no_waivers", workflow=ctx.workflow.key)
    refuse_if(live_reasons(draft, ctx) + ctx.lacks_role(draft, rule.proposers))
    the_task(ctx, command.task.key)  # a planned finish is extended, never waived
    row = the_row(draft, ctx, command.task)
    reasons = []
    if not command.reason.strip():
        reasons.append(Reason("reason_missing", {"action": "waiver"}))
    if _proposed(draft, row) is not None:
        reasons.append(Reason("waiver_pending", {"task": label(row)}))
    refuse_if(reasons)
    draft.add(
        Waiver, task=row.n, reason=command.reason, proposed_by=ctx.actor.post,
        proposed_person=ctx.actor.person, proposed_on=ctx.occurred_on,
    )  # fmt: skip
    return Decision("waiver.proposed", row.key, draft, {"task": label(row), "why": command.reason})


def _proposed(draft: Draft, row: TaskRow) -> Waiver | None:
    found = [w for w in draft.rows(Waiver) if w.task == row.n and w.confirmed_on is None]
    return found[-1] if found else None


def confirm_waiver(draft: Draft, command: ConfirmWaiver, ctx: Context) -> Decision:
    """Confirm a waiver as a second person: the task is no longer owed, and shown as waived."""
    rule = ctx.workflow.waiver
    if rule is None:
        raise refuse("no_waivers", workflow=ctx.workflow.key)
    refuse_if(live_reasons(draft, ctx) + ctx.lacks_role(draft, rule.confirmers))
    row = the_row(draft, ctx, command.task)
    pending = _proposed(draft, row)
    if pending is None:
        raise refuse("nothing_proposed", task=label(row))
    same = ctx.actor.person == pending.proposed_person or ctx.actor.post == pending.proposed_by
    reasons = [Reason("self_approval", {"post": ctx.actor.post})] if same else []
    refuse_if(reasons + since_reasons(ctx, pending.proposed_on))
    draft.change(pending, confirmed_by=ctx.actor.post, confirmed_on=ctx.occurred_on)
    row = draft.change(
        row, status="waived", done_on=ctx.occurred_on, waiting=None, waits_from_on=None,
        next_at=None,
    )  # fmt: skip
    open_followers(draft, ctx, row)
    facts = {"task": label(row), "why": pending.reason, "proposed_by": pending.proposed_by}
    return Decision("waiver.confirmed", row.key, draft, facts)
