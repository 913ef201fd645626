"""What a project still has to be told: values that its workflow leaves to be chosen locally."""

from dataclasses import dataclass

from engine.core.cadences import lacks_interval
from engine.core.definition import Workflow
from engine.core.state import Draft, State


@dataclass(frozen=True, slots=True)
class Gap:
    """A local value that nobody has chosen: a code, the task it is for, the role that chooses."""

    code: str
    task: str
    holder: str | None


def gaps(state: State, workflow: Workflow) -> tuple[Gap, ...]:
    """Return what a project that is not closed still needs a local value for; may be empty."""
    if state.project.closed_on is not None:
        return ()
    draft = Draft(state)
    chooser = workflow.binders[0] if workflow.binders else None
    return tuple(
        Gap("interval_unset", task.key, chooser)
        for task in workflow.tasks.values()
        if lacks_interval(draft, task)
    )
