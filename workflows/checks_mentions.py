"""Every name that the sections and stages of a workflow mention, beside its tasks and actions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.core.definition import DueRule, Stage, Workflow
from workflows.read_problems import Path


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it is used, and the kind of thing it should name."""

    kind: str
    name: str
    path: Path


def one(kind: str, name: str | None, path: Path) -> Iterator[Mention]:
    """Yield the mention of a name that may be left out."""
    if name is not None:
        yield Mention(kind, name, path)


def each(kind: str, names: Iterable[str], path: Path) -> Iterator[Mention]:
    """Yield the mentions of a list of names."""
    for position, name in enumerate(names):
        yield Mention(kind, name, (*path, position))


def in_sections(workflow: Workflow) -> Iterator[Mention]:
    """Yield what roles, ladders, rights and standings mention."""
    for role in workflow.roles.values():
        yield from one("party", role.party, ("roles", role.key, "party"))
    for ladder in workflow.ladders.values():
        for rung in ladder.rungs:
            yield from each("recipient", rung.to, ("ladders", ladder.key, rung.key, "to"))
    for section, roles in _role_lists(workflow):
        yield from each("role", roles, section)
    for action in workflow.standing.values():
        path = ("standing", action.key)
        yield from each("role", action.roles, (*path, "roles"))
        yield from each("stage", action.stages, (*path, "stages"))


def _role_lists(workflow: Workflow) -> Iterator[tuple[Path, tuple[str, ...]]]:
    yield ("openers",), workflow.openers
    yield ("binders",), workflow.binders
    yield ("correctors",), workflow.correctors
    if workflow.extension:
        yield ("extension", "askers"), workflow.extension.askers
        yield ("extension", "checkers"), workflow.extension.checkers
        yield ("extension", "deciders"), workflow.extension.deciders
    if workflow.waiver:
        yield ("waiver", "proposers"), workflow.waiver.proposers
        yield ("waiver", "confirmers"), workflow.waiver.confirmers


def in_stage(stage: Stage) -> Iterator[Mention]:
    """Yield what a stage mentions, beside its tasks and actions."""
    path = ("stages", stage.key)
    yield from one("role", stage.holder, (*path, "holder"))
    yield from one("ladder", stage.ladder, (*path, "ladder"))
    yield from in_due(stage.due, path)


def in_due(due: DueRule | None, path: Path) -> Iterator[Mention]:
    """Yield what a deadline counts from."""
    kind, _, name = (due.anchor if due else "").partition(":")
    if name:
        yield Mention(kind, name, (*path, "due", "from"))
