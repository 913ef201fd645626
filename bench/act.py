"""The durable act: product against hand-written code, in one run, as a ratio.

``python -m bench.act [--projects N] [--rounds N] [--postgres URL]``
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from sqlalchemy import create_engine, make_url, text

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


def rounds(urls: Callable[[str], str], plan: Plan, projects: int, count: int) -> None:
    """Run interleaved rounds on one kind of database and print the ratios."""
    rates: list[float] = []
    cpus: list[float] = []
    for number in range(count):
        ours = product(urls(f"ours{number}"), plan, projects)
        theirs = by_hand(urls(f"hand{number}"), ours[2])
        acts = len(ours[2])
        rates.append(theirs[0] / ours[0])
        cpus.append(ours[1] / theirs[1])
        print(
            f"round {number + 1}: {acts} acts; product {acts / ours[0]:.0f}/s"
            f" ({ours[1] / acts * 1e6:.0f} us), by hand {acts / theirs[0]:.0f}/s"
            f" ({theirs[1] / acts * 1e6:.0f} us)"
        )
    print(f"rate / by hand: {median(rates):.2f}; processor time / by hand: {median(cpus):.2f}")


def on_server(server: str) -> Callable[[str], str]:
    """Return what makes a fresh database of a PostgreSQL server and gives its URL."""
    admin = make_url(server)

    def fresh(name: str) -> str:
        database = create_engine(admin, isolation_level="AUTOCOMMIT")
        with database.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "bench_{name}"'))
            connection.execute(text(f'CREATE DATABASE "bench_{name}"'))
        database.dispose()
        return admin.set(database=f"bench_{name}").render_as_string(hide_password=False)

    return fresh


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgres", default=os.environ.get("SHIDIAN_TEST_POSTGRES"))
    given, _ = parser.parse_known_args()
    plan = the_plan()
    with tempfile.TemporaryDirectory() as folder:
        print("SQLite")
        rounds(lambda name: f"sqlite:///{folder}/{name}.db", plan, given.projects, given.rounds)
    if given.postgres:
        print("PostgreSQL")
        rounds(on_server(given.postgres), plan, given.projects, given.rounds)


if __name__ == "__main__":
    main()
