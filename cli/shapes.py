"""What reads answer as JSON: plain values under keys that stay."""

from typing import Any

from engine.core.gaps import gaps
from engine.core.lamps import Lamp
from engine.core.more_time import requests_of
from engine.core.rows import ChosenInterval, Dated, Grant, Party, Pause, TaskRow, Visit
from engine.core.state import State
from engine.services.board import BoardRow
from engine.services.queries import Coverage, Detail, Owed


def lamp(found: Lamp) -> dict[str, Any]:
    """Return a lamp: which task decides it, its due day, working days late or left."""
    return {
        "light": found.light.value, "task": found.label, "title": found.title, "due": found.due,
        "provisional": found.provisional, "late": found.late, "left": found.left,
        "waited": found.waited, "holder": found.holder,
        "rung": found.rung.key if found.rung else None,
        "colour": found.rung.colour.value if found.rung and found.rung.colour else None,
    }  # fmt: skip


def board_row(row: BoardRow) -> dict[str, Any]:
    """Return a project as the board shows it."""
    project = row.project
    return {
        "code": project.code, "name": project.name, "wave": project.wave,
        "region": project.parent, "stage": project.stage, "standing": project.standing,
        **lamp(row.lamp),
    }  # fmt: skip


def task(row: TaskRow) -> dict[str, Any]:
    """Return a task row: what is owed by whom by when."""
    return {
        "task": row.key, "kind": row.kind, "period": row.period, "ref": row.ref,
        "title": row.title, "round": row.round, "status": row.status, "holder": row.holder,
        "waiting": row.waiting, "opened_on": row.opened_on, "due": row.due,
        "original_due": row.original_due, "provisional": row.provisional,
        "calendar": row.calendar, "words": row.words,
        "done_on": row.done_on, "counts_on": row.counts_on, "outcome": row.outcome,
    }  # fmt: skip


def _requests(state: State, row: TaskRow) -> dict[str, Any]:
    found = requests_of(state, row)
    return {"extensions_asked": found.asked, "extensions_granted": found.granted}


def owed(row: Owed) -> dict[str, Any]:
    """Return a task that is owed, with its project and how many working days it is late."""
    return {
        "project": row.project.code,
        "name": row.project.name,
        "late": row.late,
        **task(row.task),
    }


def coverage(row: Coverage) -> dict[str, Any]:
    """Return a target and how far it is met; ``met`` null where it cannot be judged yet."""
    target = row.target
    return {
        "code": target.code, "words": target.words, "by": target.by, "have": row.have,
        "total": row.total, "met": row.is_met, "soft": target.soft,
        "denominator": target.denominator,
    }  # fmt: skip


def detail(found: Detail) -> dict[str, Any]:
    """Return one project with its parties, dates, visits, pauses, extensions and tasks."""
    state, project = found.state, found.state.project
    return {
        "code": project.code, "name": project.name, "wave": project.wave,
        "region": project.parent, "workflow": project.workflow, "stage": project.stage,
        "standing": project.standing, "opened_on": project.opened_on,
        "closed_on": project.closed_on, "version": state.version, "on": found.on,
        "lamp": lamp(found.lamp),
        "parties": [
            {"party": p.name, "org": p.org, "from_on": p.from_on, "to_on": p.to_on}
            for p in state.rows(Party)
        ],
        "dates": [
            {"date": d.name, "words": d.words, "on": d.on, "reading": d.reading,
             "chosen_by": d.chosen_by}
            for d in state.rows(Dated)
        ],
        "gaps": [
            {"code": gap.code, "task": gap.task, "holder": gap.holder}
            for gap in gaps(state, found.workflow)
        ],
        "intervals": [
            {"task": i.key, "every": i.every, "days": i.days, "words": i.words, "on": i.on,
             "chosen_by": i.chosen_by}
            for i in state.rows(ChosenInterval)
        ],
        "visits": [
            {"stage": v.stage, "entered_on": v.entered_on, "left_on": v.left_on,
             "action": v.left_by, "reason": v.reason, "note": v.note}
            for v in state.rows(Visit)
        ],
        "pauses": [
            {"from_on": p.from_on, "to_on": p.to_on, "reason": p.reason} for p in state.rows(Pause)
        ],
        "extensions": [
            {"task": g.task, "asked_on": g.asked_on, "wanted_days": g.wanted_days,
             "wanted_on": g.wanted_on, "was_due": g.was_due, "checked_on": g.checked_on,
             "checked_by": g.checked_by, "decision": g.decision, "days": g.days,
             "decided_on": g.decided_on}
            for g in state.rows(Grant)
        ],
        "tasks": [
            {"n": row.n, "late": found.late(row), **task(row), **_requests(state, row)}
            for row in state.rows(TaskRow)
        ],
    }  # fmt: skip
