"""The workflow that a file amounts to: its parts gathered by key, with what it leaves unsaid."""

from collections.abc import Iterator
from dataclasses import replace

from engine.core.definition import Action, Slot, Stage, Step, Task, TaskKind, Text, Workflow
from workflows.read_parts import FilePart, StagePart
from workflows.read_problems import Path, Problem

PAPER = Slot("paper", {"zh": "材料", "en": "Paper"})
DONE: Text = {"zh": "办结", "en": "Done"}


def assemble(part: FilePart, digest: str) -> Workflow:
    """Return the workflow of a file; of two tasks or actions with one key, the first."""
    tasks: dict[str, Task] = {}
    actions: dict[str, Action] = {}
    for stage in part.stages.values():
        for task in stage.tasks.values():
            tasks.setdefault(task.key, _settled(task, stage.key))
        for action in stage.actions.values():
            actions.setdefault(action.key, replace(action, source=stage.key))
    for task in part.tracks.values():
        tasks.setdefault(task.key, _settled(task, None))
    return Workflow(
        key=part.workflow,
        version=part.version,
        digest=digest,
        name=part.name,
        timezone=part.timezone,
        opens_at=part.opens_at,
        calendar=part.calendar,
        initial=part.initial,
        roles=part.roles,
        parties=part.parties,
        dates=part.dates,
        reasons=part.reasons,
        ladders=part.ladders,
        grades=part.grades,
        stages={stage.key: _bare(stage) for stage in part.stages.values()},
        tasks=tasks,
        actions=actions,
        standing=part.standing,
        extension=part.extension,
        waiver=part.waiver,
        openers=part.openers,
        binders=part.binders,
        correctors=part.correctors,
        due_soon_days=part.due_soon_days,
        closes_at=part.closes_at,
    )


def repeated(part: FilePart) -> Iterator[Problem]:
    """Yield every task key, and every action key, that the file has used before.

    Stage actions and standing actions share one namespace, since both are asked for by key.
    """
    stages = part.stages.values()
    tasks: list[Path] = [("stages", s.key, "tasks", key) for s in stages for key in s.tasks]
    tasks += [("tracks", key) for key in part.tracks]
    yield from _repeats("task", tasks)
    actions: list[Path] = [("standing", key) for key in part.standing]
    actions += [("stages", s.key, "actions", key) for s in stages for key in s.actions]
    yield from _repeats("action", actions)


def _repeats(kind: str, paths: list[Path]) -> Iterator[Problem]:
    first: dict[str | int, Path] = {}
    for path in paths:
        if path[-1] in first:
            other = ".".join(str(step) for step in first[path[-1]])
            yield Problem(path, f'the {kind} key "{path[-1]}" is used before, as {other}')
        first.setdefault(path[-1], path)


def _bare(part: StagePart) -> Stage:
    return Stage(
        key=part.key,
        name=part.name,
        holder=part.holder,
        clauses=part.clauses,
        due=part.due,
        ladder=part.ladder,
        final=part.final,
    )


def _settled(task: Task, stage: str | None) -> Task:
    """Return a task with its stage and with what the file leaves unsaid."""
    opens = task.opens or ("start" if stage is None else "stage")
    slots, steps = task.slots, task.steps
    if task.kind is TaskKind.DELIVERABLE and not slots:
        slots = (PAPER,)
    if task.kind is TaskKind.RECORD and not steps:
        steps = (Step("done", DONE, (task.holder,)),)
    return replace(task, stage=stage, opens=opens, slots=slots, steps=steps)
