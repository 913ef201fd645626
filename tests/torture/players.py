"""The two processes that the torture kills: one acts and is told, one sweeps.

``python -m tests.torture.players act URL PROJECTS`` sends the same list of requests, each under a
key of its own, from the first that the parent has no receipt for; it prints a line for each that
is committed. ``python -m tests.torture.players sweep URL`` sweeps again and again.
"""

import sys
import time
from datetime import date

import bootstrap
from engine.core.commands import Act, Open, Paper, Submit, Target
from engine.core.plan import Plan
from engine.services.lifecycle import Ask
from tests.houses import BOOK
from workflows.book import read_book

COUNTY, PAPERS = "R11", ("needs_survey", "work_plan", "timetable", "roadmap")
READY = "ready"
"""The first line of a player: from here on it works, and killing it is worth something."""

GAP_SECONDS = 0.03
"""A pause between commit and receipt, so that kills find it."""


def requests(plan: Plan, projects: int) -> list[tuple[str, Open | Submit | Act]]:
    """Return what is asked: openings, papers, and an advance that is refused for a missing one."""
    model = plan.projects[0]
    found: list[tuple[str, Open | Submit | Act]] = []
    for number in range(projects):
        code = f"T{number:04d}"
        parties, dates = model.parties, model.dates
        found.append((code, Open(code, code, parties, dates, "O03", None, model.workflow)))
        found += [(code, Submit(Target(key), None, Paper(f"{code}/{key}"))) for key in PAPERS]
    return found


def _ready(desk: bootstrap.Desk) -> None:
    """Read what the first request would read, and say that work begins."""
    with desk.house.database.read() as cursor:
        desk.house.newest_workflow(cursor, "pilot_project")
        desk.house.calendar(cursor, date(2017, 8, 31))
        desk.house.directory(cursor)
    print(READY, flush=True)


def act(url: str, projects: int, begin: int, *, keyed: bool) -> None:
    """Send the requests from number `begin` on, and print each number once it is committed."""
    with bootstrap.open(url) as desk:
        actor = desk.actor(COUNTY)
        asked = requests(read_book(BOOK), projects)
        _ready(desk)
        for number, (code, command) in enumerate(asked):
            if number < begin:
                continue
            key = f"request-{number}" if keyed else None
            desk.lifecycle.act(code, Ask(command, actor, key=key, batch=f"request-{number}"))
            time.sleep(GAP_SECONDS)
            print(number, flush=True)


def sweep(url: str) -> None:
    """Sweep until killed."""
    with bootstrap.open(url) as desk:
        _ready(desk)
        while True:
            desk.sweep.run()
            time.sleep(0.02)


if __name__ == "__main__":
    verb, place, *rest = sys.argv[1:]
    if verb == "act":
        act(place, int(rest[0]), int(rest[1]), keyed=rest[2] == "keyed")
    else:
        sweep(place)
