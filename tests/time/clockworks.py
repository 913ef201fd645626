"""The lifecycle made to prove the clock, and the working days it is proved on."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from engine.core.calendar import Calendar
from engine.core.definition import Workflow
from tests.builders import a_calendar
from tests.time.clerk import FIRST_UNKNOWN
from workflows.reader import load_workflow

HERE = Path(__file__).parent


@cache
def clockwork() -> Workflow:
    """Return the lifecycle made to prove the clock; one of its counts begins with its first day."""
    held = load_workflow(HERE / "clockwork.yaml")
    task = held.tasks["with_start"]
    assert task.due is not None
    counting = replace(task, due=replace(task.due, counts_start=True))
    return replace(held, tasks={**held.tasks, "with_start": counting})


@cache
def known() -> Calendar:
    """Return the shipped working days up to the last year that the clerk knows."""
    papers = [a for a in a_calendar().arrangements if max(a.years) < FIRST_UNKNOWN]
    return Calendar(tuple(papers), a_calendar().statutes)
