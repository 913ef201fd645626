"""What a decision may look at beside the rows: who asks, when, under which rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.core.calendar import Calendar
from engine.core.deadlines import local_day
from engine.core.definition import Role, Workflow
from engine.core.directory import Directory
from engine.core.errors import Reason
from engine.core.events import Actor
from engine.core.rows import Dated, Party, TaskRow
from engine.core.state import Draft


@dataclass(frozen=True, slots=True)
class Context:
    """The frame of one decision.

    `now` is the aware UTC moment of recording, `occurred_on` the office's day on which the
    thing happened. `children` counts a region's projects by (workflow, stage, standing).
    """

    workflow: Workflow
    actor: Actor
    now: datetime
    occurred_on: date
    calendar: Calendar
    directory: Directory
    children: Mapping[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The office's calendar day at the moment of recording."""
        return local_day(self.now, self.workflow.timezone)

    def role(self, key: str) -> Role:
        """Return a role of the workflow."""
        return self.workflow.roles[key]

    def holds(self, draft: Draft, roles: tuple[str, ...]) -> bool:
        """Return whether the actor's post holds one of these roles for the project."""
        bound = parties(draft)
        return any(
            self.directory.holds(self.actor.post, self.role(key), bound, self.today)
            for key in roles
        )

    def lacks_role(self, draft: Draft, roles: tuple[str, ...]) -> list[Reason]:
        """Return the one reason why the actor may not do it, or nothing."""
        if self.holds(draft, roles):
            return []
        facts = {"roles": " ".join(roles), "post": self.actor.post}
        return [Reason("role_missing", facts, holder=roles[0] if roles else None)]


def parties(draft: Draft) -> dict[str, str]:
    """Return the orgs bound to the project now, by binding name."""
    return {row.name: row.org for row in draft.rows(Party) if row.to_on is None}


def office(workflow: Workflow, bound: Mapping[str, str]) -> str | None:
    """Return the org whose calendar a project counts with: its first party, the sponsor.

    Args:
        workflow: names the parties in their order.
        bound: the orgs bound now, by binding name; None is the answer where the first lacks.
    """
    return bound.get(next(iter(workflow.parties), ""))


def dated(draft: Draft, name: str) -> Dated | None:
    """Return the present reading of a named date."""
    rows = [row for row in draft.rows(Dated) if row.name == name]
    return rows[-1] if rows else None


def latest(draft: Draft, key: str) -> TaskRow | None:
    """Return the newest row of a task key, series rows aside."""
    rows = [row for row in draft.rows(TaskRow) if row.key == key and row.kind != "series"]
    return rows[-1] if rows else None
