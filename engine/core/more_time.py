"""The requests for more time of one task: which waits, and how many there were."""

from dataclasses import dataclass

from engine.core.rows import Grant, TaskRow
from engine.core.state import Draft, State


@dataclass(frozen=True, slots=True)
class Requests:
    """How often more time was asked for a task, and how often it was granted."""

    asked: int = 0
    granted: int = 0


def pending(draft: Draft, row: TaskRow) -> Grant | None:
    """Return the request of a task that nobody has decided, or None."""
    found = [g for g in draft.rows(Grant) if g.task == row.n and g.decision is None]
    return found[-1] if found else None


def requests_of(state: State, row: TaskRow) -> Requests:
    """Return how often more time was asked and granted; there is no limit to either."""
    own = [grant for grant in state.rows(Grant) if grant.task == row.n]
    return Requests(len(own), sum(grant.decision == "granted" for grant in own))
