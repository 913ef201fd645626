"""A programme as planned in files: register, waves, projects, and the steps of a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.commands import Command, Phrase
from engine.core.rows import Org, Post, Programme, Target, Wave


@dataclass(frozen=True, slots=True)
class PlannedProject:
    """A project to open: `parties` and `dates` by the names the workflow gives them."""

    code: str
    name: str
    wave: str
    workflow: str
    parent: str | None
    parties: Mapping[str, str]
    dates: Mapping[str, Phrase]


@dataclass(frozen=True, slots=True)
class Play:
    """One step of a scenario: what one post asks of some projects on a day.

    `by` may be ``R31@{agency}``: the post of the org then bound under that party. `expects` is
    the code of the refusal that the step must meet. `voids` names the source whose entry the
    step voids, since its number is known only when it has been played.
    """

    source: str
    line: int
    on: date
    occurred_on: date
    codes: tuple[str, ...]
    by: str
    command: Command
    on_behalf: str | None = None
    expects: str | None = None
    voids: str | None = None
    order: int = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a book and its scenario say. Plays come in the order in which they happen.

    `desk_on` is the day on which a demonstration opens its desk: one on which much is going on.
    """

    programme: Programme
    begins_on: date
    ends_on: date
    orgs: tuple[Org, ...]
    posts: tuple[Post, ...]
    waves: tuple[Wave, ...]
    targets: tuple[Target, ...]
    projects: tuple[PlannedProject, ...]
    plays: tuple[Play, ...]
    desk_on: date | None = None

    def of_wave(self, wave: str) -> tuple[PlannedProject, ...]:
        """Return the projects of a wave, in the order of the file; may be empty."""
        return tuple(project for project in self.projects if project.wave == wave)
