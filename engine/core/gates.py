"""The closed list of conditions: each answers with every reason that stands in the way."""

from collections.abc import Callable
from datetime import date

from engine.core.context import Context, dated, latest, parties
from engine.core.cutoff import act_day
from engine.core.definition import Action, Condition, Task, TaskKind
from engine.core.errors import Reason
from engine.core.opening import label
from engine.core.parts import parts_of, quota_reasons, seal_reasons, unmet_parts
from engine.core.rows import TaskRow, Waiver
from engine.core.state import Draft
from engine.core.timing import lateness, rule_of, unsure

Guard = Callable[[Draft, Context, Condition], list[Reason]]


def gate_reasons(draft: Draft, ctx: Context, action: Action) -> list[Reason]:
    """Return every unmet reason of an action: the tasks it waits for, then its conditions."""
    reasons = []
    for task in ctx.workflow.gating(action.key):
        reasons += task_reasons(draft, ctx, task)
    if action.gate is not None:
        reasons += condition_reasons(draft, ctx, action.gate)
    return reasons


def task_reasons(draft: Draft, ctx: Context, task: Task) -> list[Reason]:
    """Return what a task still lacks; empty when it is done or waived, and was so on the day."""
    return [
        *_not_open(draft, task),
        *(r for row in _gated_rows(draft, task) for r in _row_reasons(draft, ctx, task, row)),
    ]


def _row_reasons(draft: Draft, ctx: Context, task: Task, row: TaskRow) -> list[Reason]:
    if row.status == "waived":
        return _evidence_reasons(ctx, row)
    if task.kind is TaskKind.QUOTA:
        reasons = quota_reasons(draft, ctx, task, row)
    elif row.status == "done":
        reasons = []
    else:
        reasons = unmet_parts(draft, ctx, task, row)
    if reasons:
        return [*reasons, *_pending_waiver(draft, row)]
    return _evidence_reasons(ctx, row)


def _gated_rows(draft: Draft, task: Task) -> list[TaskRow]:
    """Return the newest row of a task, or of each of its periods or references.

    A stage's task belongs to one visit.
    """
    rows = [row for row in draft.rows(TaskRow) if row.key == task.key and row.kind != "series"]
    newest = {label(row): row for row in rows}
    visit = draft.project.visit
    return [row for row in newest.values() if task.stage is None or row.visit == visit]


def _not_open(draft: Draft, task: Task) -> list[Reason]:
    """Return that a task has not begun; what is raised or recurs need not have."""
    if _gated_rows(draft, task) or task.opens == "raised" or task.is_series:
        return []
    return [Reason("task_not_open", {"task": task.key}, holder=task.holder)]


def _pending_waiver(draft: Draft, row: TaskRow) -> list[Reason]:
    pending = [w for w in draft.rows(Waiver) if w.task == row.n and w.confirmed_on is None]
    facts = {"task": row.key}
    return [Reason("waiver_unconfirmed", facts, lift="waiver confirm")] if pending else []


def _evidence_reasons(ctx: Context, row: TaskRow) -> list[Reason]:
    if row.done_on is None or row.done_on <= ctx.occurred_on:
        return []
    return [Reason("before_evidence", {"task": row.key, "done": row.done_on.isoformat()})]


