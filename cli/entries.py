"""Entries of the trail on the terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli import output
from engine.core.deadlines import local_day
from engine.core.definition import Workflow
from engine.core.events import Entry
from engine.services.audit import facts_line, is_late_entry
from engine.services.lifecycle import stream_of
from templates.words import Words

ZONE = "Asia/Shanghai"
HEADS = ("on", "recorded", "record", "post", "what", "facts")
HIDDEN = frozenset({"task", "action", "visit", "part", "visits", "asked", "source"})
"""Facts that the deed or the columns beside it already say."""


def data(entry: Entry) -> dict[str, Any]:
    """Return an entry for JSON, its hashes in hexadecimal."""
    body = entry.body
    return {
        "stream": entry.stream, "seq": entry.seq, "recorded_at": entry.recorded_at,
        "effective_on": entry.effective_on, "kind": entry.kind, "deed": entry.deed,
        "actor": entry.actor, "post": entry.post, "org": entry.org,
        "on_behalf": body["on_behalf"], "outcome": entry.outcome, "reason": body["reason"],
        "batch": body["batch"], "facts": body["facts"], "reasons": body.get("reasons", []),
        "leaf": entry.leaf.hex(), "chain": entry.chain.hex(),
    }  # fmt: skip


def table(
    say: Words, entries: Sequence[Entry], workflows: Mapping[str, Workflow]
) -> RenderableType:
    """Return entries as a table; `workflows` names things, by project code."""
    if not entries:
        return Text(say.say("line.no_entries"))
    many = len({entry.stream for entry in entries}) > 1
    by_stream = {stream_of(code): workflow for code, workflow in workflows.items()}
    rows = [_row(say, entry, by_stream.get(entry.stream), many) for entry in entries]
    return output.table([say.say(f"head.{key}") for key in HEADS], rows, whole=(0, 1, 2))


def _row(say: Words, entry: Entry, workflow: Workflow | None, many: bool) -> list[object]:
    recorded = local_day(entry.recorded_at, ZONE).isoformat()
    if is_late_entry(entry, ZONE):
        recorded = say.say("line.late_entry", on=recorded)
    place = f"{entry.stream.partition(':')[2] or entry.stream}#{entry.seq}" if many else entry.seq
    what = Text(say.event(entry.kind))
    if workflow is not None and entry.deed != "tick":
        what.append(f"：{_deed(say, entry, workflow)}" if say.locale == "zh" else f": {_deed(say, entry, workflow)}")
    if entry.outcome == "denied":
        what.stylize("red")
    return [entry.effective_on, recorded, place, entry.post, what, _facts(entry)]


def _deed(say: Words, entry: Entry, workflow: Workflow) -> str:
    task = facts_line(entry).get("task")
    return say.label(workflow, task) if isinstance(task, str) else say.name(workflow, "deed", entry.deed)


def _facts(entry: Entry) -> str:
    if entry.outcome == "denied":
        return ", ".join(reason["code"] for reason in entry.body["reasons"])
    shown = {key: value for key, value in facts_line(entry).items() if key not in HIDDEN}
    return "; ".join(f"{key}={_short(value)}" for key, value in shown.items())


def _short(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_short(each) for each in value)
    if isinstance(value, dict):
        return " ".join(f"{key}={each}" for key, each in value.items() if each not in (None, False))
    return str(value)
