"""A due day explained on the terminal: words, reading, rule, every step, calendar, rungs."""

from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli import output, workflow_page
from engine.core.deadlines import is_unsure_rung
from engine.core.definition import Rung
from engine.core.opening import label
from engine.core.schedule import Schedule, Step
from engine.core.timing import rule_of
from engine.core.windows import is_early, window_of
from engine.services.deadlines import Explained
from templates.words import Words


def data(found: Explained) -> dict[str, Any]:
    """Return an explanation for JSON: what stands, how it was counted, what is counted today."""
    row, rule = found.row, rule_of(found.workflow, found.row)
    return {
        "project": found.project.code, "task": label(row), "kind": row.kind, "status": row.status,
        "due": row.due, "original_due": row.original_due, "provisional": row.provisional,
        "calendar": row.calendar,
        "source": _source(found),
        "rule": None if rule is None else {
            "from": rule.anchor, "count": rule.count, "unit": rule.unit.value,
            "roll": rule.roll.value, "pause": rule.pause.value, "counts_start": rule.counts_start,
        },
        "office": found.office, "known_on": found.known_on, "version": found.calendar.version,
        "counted": _counted(found.found),
        "counted_now": None if found.now is None else _counted(found.now),
        "current": found.is_current,
        "steps": [_step_data(step) for step in found.found.steps],
        "pauses": [
            {"from_on": p.from_on, "to_on": p.to_on, "reason": p.reason} for p in found.pauses
        ],
        "extensions": [
            {"asked_on": g.asked_on, "wanted_days": g.wanted_days, "unit": g.unit,
             "decision": g.decision, "days": g.days, "decided_on": g.decided_on}
            for g in found.grants
        ],
        "rungs": [
            {"rung": rung.key, "days": rung.days, "on": on,
             "provisional": _unsure(found, rung), "passed": place < row.rung}
            for place, (rung, on) in enumerate(found.rungs)
        ],
    }  # fmt: skip


def _source(found: Explained) -> dict[str, Any]:
    held = found.phrase
    return {
        "words": found.row.words or (held.words if held else None),
        "date": held.name if held else None, "reading": held.reading if held else None,
        "on": held.on if held else None, "chosen_by": held.chosen_by if held else None,
        **_window(found),
    }  # fmt: skip


def _window(found: Explained) -> dict[str, Any]:
    """Return the window that the words name, and whether the item was opened before it."""
    window = window_of(found.phrase)
    return {
        "window_from": window.first if window else None,
        "window_to": window.last if window else None,
        "early": is_early(window, found.row.opened_on),
    }


def _counted(found: Schedule) -> dict[str, Any]:
    return {"due": found.due, "original_due": found.original, "provisional": found.provisional}


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "step": step.code, "to": step.to, "count": step.count, "unit": step.unit or None,
        "from_on": step.from_on, "until": step.until, "off": step.off, "work": step.work,
        "provisional": step.provisional,
    }  # fmt: skip


def page(say: Words, found: Explained, office: str | None) -> RenderableType:
    """Return an explanation, from the words of the source to the rungs.

    Args:
        say: the language.
        found: what the service explained.
        office: the name of the org whose calendar counts, None where it is not bound.
    """
    name = say.label(found.workflow, label(found.row), found.row.title)
    head = Text(f"{found.project.code}  {name}  {day(say, found.row.due, found.row.provisional)}",
                "bold")  # fmt: skip
    parts: list[RenderableType] = [Group(head, *_notes(say, found))]
    parts.append(output.facts(_facts(say, found, office)))
    if found.found.steps:
        parts.append(output.titled(say.say("line.steps"), _steps(say, found.found)))
    if found.rungs:
        parts.append(output.titled(say.say("line.rungs"), _rungs(say, found)))
    return output.apart(parts)


def day(say: Words, on: date | None, is_provisional: bool) -> str:
    """Return a due day as a page shows it: undated and provisional ones say so."""
    if on is None:
        return say.say("line.undated")
    return say.say("line.provisional", on=on.isoformat()) if is_provisional else on.isoformat()


def _notes(say: Words, found: Explained) -> list[str]:
    notes = []
    window = window_of(found.phrase)
    if window is not None and is_early(window, found.row.opened_on):
        notes.append(say.say("window.early", begun=found.row.opened_on, first=window.first))
    if found.calendar.version != found.row.calendar and found.row.due is not None:
        counted = day(say, found.found.due, found.found.provisional)
        notes.append(say.say("line.counted_then", known=found.known_on, due=counted))
    if not found.is_current and found.now is not None:
        due = day(say, found.now.due, found.now.provisional)
        notes.append(say.say("line.not_confirmed", due=due, code=found.project.code))
    return notes


def _facts(say: Words, found: Explained, office: str | None) -> list[tuple[str, object]]:
    source, row = _source(found), found.row
    rule = workflow_page.due_rule(say, found.workflow, rule_of(found.workflow, row))
    is_moved = row.original_due is not None and row.original_due != row.due
    first, last = source["window_from"], source["window_to"]
    window = say.say("window.span", first=first, last=last) if first else None
    pairs = [
        ("words", source["words"]), ("window", window), ("reading", source["reading"]),
        ("chosen_by", source["chosen_by"]), ("rule", rule), ("office", office),
        ("calendar", found.calendar.version), ("known_on", found.known_on),
        ("original_due", day(say, row.original_due, row.provisional) if is_moved else None),
    ]  # fmt: skip
    return [(say.say(f"head.{key}"), value) for key, value in pairs if value is not None]


def _steps(say: Words, found: Schedule) -> RenderableType:
    heads = [say.say(f"head.{key}") for key in ("step", "date", "how", "off", "made_up")]
    return output.table(heads, [_step(say, step) for step in found.steps], whole=(0, 1))


def _step(say: Words, step: Step) -> tuple[object, ...]:
    how = ""
    if step.unit:
        how = say.say("line.counted", n=step.count, unit=say.say(f"unit.{step.unit}"))
    if step.from_on and step.until:
        how = say.say("line.paused", how=how, begun=step.from_on, over=step.until)
    elif step.from_on:
        how = say.say("line.granted", how=how, on=step.from_on)
    off, work = (say.listing(d.isoformat() for d in days) for days in (step.off, step.work))
    return say.say(f"step_of.{step.code}"), day(say, step.to, step.provisional), how, off, work


def _unsure(found: Explained, rung: Rung) -> bool:
    due = found.found.due
    crossed = due is not None and is_unsure_rung(due, rung, found.calendar)
    return found.found.provisional or crossed


def _rungs(say: Words, found: Explained) -> RenderableType:
    rows = [
        (say.name(found.workflow, "rung", rung.key), day(say, on, _unsure(found, rung)), rung.days,
         say.say(f"passed.{'done' if place < found.row.rung else 'to_come'}"))
        for place, (rung, on) in enumerate(found.rungs)
    ]  # fmt: skip
    heads = [say.say(f"head.{key}") for key in ("rung", "date", "working_days", "state")]
    return output.table(heads, rows, right=(2,))
