"""Seals and panels: consent, score, conclude; nobody judges their own paper."""

from decimal import Decimal

from engine.core.commands import Conclude, Score, Seal
from engine.core.context import Context, parties
from engine.core.decide.decision import (
    Decision,
    after_reasons,
    live_or_surviving,
    refuse_if,
    the_row,
    the_task,
)
from engine.core.decide.forms import as_decimal
from engine.core.decide.work import add_part, paper_columns
from engine.core.definition import ReviewRule, SealParty, SealRule, Task, TaskKind
from engine.core.errors import Facts, Reason
from engine.core.opening import is_running, label, open_task
from engine.core.parts import (
    before_in_order,
    mean_score,
    parts_of,
    scores,
    seal_reasons,
    verdicts_of,
)
from engine.core.progress import finish
from engine.core.rows import TaskRow, Visit
from engine.core.state import Draft

VERDICTS = ("consent", "conditional", "refuse", "abstain")


def seal(draft: Draft, command: Seal, ctx: Context) -> Decision:
    """Enter one or more parties' seals; a paper consent is entered on the party's behalf."""
    task = the_task(ctx, command.task.key, TaskKind.SEAL)
    rule = task.seal
    assert rule is not None  # a seal task without a rule cannot be read
    refuse_if(live_or_surviving(draft, ctx, task))
    row = the_row(draft, ctx, command.task)
    named = {party.key: party for party in rule.parties}
    refuse_if(_seal_reasons(draft, ctx, command, rule, row, named))
    for key in command.parties:
        org = ctx.actor.on_behalf or named[key].name["zh"]
        columns = paper_columns(command.paper, command.note)
        add_part(draft, ctx, row, "seal", key, verdict=command.verdict, org=org, **columns)
    if not seal_reasons(draft, ctx, task, row):
        finish(draft, ctx, row, "consent")
    facts = {
        "task": label(row), "seals": list(command.parties), "verdict": command.verdict,
        "doc_no": command.paper.doc_no, "note": command.note,
    }  # fmt: skip
    return Decision("task.sealed", task.key, draft, facts)


def _seal_reasons(
    draft: Draft, ctx: Context, command: Seal, rule: SealRule, row: TaskRow,
    named: dict[str, SealParty],
) -> list[Reason]:  # fmt: skip
    near = ", ".join(named)
    unknown = [key for key in command.parties if key not in named] or not command.parties
    if unknown or command.verdict not in VERDICTS:
        facts = {
            "seals": " ".join(command.parties) or "-",
            "near": near,
            "verdict": command.verdict,
        }
        return [Reason("unknown_seal", facts)]
    reasons = []
    verdicts = verdicts_of(draft, row)
    given = {key for key, part in verdicts.items() if part.verdict == "consent"}
    for key in command.parties:
        reasons += may_seal(draft, ctx, command, named[key])
        for earlier in before_in_order(rule, key, given | set(command.parties)):
            facts = {"seal": key, "first": earlier.key}
            reasons.append(Reason("seal_out_of_order", facts, holder=earlier.role))
    if command.verdict in ("conditional", "refuse") and not command.note:
        reasons.append(Reason("reason_missing", {"action": "seal"}))
    return reasons


def may_seal(draft: Draft, ctx: Context, command: Seal, party: SealParty) -> list[Reason]:
    """Return why the actor may not enter a party's seal: whose it is, or on whose paper."""
    own = party.role is not None and ctx.holds(draft, (party.role,))
    if own:
        visit = draft.row(Visit, draft.project.visit)
        if ctx.actor.post == visit.entered_by or ctx.actor.person == visit.entered_person:
            return [Reason("self_approval", {"post": ctx.actor.post})]
        return []
    if not party.enterers or not ctx.holds(draft, party.enterers):
        roles = (*((party.role,) if party.role else ()), *party.enterers)
        return ctx.lacks_role(draft, roles)
    if not command.paper.doc_no:
        return [Reason("document_missing", {"seal": party.key})]
    return []


def score(draft: Draft, command: Score, ctx: Context) -> Decision:
    """Give a panel score, blind to the others; a judge bound to the project otherwise may not."""
    task = the_task(ctx, command.task.key, TaskKind.REVIEW)
    rule = task.review
    assert rule is not None  # a review task without a rule cannot be read
    refuse_if(live_or_surviving(draft, ctx, task) + ctx.lacks_role(draft, (rule.judges,)))
    row = the_row(draft, ctx, command.task)
    value = as_decimal(command.value) if command.value is not None else None
    refuse_if(_score_reasons(draft, ctx, command, rule, row, value))
    add_part(
        draft, ctx, row, "score", ctx.actor.post, org=ctx.actor.org, note=command.note,
        value=None if command.recused else command.value,
        verdict="recused" if command.recused else None,
    )  # fmt: skip
    facts = {"task": label(row), "value": command.value, "recused": command.recused}
    return Decision("task.scored", task.key, draft, facts)


