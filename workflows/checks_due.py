"""Whether the parts of a due rule fit together: what it counts, its first day and its last hour."""

from collections.abc import Iterator

from engine.core.definition import CutOff, DueRule, Unit, Workflow
from workflows.checks_paths import task_path
from workflows.checks_tasks import GIVEN
from workflows.read_problems import Path, Problem

NAMED_DAYS = (Unit.MONTH_END, Unit.LAST_WORKING_DAY)


def due_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield due rules that say what cannot be meant, and hours that are no office's."""
    for due, path in _rules(workflow):
        yield from _start_problems(due, path)
        if due.unit in NAMED_DAYS and due.anchor == GIVEN:
            yield Problem((*path, "unit"), "what is given is counted in working days")
        if due.until is CutOff.CLOSE and workflow.closes_at is None:
            message = 'close needs closes_at at the top of the file, such as "17:30"'
            yield Problem((*path, "until"), message)
    if workflow.closes_at is not None and workflow.closes_at <= workflow.opens_at:
        yield Problem(("closes_at",), f'must be later than opens_at, "{workflow.opens_at}"')


def _rules(workflow: Workflow) -> Iterator[tuple[DueRule, Path]]:
    for stage in workflow.stages.values():
        if stage.due:
            yield stage.due, ("stages", stage.key, "due")
    for task in workflow.tasks.values():
        if task.due:
            yield task.due, (*task_path(task), "due")


def _start_problems(due: DueRule, path: Path) -> Iterator[Problem]:
    at = (*path, "counts_start")
    if due.counts_start and due.unit in NAMED_DAYS:
        yield Problem(at, f"{due.unit} counts no days, so it has no first one")
    elif due.counts_start and due.anchor != GIVEN and due.count < 1:
        yield Problem(at, "needs a count of at least 1 to be the first day of")
