"""Lets many ask for the same project at once, round after round.

``python -m tests.torture.race --clients 50 --rounds 200 --database sqlite``

In every round exactly one wins, and every other is told who did.
"""

import argparse
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from engine.storage.database import Database
from tests.houses import a_house, a_running_project, entered, state_of
from tests.torture.clients import CODE, compete
from tests.torture.harness import CHILDREN, Report, a_child, a_database


@dataclass
class Found:
    """What became of some rounds."""

    wins: int = 0
    losses: int = 0
    faults: list[str] = field(default_factory=list)


def a_raced_house(database: Database) -> None:
    """Fill an empty database: a house with one running project."""
    a_running_project(a_house(database), code=CODE)


def one_round(url: str, processes: int, threads: int, rounds: int) -> Found:
    """Let processes of so many threads race for some rounds; the project must run already."""
    desk = entered(Database(url))
    version = state_of(desk, CODE).version
    results: Any = CHILDREN.Queue()
    start = CHILDREN.Barrier(processes)
    children = [
        a_child(compete, url, number, threads, rounds, version, start, results)
        for number in range(processes)
    ]
    told = [results.get(timeout=300) for _ in range(processes * threads * rounds)]
    for child in children:
        child.join()
    found = _judged(told, rounds)
    if state_of(desk, CODE).version != version + rounds:
        found.faults.append("an update was lost or done twice")
    desk.close()
    return found


def _judged(told: list[tuple[int, str, str]], rounds: int) -> Found:
    found = Found()
    for number in range(rounds):
        mine = [one for one in told if one[0] == number]
        winners = [who for _, what, who in mine if what == "won"]
        losers = [who for _, what, who in mine if what == "lost"]
        found.wins += len(winners)
        found.losses += len(losers)
        found.faults += [f"round {number}: {who}" for _, what, who in mine if what == "fault"]
        if len(winners) != 1:
            found.faults.append(f"round {number}: {len(winners)} won")
        elif set(losers) - set(winners):
            found.faults.append(f"round {number}: {winners[0]} won, but {set(losers)} were named")
    return found


def torture(clients: int, rounds: int, kind: str = "sqlite", processes: int = 5) -> Report:
    """Race and return what was found."""
    report, begun = Report(f"race on {kind}", 0), time.monotonic()
    with a_database(kind, a_raced_house) as url:
        found = one_round(url, processes, clients // processes, rounds)
        desk = entered(Database(url))
        verdict = desk.proof.verify()
        desk.close()
    report.acts = found.wins
    report.faults = [*found.faults, *(f"broken: {one}" for one in verdict.breaks)]
    report.seconds = time.monotonic() - begun
    return report


def main(argv: list[str]) -> int:
    """Carry out the command line; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    given = parser.parse_args(argv)
    report = torture(given.clients, given.rounds, given.database)
    sys.stdout.write(f"{report}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
