"""Whose turn it is: what can be done next with each open task, and why an actor may not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.core.commands import Paper, Seal, Target
from engine.core.context import Context
from engine.core.cutoff import act_day
from engine.core.decide.decision import live_or_surviving, live_reasons, second_reasons
from engine.core.decide.exceptions import proposed_waiver
from engine.core.decide.judging import independence_reasons, may_seal
from engine.core.decide.moves import action_reasons
from engine.core.decide.work import self_reasons
from engine.core.definition import Task, TaskKind
from engine.core.errors import Reason
from engine.core.gates import gate_reasons
from engine.core.more_time import pending
from engine.core.parts import before_in_order, parts_of, unmet_parts, verdicts_of
from engine.core.rows import TaskRow
from engine.core.state import Draft
from engine.core.timing import rule_of


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that can be done next: the verb, on which part of which task, and by whom.

    `verb` is ``submit`` | ``accept`` | ``seal`` | ``score`` | ``conclude`` | ``record`` |
    ``count`` | ``act`` | ``ask_extension`` | ``check_extension`` |
    ``decide_extension`` | ``propose_waiver`` |
    ``confirm_waiver``. `part` is the slot, party, step or action that it is about. A turn that
    does not move the task on itself (asking for time, or to be let off) is not `is_main`.
    """

    task: int
    verb: str
    part: str | None
    roles: tuple[str, ...]
    is_main: bool = True


def turns(draft: Draft, ctx: Context) -> list[Turn]:
    """Return every turn of a project, in the order of its tasks; nobody's role is looked at."""
    found: list[Turn] = []
    for row in draft.rows(TaskRow):
        if row.status == "open" and row.kind != "series":
            found += turns_of(draft, ctx, row)
    return found


def turns_of(draft: Draft, ctx: Context, row: TaskRow) -> list[Turn]:
    """Return the turns of one open task: first what moves it on, then what eases it."""
    if row.waiting == "extension":
        return list(_answer(draft, ctx, row))
    if row.kind == "stage":
        return [*_actions(draft, ctx, row), *_easings(draft, ctx, row)]
    task = ctx.workflow.tasks[row.key]
    return [*MAIN[task.kind](draft, ctx, task, row), *_easings(draft, ctx, row)]


def _answer(draft: Draft, ctx: Context, row: TaskRow) -> Iterator[Turn]:
    """Yield who answers a request for time: first who checks it, where the file says so."""
    rule, asked = ctx.workflow.extension, pending(draft, row)
    if rule is not None and asked is not None:
        is_unchecked = bool(rule.checkers) and asked.checked_on is None
        verb = "check_extension" if is_unchecked else "decide_extension"
        yield Turn(row.n, verb, None, rule.checkers if is_unchecked else rule.deciders)


def _actions(draft: Draft, ctx: Context, row: TaskRow) -> Iterator[Turn]:
    """Yield the actions of the stage whose gate is met: the others wait for its tasks."""
    for action in ctx.workflow.actions_from(row.key):
        if row.key == draft.project.stage and not gate_reasons(draft, ctx, action):
            yield Turn(row.n, "act", action.key, action.roles, action.kind.value == "advance")


def _easings(draft: Draft, ctx: Context, row: TaskRow) -> Iterator[Turn]:
    extension, waiver = ctx.workflow.extension, ctx.workflow.waiver
    if waiver is not None and row.kind != "stage":
        if proposed_waiver(draft, row) is not None:
            yield Turn(row.n, "confirm_waiver", None, waiver.confirmers)
        else:
            yield Turn(row.n, "propose_waiver", None, waiver.proposers, is_main=False)
    if extension is None or row.due is None:
        return
    if act_day(ctx, rule_of(ctx.workflow, row)) <= row.due:
        yield Turn(row.n, "ask_extension", None, extension.askers, is_main=False)


