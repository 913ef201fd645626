"""Opening a project, binding orgs to it, and choosing the readings of its dates."""

from engine.core.commands import Bind, ChooseDate, Open, Phrase
from engine.core.context import Context, dated, parties
from engine.core.decide.decision import Decision, live_reasons, refuse_if
from engine.core.definition import TaskKind
from engine.core.errors import Reason
from engine.core.opening import enter_stage, open_task
from engine.core.parts import quota_reasons
from engine.core.state import Dated, Draft, Party, Project, TaskRow
from engine.core.timing import retime_all


def open_project(draft: Draft, command: Open, ctx: Context) -> Decision:
    """Open a project in the initial stage, with the tracks that start at once."""
    refuse_if(_opening_reasons(draft, command, ctx))
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
    refuse_if(ctx.lacks_role(draft, ctx.workflow.openers))
    enter_stage(draft, ctx, ctx.workflow.initial)
    for task in ctx.workflow.tasks.values():
        if task.opens == "start":
            open_task(draft, ctx, task, ctx.occurred_on)
    facts = {"name": command.name, "workflow": ctx.workflow.key, "version": ctx.workflow.version}
    return Decision("project.opened", "open", draft, facts)


def _opening_reasons(draft: Draft, command: Open, ctx: Context) -> list[Reason]:
    if list(draft.rows(Project)):
        return [Reason("already_open", {"project": command.code})]
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
    if command.org is not None and command.org not in ctx.directory.orgs:
        reasons.append(Reason("unknown_org", {"org": command.org, "party": command.party}))
    refuse_if(reasons)
    was = bind_party(draft, ctx, command.party, command.org)
    facts = {"party": command.party, "was": was, "org": command.org, "note": command.note}
    return Decision("party.bound", command.party, draft, facts)


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
    _judge_quotas(draft, ctx)
    return was


def _judge_quotas(draft: Draft, ctx: Context) -> None:
    for row in draft.rows(TaskRow):
        if row.kind != TaskKind.QUOTA or row.status not in ("open", "done"):
            continue
        met = not quota_reasons(draft, ctx, ctx.workflow.tasks[row.key], row)
        if met != (row.status == "done"):
            status, done = ("done", ctx.occurred_on) if met else ("open", None)
            draft.change(row, status=status, done_on=done)
