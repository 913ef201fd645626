"""A workflow as a Mermaid state diagram: text that many editors and forges draw."""

from engine.core.definition import ActionKind, Workflow


def diagram(workflow: Workflow, locale: str) -> str:
    """Return the diagram, its stages in the order of the file; returns are dotted by their mark."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{_text(s.name[locale])}" as {s.key}' for s in workflow.stages.values()]
    lines.append(f"    [*] --> {workflow.initial}")
    for action in workflow.actions.values():
        mark = "↩ " if action.kind is ActionKind.RETURN else ""
        name = _text(action.name[locale])
        lines.append(f"    {action.source} --> {action.to}: {mark}{name}")
    lines += [f"    {stage.key} --> [*]" for stage in workflow.stages.values() if stage.final]
    return "\n".join(lines)


def _text(name: str) -> str:
    """Return a name without the characters that Mermaid reads as its own."""
    return name.replace('"', "'").replace(":", "：").replace(";", "；").replace("#", "＃")
