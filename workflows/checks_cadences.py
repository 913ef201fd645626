"""Whether what a cadence says fits together: its interval, its start, its first period, pauses."""

from collections.abc import Iterator

from engine.core.definition import Task, Workflow
from engine.core.recurrence import Cadence, Every, FirstPeriod, SuspendedPeriod
from workflows.checks_paths import task_path
from workflows.read_problems import Path, Problem


def cadence_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield what no cadence may say."""
    for task in workflow.tasks.values():
        if task.cadence is not None:
            path = (*task_path(task), "cadence")
            yield from _interval_problems(task, task.cadence, path)
            yield from _suspension_problems(task, task.cadence, path)
            if task.cadence.interval.every is Every.UNSET and not workflow.binders:
                message = "is left to each project, but the file has no binders who could choose"
                yield Problem((*path, "every"), message)


def is_named_by_people(task: Task) -> bool:
    """Return whether people may name the days on which a task recurs."""
    return task.cadence is not None and task.cadence.interval.every in (Every.AD_HOC, Every.UNSET)


def _interval_problems(task: Task, cadence: Cadence, path: Path) -> Iterator[Problem]:
    every = cadence.interval.every
    if every is Every.AD_HOC and not task.raisers:
        yield Problem((*path, "every"), "opens on days that people name, but has no raisers")
    if every is Every.AD_HOC and cadence.starts is not None:
        yield Problem((*path, "starts"), "people name every day, so there is no start")
    if every in (Every.AD_HOC, Every.DAYS) and cadence.first is not FirstPeriod.HALF:
        message = "only periods of the calendar can have begun before the start"
        yield Problem((*path, "first"), message)


def _suspension_problems(task: Task, cadence: Cadence, path: Path) -> Iterator[Problem]:
    if cadence.suspended is SuspendedPeriod.SKIPPED_IF_WHOLLY:
        return
    at = (*path, "suspended")
    if task.while_suspended:
        yield Problem(at, "its clock runs on (while_suspended), so no period is suspended")
    if cadence.interval.every is Every.AD_HOC:
        yield Problem(at, "people name every day, so none is skipped")
