"""Every key of a workflow file, from the schema that is made of the reader's own table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any

from docs.parts.markdown import code, codes, table
from engine.core import definition, recurrence
from workflows.schema import schema

Node = Mapping[str, Any]

HEADS = ("Key", "Must stand", "Value", "When left out", "Meaning")
FILE, TASK, GATE, GUARD = "the file itself", "task", "gate", "guard_"
KEY = "[a-z][a-z0-9_]*"

VALUES: Mapping[str, type] = {
    FILE: definition.Workflow, "action": definition.Action, "cadence": recurrence.Cadence,
    "due": definition.DueRule, "every_days": recurrence.Interval,
    "extension": definition.ExtensionRule, "field": definition.Field,
    "grade": definition.Grade, "quota": definition.QuotaRule, "review": definition.ReviewRule,
    "role": definition.Role, "rung": definition.Rung, "seal": definition.SealRule,
    "seal_party": definition.SealParty, "stage": definition.Stage,
    "standing_action": definition.StandingAction, "step": definition.Step,
    TASK: definition.Task, "waiver": definition.WaiverRule,
}  # fmt: skip
"""What each part of a file is made into; its defaults are what a key means that is left out."""

WORDS: Mapping[str, str] = {
    KEY: "key",
    r"\S+": "word without blanks",
    r"[\s\S]*\S[\s\S]*": "text",
    "[A-Za-z][A-Za-z0-9_+/-]*": "time zone",
    r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?": "decimal",
    "(?:[01][0-9]|2[0-3]):[0-5][0-9]": "`HH:MM`",
}
"""Patterns that have a name."""


def tables() -> str:
    """Return one table for each part of a file, the whole file first."""
    whole: Node = schema()
    defs: Node = whole["$defs"]
    parts = [_part(FILE, whole)]
    for name in _met(whole, defs):
        parts += _tasks(defs) if name == TASK else [_part(name, defs[name])]
    return "\n\n".join([*parts, _gate(defs)])


def _met(whole: Node, defs: Node) -> list[str]:
    """Return the parts of a file in the order in which a reader of it meets them."""
    found: list[str] = []
    waiting = list(_references(whole["properties"]))
    while waiting:
        name = waiting.pop(0)
        if name in found or name in ("text", GATE) or name.startswith(GUARD):
            continue
        if not name.startswith("task_"):
            found.append(name)
        waiting += _references(defs[name])
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield str(node["$ref"]).rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _part(name: str, node: Node) -> str:
    return f"### {_title(name)}\n\n{_table(name, node['properties'], node.get('required', ()))}"


def _tasks(defs: Node) -> list[str]:
    """Return the keys that tasks of every kind have, then those of each kind alone."""
    kinds = {kind: defs[f"task_{kind}"] for kind in defs[TASK]["properties"]["kind"]["enum"]}
    every = [set(node["properties"]) for node in kinds.values()]
    first = next(iter(kinds.values()))
    shared = {k: v for k, v in first["properties"].items() if k in set.intersection(*every)}
    shared["kind"] = {**shared["kind"], "enum": list(kinds)}
    parts = [f"### Task, whatever its kind\n\n{_table(TASK, shared, first['required'])}"]
    for kind, node in kinds.items():
        own = {key: value for key, value in node["properties"].items() if key not in shared}
        parts.append(f"### Task of kind {kind}\n\n{_table(TASK, own, node['required'])}")
    return parts


def _table(name: str, keys: Node, required: object) -> str:
    musts = set(required) if isinstance(required, list) else set()
    rows = [
        (
            code(key), "yes" if key in musts else "", _form(node),
            "" if key in musts else _default(VALUES[name], key, node), node.get("description", ""),
        )
        for key, node in keys.items()
    ]  # fmt: skip
    return table(HEADS, rows)


def _default(made: type, key: str, node: Node) -> str:
    held = {field.name: field.default for field in fields(made)}
    value = held.get(key, MISSING)
    if value is MISSING and node.get("type") == "boolean":
        return ""  # the reader's own default: its meaning says which
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, int | StrEnum) or (isinstance(value, str) and value):
        return code(str(value))
    return "none"


def _form(node: Node) -> str:
    """Return what stands after a key, in words."""
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        return "text in `zh`, `en`" if name == "text" else f"see {_title(name)}"
    if "anyOf" in node:
        return " or ".join(_form(form) for form in node["anyOf"])
    if "enum" in node:
        return " or ".join(code(value) for value in node["enum"])
    if node["type"] == "array":
        return f"list of: {_form(node['items'])}"
    if node["type"] == "object":
        return f"by key: {_form(node['additionalProperties'])}"
    return _scalar(node)


def _scalar(node: Node) -> str:
    if node["type"] == "integer":
        return f"{node['minimum']} to {node['maximum']}"
    return "`true` or `false`" if node["type"] == "boolean" else _word(node["pattern"])


def _word(pattern: str) -> str:
    inner = re.sub(r"^\^\(\?:(.*)\)\$$", r"\1", pattern)
    return WORDS.get(inner) or code(inner.replace(KEY, "<key>").replace("(?:", "("))


def _gate(defs: Node) -> str:
    rows = [
        (code("all"), "a list of gates", "Every one of them holds."),
        (code("any"), "a list of gates", "One of them holds."),
        (code("not"), "one gate", "It does not hold."),
    ]
    known = {row[0] for row in rows}
    for name, node in defs[GATE]["properties"].items():
        for form in node.get("oneOf", [node]) if code(name) not in known else ():
            keys = defs[next(_references(form))]["properties"]
            said = " ".join(f"{code(key)}: {held['description']}" for key, held in keys.items())
            rows.append((code(name), codes(keys), said))
    return f"### Gate\n\n{table(('Guard', 'With', 'Meaning'), rows)}"
