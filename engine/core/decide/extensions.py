"""More time: asked by one post, checked by a second where the file says so, decided by another."""

from datetime import date, timedelta

from engine.core.commands import AskExtension, CheckExtension, DecideExtension, Target
from engine.core.context import Context
from engine.core.cutoff import act_day
from engine.core.decide.decision import (
    Decision,
    live_reasons,
    refuse,
    refuse_if,
    second_reasons,
    since_reasons,
    the_row,
)
from engine.core.definition import ExtensionRule, Unit
from engine.core.errors import Reason
from engine.core.more_time import pending
from engine.core.opening import label
from engine.core.progress import rest_or_run
from engine.core.rows import Grant, TaskRow
from engine.core.state import Draft
from engine.core.timing import retime, rule_of, unsure

MOST_DAYS = 2_000


def ask_extension(draft: Draft, command: AskExtension, ctx: Context) -> Decision:
    """Ask for more time before the day is over; the ladder rests until it is decided."""
    rule = _rule(ctx)
    refuse_if(live_reasons(draft, ctx, while_suspended=True) + ctx.lacks_role(draft, rule.askers))
    row = _row(draft, ctx, command.task)
    refuse_if(_asking_reasons(draft, ctx, command, row))
    days, unit = _wanted(row, command.days, command.until, rule.unit)
    draft.add(
        Grant, task=row.n, asked_on=ctx.occurred_on, asked_by=ctx.actor.post,
        asked_person=ctx.actor.person, reason=command.reason, wanted_days=days,
        wanted_on=command.until, unit=unit.value, was_due=row.due,
    )  # fmt: skip
    rest_or_run(draft, ctx, row)
    due = row.due.isoformat() if row.due else None
    facts = {"task": label(row), "days": days, "due": due, "why": command.reason}
    facts |= unsure(row.provisional)
    return Decision("extension.asked", row.key, draft, facts | _until_fact(command.until))


def _rule(ctx: Context) -> ExtensionRule:
    if ctx.workflow.extension is None:
        raise refuse("no_extensions", workflow=ctx.workflow.key)
    return ctx.workflow.extension


def _row(draft: Draft, ctx: Context, target: Target) -> TaskRow:
    """Return the task meant, or the planned finish of the present stage by the stage's key."""
    if target.key in ctx.workflow.stages:
        return the_row(draft, ctx, Target(target.key))
    return the_row(draft, ctx, target)


def _wanted(row: TaskRow, days: int, until: date | None, unit: Unit) -> tuple[int, Unit]:
    """Return how much time is meant; a day that is named is so many calendar days away."""
    if until is None or row.due is None:
        return days, unit
    return (until - row.due).days, Unit.CALENDAR_DAY


def _until_fact(until: date | None) -> dict[str, str]:
    return {"until": until.isoformat()} if until else {}


def _asking_reasons(
    draft: Draft, ctx: Context, command: AskExtension, row: TaskRow
) -> list[Reason]:
    reasons = []
    if row.due is None:
        reasons.append(Reason("undated", {"task": label(row)}))
    elif act_day(ctx, rule_of(ctx.workflow, row)) > row.due:
        facts = {"due": row.due.isoformat(), "on": ctx.occurred_on.isoformat()}
        reasons.append(Reason("asked_after_due", {**facts, **unsure(row.provisional)}))
    if pending(draft, row):
        reasons.append(Reason("extension_pending", {"task": label(row)}))
    reasons += _length_reasons(row, command.days, command.until)
    if not command.reason.strip():
        reasons.append(Reason("reason_missing", {"action": "extension"}))
    return reasons


def _length_reasons(row: TaskRow, days: int, until: date | None) -> list[Reason]:
    """Return why this is no later day than the one now current, or one too far away."""
    if until is not None and days:
        return [Reason("days_or_day", {"days": days, "until": until.isoformat()})]
    if row.due is None:
        return []
    wanted, _ = _wanted(row, days, until, Unit.CALENDAR_DAY)
    if wanted > MOST_DAYS:
        return [Reason("days_malformed", {"days": wanted})]
    if wanted > 0:
        return []
    earliest = (row.due + timedelta(days=1)).isoformat()
    facts = {"task": label(row), "due": row.due.isoformat(), "earliest": earliest}
    return [Reason("extension_shortens", {**facts, **unsure(row.provisional)})]


