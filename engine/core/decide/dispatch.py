"""decide(): a request in; one decision, or every reason against it, out. And options()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.core import commands
from engine.core.calendar import CalendarError
from engine.core.commands import Command
from engine.core.context import Context
from engine.core.decide import (
    calendars,
    clock,
    corrections,
    exceptions,
    extensions,
    judging,
    moves,
    occasions,
    project,
    work,
)
from engine.core.decide.corrections import Past
from engine.core.decide.decision import Decision
from engine.core.errors import Reason, RefusalError
from engine.core.machine import moves as machine_moves
from engine.core.machine import standing_moves
from engine.core.progress import pass_turns
from engine.core.state import Draft, State

Handler = Callable[[Draft, Any, Context], Decision]

HANDLERS: dict[type, Handler] = {
    commands.Open: project.open_project,
    commands.Bind: project.bind,
    commands.ChooseDate: project.choose_date,
    commands.ChooseInterval: occasions.choose_interval,
    commands.Act: moves.act,
    commands.Submit: work.submit,
    commands.Accept: work.accept,
    commands.Record: work.record,
    commands.Count: work.count,
    commands.Raise: work.raise_task,
    commands.Reopen: work.reopen,
    commands.Seal: judging.seal,
    commands.Score: judging.score,
    commands.Conclude: judging.conclude,
    commands.AskExtension: extensions.ask_extension,
    commands.CheckExtension: extensions.check_extension,
    commands.DecideExtension: extensions.decide_extension,
    commands.ProposeWaiver: exceptions.propose_waiver,
    commands.ConfirmWaiver: exceptions.confirm_waiver,
    commands.ConfirmCalendar: calendars.confirm,
    commands.Tick: clock.tick,
}


@dataclass(frozen=True, slots=True)
class Option:
    """An action as the actor finds it: where it leads and everything that blocks it.

    `kind` is ``stage`` or ``standing``. An action without reasons can be performed now.
    """

    key: str
    kind: str
    to: str
    reasons: tuple[Reason, ...]


def decide(state: State, command: Command, ctx: Context, past: tuple[Past, ...] = ()) -> Decision:
    """Return the decision on a request: pure, and the same for the same arguments.

    A refused request comes back as a decision with reasons and the untouched state.

    Args:
        state: the stream's rows.
        command: what is asked.
        ctx: who asks, when, under which definition, calendar and register.
        past: the stream's entries; only corrections and voids read them.
    """
    draft = Draft(state)
    try:
        decision = _handled(draft, command, ctx, past)
        if not isinstance(command, commands.Tick):
            pass_turns(decision.draft, ctx)
    except RefusalError as refusal:
        return _denied(state, command, refusal.reasons)
    except CalendarError as error:
        # A day that no calendar answers for is the asker's to mend, and no fault of the engine.
        return _denied(state, command, (error.reason(),))
    return decision


def _handled(draft: Draft, command: Command, ctx: Context, past: tuple[Past, ...]) -> Decision:
    if isinstance(command, commands.Void):
        return corrections.void(draft, command, ctx, past)
    if isinstance(command, commands.Correct):
        return corrections.correct(draft, command, ctx, past)
    return HANDLERS[type(command)](draft, command, ctx)


def _denied(state: State, command: Command, reasons: tuple[Reason, ...]) -> Decision:
    facts = {"asked": type(command).__name__.lower()}
    deed = getattr(command, "action", facts["asked"])
    return Decision("attempt.denied", deed, Draft(state), facts, reasons=reasons)


def options(state: State, ctx: Context) -> tuple[Option, ...]:
    """Return every action of the present stage and standing, with every reason that blocks it.

    Stage actions come first, in the order of the workflow's file. The reasons are those with
    which `decide` refuses, wording (a coded reason to be typed) aside.
    """
    draft = Draft(state)
    here = draft.project
    found = []
    for key in machine_moves(ctx.workflow, here.stage):
        action = ctx.workflow.actions[key]
        reasons = tuple(moves.action_reasons(draft, ctx, action))
        found.append(Option(key, "stage", action.to, reasons))
    for key in standing_moves(ctx.workflow, here.standing):
        standing = ctx.workflow.standing[key]
        reasons = tuple(moves.standing_reasons(draft, ctx, standing))
        found.append(Option(key, "standing", standing.to, reasons))
    return tuple(found)
