"""From a step of a book to its plays: for each of its projects, by each who performs it."""

from collections.abc import Mapping

from engine.core.commands import Command, Open
from engine.core.plan import PlannedProject, Play
from workflows.book_case import Case
from workflows.book_effort import MAKING
from workflows.book_order import Told
from workflows.book_scope import Scope
from workflows.book_step import Step
from workflows.book_steps import BUILDERS
from workflows.book_times import Moment, Times
from workflows.book_voices import performer, voices

Moments = tuple[Moment, Moment]


def told(case: Case, scope: Scope, times: Times) -> list[Told]:
    """Return the plays of a step, project by project; may be empty."""
    word = _word(case) if case.applies() else None
    if word is None:
        return []
    values, moments = case.values(), times.both(case)
    found = []
    for code in scope.codes(case):
        for by, own in voices(case, code, values):
            case.book.scenario.effort.spend(MAKING)
            step = Step(case.book, case.step, {**values, **own})
            # Commands are made even without a day: it is then that their faults are found.
            for command in BUILDERS[word](step):
                found += [_told(case, step, command, (by, code), moments)] if moments else []
    return found


def opened(
    case: Case, projects: Mapping[str, PlannedProject], scope: Scope, times: Times
) -> tuple[list[Told], tuple[str, ...]]:
    """Return the plays that open the projects of a wave, and the codes of these projects."""
    codes = scope.of_waves(case.must("open"))
    by, moments = performer(case.book, case.must("by")), times.both(case)
    if moments is None:
        return [], codes
    return [_opening(case, projects[code], by, moments) for code in codes], codes


def _opening(case: Case, project: PlannedProject, by: str, moments: Moments) -> Told:
    at, on = moments
    command = Open(
        project.code, project.name, project.parties, project.dates, project.parent, project.wave,
        project.workflow,
    )  # fmt: skip
    play = Play(
        f"open {project.wave}", case.step.line, at.on, on.on, (project.code,), by, command,
        order=case.order,
    )  # fmt: skip
    return Told(play, at.spot)


def _told(case: Case, step: Step, command: Command, who: tuple[str, str], moments: Moments) -> Told:
    (by, code), (at, on) = who, moments
    play = Play(
        case.source, case.step.line, at.on, on.on, (code,), by, command, step.maybe("behalf"),
        step.maybe("expect"), step.maybe("of"), step.number("order") or case.order,
    )  # fmt: skip
    return Told(play, at.spot)


def _word(case: Case) -> str | None:
    held = case.book.must(case.step, "do", case.record)
    word = held.text() if held else None
    if held is None or word is None or word in BUILDERS:
        return word
    held.spot.unknown("step", word, BUILDERS)
    return None
