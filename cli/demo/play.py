"""Playing the example: the plan is entered whole, then carried day by day, with a bar or lines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

import bootstrap
from bootstrap import SYSTEM, Desk
from cli import output
from cli.errors import WrongError
from engine.core.definition import Workflow
from engine.core.plan import Plan
from engine.services.rehearsal import Progress as Told
from engine.services.rehearsal import Rehearsal, Rehearsed
from templates.words import Words
from workflows import reader

BOOK: Final = Path(bootstrap.__file__).parent / "examples" / "suining" / "book.yaml"


@dataclass(frozen=True, slots=True)
class Played:
    """A programme played to a day."""

    desk: Desk
    plan: Plan
    workflow: Workflow
    on: date
    done: Rehearsed


def last_day(plan: Plan, until: date | None) -> date:
    """Return the day up to which a plan is played.

    Raises:
        WrongError: the day lies outside the plan.
    """
    if until is None:
        return plan.ends_on
    if not plan.begins_on <= until <= plan.ends_on:
        first, last = plan.begins_on.isoformat(), plan.ends_on.isoformat()
        raise WrongError("until", given=until.isoformat(), first=first, last=last)
    return until


def play(
    desk: Desk, say: Words, plan: Plan, on: date, *, quiet: bool,
    at: tuple[date, Callable[[], object]] | None = None,
) -> Played:  # fmt: skip
    """Enter a plan into an empty simulated database and play it to a day.

    `at` names a day and what is done when it has been played.
    """
    workflow = reader.load_workflow(reader.shipped()[plan.projects[0].workflow])
    rehearsal = Rehearsal(desk.house, plan, workflow.opens_at, workflow.timezone)
    rehearsal.set_out()
    bootstrap.install(desk)
    desk.programmes.enter(plan, SYSTEM)
    with _telling(say, plan, on, quiet=quiet) as told:
        done = rehearsal.run(on, _also(told, at))
    return Played(desk, plan, workflow, on, done)


def _also(told: Told | None, at: tuple[date, Callable[[], object]] | None) -> Told:
    def tell(day: date, done: Rehearsed) -> None:
        if told is not None:
            told(day, done)
        if at is not None and day == at[0]:
            at[1]()

    return tell


@contextmanager
def _telling(say: Words, plan: Plan, on: date, *, quiet: bool) -> Iterator[Told | None]:
    out = output.console(stderr=True)
    if quiet:
        yield None
    elif out.is_terminal:
        columns = (
            TextColumn("{task.description}"), BarColumn(),
            TaskProgressColumn(), TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=out, transient=True) as bar:
            task = bar.add_task("", total=(on - plan.begins_on).days + 1)
            yield lambda day, done: bar.update(
                task, completed=done.days, description=_line(say, day, done)
            )
    else:
        yield lambda day, done: _by_month(say, on, day, done)


def _by_month(say: Words, on: date, day: date, done: Rehearsed) -> None:
    """Write a line at the end of each simulated month, and of the last day."""
    if day == on or _is_last(day):
        output.tell(_line(say, day, done))


def _is_last(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).month != day.month


def _line(say: Words, day: date, done: Rehearsed) -> str:
    notices = sum(done.rungs.values())
    return say.say("demo.progress", on=day.isoformat(), steps=done.steps, notices=notices)
