"""What still needs a local value, on the terminal: the words, where they stand, what is right."""

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli import output
from engine.core.needs import Need
from templates.words import Words

HEADS = ("kind", "words", "name", "where", "clauses", "right")


def data(say: Words, need: Need) -> dict[str, Any]:
    """Return a need for JSON."""
    return {
        "code": need.code, "where": need.where, "line": need.line, "place": need.place,
        "name": dict(need.name), "words": need.words, "clauses": list(need.clauses),
        "projects": list(need.projects), "right": say.need(need),
    }  # fmt: skip


def table(say: Words, found: Sequence[Need]) -> RenderableType:
    """Return the needs as a table, one a line."""
    if not found:
        return Text(say.say("needs.none"))
    rows = [
        (say.say(f"needs.kind.{need.code}"), need.words, need.name[say.locale],
         say.need_place(need), " ".join(need.clauses), say.need(need))
        for need in found
    ]  # fmt: skip
    return output.table([say.say(f"needs.head.{key}") for key in HEADS], rows)
