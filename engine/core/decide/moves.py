"""Actions: leaving a stage, returning to an earlier one, and changing the standing."""

from dataclasses import replace

from engine.core.commands import Act
from engine.core.context import Context
from engine.core.decide.decision import (
    Decision,
    date_reasons,
    is_live,
    live_reasons,
    refuse_if,
    since_reasons,
)
from engine.core.definition import Action, ActionKind, ClockEffect, ReasonPolicy, StandingAction
from engine.core.errors import Reason, RefusalError
from engine.core.gates import gate_reasons
from engine.core.machine import is_open, next_stage, next_standing
from engine.core.opening import (
    end_all,
    enter_stage,
    lapse_suspended,
    leave_stage,
    open_occurrences,
)
from engine.core.rows import Grant, Pause, TaskRow, Visit
from engine.core.state import Draft
from engine.core.timing import retime, retime_all


def act(draft: Draft, command: Act, ctx: Context) -> Decision:
    """Perform an action of the present stage, or of the standing."""
    if command.action in ctx.workflow.standing:
        return _change_standing(draft, command, ctx)
    action = ctx.workflow.actions.get(command.action)
    if action is None:
        near = ", ".join(a.key for a in ctx.workflow.actions_from(draft.project.stage))
        raise RefusalError((Reason("unknown_action", {"action": command.action, "near": near}),))
    refuse_if([*action_reasons(draft, ctx, action), *_wording_reasons(draft, ctx, action, command)])
    return _move(draft, ctx, action, command)


def action_reasons(draft: Draft, ctx: Context, action: Action) -> list[Reason]:
    """Return everything that stands between the actor and an action, wording aside."""
    if action.source != draft.project.stage:
        facts = {"action": action.key, "stage": action.source, "now": draft.project.stage}
        return [Reason("wrong_stage", facts)]
    reasons = live_reasons(draft, ctx) + ctx.lacks_role(draft, action.roles)
    # A gate is judged on the day of the move; one that has not come yet is refused above.
    judged = replace(ctx, occurred_on=min(ctx.occurred_on, ctx.today))
    return [*reasons, *_entry_reasons(draft, ctx), *gate_reasons(draft, judged, action)]


def _entry_reasons(draft: Draft, ctx: Context) -> list[Reason]:
    """Return why the day given cannot be: before the visit, or during a suspension since ended."""
    on = ctx.occurred_on
    visit = draft.row(Visit, draft.project.visit)
    over = [pause.to_on for pause in draft.rows(Pause) if pause.from_on and pause.from_on <= on]
    ends = [to_on for to_on in over if to_on is not None]
    return since_reasons(ctx, visit.entered_on) or since_reasons(ctx, max(ends, default=None))


def _wording_reasons(draft: Draft, ctx: Context, action: Action, command: Act) -> list[Reason]:
    reasons = _reason_reasons(ctx, action.key, action.reason, command)
    known = {task.key for task in ctx.workflow.tasks.values() if task.stage == action.to}
    unknown = [key for key in command.items if key not in known]
    near = ", ".join(sorted(known))
    reasons += [Reason("unknown_item", {"task": key, "near": near}) for key in unknown]
    return reasons


def _reason_reasons(ctx: Context, action: str, policy: ReasonPolicy, command: Act) -> list[Reason]:
    facts = {"action": action, "choices": ", ".join(ctx.workflow.reasons)}
    if policy is ReasonPolicy.CODED and command.reason not in ctx.workflow.reasons:
        return [Reason("reason_code_missing", {**facts, "given": command.reason or "-"})]
    if policy is ReasonPolicy.FREE and not (command.note or command.reason):
        return [Reason("reason_missing", facts)]
    return []