def check_extension(draft: Draft, command: CheckExtension, ctx: Context) -> Decision:
    """Pass a request on to whoever decides, or send it back to whoever asked, with a reason."""
    rule = _rule(ctx)
    if not rule.checkers:
        raise refuse("no_extension_check", workflow=ctx.workflow.key)
    refuse_if(live_reasons(draft, ctx, while_suspended=True) + ctx.lacks_role(draft, rule.checkers))
    row = _row(draft, ctx, command.task)
    asked = _asked(draft, row)
    refuse_if(_checking_reasons(ctx, command, asked, row))
    asked = draft.change(
        asked, checked_on=ctx.occurred_on, checked_by=ctx.actor.post,
        checked_person=ctx.actor.person, check_note=command.why,
    )  # fmt: skip
    if not command.passed:
        draft.change(
            asked, decided_on=ctx.occurred_on, decided_by=ctx.actor.post, why=command.why,
            decision="sent_back",
        )  # fmt: skip
        rest_or_run(draft, ctx, row)
    facts = {"task": label(row), "passed": command.passed, "why": command.why}
    return Decision("extension.checked", row.key, draft, facts)


def _asked(draft: Draft, row: TaskRow) -> Grant:
    found = pending(draft, row)
    if found is None:
        raise refuse("nothing_asked", task=label(row))
    return found


def _checking_reasons(
    ctx: Context, command: CheckExtension, asked: Grant, row: TaskRow
) -> list[Reason]:
    reasons = second_reasons(ctx, (asked.asked_by, asked.asked_person))
    if asked.checked_on is not None:
        reasons.append(Reason("extension_checked", {"task": label(row)}))
    if not command.passed and not (command.why or "").strip():
        reasons.append(Reason("reason_missing", {"action": "extension"}))
    return reasons + since_reasons(ctx, asked.asked_on)


def decide_extension(draft: Draft, command: DecideExtension, ctx: Context) -> Decision:
    """Grant or refuse an extension; a granted one moves the due day and re-arms the ladder."""
    rule = _rule(ctx)
    reasons = live_reasons(draft, ctx, while_suspended=True)
    refuse_if(reasons + ctx.lacks_role(draft, rule.deciders))
    row = _row(draft, ctx, command.task)
    asked = _asked(draft, row)
    refuse_if(_deciding_reasons(ctx, command, asked, row))
    days, unit = _wanted(row, command.days, command.until, rule.unit)
    draft.change(
        asked, decided_on=ctx.occurred_on, decided_by=ctx.actor.post, why=command.why,
        decision="granted" if command.granted else "refused",
        days=days if command.granted else 0,
        unit=unit.value if command.granted else asked.unit,
    )  # fmt: skip
    row = rest_or_run(draft, ctx, retime(draft, ctx, row))
    due = row.due.isoformat() if row.due else None
    facts = {"task": label(row), "granted": command.granted, "days": days, "due": due}
    facts |= {"why": command.why, **unsure(row.provisional)}
    return Decision("extension.decided", row.key, draft, facts | _until_fact(command.until))


def _deciding_reasons(
    ctx: Context, command: DecideExtension, asked: Grant, row: TaskRow
) -> list[Reason]:
    checker = (asked.checked_by, asked.checked_person)
    reasons = second_reasons(ctx, (asked.asked_by, asked.asked_person), checker)
    checkers = _rule(ctx).checkers
    if checkers and asked.checked_on is None:
        facts = {"task": label(row)}
        reasons.append(Reason("extension_unchecked", facts, checkers[0], "extension check"))
    if command.granted:
        reasons += _length_reasons(row, command.days, command.until)
    elif not (command.why or "").strip():
        reasons.append(Reason("reason_missing", {"action": "extension"}))
    return reasons + since_reasons(ctx, asked.checked_on or asked.asked_on)
