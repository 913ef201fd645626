"""Whether what a task says of itself fits together: raising, recurring, values, seals."""

from collections.abc import Iterator

from engine.core.definition import FieldType, SealMode, Task, TaskKind, Workflow
from workflows.checks_cadences import is_named_by_people
from workflows.checks_paths import task_path
from workflows.read_problems import Path, Problem

RAISED, PERIOD_END, GIVEN = "raised", "period_end", "given"


def task_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield what no task may say."""
    for task in workflow.tasks.values():
        path = task_path(task)
        yield from _opening(task, path)
        yield from _series(task, path)
        yield from _fields(task, path)
        yield from _seal(task, path)
        if task.key in workflow.stages:
            # A stage's planned finish is kept under the stage's key, beside the tasks.
            yield Problem(path, "is also the key of a stage", on_key=True)


def _opening(task: Task, path: Path) -> Iterator[Problem]:
    is_raised = task.opens == RAISED
    if is_raised and not task.raisers:
        yield Problem(path, "opens by being raised, but has no raisers")
    if task.raisers and not is_raised and not is_named_by_people(task):
        yield Problem((*path, "raisers"), "only a task that opens by being raised has raisers")
    if task.opens == "stage" and task.stage is None:
        yield Problem((*path, "opens"), "belongs to no stage; name one as stage:<key>")
    if task.due and task.due.anchor == GIVEN and not is_raised:
        yield Problem((*path, "due", "from"), "a day is given only to what is raised")


def _series(task: Task, path: Path) -> Iterator[Problem]:
    anchor = task.due.anchor if task.due else None
    if task.is_series and anchor is None:
        yield Problem(path, f"recurs, so it needs a due day from {PERIOD_END}")
    elif task.is_series != (anchor == PERIOD_END):
        message = f"what recurs, and only that, is due from {PERIOD_END}"
        yield Problem((*path, "due", "from"), message)
    if task.is_series and task.opens == RAISED:
        yield Problem((*path, "cadence"), "what is raised does not recur by itself")


def _fields(task: Task, path: Path) -> Iterator[Problem]:
    if task.fields and task.kind is not TaskKind.RECORD and task.opens != RAISED:
        yield Problem((*path, "fields"), "only a record or a raised task carries values")
    for field in task.fields:
        at = (*path, "fields", field.key)
        if field.type is FieldType.CHOICE and not field.choices:
            yield Problem(at, "is a choice without choices")
        if field.choices and field.type is not FieldType.CHOICE:
            yield Problem((*at, "choices"), "only a field of type choice has choices")


def _seal(task: Task, path: Path) -> Iterator[Problem]:
    if task.seal is None:
        return
    at = (*path, "seal")
    rule, parties = task.seal, task.seal.parties
    is_counted, is_grouped = rule.mode is SealMode.COUNT, rule.mode is SealMode.PER_GROUP
    if is_counted and not 1 <= rule.count <= len(parties):
        yield Problem(at, f"mode count needs a count from 1 to {len(parties)}")
    if rule.count and not is_counted:
        yield Problem((*at, "count"), f"mode {rule.mode} counts nothing")
    for party in parties:
        own = (*at, "parties", party.key)
        if party.role is None and not party.enterers:
            yield Problem(own, "needs a role that seals, or enterers")
        if is_grouped and party.group is None:
            yield Problem(own, "needs a group under mode per_group")
        if party.group is not None and not is_grouped:
            yield Problem((*own, "group"), f"mode {rule.mode} has no groups")
