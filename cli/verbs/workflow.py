"""``shidian workflow``: lifecycles as files, checked, drawn, compared and published."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

import bootstrap
from cli import definitions, mermaid, output, publishing, workflow_page
from cli.options import Reading
from cli.session import Session
from cli.setting import Setting
from cli.verb import Done, acts, asks, branch
from cli.words import speech
from engine.core.definition import Workflow
from engine.core.differences import differences
from engine.core.errors import DefinitionError, Fault
from engine.services import registers
from engine.services.house import WORKFLOWS
from templates.notice import NOTICES
from workflows import reader

app = branch("workflow")

Files = Annotated[list[str], typer.Argument(metavar="FILE")]
Name = Annotated[str, typer.Argument(metavar="KEY")]
Drawn = Annotated[bool, typer.Option("--mermaid")]
First = Annotated[str, typer.Argument(metavar="A")]
Second = Annotated[str, typer.Argument(metavar="B")]


def _print(given: Reading, data: Any, drawn: RenderableType) -> None:
    if given.as_json:
        output.line(output.dumped(data))
    else:
        output.show(drawn)


@asks(app, "list")
def list_(setting: Setting, given: Reading) -> Done:
    """Print the workflows that are published or shipped."""
    say, found = speech(setting.locale), definitions.workflows(setting, given)
    rows = [
        (w.key, w.version, w.name[setting.locale], len(w.stages), len(w.tasks), w.digest[:12],
         say.say(f"source.{each.source}"))
        for each in found
        for w in (each.workflow,)
    ]  # fmt: skip
    heads = ("key", "version", "name", "stages", "tasks", "digest", "source")
    table = output.table([say.say(f"head.{key}") for key in heads], rows, right=(1, 3, 4))
    _print(given, [{**_summary(e.workflow), "source": e.source} for e in found], table)
    return None


def _summary(workflow: Workflow) -> dict[str, Any]:
    return {
        "key": workflow.key, "version": workflow.version, "name": dict(workflow.name),
        "digest": workflow.digest, "stages": len(workflow.stages), "tasks": len(workflow.tasks),
        "actions": len(workflow.actions), "roles": len(workflow.roles),
    }  # fmt: skip


@asks(app, "check")
def check(setting: Setting, given: Reading, file: Files) -> Done:
    """Check workflow files; every fault of every file is listed."""
    say = speech(setting.locale)
    found: list[tuple[str, Workflow]] = []
    faults: list[Fault] = []
    for name in file:
        try:
            found.append((name, reader.load_workflow(Path(name), NOTICES)))
        except DefinitionError as error:
            faults += error.faults
    if faults:
        raise DefinitionError(faults)
    lines = [
        say.say(
            "line.checked", file=name, name=w.name[setting.locale], version=w.version,
            stages=len(w.stages), tasks=len(w.tasks), digest=w.digest[:12],
        )
        for name, w in found
    ]  # fmt: skip
    _print(given, [{"file": name, **_summary(w)} for name, w in found], "\n".join(lines))
    return None


@asks(app, "show")
def show(setting: Setting, given: Reading, name: Name, *, drawn: Drawn = False) -> Done:
    """Print a workflow: its stages, what each owes, how each is left."""
    workflow = definitions.workflow(setting, given, name).workflow
    if drawn:
        output.line(mermaid.diagram(workflow, setting.locale))
        return None
    say = speech(setting.locale)
    _print(given, _shape(workflow), workflow_page.page(say, workflow))
    return None


def _shape(workflow: Workflow) -> dict[str, Any]:
    owed = Counter(task.stage for task in workflow.tasks.values())
    return {
        **_summary(workflow), "initial": workflow.initial, "timezone": workflow.timezone,
        "stages": [
            {"stage": s.key, "name": dict(s.name), "holder": s.holder, "final": s.final,
             "clauses": list(s.clauses), "tasks": owed.get(s.key, 0)}
            for s in workflow.stages.values()
        ],
        "tasks": [
            {"task": t.key, "name": dict(t.name), "kind": t.kind.value, "stage": t.stage,
             "holder": t.holder, "opens": t.opens, "gates": list(t.gates),
             "strength": t.strength, "clauses": list(t.clauses)}
            for t in workflow.tasks.values()
        ],
        "actions": [
            {"action": a.key, "name": dict(a.name), "kind": a.kind.value, "from": a.source,
             "to": a.to, "roles": list(a.roles)}
            for a in workflow.actions.values()
        ],
    }  # fmt: skip


@acts(app, "publish")
def publish(session: Session, file: Annotated[str, typer.Argument(metavar="FILE")]) -> Done:
    """Publish a workflow file as the newest version."""
    reader.load_workflow(Path(file), NOTICES)
    publication = bootstrap.workflow_publication(Path(file))
    rows = definitions.published(session, WORKFLOWS)
    held = {row.version: row.digest for row in rows if row.key == publication.key}
    publishing.refuse_another_text(held, publication)
    return publishing.publish(session, publication, registers.publish_workflow)


@asks(app, "diff")
def diff(setting: Setting, given: Reading, first: First, second: Second) -> Done:
    """Print what two workflows say differently."""
    say = speech(setting.locale)
    a = definitions.workflow(setting, given, first).workflow
    b = definitions.workflow(setting, given, second).workflow
    found = differences(a, b)
    rows = [(each.place, each.before, each.after) for each in found]
    heads = [say.say("head.place"), first, second]
    drawn = output.table(heads, rows, whole=()) if rows else say.say("line.same")
    data = [{"place": e.place, "before": e.before, "after": e.after} for e in found]
    _print(given, data, drawn)
    return None
