"""A workflow on the terminal: its stages, what each owes, how each is left."""

from rich.console import RenderableType
from rich.text import Text

from cli import output
from engine.core.definition import DueRule, Workflow
from templates.words import Words

HEADS = ("task", "key", "kind", "holder", "due", "clauses")


def page(say: Words, workflow: Workflow) -> RenderableType:
    """Return a whole workflow."""
    title = say.say(
        "line.workflow", name=workflow.name[say.locale], key=workflow.key,
        version=workflow.version, digest=workflow.digest[:12],
    )  # fmt: skip
    stages = [_stage(say, workflow, key) for key in workflow.stages]
    return output.apart([title, *stages, _owed(say, workflow, None, say.say("line.tracks"))])


def _stage(say: Words, workflow: Workflow, key: str) -> RenderableType:
    stage = workflow.stages[key]
    actions = say.listing(
        say.say("line.leads_to", action=action.name[say.locale], key=action.key,
                stage=workflow.stages[action.to].name[say.locale])
        for action in workflow.actions_from(key)
    )  # fmt: skip
    title = say.say(
        "line.stage", name=stage.name[say.locale], key=key, due=due_rule(say, workflow, stage.due),
        actions=actions or say.say("line.final"),
    )  # fmt: skip
    return _owed(say, workflow, key, title)


def _owed(say: Words, workflow: Workflow, stage: str | None, title: str) -> RenderableType:
    rows = [
        (task.name[say.locale], task.key, say.name(workflow, "task_kind", task.kind.value),
         say.name(workflow, "role", task.holder), due_rule(say, workflow, task.due),
         ", ".join(task.clauses))
        for task in workflow.tasks.values()
        if task.stage == stage
    ]  # fmt: skip
    if not rows:
        return Text(title, "bold")
    heads = [say.say(f"head.{key}") for key in HEADS]
    return output.titled(title, output.table(heads, rows, whole=()))


def due_rule(say: Words, workflow: Workflow, rule: DueRule | None) -> str:
    """Return how a due day is counted, in words."""
    if rule is None:
        return say.say("line.undated")
    kind, _, name = rule.anchor.partition(":")
    what = say.name(workflow, kind, name) if name else say.say(f"anchor.{kind}")
    if not rule.count:
        return what
    unit = say.say(f"unit.{rule.unit.value}")
    return say.say("line.rule", what=what, n=rule.count, unit=unit)