def _move(draft: Draft, ctx: Context, action: Action, command: Act) -> Decision:
    source, visit = draft.project.stage, draft.project.visit
    target = next_stage(ctx.workflow, source, action.key)
    forward = action.kind is ActionKind.ADVANCE
    items = " ".join(command.items) or None
    leave_stage(
        draft, ctx, action.key, forward=forward,
        reason=command.reason, note=command.note, items=items,
    )  # fmt: skip
    enter_stage(draft, ctx, target, None if forward else command.items)
    if not forward and action.clock is ClockEffect.KEEP:
        _keep_extensions(draft, ctx, target)
    left = _close(draft, ctx) if ctx.workflow.stages[target].final else []
    facts = {
        "action": action.key, "source": source, "to": target, "visit": visit,
        "reason": command.reason, "note": command.note, "items": list(command.items), "left": left,
    }  # fmt: skip
    return Decision("stage.moved", action.key, draft, facts)


def _keep_extensions(draft: Draft, ctx: Context, stage: str) -> None:
    rows = [row for row in draft.rows(TaskRow) if row.kind == "stage" and row.key == stage]
    if len(rows) < 2:
        return
    before, after = rows[-2], rows[-1]
    for grant in [g for g in draft.rows(Grant) if g.task == before.n and g.decision == "granted"]:
        columns = {name: getattr(grant, name) for name in Grant.__slots__}
        draft.add(Grant, **{**columns, "task": after.n})
    retime(draft, ctx, after)


def _close(draft: Draft, ctx: Context) -> list[str]:
    draft.change(draft.project, closed_on=ctx.occurred_on)
    return end_all(draft, ctx)


def standing_reasons(draft: Draft, ctx: Context, action: StandingAction) -> list[Reason]:
    """Return everything that stands between the actor and a change of standing."""
    project = draft.project
    reasons = []
    if not is_live(draft, ctx):
        reasons.append(
            Reason("project_closed", {"standing": project.standing, "stage": project.stage})
        )
    elif project.standing not in action.source:
        facts = {"action": action.key, "standing": project.standing}
        reasons.append(Reason("wrong_standing", facts))
    if action.stages and project.stage not in action.stages:
        facts = {"action": action.key, "stage": action.stages[0], "now": project.stage}
        reasons.append(Reason("wrong_stage", facts))
    reasons += date_reasons(draft, ctx) + ctx.lacks_role(draft, action.roles)
    return [*reasons, *_standing_entry_reasons(draft, ctx)]


def _standing_entry_reasons(draft: Draft, ctx: Context) -> list[Reason]:
    """Return why the day given cannot be: suspensions follow one another and never overlap."""
    ends = [day for held in draft.rows(Pause) for day in (held.from_on, held.to_on) if day]
    return _entry_reasons(draft, ctx) or since_reasons(ctx, max(ends, default=None))


def _change_standing(draft: Draft, command: Act, ctx: Context) -> Decision:
    action = ctx.workflow.standing[command.action]
    reasons = standing_reasons(draft, ctx, action)
    refuse_if([*reasons, *_reason_reasons(ctx, action.key, action.reason, command)])
    source = draft.project.standing
    target = next_standing(ctx.workflow, source, action.key)
    draft.change(draft.project, standing=target)
    left: list[str] = []
    _end_pause(draft, ctx)
    if target == "active":
        lapse_suspended(draft, ctx)
        _resume_series(draft, ctx)
    elif is_open(ctx.workflow, target):
        draft.add(Pause, standing=target, from_on=ctx.occurred_on, reason=command.reason)
    else:
        left = _close(draft, ctx)
    retime_all(draft, ctx)
    facts = {
        "action": action.key, "source": source, "to": target,
        "reason": command.reason, "note": command.note, "left": left,
    }  # fmt: skip
    return Decision("standing.moved", action.key, draft, facts)


def _end_pause(draft: Draft, ctx: Context) -> None:
    for pause in draft.rows(Pause):
        if pause.to_on is None:
            draft.change(pause, to_on=ctx.occurred_on)


def _resume_series(draft: Draft, ctx: Context) -> None:
    for row in draft.rows(TaskRow):
        if row.kind == "series" and row.status == "open":
            open_occurrences(draft, ctx, row, ctx.occurred_on)
