"""Deadlines that wait for a calendar to be confirmed, on the terminal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli import output
from engine.core.opening import label
from engine.services.calendars import Pending
from templates.words import Words

HEADS = ("code", "task", "key", "stands", "counted_now")


def data(found: Pending) -> dict[str, Any]:
    """Return a move for JSON: both days, and whether each is provisional."""
    move = found.move
    return {
        "project": found.project.code, "task": label(move.row), "kind": move.row.kind,
        "was": move.was, "now": move.now, "provisional_before": move.row.provisional,
        "provisional": move.provisional, "moved": move.is_moved,
    }  # fmt: skip


def page(say: Words, found: Sequence[Pending]) -> RenderableType:
    """Return the moves as a table, by project; it says how they are confirmed."""
    if not found:
        return Text(say.say("line.no_moves"))
    heads = [say.say(f"head.{key}") for key in HEADS]
    made = output.table(heads, [_line(say, each) for each in found], whole=(0, 3, 4))
    return output.titled(say.say("line.moves", n=len(found)), made)


def _line(say: Words, found: Pending) -> tuple[object, ...]:
    move = found.move
    name = say.label(found.workflow, label(move.row), move.row.title)
    if move.row.kind == "stage":
        name = say.say("what.stage", name=name)
    return (
        found.project.code, name, label(move.row), _day(say, move.was, move.row.provisional),
        _day(say, move.now, move.provisional),
    )  # fmt: skip


def _day(say: Words, on: date, is_provisional: bool) -> str:
    return say.say("line.provisional", on=on.isoformat()) if is_provisional else on.isoformat()
