"""A programme from its plan: the register, the waves, the projects, and the scenario's steps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from engine.core.commands import Command, Open, Void
from engine.core.context import parties
from engine.core.errors import Fact, Facts, RefusalError, ShidianError, UnknownObjectError
from engine.core.events import Actor
from engine.core.plan import Plan, PlannedProject, Play
from engine.core.state import Draft
from engine.services import registers
from engine.services.house import House
from engine.services.lifecycle import Ask, Lifecycle, Receipt, stream_of


class PlayError(ShidianError):
    """A step of a scenario did not go as its book says."""

    code = "play"

    def __init__(self, play: Play, project: str, found: str, key: str, /, **given: Fact) -> None:
        message = f"{play.source} (line {play.line}) in {project} on {play.on}: {found}"
        where: Facts = {
            "source": play.source, "line": play.line, "project": project, "on": str(play.on),
        }  # fmt: skip
        super().__init__(message, key, **{**where, **given})
        self.play, self.project, self.found = play, project, found


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote."""

    orgs: int
    posts: int
    waves: int
    targets: int
    projects: int


class Programmes:
    """Importing a plan, opening its waves, and playing its steps."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._written: dict[tuple[str, str], int] = {}

    def enter(self, plan: Plan, actor: Actor, waves: tuple[str, ...] = ()) -> Imported:
        """Write register and programme, and open the projects of some waves: all or nothing.

        Raises:
            RefusalError: a project cannot be opened; nothing at all is written.
        """
        chosen = [project for wave in waves for project in plan.of_wave(wave)]
        lifecycle = Lifecycle(self._house)
        with self._house.database.write() as cursor:
            registers.enter(self._house, cursor, [*plan.orgs, *plan.posts], actor)
            registers.enter_programme(
                self._house, cursor, plan.programme, plan.waves, plan.targets, actor
            )
            for project in chosen:
                lifecycle.act_within(cursor, project.code, opening(project, actor))
        return Imported(
            len(plan.orgs), len(plan.posts), len(plan.waves), len(plan.targets), len(chosen)
        )

    def plays_on(self, plan: Plan, day: date) -> Iterator[Play]:
        """Yield the steps that were recorded on a day, in their order."""
        return (play for play in plan.plays if play.on == day)

    def play(self, play: Play) -> list[Receipt]:
        """Ask what a step asks, of each of its projects.

        Raises:
            PlayError: a project refused what it should do, or did what it should refuse.
        """
        return [
            receipt for code in play.codes if (receipt := self._play_in(play, code)) is not None
        ]

    def _play_in(self, play: Play, code: str) -> Receipt | None:
        ask = Ask(
            self._command(play, code), self._actor(play, code), play.occurred_on,
            batch=play.source,
        )  # fmt: skip
        try:
            receipt = Lifecycle(self._house).act(code, ask)
        except RefusalError as refusal:
            codes = [reason.code for reason in refusal.reasons]
            if play.expects not in codes:
                found = "; ".join(f"{r.code} {dict(r.facts)}" for r in refusal.reasons)
                raise PlayError(play, code, found, "play_refused", codes=found) from refusal
            return None
        if play.expects is not None:
            message = f"should have been refused with {play.expects}"
            raise PlayError(play, code, message, "play_not_refused", expected=play.expects)
        self._written[play.source, code] = receipt.seq
        return receipt

    def _command(self, play: Play, code: str) -> Command:
        if isinstance(play.command, Void) and play.voids is not None:
            seq = self._written.get((play.voids, code))
            if seq is None:
                message = f"{play.voids} has not been played"
                raise PlayError(play, code, message, "play_unplayed", step=play.voids)
            return replace(play.command, seq=seq)
        return play.command

    def _actor(self, play: Play, code: str) -> Actor:
        post = play.by
        if "{" in post:
            name, _, party = post.rstrip("}").partition("@{")
            post = f"{name}@{self._bound(play, code, party)}"
        return registers.actor_of(self._house, post, None, "import", play.on_behalf)

    def _bound(self, play: Play, code: str, party: str) -> str:
        with self._house.database.read() as cursor:
            state = self._house.store(cursor).find(stream_of(code))
        if state is None:
            raise UnknownObjectError("project", code)
        org = parties(Draft(state)).get(party)
        if org is None:
            message = f"no org is bound as {party}"
            raise PlayError(play, code, message, "play_unbound", party=party)
        return org


def opening(project: PlannedProject, actor: Actor) -> Ask:
    """Return the request that opens a planned project."""
    command = Open(
        project.code, project.name, project.parties, project.dates, project.parent, project.wave,
        project.workflow,
    )  # fmt: skip
    return Ask(command, actor)
