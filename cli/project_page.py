"""One project on the terminal: where it stands, who takes part, what is owed."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from cli import output
from engine.core.gaps import gaps
from engine.core.more_time import requests_of
from engine.core.opening import label
from engine.core.rows import Dated, Party, TaskRow, Visit
from engine.services.queries import Detail
from templates.words import Words


def page(say: Words, found: Detail) -> RenderableType:
    """Return everything that a person needs to know of a project."""
    project = found.state.project
    rows = [
        row for row in found.state.rows(TaskRow) if row.status == "open" and row.kind != "series"
    ]
    head = Group(
        Text(f"{project.code}  {project.name}", "bold"),
        output.lamp_line(say, found.lamp, found.workflow),
    )
    parts: list[RenderableType] = [head, output.facts(_facts(say, found)), *_gaps(say, found)]
    return output.apart([*parts, _visits(say, found), tasks(say, found, rows)])


def _facts(say: Words, found: Detail) -> list[tuple[str, object]]:
    project, workflow, directory = found.state.project, found.workflow, found.directory
    stage = say.name(workflow, "stage", project.stage)
    pairs: list[tuple[str, object]] = [
        (say.say("head.stage"), f"{stage}  {say.name(workflow, 'standing', project.standing)}"),
        (say.say("head.opened"), project.opened_on),
        (say.say("head.version"), found.state.version),
    ]
    pairs += [
        (say.name(workflow, "party", row.name), f"{directory.org_name(row.org)}  {row.org}")
        for row in found.state.rows(Party)
        if row.to_on is None
    ]
    latest = {row.name: row for row in found.state.rows(Dated)}
    pairs += [(say.name(workflow, "date", name), _date(say, row)) for name, row in latest.items()]
    return pairs


def _gaps(say: Words, found: Detail) -> list[RenderableType]:
    """Return what still needs a local value, as a table; nothing where all is known."""
    lines = [
        (
            say.name(found.workflow, "task", gap.task), gap.task,
            say.name(found.workflow, "role", gap.holder) if gap.holder else "",
        )
        for gap in gaps(found.state, found.workflow)
    ]  # fmt: skip
    heads = [say.say(f"head.{key}") for key in ("task", "key", "holder")]
    return [output.titled(say.say("line.gaps"), output.table(heads, lines))] if lines else []


def _date(say: Words, row: Dated) -> str:
    on = row.on.isoformat() if row.on else say.say("line.undated")
    said = row.words if row.words != on else ""
    note = "，".join(part for part in (said, row.reading or "") if part)
    return f"{on}  {note}".rstrip()


def _visits(say: Words, found: Detail) -> RenderableType:
    rows = [
        (
            say.name(found.workflow, "stage", visit.stage), visit.entered_on, visit.left_on,
            say.name(found.workflow, "action", visit.left_by) if visit.left_by else "",
        )
        for visit in found.state.rows(Visit)
    ]  # fmt: skip
    heads = [say.say(f"head.{key}") for key in ("stage", "entered", "left", "action")]
    return output.titled(say.say("line.visits"), output.table(heads, rows))


def tasks(say: Words, found: Detail, rows: Sequence[TaskRow]) -> RenderableType:
    """Return what is owed as a table, by due day; undated things last."""
    if not rows:
        return Text(say.say("line.nothing_owed"))
    lines = [task_line(say, found, row) for row in sorted(rows, key=_by_due)]
    heads = [say.say(f"head.{key}") for key in ("due", "late", "task", "key", "holder")]
    return output.titled(say.say("line.owed"), output.table(heads, lines, right=(1,)))


def _by_due(row: TaskRow) -> tuple[bool, object, int]:
    return row.due is None, row.due or "", row.n


def task_line(say: Words, found: Detail, row: TaskRow) -> tuple[object, ...]:
    """Return a task as a line: due, working days late, name, key, who owes it."""
    late = found.late(row)
    is_must = row.kind == "stage" or found.workflow.tasks[row.key].strength == "must"
    return (
        _due(say, found, row),
        output.cell(str(late), "bold red" if is_must else "") if late else "",
        task_name(say, found, row), label(row), _holder(say, found, row),
    )  # fmt: skip


def _due(say: Words, found: Detail, row: TaskRow) -> str:
    """Return the due day, and how often it was moved by approval."""
    granted = requests_of(found.state, row).granted
    on = due(say, row)
    return say.say("line.extended", on=on, n=granted) if granted else on


def due(say: Words, row: TaskRow) -> str:
    """Return the due day of a task as a table shows it; a provisional one says so."""
    if row.due is None:
        return say.say("line.undated")
    on = row.due.isoformat()
    return say.say("line.provisional", on=on) if row.provisional else on


def task_name(say: Words, found: Detail, row: TaskRow) -> str:
    """Return what a task is called; the planned finish of a stage says that it is one."""
    name = say.label(found.workflow, label(row), row.title)
    return say.say("what.stage", name=name) if row.kind == "stage" else name


def _holder(say: Words, found: Detail, row: TaskRow) -> str:
    if row.waiting == "extension":
        return say.say("line.waits_extension")
    if row.waiting:
        return say.say("line.waits_for", who=say.name(found.workflow, "role", row.waiting))
    return say.name(found.workflow, "role", row.holder)
