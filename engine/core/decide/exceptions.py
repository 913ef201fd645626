"""Waivers: that a task need not be met, proposed by one person and confirmed by another."""

from engine.core.commands import ConfirmWaiver, ProposeWaiver
from engine.core.context import Context
from engine.core.decide.decision import (
    Decision,
    live_reasons,
    refuse,
    refuse_if,
    second_reasons,
    since_reasons,
    the_row,
    the_task,
)
from engine.core.errors import Reason
from engine.core.opening import label, open_followers
from engine.core.rows import TaskRow, Waiver
from engine.core.state import Draft


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
    if proposed_waiver(draft, row) is not None:
        reasons.append(Reason("waiver_pending", {"task": label(row)}))
    refuse_if(reasons)
    draft.add(
        Waiver, task=row.n, reason=command.reason, proposed_by=ctx.actor.post,
        proposed_person=ctx.actor.person, proposed_on=ctx.occurred_on,
    )  # fmt: skip
    return Decision("waiver.proposed", row.key, draft, {"task": label(row), "why": command.reason})


def proposed_waiver(draft: Draft, row: TaskRow) -> Waiver | None:
    """Return a task's waiver that nobody has confirmed yet."""
    found = [w for w in draft.rows(Waiver) if w.task == row.n and w.confirmed_on is None]
    return found[-1] if found else None


def confirm_waiver(draft: Draft, command: ConfirmWaiver, ctx: Context) -> Decision:
    """Confirm a waiver as a second person: the task is no longer owed, and shown as waived."""
    rule = ctx.workflow.waiver
    if rule is None:
        raise refuse("no_waivers", workflow=ctx.workflow.key)
    refuse_if(live_reasons(draft, ctx) + ctx.lacks_role(draft, rule.confirmers))
    row = the_row(draft, ctx, command.task)
    pending = proposed_waiver(draft, row)
    if pending is None:
        raise refuse("nothing_proposed", task=label(row))
    reasons = second_reasons(ctx, (pending.proposed_by, pending.proposed_person))
    refuse_if(reasons + since_reasons(ctx, pending.proposed_on))
    draft.change(pending, confirmed_by=ctx.actor.post, confirmed_on=ctx.occurred_on)
    row = draft.change(
        row, status="waived", done_on=ctx.occurred_on, waiting=None, waits_from_on=None,
        next_at=None,
    )  # fmt: skip
    open_followers(draft, ctx, row)
    facts = {"task": label(row), "why": pending.reason, "proposed_by": pending.proposed_by}
    return Decision("waiver.confirmed", row.key, draft, facts)
