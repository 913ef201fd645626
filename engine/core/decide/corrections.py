"""Putting entries right: void what was entered by mistake, correct a value that was mistyped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.commands import Correct, Void
from engine.core.context import Context
from engine.core.decide.decision import Decision, date_reasons, refuse, refuse_if
from engine.core.errors import Reason
from engine.core.events import SILENT
from engine.core.opening import label
from engine.core.parts import parts_of, unmet_parts
from engine.core.state import Draft, Part, TaskRow
from engine.core.timing import retime, retime_all

CORRECTABLE = ("value", "doc_no", "note", "on")


@dataclass(frozen=True, slots=True)
class Past:
    """An entry already written, as far as corrections need it."""

    seq: int
    kind: str
    cells: tuple[Mapping[str, Any], ...]


def void(draft: Draft, command: Void, ctx: Context, past: tuple[Past, ...]) -> Decision:
    """Mark the parts that an entry added as void; a task they had met is owed again."""
    parts = _checked(draft, ctx, command.seq, command.reason, past, successors=False)
    for part in parts:
        draft.change(part, void=True)
    reopened = [label(row) for row in _rows_of(draft, parts) if _owe_again(draft, ctx, row)]
    facts = {"seq": command.seq, "why": command.reason, "reopened": reopened}
    return Decision("entry.voided", "void", draft, facts)


def _owe_again(draft: Draft, ctx: Context, row: TaskRow) -> bool:
    task = ctx.workflow.tasks[row.key]
    if row.status != "done" or not unmet_parts(draft, ctx, task, row):
        return False
    row = draft.change(row, status="open", done_on=None, outcome=None)
    retime(draft, ctx, row)
    return True


def correct(draft: Draft, command: Correct, ctx: Context, past: tuple[Past, ...]) -> Decision:
    """Put new values where an entry gave wrong ones; refused where later entries stand on it."""
    reasons = [
        Reason("not_correctable", {"field": name, "near": ", ".join(CORRECTABLE)})
        for name in command.values
        if name not in CORRECTABLE
    ]
    if not command.values:
        reasons.append(Reason("not_correctable", {"field": "-", "near": ", ".join(CORRECTABLE)}))
    refuse_if(reasons)
    columns = _columns(command.values, ctx)
    for part in _checked(draft, ctx, command.seq, command.reason, past, successors=True):
        draft.change(part, **columns)
        row = draft.row(TaskRow, part.task)
        if "on" in columns and row.status == "done":
            days = [held.on for held in parts_of(draft, row) if held.on]
            draft.change(row, done_on=max(days))
    retime_all(draft, ctx)
    facts = {"seq": command.seq, "why": command.reason, "values": dict(command.values)}
    return Decision("entry.corrected", "correct", draft, facts)


def _columns(values: Mapping[str, str], ctx: Context) -> dict[str, str | date]:
    columns: dict[str, str | date] = dict(values)
    if "on" in values:
        try:
            on = date.fromisoformat(values["on"])
        except ValueError as error:
            raise refuse(
                "field_malformed", task="-", field="on", value=values["on"], type="date"
            ) from error
        if on > ctx.today:
            raise refuse("in_the_future", on=on.isoformat(), today=ctx.today.isoformat())
        columns["on"] = on
    return columns


def _checked(
    draft: Draft, ctx: Context, seq: int, reason: str, past: tuple[Past, ...], *, successors: bool
) -> list[Part]:
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
    refuse_if(_standing_on(draft, entry, parts, past) if successors or _moved(parts, draft) else [])
    return parts


def _moved(parts: list[Part], draft: Draft) -> bool:
    """Whether a part's stage has been left since: a void would pull a gate from under a move."""
    visit = draft.project.visit
    rows = _rows_of(draft, parts)
    return any(row.visit != visit and row.period is None and row.ref is None for row in rows)


def _rows_of(draft: Draft, parts: list[Part]) -> list[TaskRow]:
    return [draft.row(TaskRow, n) for n in dict.fromkeys(part.task for part in parts)]


def _standing_on(
    draft: Draft, entry: Past, parts: list[Part], past: tuple[Past, ...]
) -> list[Reason]:
    tasks = {part.task for part in parts}
    rows = _rows_of(draft, parts)
    gated = any(row.period is None and row.ref is None for row in rows)
    later = [held for held in past if held.seq > entry.seq and held.kind not in SILENT]
    found = [held.seq for held in later if _touches(held, tasks, gated)]
    if not found:
        return []
    return [Reason("successors", {"seq": entry.seq, "later": ", ".join(map(str, found))})]


def _touches(held: Past, tasks: set[int], gated: bool) -> bool:
    if gated and held.kind == "stage.moved":
        return True
    for cell in held.cells:
        if cell["t"] == Part.table and "add" in cell and cell["add"]["task"] in tasks:
            return True
    return False
