"""Names of what a workflow defines, in a language: keys in, the file's own words out."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.core.definition import Task, Text, Workflow
from templates.catalogue import Catalogue

Finder = Callable[[Workflow, str, str | None], Text | None]


def name_of(
    texts: Catalogue, workflow: Workflow, kind: str, key: str, task: str | None = None
) -> str:
    """Return the name of something, or its key where neither workflow nor catalogue knows it.

    Args:
        texts: the language.
        workflow: whose words.
        kind: ``task``, ``stage``, ``action``, ``role`` … (a key of `FINDERS`), or a section of
            the catalogue such as ``status``.
        key: what the workflow calls it.
        task: the task within which slots, steps, fields and seals are looked for first.
    """
    finder = FINDERS.get(kind)
    found = finder(workflow, key, task) if finder else None
    if found is not None:
        return found.get(texts.locale, key)
    section = f"{SECTIONS.get(kind, kind)}.{key}"
    return texts.say(section) if texts.has(section) else key


def _task(workflow: Workflow, key: str, _: str | None) -> Text | None:
    held = workflow.tasks.get(key) or workflow.stages.get(key)
    return held.name if held else None


def _stage(workflow: Workflow, key: str, _: str | None) -> Text | None:
    held = workflow.stages.get(key)
    return held.name if held else None


def _role(workflow: Workflow, key: str, _: str | None) -> Text | None:
    held = workflow.roles.get(key)
    return held.name if held else None


def _action(workflow: Workflow, key: str, _: str | None) -> Text | None:
    held = workflow.actions.get(key) or workflow.standing.get(key)
    return held.name if held else None


def _standing(workflow: Workflow, key: str, _: str | None) -> Text | None:
    """Name a standing that the catalogue does not know by the action that leads to it."""
    if key in KNOWN_STANDINGS:
        return None
    return next((held.name for held in workflow.standing.values() if held.to == key), None)


def _reason(workflow: Workflow, key: str, _: str | None) -> Text | None:
    held = workflow.reasons.get(key)
    return held.name if held else None


def _grade(workflow: Workflow, key: str, _: str | None) -> Text | None:
    return next((held.name for held in workflow.grades if held.key == key), None)


def _rung(workflow: Workflow, key: str, _: str | None) -> Text | None:
    rungs = (rung for ladder in workflow.ladders.values() for rung in ladder.rungs)
    return next((rung.name for rung in rungs if rung.key == key), None)


def _workflow(workflow: Workflow, key: str, _: str | None) -> Text | None:
    return workflow.name if key == workflow.key else None


def _tasks(workflow: Workflow, task: str | None) -> Iterator[Task]:
    """Yield the named task alone, or every task where none is named."""
    held = workflow.tasks.get(task or "")
    yield from [held] if held else workflow.tasks.values()


def _named(pairs: Iterable[tuple[str, Text]], key: str) -> Text | None:
    return next((name for other, name in pairs if other == key), None)


def _slot(workflow: Workflow, key: str, task: str | None) -> Text | None:
    return _named(((s.key, s.name) for t in _tasks(workflow, task) for s in t.slots), key)


def _step(workflow: Workflow, key: str, task: str | None) -> Text | None:
    return _named(((s.key, s.name) for t in _tasks(workflow, task) for s in t.steps), key)


def _field(workflow: Workflow, key: str, task: str | None) -> Text | None:
    return _named(((f.key, f.name) for t in _tasks(workflow, task) for f in t.fields), key)


def _seal(workflow: Workflow, key: str, task: str | None) -> Text | None:
    rules = [held.seal for held in _tasks(workflow, task) if held.seal is not None]
    return _named(((p.key, p.name) for rule in rules for p in rule.parties), key)


def _part(workflow: Workflow, key: str, task: str | None) -> Text | None:
    """Name a part of a task, whatever kind it is; a quota's parts are parties."""
    for finder in (_slot, _step, _seal):
        if found := finder(workflow, key, task):
            return found
    return workflow.parties.get(key)


def _deed(workflow: Workflow, key: str, task: str | None) -> Text | None:
    """Name a deed that is no word of the catalogue: an action, a task, a party or a date."""
    found = _action(workflow, key, task) or _task(workflow, key, task)
    return found or workflow.parties.get(key) or workflow.dates.get(key)


KNOWN_STANDINGS = frozenset({"active", "suspended", "terminated", "withdrawn"})

FINDERS: Mapping[str, Finder] = {
    "task": _task,
    "stage": _stage,
    "role": _role,
    "action": _action,
    "standing": _standing,
    "reason": _reason,
    "grade": _grade,
    "rung": _rung,
    "workflow": _workflow,
    "slot": _slot,
    "step": _step,
    "field": _field,
    "seal": _seal,
    "part": _part,
    "deed": _deed,
    "party": lambda workflow, key, _: workflow.parties.get(key),
    "date": lambda workflow, key, _: workflow.dates.get(key),
}
"""How each kind of key is found in a workflow."""

SECTIONS: Mapping[str, str] = {"action": "deed", "field": "column", "reason": "reason_code"}
"""Where the catalogue is asked for a kind that has no section of its own name."""