def condition_reasons(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    """Return why a condition does not hold; empty when it does."""
    if node.guard == "all":
        return [r for child in node.children for r in condition_reasons(draft, ctx, child)]
    if node.guard == "any":
        found = [condition_reasons(draft, ctx, child) for child in node.children]
        return [] if any(not reasons for reasons in found) else [r for f in found for r in f]
    if node.guard == "not":
        return _negated(draft, ctx, node.children[0])
    return GUARDS[node.guard](draft, ctx, node)


def _negated(draft: Draft, ctx: Context, child: Condition) -> list[Reason]:
    held = _holds(draft, ctx, child)
    if held:
        return [Reason("must_not_hold", {"guard": child.guard})]
    if held is None:
        return [r for r in condition_reasons(draft, ctx, child) if r.undecided]
    return []


def _holds(draft: Draft, ctx: Context, node: Condition) -> bool | None:
    """Return whether a condition holds; None when that cannot be judged yet."""
    if node.guard == "not":
        held = _holds(draft, ctx, node.children[0])
        return None if held is None else not held
    if node.guard in ("all", "any"):
        found = [_holds(draft, ctx, child) for child in node.children]
        settling = node.guard == "any"
        if settling in found:
            return settling
        return None if None in found else not settling
    reasons = GUARDS[node.guard](draft, ctx, node)
    if not reasons:
        return True
    return None if all(reason.undecided for reason in reasons) else False


def _tasks(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    return [r for key in _keys(node) for r in task_reasons(draft, ctx, ctx.workflow.tasks[key])]


def _keys(node: Condition) -> tuple[str, ...]:
    of = node.args["of"]
    return of if isinstance(of, tuple) else (str(of),)


def _seals(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    task = ctx.workflow.tasks[_keys(node)[0]]
    reasons = _not_open(draft, task)
    for row in _gated_rows(draft, task):
        lacks = [] if row.status == "waived" else seal_reasons(draft, ctx, task, row)
        reasons += lacks or _evidence_reasons(ctx, row)
    return reasons


def _grade(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    key, wanted = _keys(node)[0], str(node.args["at_least"])
    row = latest(draft, key)
    facts = {"task": key, "grade": wanted}
    if row is None or row.status != "done" or row.outcome is None:
        return [
            Reason("grade_undecided", facts, holder=ctx.workflow.tasks[key].holder, undecided=True)
        ]
    if row.done_on is not None and row.done_on > ctx.occurred_on:
        known = {"task": key, "done": row.done_on.isoformat()}
        return [Reason("before_evidence", known, undecided=True)]
    order = [grade.key for grade in ctx.workflow.grades]
    if row.outcome in order and order.index(row.outcome) <= order.index(wanted):
        return []
    return [Reason("grade_too_low", {**facts, "got": row.outcome})]


def _issues(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    key = _keys(node)[0]
    task = ctx.workflow.tasks[key]
    found = [row for row in draft.rows(TaskRow) if row.key == key and _was_open(ctx, row)]
    if "overdue" in node.args:
        found = [row for row in found if _late(ctx, row) > 0]
    allowed = node.args.get("overdue", node.args.get("open", 0))
    if len(found) <= int(str(allowed)):
        return []
    closer = task.steps[-1].roles[0] if task.steps else task.holder
    return [_issue_reason(ctx, row, closer) for row in found]


def _was_open(ctx: Context, row: TaskRow) -> bool:
    """Whether a task was open on the day of the action, even when it has been closed since."""
    if row.status == "open" or row.done_on is None or row.opened_on is None:
        return row.status == "open"
    return row.opened_on <= ctx.occurred_on < row.done_on


def _late(ctx: Context, row: TaskRow) -> int:
    return lateness(row.due, act_day(ctx, rule_of(ctx.workflow, row)), ctx.calendar)


def _issue_reason(ctx: Context, row: TaskRow, closer: str) -> Reason:
    late = _late(ctx, row)
    due = row.due.isoformat() if row.due else "-"
    facts = {"task": row.key, "ref": row.ref, "title": row.title, "due": due, "late": late,
             **unsure(row.provisional)}  # fmt: skip
    return Reason("issue_open", facts, holder=closer, lift=f"task record {label(row)}")


def _children(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    workflow, stage = str(node.args["workflow"]), str(node.args["stage"])
    wanted = int(str(node.args["at_least"]))
    have = sum(n for (w, s, _), n in ctx.children.items() if (w, s) == (workflow, stage))
    if have >= wanted:
        return []
    return [Reason("children_short", {"stage": stage, "have": have, "need": wanted})]


def _cited(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    task = ctx.workflow.tasks[_keys(node)[0]]
    rows = _gated_rows(draft, task)
    bare = [part for row in rows for part in parts_of(draft, row) if not part.doc_no]
    return _not_open(draft, task) + [
        Reason("uncited", {"task": task.key, "part": part.key}, holder=task.holder) for part in bare
    ]


def _date(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    if "not_before" in node.args:
        name = str(node.args["not_before"])
        held = dated(draft, name)
        return _not_before(held.on if held else None, ctx, {"date": name})
    key = str(node.args["after"]).partition(":")[2]
    row = latest(draft, key)
    begun = row.done_on if row and row.status in ("done", "waived") else None
    days = int(str(node.args["working_days"]))
    until = ctx.calendar.shift(begun, days) if begun else None
    facts: dict[str, str | int] = {"task": key, "days": days}
    facts |= unsure(until is not None and until.provisional)
    return _not_before(until.day if until else None, ctx, facts)


def _not_before(day: date | None, ctx: Context, facts: dict[str, str | int]) -> list[Reason]:
    if day is None:
        return [Reason("date_undecided", facts, undecided=True)]
    if ctx.occurred_on >= day:
        return []
    return [Reason("too_early", {**facts, "until": day.isoformat()})]


def _distinct(draft: Draft, ctx: Context, node: Condition) -> list[Reason]:
    names = node.args["parties"]
    bound = parties(draft)
    reasons, seen = [], dict[str, str]()
    for name in names if isinstance(names, tuple) else ():
        org = bound.get(name)
        if org is None:
            reasons.append(
                Reason("party_unbound", {"party": name}, undecided=True, lift="project bind")
            )
        elif org in seen:
            facts = {"party": name, "other": seen[org], "org": ctx.directory.org_name(org)}
            reasons.append(Reason("not_independent", facts, lift="project bind"))
        else:
            seen[org] = name
    return reasons


GUARDS: dict[str, Guard] = {
    "tasks": _tasks,
    "quota": _tasks,
    "seals": _seals,
    "grade": _grade,
    "issues": _issues,
    "children": _children,
    "cited": _cited,
    "date": _date,
    "distinct": _distinct,
}
"""Every guard a workflow file may name; there is no expression language."""
