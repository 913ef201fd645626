"""Putting entries right: void what was entered by mistake, correct a value that was mistyped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.commands import Correct, Void
from engine.core.context import Context
from engine.core.cutoff import beyond
from engine.core.decide.decision import Decision, date_reasons, is_live, refuse, refuse_if
from engine.core.decide.forms import as_day, as_decimal
from engine.core.decide.project import judge_quotas
from engine.core.definition import Condition, Task, TaskKind
from engine.core.errors import Facts, Reason
from engine.core.events import SILENT
from engine.core.opening import label
from engine.core.parts import parts_of, unmet_parts
from engine.core.progress import counts_day, done_day, rest_or_run, score_of
from engine.core.rows import Part, TaskRow, Visit
from engine.core.state import Draft
from engine.core.timing import retime_all

CORRECTABLE = ("value", "doc_no", "note", "on")


@dataclass(frozen=True, slots=True)
class Past:
    """An entry already written, as far as corrections need it."""

    seq: int
    kind: str
    cells: tuple[Mapping[str, Any], ...]


def void(draft: Draft, command: Void, ctx: Context, past: tuple[Past, ...]) -> Decision:
    """Mark the parts that an entry added as void; a task they had met is owed again."""
    entry, parts = _checked(draft, ctx, command.seq, command.reason, past)
    refuse_if(_successors(entry, _moves_since(draft, ctx, entry, parts, past)))
    for part in parts:
        draft.change(part, void=True)
    rows = _rows_of(draft, parts)
    reopened = [label(row) for row in rows if _owe_again(draft, ctx, row)]
    retime_all(draft, ctx)
    facts = {"seq": command.seq, "why": command.reason, "reopened": reopened}
    return Decision("entry.voided", "void", draft, facts)


def _owe_again(draft: Draft, ctx: Context, row: TaskRow) -> bool:
    """Reckon a task anew without its void parts; return whether it is owed again."""
    task = ctx.workflow.tasks[row.key]
    if row.status == "open":
        rest_or_run(draft, ctx, row)
    if row.status != "done" or not _is_newest(draft, row):
        return False
    if not unmet_parts(draft, ctx, task, row):
        _date_anew(draft, row)
        return False
    if not is_live(draft, ctx) and not task.survives:
        closed_on = draft.project.closed_on
        draft.change(row, status="ended", done_on=closed_on, counts_on=None, outcome=None)
        return False
    row = draft.change(row, status="open", done_on=None, counts_on=None, outcome=None)
    rest_or_run(draft, ctx, row)
    return True


def _is_newest(draft: Draft, row: TaskRow) -> bool:
    """Whether no later round of the same task has taken its place."""
    return not any(
        held.n > row.n and (held.key, label(held)) == (row.key, label(row))
        for held in draft.rows(TaskRow)
    )


def _date_anew(draft: Draft, row: TaskRow) -> None:
    outcome = score_of(draft, row) if row.kind == TaskKind.RECORD else row.outcome
    done_on = done_day(draft, row) or row.done_on
    counts_on = beyond(done_on, counts_day(draft, row)) if done_on else None
    draft.change(row, done_on=done_on, counts_on=counts_on, outcome=outcome)


def correct(draft: Draft, command: Correct, ctx: Context, past: tuple[Past, ...]) -> Decision:
    """Put new values where an entry gave wrong ones; refused where later entries stand on it."""
    refuse_if(_naming_reasons(command.values))
    entry, parts = _checked(draft, ctx, command.seq, command.reason, past)
    standing = [*_moves_since(draft, ctx, entry, parts, past), *_added_since(entry, parts, past)]
    refuse_if(_successors(entry, standing))
    refuse_if(r for part in parts for r in _value_reasons(draft, ctx, command.values, part))
    columns: dict[str, str | date | None] = dict(command.values)
    if "on" in columns:
        # A day put right is one written on paper: it counts as it stands, whatever the hour was.
        columns |= {"on": date.fromisoformat(command.values["on"]), "counts_on": None}
    for part in parts:
        draft.change(part, **columns)
    for row in _rows_of(draft, parts):
        if "on" in columns and row.status == "done":
            _date_anew(draft, row)
    judge_quotas(draft, ctx)
    retime_all(draft, ctx)
    facts = {"seq": command.seq, "why": command.reason, "values": dict(command.values)}
    return Decision("entry.corrected", "correct", draft, facts)


def _naming_reasons(names: Iterable[str]) -> list[Reason]:
    near = ", ".join(CORRECTABLE)
    wrong = [name for name in names if name not in CORRECTABLE] if names else ["-"]
    return [Reason("not_correctable", {"field": name, "near": near}) for name in wrong]


def _value_reasons(
    draft: Draft, ctx: Context, values: Mapping[str, str], part: Part
) -> list[Reason]:
    reasons = []
    if "value" in values:
        reasons += _number_reasons(part, values["value"])
    if part.kind == "seal" and not values.get("doc_no", "-").strip():
        reasons.append(Reason("document_missing", {"seal": part.key}))
    if "on" in values:
        reasons += _day_reasons(draft, ctx, values["on"], part)
    return reasons


def _number_reasons(part: Part, value: str) -> list[Reason]:
    """A score stays a score and a head-count a head-count; no other part has a value of its own."""
    if part.kind == "score" and part.value is not None:
        number = as_decimal(value)
        is_score = number is not None and 0 <= number <= 100
        return [] if is_score else [Reason("score_malformed", {"value": value or "-"})]
    if part.kind == "count":
        is_count = value.isascii() and value.isdigit() and 0 < int(value) <= 10_000
        return [] if is_count else [Reason("count_malformed", {"value": value})]
    return [Reason("not_correctable", {"field": "value", "near": ", ".join(CORRECTABLE[1:])})]


def _day_reasons(draft: Draft, ctx: Context, value: str, part: Part) -> list[Reason]:
    row, opened = draft.row(TaskRow, part.task), draft.project.opened_on
    on = as_day(value)
    if on is None:
        facts: Facts = {"task": "-", "field": "on", "value": value, "type": "date"}
        return [Reason("field_malformed", facts)]
    if on > ctx.today:
        return [Reason("in_the_future", {"on": value, "today": ctx.today.isoformat()})]
    if opened is not None and on < opened:
        return [Reason("before_opening", {"on": value, "opened": opened.isoformat()})]
    if row.opened_on is not None and on < row.opened_on:
        return [Reason("before_entry", {"on": value, "entered": row.opened_on.isoformat()})]
    earlier = [held.on for held in parts_of(draft, row) if held.n < part.n and held.on]
    is_last = part.kind in ("accept", "verdict", "step") and row.period is None
    if is_last and earlier and on < max(earlier):
        return [Reason("before_step", {"task": row.key, "on": max(earlier).isoformat()})]
    return []


def _checked(
    draft: Draft, ctx: Context, seq: int, reason: str, past: tuple[Past, ...]
) -> tuple[Past, list[Part]]:
    """Return the entry cited and its parts that still count."""
    reasons = date_reasons(draft, ctx) + ctx.lacks_role(draft, ctx.workflow.correctors)
    if not reason.strip():
        reasons.append(Reason("reason_missing", {"action": "correct"}))
    refuse_if(reasons)
    entry = next((held for held in past if held.seq == seq), None)
    if entry is None:
        raise refuse("unknown_entry", seq=seq)
    numbers = {cell["n"] for cell in entry.cells if cell["t"] == Part.table and "add" in cell}
    parts = [part for part in draft.rows(Part) if part.n in numbers and not part.void]
    if not parts:
        raise refuse("nothing_to_correct", seq=seq)
    return entry, parts


def _rows_of(draft: Draft, parts: list[Part]) -> list[TaskRow]:
    return [draft.row(TaskRow, n) for n in dict.fromkeys(part.task for part in parts)]


def _successors(entry: Past, later: Iterable[int]) -> list[Reason]:
    found = sorted(set(later))
    facts: Facts = {"seq": entry.seq, "later": ", ".join(map(str, found))}
    return [Reason("successors", facts)] if found else []


def _later(entry: Past, past: tuple[Past, ...]) -> list[Past]:
    return [held for held in past if held.seq > entry.seq and held.kind not in SILENT]


def _added_since(entry: Past, parts: list[Part], past: tuple[Past, ...]) -> list[int]:
    """Return the entries that added to the same tasks since."""
    tasks = {part.task for part in parts}
    return [
        held.seq
        for held in _later(entry, past)
        for cell in held.cells
        if cell["t"] == Part.table and "add" in cell and cell["add"]["task"] in tasks
    ]


def _moves_since(
    draft: Draft, ctx: Context, entry: Past, parts: list[Part], past: tuple[Past, ...]
) -> list[int]:
    """Return the moves since that asked for these tasks: a gate is not pulled from under them."""
    tasks = [ctx.workflow.tasks[row.key] for row in _rows_of(draft, parts)]
    return [
        held.seq
        for held in _later(entry, past)
        for action in _performed(held)
        if any(_asks_for(ctx, action, task) for task in tasks)
    ]


def _performed(entry: Past) -> list[str]:
    """Return the action by which an entry left a stage, if it did."""
    visits = [cell for cell in entry.cells if cell["t"] == Visit.table and "set" in cell]
    return [cell["set"]["left_by"][1] for cell in visits if "left_by" in cell["set"]]


def _asks_for(ctx: Context, action: str, task: Task) -> bool:
    if task.stage is not None:  # a stage's task was closed with its visit, whoever asked for it
        return True
    gate = ctx.workflow.actions[action].gate
    return action in task.gates or (gate is not None and _mentions(gate, task.key))


def _mentions(node: Condition, key: str) -> bool:
    of = node.args.get("of", ())
    named = of if isinstance(of, tuple) else (str(of),)
    is_named = key in named or node.args.get("after") == f"task:{key}"
    return is_named or any(_mentions(child, key) for child in node.children)
