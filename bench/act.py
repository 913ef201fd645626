"""The durable act: product against hand-written code, in one run, as a ratio.

``python -m bench.act [--projects N] [--rounds N] [--postgres URL]``
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import bootstrap
from bench.by_hand import ByHand, as_told
from bench.plans import AGENCY, lives, prepared, the_plan
from engine.core.plan import Plan, Play
from engine.services.lifecycle import Ask
from engine.storage.database import Database
from engine.storage.ledger import Search


def product(url: str, plan: Plan, projects: int) -> tuple[float, float, list[dict[str, Any]]]:
    """Return wall and processor seconds of the acts, and the entries they wrote."""
    with bootstrap.create(url) as desk:
        prepared(desk, plan)
        asked = [(play.codes[0], _ask(desk, play)) for play in lives(plan, projects)]
        wall, cpu = time.perf_counter(), time.process_time()
        for code, ask in asked:
            desk.lifecycle.act(code, ask)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        found = desk.audit.log(Search(prefix="project:")).entries
        return wall, cpu, [as_told(entry) for entry in found]


def _ask(desk: bootstrap.Desk, play: Play) -> Ask:
    post = play.by.replace("{agency}", AGENCY)
    return Ask(play.command, desk.actor(post, on_behalf=play.on_behalf), play.occurred_on)


def by_hand(url: str, entries: list[dict[str, Any]]) -> tuple[float, float]:
    """Return wall and processor seconds of writing the same entries by hand."""
    with bootstrap.create(url):
        pass
    database = Database(url)
    connection = database.engine.raw_connection()
    writer = ByHand(connection, database.dialect)
    wall, cpu = time.perf_counter(), time.process_time()
    for entry in entries:
        writer.act(entry)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    connection.close()
    database.dispose()
    return wall, cpu


def rounds(folder: Path, plan: Plan, projects: int, count: int) -> None:
    """Run interleaved rounds on SQLite and print the ratios."""
    rates: list[float] = []
    cpus: list[float] = []
    for number in range(count):
        ours = product(f"sqlite:///{folder}/ours{number}.db", plan, projects)
        theirs = by_hand(f"sqlite:///{folder}/hand{number}.db", ours[2])
        acts = len(ours[2])
        rates.append(theirs[0] / ours[0])
        cpus.append(ours[1] / theirs[1])
        print(
            f"round {number + 1}: {acts} acts; product {acts / ours[0]:.0f}/s"
            f" ({ours[1] / acts * 1e6:.0f} us), by hand {acts / theirs[0]:.0f}/s"
            f" ({theirs[1] / acts * 1e6:.0f} us)"
        )
    print(f"rate / by hand: {median(rates):.2f}; processor time / by hand: {median(cpus):.2f}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rounds(Path(folder), the_plan(), given.projects, given.rounds)


if __name__ == "__main__":
    main()
