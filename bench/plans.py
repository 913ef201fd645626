"""What the benchmarks act on: many projects that live the first pilot's life."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bootstrap
from engine.core.commands import Open
from engine.core.plan import Plan, Play
from workflows.book import read_book

BOOK = Path(__file__).resolve().parent.parent / "examples" / "suining" / "book.yaml"
MODEL, AGENCY = "P01", "A01"
"""The project whose steps are repeated under other codes, and the agency bound to it."""


def the_plan() -> Plan:
    """Return the shipped programme."""
    return read_book(BOOK)


def steps(plan: Plan) -> list[Play]:
    """Return every step of the model project, its opening first."""
    return [play for play in plan.plays if play.codes == (MODEL,)]


def renamed(play: Play, code: str) -> Play:
    """Return a step as another project takes it."""
    command = play.command
    if isinstance(command, Open):
        command = replace(command, code=code, name=code)
    return replace(play, codes=(code,), command=command)


def lives(plan: Plan, count: int) -> Iterator[Play]:
    """Yield the steps of `count` projects, interleaved: every project's first, then second …."""
    codes = [f"B{number:05d}" for number in range(count)]
    return (renamed(step, code) for step in steps(plan) for code in codes)


def prepared(desk: bootstrap.Desk, plan: Plan) -> None:
    """Enter the plan's register, so that its posts can act."""
    desk.programmes.enter(plan, bootstrap.SYSTEM)