def _score_reasons(
    draft: Draft, ctx: Context, command: Score, rule: ReviewRule, row: TaskRow,
    value: Decimal | None,
) -> list[Reason]:  # fmt: skip
    reasons = []
    if not command.recused and (value is None or not 0 <= value <= 100):
        reasons.append(Reason("score_malformed", {"value": command.value or "-"}))
    return reasons + independence_reasons(draft, ctx, rule, row)


def independence_reasons(
    draft: Draft, ctx: Context, rule: ReviewRule, row: TaskRow
) -> list[Reason]:
    """Return why the actor may not judge: judged already, or bound to the project otherwise."""
    reasons = []
    me = ctx.actor
    given = parts_of(draft, row, "score")
    if any(part.post == me.post or part.person == me.person for part in given):
        reasons.append(Reason("already_scored", {"post": ctx.actor.post}))
    judged = ctx.role(rule.judges).party
    for name, org in parties(draft).items():
        if name != judged and org == ctx.actor.org:
            facts = {"party": name, "other": judged, "org": ctx.directory.org_name(org)}
            reasons.append(Reason("not_independent", facts))
    return reasons


def conclude(draft: Draft, command: Conclude, ctx: Context) -> Decision:
    """Close a panel: the verdict follows from the unrounded mean; `revise` asks for a round."""
    task = the_task(ctx, command.task.key, TaskKind.REVIEW)
    rule = task.review
    assert rule is not None  # a review task without a rule cannot be read
    refuse_if(live_or_surviving(draft, ctx, task) + ctx.lacks_role(draft, rule.concludes))
    row = the_row(draft, ctx, command.task)
    given = scores(draft, row)
    refuse_if(_conclude_reasons(command, rule, task, given) + _too_soon(draft, ctx, row))
    mean = mean_score(given)
    passed = mean >= rule.pass_at and command.verdict != "revise"
    outcome = _outcome(ctx, mean) if passed or not rule.reopens else "revise"
    facts = {
        "task": label(row), "mean": str(mean), "outcome": outcome, "note": command.note,
        "alarm": max(given.values()) - min(given.values()) > rule.spread_alarm,
    }  # fmt: skip
    add_part(
        draft, ctx, row, "verdict", "verdict", verdict=outcome, value=str(mean), note=command.note
    )
    if outcome == "revise":
        _another_round(draft, ctx, task, row, rule)
    else:
        finish(draft, ctx, row, outcome)
    return Decision("task.concluded", task.key, draft, facts)


def _too_soon(draft: Draft, ctx: Context, row: TaskRow) -> list[Reason]:
    days = [part.on for part in parts_of(draft, row, "score") if part.on]
    return after_reasons(ctx, row, max(days, default=None))


def _conclude_reasons(
    command: Conclude, rule: ReviewRule, task: Task, given: dict[str, Decimal]
) -> list[Reason]:
    reasons = []
    if len(given) < rule.panel:
        short: Facts = {"task": task.key, "have": len(given), "need": rule.panel}
        reasons.append(Reason("scores_missing", short, holder=rule.judges, lift="task score"))
    if command.verdict not in (None, "pass", "revise"):
        reasons.append(Reason("unknown_verdict", {"verdict": command.verdict}))
    if command.verdict == "revise" and not command.note:
        reasons.append(Reason("reason_missing", {"action": "conclude"}))
    if command.verdict == "pass" and given and mean_score(given) < rule.pass_at:
        facts: Facts = {
            "task": task.key, "mean": str(mean_score(given)), "need": str(rule.pass_at),
        }  # fmt: skip
        reasons.append(Reason("below_pass", facts))
    if command.verdict == "revise" and not rule.reopens:
        reasons.append(Reason("no_revision", {"task": task.key}))
    return reasons


def _outcome(ctx: Context, mean: Decimal) -> str:
    grade = ctx.workflow.grade_of(mean)
    return grade.key if grade else "pass"


def _another_round(draft: Draft, ctx: Context, task: Task, row: TaskRow, rule: ReviewRule) -> None:
    draft.change(
        row, status="done", done_on=ctx.occurred_on, outcome="revise", next_at=None, waiting=None,
        waits_from_on=None,
    )  # fmt: skip
    for key in (*rule.reopens, task.key):
        if not is_running(draft, key):
            open_task(draft, ctx, ctx.workflow.tasks[key], ctx.occurred_on)
