"""What a task still lacks, read from its parts: papers, seals, scores, steps, head-counts."""

from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal

from engine.core.context import Context, parties
from engine.core.definition import SealMode, SealParty, SealRule, Task, TaskKind
from engine.core.errors import Facts, Reason
from engine.core.rows import Part, TaskRow
from engine.core.state import Draft

Unmet = Callable[[Draft, Context, Task, TaskRow], list[Reason]]


def parts_of(draft: Draft, row: TaskRow, kind: str | None = None) -> list[Part]:
    """Return a task's parts that are not void, oldest first.

    The parts of a task that was carried over a return are those it was carried with.
    """
    while row.carried is not None:
        row = draft.row(TaskRow, row.carried)
    return [
        part
        for part in draft.rows(Part)
        if part.task == row.n and not part.void and kind in (None, part.kind)
    ]


def unmet_parts(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> list[Reason]:
    """Return every part that a task still lacks, in the order of the definition."""
    return UNMET[task.kind](draft, ctx, task, row)


def paper_reasons(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> list[Reason]:
    """Return the papers not handed in, or that the acceptance is still due."""
    given = parts_of(draft, row, "paper")
    have = {part.key for part in given}
    missing = [
        Reason(
            "paper_missing",
            {"task": task.key, "slot": slot.key},
            holder=task.holder,
            lift="task submit",
        )
        for slot in task.slots
        if slot.key not in have
    ]
    if missing or not task.accepted_by or is_accepted(draft, row):
        return missing
    facts = {"task": task.key, "on": given[-1].on.isoformat() if given[-1].on else None}
    return [Reason("acceptance_missing", facts, holder=task.accepted_by[0], lift="task accept")]


def is_accepted(draft: Draft, row: TaskRow) -> bool:
    """Return whether the last verdict on a deliverable came after its last paper, and was yes."""
    marks = [p for p in parts_of(draft, row) if p.kind in ("paper", "accept")]
    return bool(marks) and marks[-1].kind == "accept" and marks[-1].verdict == "accepted"


def seal_reasons(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> list[Reason]:
    """Return the seals still missing under the rule's mode, refusals and open conditions."""
    rule = task.seal
    if rule is None:
        return []
    verdicts = verdicts_of(draft, row)
    refused = [p for p in rule.parties if _verdict(verdicts, p) == "refuse"]
    if refused and rule.veto:
        return [_seal_reason("seal_refused", task, party, verdicts) for party in refused]
    given = {p.key for p in rule.parties if _verdict(verdicts, p) == "consent"}
    return [
        _seal_reason(_lack(_verdict(verdicts, party)), task, party, verdicts)
        for party in _wanted(rule, given)
    ]


def verdicts_of(draft: Draft, row: TaskRow) -> dict[str, Part]:
    """Return each party's latest seal; the earlier ones it replaces stay on record."""
    return {part.key: part for part in parts_of(draft, row, "seal")}


def _verdict(verdicts: dict[str, Part], party: SealParty) -> str | None:
    part = verdicts.get(party.key)
    return part.verdict if part else None


def _wanted(rule: SealRule, given: set[str]) -> list[SealParty]:
    open_parties = [party for party in rule.parties if party.key not in given]
    if rule.mode is SealMode.ANY:
        return [] if given else open_parties
    if rule.mode is SealMode.COUNT:
        return [] if len(given) >= rule.count else open_parties
    if rule.mode is SealMode.PER_GROUP:
        met = {party.group for party in rule.parties if party.key in given}
        return [party for party in open_parties if party.group not in met]
    return open_parties


def _lack(verdict: str | None) -> str:
    return {"conditional": "seal_conditional", "refuse": "seal_refused"}.get(
        verdict or "", "seal_missing"
    )


def _seal_reason(code: str, task: Task, party: SealParty, verdicts: dict[str, Part]) -> Reason:
    part = verdicts.get(party.key)
    note = part.note if part else None
    holder = party.role or party.enterers[0]
    facts = {"task": task.key, "seal": party.key, "note": note or "-"}
    return Reason(code, facts, holder=holder, lift="task seal")


def before_in_order(rule: SealRule, party: str, given: set[str]) -> list[SealParty]:
    """Return the parties that must consent before this one when the rule is ordered."""
    if rule.mode is not SealMode.ORDERED:
        return []
    keys = [held.key for held in rule.parties]
    return [held for held in rule.parties[: keys.index(party)] if held.key not in given]


def review_reasons(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> list[Reason]:
    """Return how many scores a panel lacks, or that nobody has concluded it."""
    rule = task.review
    if rule is None:
        return []
    have = len(scores(draft, row))
    facts: Facts = {"task": task.key, "have": have, "need": rule.panel}
    if have < rule.panel:
        return [Reason("scores_missing", facts, holder=rule.judges, lift="task score")]
    return [Reason("not_concluded", facts, holder=rule.concludes[0], lift="task conclude")]


def scores(draft: Draft, row: TaskRow) -> dict[str, Decimal]:
    """Return the scores of a panel by judge's post; recusals do not count."""
    given = parts_of(draft, row, "score")
    return {part.post: Decimal(part.value) for part in given if part.value is not None}


def mean_score(given: dict[str, Decimal]) -> Decimal:
    """Return the mean of a panel's scores, cut off after six places: it never rises to a grade."""
    mean = sum(given.values(), Decimal(0)) / len(given)
    return mean.quantize(Decimal("0.000001"), ROUND_FLOOR)


def record_reasons(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> list[Reason]:
    """Return the steps of a record not yet done."""
    done = {part.key for part in parts_of(draft, row, "step")}
    return [
        Reason(
            "step_missing",
            {"task": task.key, "step": step.key, "ref": row.period or row.ref},
            holder=step.roles[0],
            lift="task record",
        )
        for step in task.steps
        if step.key not in done
    ]


def quota_reasons(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> list[Reason]:
    """Return the parties short of heads; a party nobody is yet cannot be judged."""
    rule = task.quota
    if rule is None:
        return []
    bound = parties(draft)
    reasons = []
    for party in rule.per:
        facts: Facts = {"task": task.key, "party": party, "need": rule.at_least}
        org = bound.get(party)
        if org is None:
            reasons.append(
                Reason("quota_undecided", facts, task.holder, "project bind", undecided=True)
            )
            continue
        have = heads(draft, row, org)
        if have < rule.at_least:
            reasons.append(
                Reason("quota_short", {**facts, "have": have}, task.holder, "task count")
            )
    return reasons


def heads(draft: Draft, row: TaskRow, org: str) -> int:
    """Return the heads reported for an org towards a quota."""
    counts = [part for part in parts_of(draft, row, "count") if part.org == org]
    return sum(int(part.value or "0") for part in counts)


UNMET: dict[TaskKind, Unmet] = {
    TaskKind.DELIVERABLE: paper_reasons,
    TaskKind.SEAL: seal_reasons,
    TaskKind.REVIEW: review_reasons,
    TaskKind.RECORD: record_reasons,
    TaskKind.QUOTA: quota_reasons,
}
