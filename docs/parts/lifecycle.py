"""The shipped lifecycle as a diagram and tables, from its file."""

from functools import cache

from cli import mermaid
from docs.parts.markdown import code, codes, table
from engine.core.definition import ActionKind, DueRule, Task, Text, Workflow
from workflows.reader import load_workflow, shipped


@cache
def workflow() -> Workflow:
    """Return the lifecycle of a community's pilot."""
    return load_workflow(shipped()["pilot_project"])


def name(words: Text) -> str:
    """Return a name in both languages, Chinese first."""
    return f"{words['zh']} {words['en']}"


def diagram() -> str:
    """Return the stages and the actions between them as a Mermaid diagram."""
    return f"```mermaid\n{mermaid.diagram(workflow(), 'zh')}\n```"


def transitions() -> str:
    """Return every action: from where, to where, who, and what it waits for."""
    rows = []
    for action in workflow().actions.values():
        tasks = codes(task.key for task in workflow().gating(action.key))
        gate = code(_gate(action.gate)) if action.gate else ""
        waits = " and ".join(part for part in (tasks, gate) if part)
        back = action.kind is ActionKind.RETURN
        rows.append((
            code(action.key), name(action.name), code(action.source), code(action.to),
            "back" if back else "on", codes(action.roles), waits or "nothing", action.reason.value,
        ))  # fmt: skip
    heads = ("Action", "Name", "From", "To", "Way", "Done by", "Waits for", "Asks why")
    return table(heads, rows)


def _gate(node: object) -> str:
    guard, args = getattr(node, "guard", ""), dict(getattr(node, "args", {}))
    children = getattr(node, "children", ())
    if children:
        return f"{guard}({', '.join(_gate(child) for child in children)})"
    shown = {key: " ".join(held) if isinstance(held, tuple) else held for key, held in args.items()}
    return f"{guard}({', '.join(f'{key}: {held}' for key, held in shown.items())})"


def standing() -> str:
    """Return the actions of the standing."""
    rows = [
        (
            code(action.key), name(action.name), codes(action.source), code(action.to),
            codes(action.roles), codes(action.stages) or "every stage", action.reason.value,
        )
        for action in workflow().standing.values()
    ]  # fmt: skip
    return table(("Action", "Name", "From", "To", "Done by", "Possible in", "Asks why"), rows)


def tasks() -> str:
    """Return what is owed, a table a stage, and one for the tracks beside the stages."""
    held = workflow()
    parts = []
    for stage in held.stages.values():
        due = f"Planned finish: {_due(stage.due)}. " if stage.due else ""
        head = f"### {name(stage.name)} `{stage.key}`\n\n{due}Held by {code(stage.holder)}."
        found = [task for task in held.tasks.values() if task.stage == stage.key]
        parts.append(f"{head}\n\n{_tasks(found)}" if found else head)
    tracks = [task for task in held.tasks.values() if task.stage is None]
    parts.append(f"### Tracks beside the stages\n\n{_tasks(tracks)}")
    return "\n\n".join(parts)


def _tasks(found: list[Task]) -> str:
    rows = [
        (
            code(task.key), name(task.name), code(task.kind.value), code(task.holder),
            code(task.opens), _due(task.due), codes(task.gates), ", ".join(task.clauses),
        )
        for task in found
    ]  # fmt: skip
    heads = ("Task", "Name", "Kind", "Owed by", "Opens", "Due", "Gates", "Clauses")
    return table(heads, rows)


def _due(rule: DueRule | None) -> str:
    if rule is None:
        return ""
    if not rule.count:
        return code(rule.anchor)
    unit = rule.unit.value.replace("_", " ")
    return f"{code(rule.anchor)} + {rule.count} {unit}{'' if rule.count == 1 else 's'}"


def ladder() -> str:
    """Return the rungs of every ladder."""
    rows = [
        (code(ladder.key), name(rung.name), code(rung.key), _day(rung.days), codes(rung.to))
        for ladder in workflow().ladders.values()
        for rung in ladder.rungs
    ]
    return table(("Ladder", "Rung", "Key", "Working days", "Told"), rows)


def _day(days: int) -> str:
    if days < 0:
        return f"{-days} before the due day"
    return f"{days} after the due day" if days else "on the due day"