def _deliverable(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> Iterator[Turn]:
    lacks = unmet_parts(draft, ctx, task, row)
    for reason in lacks:
        if reason.code == "paper_missing":
            yield Turn(row.n, "submit", str(reason.facts["slot"]), (task.holder,))
    if [reason.code for reason in lacks] == ["acceptance_missing"]:
        yield Turn(row.n, "accept", None, task.accepted_by)


def _seal(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> Iterator[Turn]:
    rule = task.seal
    if rule is None:
        return
    named = {party.key: party for party in rule.parties}
    given = {key for key, part in verdicts_of(draft, row).items() if part.verdict == "consent"}
    for reason in unmet_parts(draft, ctx, task, row):
        party = named[str(reason.facts["seal"])]
        if not before_in_order(rule, party.key, given):
            own = (party.role,) if party.role else ()
            yield Turn(row.n, "seal", party.key, (*own, *party.enterers))


def _review(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> Iterator[Turn]:
    rule = task.review
    if rule is None:
        return
    if any(reason.code == "scores_missing" for reason in unmet_parts(draft, ctx, task, row)):
        yield Turn(row.n, "score", None, (rule.judges,))
    else:
        yield Turn(row.n, "conclude", None, rule.concludes)


def _record(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> Iterator[Turn]:
    missing = [str(reason.facts["step"]) for reason in unmet_parts(draft, ctx, task, row)]
    for step in task.steps:
        if step.key in missing[:1]:
            yield Turn(row.n, "record", step.key, step.roles)


def _quota(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> Iterator[Turn]:
    rule = task.quota
    for reason in unmet_parts(draft, ctx, task, row):
        if rule is not None and not reason.undecided:
            yield Turn(row.n, "count", str(reason.facts["party"]), rule.counters)


MAIN: dict[TaskKind, Callable[[Draft, Context, Task, TaskRow], Iterator[Turn]]] = {
    TaskKind.DELIVERABLE: _deliverable,
    TaskKind.SEAL: _seal,
    TaskKind.REVIEW: _review,
    TaskKind.RECORD: _record,
    TaskKind.QUOTA: _quota,
}


def turn_reasons(draft: Draft, ctx: Context, turn: Turn) -> list[Reason]:
    """Return why the actor may not take a turn: the reasons with which `decide` refuses it.

    What depends on the wording (a reason to be typed, a malformed number) is not among them.
    """
    row = draft.row(TaskRow, turn.task)
    if turn.verb == "act":
        return action_reasons(draft, ctx, ctx.workflow.actions[turn.part or ""])
    eases = turn.verb.endswith("extension")
    if eases or row.kind == "stage":
        live = live_reasons(draft, ctx, while_suspended=eases)
    elif turn.verb.endswith("waiver"):
        live = live_reasons(draft, ctx)
    else:
        live = live_or_surviving(draft, ctx, ctx.workflow.tasks[row.key])
    check = JUDGED.get(turn.verb)
    if turn.verb == "seal":
        return [*live, *_seal_reasons(draft, ctx, turn, row)]
    # Independence is asked of those who hold the role: `decide` looks no further without it.
    standing = [*live, *ctx.lacks_role(draft, turn.roles)]
    return standing or (check(draft, ctx, row) if check else [])


def _seal_reasons(draft: Draft, ctx: Context, turn: Turn, row: TaskRow) -> list[Reason]:
    rule = ctx.workflow.tasks[row.key].seal
    assert rule is not None  # only a seal has turns of sealing
    party = next(held for held in rule.parties if held.key == turn.part)
    # The number of the paper is asked for in the form: it is wording, not standing.
    command = Seal(Target(row.key), (party.key,), "consent", Paper(doc_no="-"))
    return may_seal(draft, ctx, command, party)


def _own_papers(draft: Draft, ctx: Context, row: TaskRow) -> list[Reason]:
    return self_reasons(ctx, parts_of(draft, row, "paper"))


def _independent(draft: Draft, ctx: Context, row: TaskRow) -> list[Reason]:
    rule = ctx.workflow.tasks[row.key].review
    return independence_reasons(draft, ctx, rule, row) if rule else []


def _second_to_extend(draft: Draft, ctx: Context, row: TaskRow) -> list[Reason]:
    held = pending(draft, row)
    if held is None:
        return []
    checker = (held.checked_by, held.checked_person)
    return second_reasons(ctx, (held.asked_by, held.asked_person), checker)


def _second_to_waive(draft: Draft, ctx: Context, row: TaskRow) -> list[Reason]:
    held = proposed_waiver(draft, row)
    return second_reasons(ctx, (held.proposed_by, held.proposed_person)) if held else []


JUDGED: dict[str, Callable[[Draft, Context, TaskRow], list[Reason]]] = {
    "accept": _own_papers,
    "score": _independent,
    "check_extension": _second_to_extend,
    "decide_extension": _second_to_extend,
    "confirm_waiver": _second_to_waive,
}
"""The verbs that ask for a second, independent person, and how that is checked."""
