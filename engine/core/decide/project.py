"""Opening a project, binding orgs to it, and choosing the readings of its dates."""

from engine.core.commands import Bind, ChooseDate, Open, Phrase
from engine.core.context import Context, dated, latest, parties
from engine.core.cutoff import beyond
from engine.core.decide.decision import (
    Decision,
    live_reasons,
    refuse,
    refuse_if,
    since_reasons,
)
from engine.core.definition import TaskKind
from engine.core.errors import Reason
from engine.core.opening import enter_stage, open_task
from engine.core.parts import quota_reasons
from engine.core.progress import finish
from engine.core.rows import Dated, Party, Project
from engine.core.state import Draft
from engine.core.timing import retime, retime_all


def open_project(draft: Draft, command: Open, ctx: Context) -> Decision:
    """Open a project in the initial stage, with the tracks that start at once."""
    reasons = _opening_reasons(draft, command, ctx)
    for name, org in command.parties.items():
        draft.add(Party, name=name, org=org, from_on=ctx.occurred_on)
    for name, phrase in command.dates.items():
        _add_phrase(draft, ctx, name, phrase)
    draft.put(
        Project(
            n=1, workflow=ctx.workflow.key, digest=ctx.workflow.digest, code=command.code,
            name=command.name, parent=command.parent, wave=command.wave, opened_on=ctx.occurred_on,
        )
    )  # fmt: skip
    refuse_if(reasons + ctx.lacks_role(draft, ctx.workflow.openers))
    enter_stage(draft, ctx, ctx.workflow.initial)
    for task in ctx.workflow.tasks.values():
        if task.opens == "start":
            open_task(draft, ctx, task, ctx.occurred_on)
    facts = {"name": command.name, "workflow": ctx.workflow.key, "version": ctx.workflow.version}
    return Decision("project.opened", "open", draft, facts)


def _opening_reasons(draft: Draft, command: Open, ctx: Context) -> list[Reason]:
    if list(draft.rows(Project)):
        raise refuse("already_open", project=command.code)
    reasons = [
        Reason("unknown_party", {"party": name})
        for name in command.parties
        if name not in ctx.workflow.parties
    ]
    reasons += [
        Reason("unknown_org", {"org": org, "party": name})
        for name, org in command.parties.items()
        if org not in ctx.directory.orgs
    ]
    reasons += [
        Reason("unknown_date", {"date": name})
        for name in command.dates
        if name not in ctx.workflow.dates
    ]
    if ctx.occurred_on > ctx.today:
        on, today = ctx.occurred_on.isoformat(), ctx.today.isoformat()
        reasons.append(Reason("in_the_future", {"on": on, "today": today}))
    return reasons


def _add_phrase(draft: Draft, ctx: Context, name: str, phrase: Phrase) -> None:
    draft.add(
        Dated, name=name, words=phrase.words, on=phrase.on, reading=phrase.reading,
        chosen_by=ctx.actor.post if phrase.on else None,
    )  # fmt: skip


def choose_date(draft: Draft, command: ChooseDate, ctx: Context) -> Decision:
    """Choose another reading of a named date; every open deadline that hangs on it moves."""
    reasons = live_reasons(draft, ctx) + ctx.lacks_role(draft, ctx.workflow.binders)
    if command.name not in ctx.workflow.dates:
        reasons.append(Reason("unknown_date", {"date": command.name}))
    refuse_if(reasons)
    before = dated(draft, command.name)
    was = before.on.isoformat() if before and before.on else None
    _add_phrase(draft, ctx, command.name, command.phrase)
    retime_all(draft, ctx)
    on = command.phrase.on.isoformat() if command.phrase.on else None
    facts = {"date": command.name, "words": command.phrase.words, "was": was, "on": on}
    return Decision("date.chosen", command.name, draft, facts)


def bind(draft: Draft, command: Bind, ctx: Context) -> Decision:
    """Bind an org to a party name from a day on, ending the binding before it."""
    reasons = live_reasons(draft, ctx, while_suspended=True)
    reasons += ctx.lacks_role(draft, ctx.workflow.binders)
    if command.party not in ctx.workflow.parties:
        reasons.append(Reason("unknown_party", {"party": command.party}))
    refuse_if(reasons + binding_reasons(draft, ctx, command.party, command.org))
    was = bind_party(draft, ctx, command.party, command.org)
    facts = {"party": command.party, "was": was, "org": command.org, "note": command.note}
    return Decision("party.bound", command.party, draft, facts)


def binding_reasons(draft: Draft, ctx: Context, name: str, org: str | None) -> list[Reason]:
    """Return why an org cannot be bound: not registered, or from before the binding it ends."""
    reasons = []
    if org is not None and org not in ctx.directory.orgs:
        reasons.append(Reason("unknown_org", {"org": org, "party": name}))
    for row in draft.rows(Party):
        if row.name == name and row.to_on is None and row.org != org:
            reasons += since_reasons(ctx, row.from_on)
    return reasons


def bind_party(draft: Draft, ctx: Context, name: str, org: str | None) -> str | None:
    """Replace the org bound under a name and return the one before; judge quotas anew."""
    was = parties(draft).get(name)
    if was == org:
        return was
    for row in draft.rows(Party):
        if row.name == name and row.to_on is None:
            draft.change(row, to_on=ctx.occurred_on)
    if org is not None:
        draft.add(Party, name=name, org=org, from_on=ctx.occurred_on)
    judge_quotas(draft, ctx)
    return was


def judge_quotas(draft: Draft, ctx: Context) -> None:
    """Hold every quota that counts now against the orgs bound now and the heads reported."""
    for task in ctx.workflow.tasks.values():
        row = latest(draft, task.key) if task.kind is TaskKind.QUOTA else None
        if row is None or task.stage not in (None, draft.project.stage):
            continue
        is_met = not quota_reasons(draft, ctx, task, row)
        if row.status == "open" and is_met:
            done = finish(draft, ctx, row)
            done_on = max(ctx.occurred_on, done.done_on or ctx.occurred_on)
            draft.change(done, done_on=done_on, counts_on=beyond(done_on, done.counts_on))
        elif row.status == "done" and not is_met:
            retime(draft, ctx, draft.change(row, status="open", done_on=None, counts_on=None))
