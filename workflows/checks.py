"""What holds between the parts of a workflow, beyond the form of each."""

from collections.abc import Iterable, Iterator
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from engine.core.definition import Workflow
from workflows.checks_cadences import cadence_problems
from workflows.checks_circles import circles
from workflows.checks_deadlines import deadline_problems, scale_problems
from workflows.checks_due import due_problems
from workflows.checks_guards import guard_problems
from workflows.checks_names import unknown_names, unsure_kinds
from workflows.checks_opening import never_open
from workflows.checks_stages import action_problems, stage_problems, standing_problems
from workflows.checks_tasks import task_problems
from workflows.read_problems import Problem, unknown

CHECKS = (
    action_problems,
    cadence_problems,
    circles,
    deadline_problems,
    due_problems,
    guard_problems,
    never_open,
    scale_problems,
    stage_problems,
    standing_problems,
    task_problems,
)
"""Each looks at a workflow whose every part has its form."""


def check(workflow: Workflow, formal: Iterable[Problem] = ()) -> Iterator[Problem]:
    """Yield what is wrong with a workflow as a whole.

    Args:
        workflow: what was read, with blanks where something could not be.
        formal: the problems of form found on the way. With any of them, only names are checked,
            and only those whose definitions could be read: the rest would follow from the blanks.
    """
    formal = tuple(formal)
    yield from unknown_names(workflow, unsure_kinds(formal))
    yield from _timezone_problems(workflow)
    if formal:
        return
    for each in CHECKS:
        yield from each(workflow)


def _timezone_problems(workflow: Workflow) -> Iterator[Problem]:
    if workflow.timezone and not _is_timezone(workflow.timezone):
        known = available_timezones()
        yield unknown(("timezone",), "time zone", workflow.timezone, sorted(known))


@cache
def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    # A key with dots or a zero byte is a ValueError, a folder of the database an OSError, and an
    # unknown name a KeyError.
    except (ValueError, OSError, KeyError):
        return False
    return True
