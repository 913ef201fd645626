"""Entries of the trail on the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli import output
from cli.forms import OFFICE
from engine.core.deadlines import local_day
from engine.core.definition import Workflow
from engine.core.errors import Reason
from engine.core.events import Entry
from engine.services.audit import facts_line, is_late_entry
from engine.services.lifecycle import stream_of
from templates.words import Words

HEADS = ("on", "recorded", "record", "post", "what", "facts")
SHOWN = (
    "to", "reason", "items", "seals", "verdict", "value", "mean", "outcome", "party", "org", "was",
    "on", "title", "due", "days", "granted", "seq", "values", "data", "doc_no", "why",
    "note", "rungs", "moved", "settled",
)  # fmt: skip
"""The facts that a line shows, in this order; the entry itself holds them all."""
KINDS = {
    "to": "stage", "reason": "reason", "items": "task", "party": "party", "outcome": "grade",
    "settled": "task",
    "seals": "seal", "verdict": "mark",
}  # fmt: skip
"""Facts that are keys of the workflow, and which kind of key."""

PLAIN = frozenset({"project.opened", "clock.ticked"})
"""Kinds of entries that say everything by themselves."""


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
    recorded = local_day(entry.recorded_at, OFFICE).isoformat()
    if is_late_entry(entry, OFFICE):
        recorded = say.say("line.late_entry", on=recorded)
    place = f"{entry.stream.partition(':')[2] or entry.stream} {entry.seq}" if many else entry.seq
    what = say.event(entry.kind)
    if workflow is not None and entry.kind not in PLAIN:
        what = say.say("line.deed", kind=what, deed=_deed(say, entry, workflow))
    style = "red" if entry.outcome == "denied" else ""
    return [
        entry.effective_on, recorded, place, entry.post, output.cell(what, style),
        _facts(say, entry, workflow),
    ]  # fmt: skip


def _deed(say: Words, entry: Entry, workflow: Workflow) -> str:
    task = facts_line(entry).get("task")
    return (
        say.label(workflow, task)
        if isinstance(task, str)
        else say.name(workflow, "deed", entry.deed)
    )


def _facts(say: Words, entry: Entry, workflow: Workflow | None) -> str:
    if entry.outcome == "denied":
        return _reasons(say, entry, workflow)
    held = facts_line(entry)
    task = str(held.get("task", "")).partition("/")[0]
    parts = []
    for key in SHOWN:
        value = held.get(key)
        if value is None or value is False:
            continue
        is_standing = key == "to" and entry.kind == "standing.moved"
        named = _Named(say, workflow, "standing" if is_standing else KINDS.get(key), task)
        parts.append(say.say(f"fact.{key}", value=named.text(value)))
    return say.say("line.facts").join(parts)


def _reasons(say: Words, entry: Entry, workflow: Workflow | None) -> str:
    found = [Reason(r["code"], r["facts"], r["holder"]) for r in entry.body["reasons"]]
    if workflow is None:
        return ", ".join(reason.code for reason in found)
    return say.say("line.facts").join(say.reason(reason, workflow) for reason in found)


@dataclass(frozen=True, slots=True)
class _Named:
    """Values of facts in words: keys of a kind become names of the workflow."""

    say: Words
    workflow: Workflow | None
    kind: str | None
    task: str

    def text(self, value: Any) -> str:
        """Return a value, the items of a list, or the names and values of a form."""
        if isinstance(value, list):
            return self.say.listing(self.text(each) for each in value)
        if isinstance(value, dict):
            return self._form(value)
        return self._name(self.kind, str(value)) if self.kind else str(value)

    def _form(self, value: dict[str, Any]) -> str:
        if "rung" in value:
            return self._name("rung", str(value["rung"]))
        if "now" in value:
            what = self.say.label(self.workflow, value["task"]) if self.workflow else value["task"]
            return self.say.say("line.moved_due", what=what, was=value["was"], now=value["now"])
        pairs = ((self._name("field", key), each) for key, each in value.items())
        return self.say.listing(self.say.say("line.pair", name=n, value=v) for n, v in pairs)

    def _name(self, kind: str, key: str) -> str:
        return self.say.name(self.workflow, kind, key, self.task) if self.workflow else key
