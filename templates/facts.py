"""Facts as a sentence says them: the keys that a reason or a lamp carries become names."""

from collections.abc import Callable, Mapping
from datetime import date

from engine.core.definition import Workflow
from engine.core.errors import Fact, Reason
from engine.core.lamps import Lamp
from templates.catalogue import Catalogue, is_said
from templates.names import name_of

Named = dict[str, object]

KINDS: Mapping[str, str] = {
    "stage": "stage", "now": "stage", "party": "party", "other_party": "party", "role": "role",
    "action": "action", "grade": "grade", "got": "grade", "date": "date", "seal": "seal",
    "first": "seal", "slot": "slot", "step": "step", "next": "step", "field": "field",
    "part": "part", "standing": "standing", "status": "status", "kind": "task_kind",
    "wanted": "task_kind", "type": "field_type", "guard": "guard", "workflow": "workflow",
}  # fmt: skip
"""Which kind of key stands under each name of a fact."""

DAYS = frozenset({"on", "today", "due", "entered", "opened", "done", "until", "earliest"})
"""Facts that are calendar days in ISO form."""

COMPUTED = frozenset({"due", "earliest", "until"})
"""Days of a reason that are counted by the calendar: marked where it says ``provisional``."""

NEAR: Mapping[str, str] = {
    "unknown_action": "action", "unknown_item": "task", "unknown_slot": "slot",
    "unknown_field": "field", "unknown_seal": "seal", "not_correctable": "column",
}  # fmt: skip
"""What kind of keys a refusal of a code offers instead."""


def of_reason(texts: Catalogue, workflow: Workflow, reason: Reason) -> Named:
    """Return the facts of a reason with names for keys; what was not given is left out."""
    raw: dict[str, Fact] = {key: value for key, value in reason.facts.items() if _given(value)}
    if "other" in raw:
        raw["other_party"] = raw.pop("other")
    task = str(raw["task"]).partition("/")[0] if "task" in raw else None
    for key in ("slot", "step"):
        if key in raw and _is_only(workflow, task, key, raw[key]):
            del raw[key]
    if raw.get("standing") == "active":
        del raw["standing"]
    named = {key: _value(texts, workflow, key, value, task) for key, value in raw.items()}
    if raw.get("provisional"):
        named |= {key: _unsure(texts, named[key]) for key in COMPUTED & raw.keys()}
    if "fault" in raw:
        named["detail"] = texts.say(f"fault.{raw['fault']}", **reason.facts)
    if "task" in raw:
        mark = raw.get("ref") or raw.get("period")
        label = str(raw["task"]) if mark is None else f"{task}/{mark}"
        named["what"] = of_label(texts, workflow, label, _text(raw.get("title")))
        named["mark"] = "/" in label
    named |= _lists(texts, workflow, reason, task)
    # What an asker left empty chooses no variant, but a sentence that names it must not fail.
    empty = {k: v for k, v in reason.facts.items() if isinstance(v, str) and not _given(v)}
    if "task" in empty:
        named.setdefault("what", empty["task"])
    named = {**empty, **named}
    if reason.holder:
        named["holder"] = name_of(texts, workflow, "role", reason.holder)
    return named


def _given(value: Fact) -> bool:
    """Return whether a fact says anything; a number always does, nought included."""
    return is_said(value) or (isinstance(value, int) and not isinstance(value, bool))


def _text(value: Fact) -> str | None:
    return None if value is None else str(value)


def _is_only(workflow: Workflow, task: str | None, key: str, value: Fact) -> bool:
    """Return whether this is the one slot or step that a task has: naming it says nothing."""
    held = workflow.tasks.get(task or "")
    if held is None:
        return False
    parts = [part.key for part in (held.slots if key == "slot" else held.steps)]
    return parts == [value]


def _value(texts: Catalogue, workflow: Workflow, key: str, value: Fact, task: str | None) -> object:
    if key in DAYS and isinstance(value, str):
        return iso_day(texts, value)
    if key == "mean":
        return _trimmed(str(value))
    if key in KINDS and isinstance(value, str):
        kind = "column" if key == "field" and task is None else KINDS[key]
        return name_of(texts, workflow, kind, value, task)
    return value


def iso_day(texts: Catalogue, value: str) -> str:
    """Return a day given in ISO form in words; any other text stays as it is."""
    try:
        return texts.day(date.fromisoformat(value))
    except ValueError:
        return value


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _lists(
    texts: Catalogue, workflow: Workflow, reason: Reason, task: str | None
) -> dict[str, object]:
    facts = reason.facts
    found: dict[str, object] = {}
    if is_said(facts.get("roles")):
        keys = str(facts["roles"]).split()
        found["roles"] = texts.listing(name_of(texts, workflow, "role", key) for key in keys)
    if is_said(facts.get("near")):
        kind = NEAR.get(reason.code, "")
        found["near"] = _choices(texts, str(facts["near"]), _namer(texts, workflow, kind, task))
    if is_said(facts.get("choices")):
        found["choices"] = _choices(texts, str(facts["choices"]), _chooser(texts, workflow, reason))
    return found


def _choices(texts: Catalogue, keys: str, namer: Callable[[str], str]) -> str:
    """Return what can be chosen: each name with the key that a person types."""
    pairs = [(namer(key), key) for key in keys.split(", ")]
    return texts.listing(
        texts.say("what.choice", name=name, key=key) if name != key else key for name, key in pairs
    )


def _namer(
    texts: Catalogue, workflow: Workflow, kind: str, task: str | None
) -> Callable[[str], str]:
    return lambda key: name_of(texts, workflow, kind, key, task)


def _chooser(texts: Catalogue, workflow: Workflow, reason: Reason) -> Callable[[str], str]:
    if reason.code == "which_task":
        return lambda key: of_label(texts, workflow, key)
    return _namer(texts, workflow, "reason", None)


def of_label(texts: Catalogue, workflow: Workflow, label: str, title: str | None = None) -> str:
    """Return what a task is called: its name, its period or reference, its title."""
    key, _, mark = label.partition("/")
    return called(texts, name_of(texts, workflow, "task", key), mark, title)


def called(texts: Catalogue, name: str, mark: str | None, title: str | None = None) -> str:
    """Return a name with its period (in words) or reference, and with the title it was given."""
    if mark:
        name = texts.say("what.marked", name=name, mark=texts.period(mark))
    return texts.say("what.titled", name=name, title=title) if title else name


def due_day(texts: Catalogue, due: date, *, provisional: bool) -> str:
    """Return a due day in words; one that is provisional says so."""
    return _unsure(texts, texts.day(due)) if provisional else texts.day(due)


def _unsure(texts: Catalogue, day: object) -> str:
    return texts.say("notice.due_short", due=day)


def of_lamp(texts: Catalogue, workflow: Workflow, lamp: Lamp) -> Named:
    """Return the facts of a lamp with names for keys; `extension` says what it waits for."""
    named: Named = {"late": lamp.late, "left": lamp.left}
    if lamp.label:
        named["what"] = of_label(texts, workflow, lamp.label, lamp.title)
    if lamp.due:
        named["due"] = due_day(texts, lamp.due, provisional=lamp.provisional)
        named["provisional"] = lamp.provisional
    if lamp.holder == "extension":
        named["extension"] = True
        if lamp.waited and workflow.extension is not None:
            named["asked"] = lamp.waited
            named["decider"] = name_of(texts, workflow, "role", workflow.extension.deciders[0])
    elif lamp.holder:
        named["holder"] = name_of(texts, workflow, "role", lamp.holder)
        if lamp.waited:
            named["waited"] = lamp.waited
    return named
