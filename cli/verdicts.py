"""The verdict on the trail: what was looked at, and every place where it does not hold."""

from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from cli import output
from cli.forms import OFFICE
from engine.services.proof import Verdict
from templates.words import Words

STYLES = {"sound": "bold green", "broken": "bold red", "empty": "yellow"}
ROOT_SHOWN = 16
"""As many characters of the root as are printed on paper, for comparison."""


def data(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict for JSON."""
    return {
        "verdict": verdict.verdict, "entries": verdict.entries, "streams": verdict.streams,
        "notices": verdict.notices, "root": verdict.root, "checkpoint": verdict.checkpoint,
        "breaks": [
            {"stream": b.stream, "seq": b.seq, "code": b.code, "detail": b.detail}
            for b in verdict.breaks
        ],
    }  # fmt: skip


def line(say: Words, verdict: Verdict) -> Text:
    """Return a verdict in one line, the root by its first sixteen characters."""
    said = say.say(
        "line.looked_at", entries=verdict.entries, streams=verdict.streams,
        notices=verdict.notices, root=verdict.root[:ROOT_SHOWN],
    )  # fmt: skip
    word = say.say(f"verdict.{verdict.verdict}")
    return Text.assemble((word, STYLES[verdict.verdict]), "  ", said)


def _time(at: str | None) -> str:
    """Return the moment of a checkpoint as the office's clock shows it."""
    return output.clock_time(datetime.fromisoformat(at), OFFICE) if at else ""


def page(say: Words, verdict: Verdict) -> RenderableType:
    """Return a verdict with every break."""
    parts: list[RenderableType] = [line(say, verdict)]
    key = "line.against" if verdict.checkpoint else "line.against_nothing"
    parts.append(Text(say.say(key, at=_time(verdict.checkpoint))))
    if verdict.breaks:
        heads = [say.say(f"head.{name}") for name in ("stream", "record", "break", "detail")]
        rows = [(b.stream, b.seq, say.say(f"broken.{b.code}"), b.detail) for b in verdict.breaks]
        parts.append(output.table(heads, rows, right=(1,), whole=(1,)))
    return Group(*parts)
