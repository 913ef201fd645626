"""A refusal on the terminal: every reason, who can lift it, and the command that would."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from cli.words import sentence
from engine.core.decide.dispatch import Option
from engine.core.definition import Workflow
from engine.core.errors import Reason, RefusalError, ShidianError, StaleVersionError
from templates.words import Words


def reason_data(say: Words, workflow: Workflow, reason: Reason) -> dict[str, Any]:
    """Return a reason for JSON: code, facts, holder, act that lifts it, and both as sentences."""
    return {
        "code": reason.code, "facts": dict(reason.facts), "holder": reason.holder,
        "lift": reason.lift, "undecided": reason.undecided,
        "sentence": say.reason(reason, workflow), "how": say.lift(reason, workflow),
    }  # fmt: skip


def error_data(say: Words, workflow: Workflow | None, error: ShidianError) -> dict[str, Any]:
    """Return an error for JSON: its code, its sentence and all that it carries."""
    data: dict[str, Any] = {"code": error.code, "sentence": sentence(say, error, workflow)}
    if isinstance(error, RefusalError) and workflow is not None:
        data["reasons"] = [reason_data(say, workflow, reason) for reason in error.reasons]
        data["record"] = error.seq
    elif isinstance(error, StaleVersionError):
        data |= error.facts()
    return data


def option_data(say: Words, workflow: Workflow, option: Option) -> dict[str, Any]:
    """Return an action for JSON, with every reason that blocks it."""
    return {
        "action": option.key, "name": say.name(workflow, "action", option.key),
        "kind": option.kind, "to": option.to, "possible": not option.reasons,
        "reasons": [reason_data(say, workflow, reason) for reason in option.reasons],
    }  # fmt: skip


def reasons(say: Words, workflow: Workflow, code: str, found: tuple[Reason, ...]) -> RenderableType:
    """Return reasons as a numbered list, each with what lifts it."""
    parts: list[RenderableType] = []
    for number, reason in enumerate(found, start=1):
        parts.append(Text(f"{number}. {say.reason(reason, workflow)}"))
        if how := say.lift(reason, workflow):
            line = Text.assemble("→ ", how, ("  " + _command(code, reason), "dim"))
            parts.append(Padding(line, (0, 0, 0, 3)))
    return Padding(Group(*parts), (0, 0, 0, 2))


def _command(code: str, reason: Reason) -> str:
    """Return the command that lifts a reason, as far as the reason names it."""
    if reason.lift is None:
        return ""
    group, verb, *rest = reason.lift.split()
    said = reason.facts
    mark = said.get("ref") or said.get("period")
    task = str(said.get("task") or "")
    named = rest or ([f"{task}/{mark}" if mark and "/" not in task else task] if task else [])
    if group == "project":
        named = [str(said["party"])] if verb == "bind" and "party" in said else []
    return " ".join(["shidian", group, verb, code, *named])


def refusal(
    say: Words, workflow: Workflow, code: str, deed: Mapping[str, str], error: RefusalError
) -> RenderableType:
    """Return a whole refusal: what was refused, why, and where the attempt stands on record.

    Args:
        say: the language.
        workflow: names what the reasons speak of.
        code: the project.
        deed: what was asked, as ``deed`` and perhaps ``what``.
        error: carries the reasons.
    """
    head = Text(say.say("line.refused", code=code, **deed), "bold red")
    if error.seq is not None:
        head.append(f"  {say.say('line.on_record', seq=error.seq)}", "dim")
    return Group(head, reasons(say, workflow, code, error.reasons))
