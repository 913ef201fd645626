"""The long forms of the torture: ``python -m tests.torture.all [--seed S] [--kills N]``.

Kills of one who acts and one who sweeps, sweepers racing under kills, fifty clients at once, a
clock that is set wrong, workers that break inside, on SQLite and on an embedded PostgreSQL; and
broken variants, which must be caught; at the end the API, called at random. Every line names its
seed, which plays it again.
"""

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.torture import clock, kill9, people, race, sweep, watchdog
from tests.torture.harness import Report

KILLS, CLIENTS, ROUNDS, WORKERS, BREAKDOWNS = 500, 50, 200, 3, 5
CALLS = "120"
"""Calls of each operation of the API by each of three roles: more than twenty thousand in all."""

DATABASES = ("sqlite", "postgres")


def reports(seed: int, kills: int, rounds: int) -> Iterator[Report]:
    """Run one torture after the other and yield what each found."""
    for kind in DATABASES:
        yield kill9.torture(kills, seed, kind)
        yield sweep.torture(WORKERS, kills, seed, kind)
        yield race.torture(CLIENTS, rounds, kind)
        yield clock.torture(rounds, seed, kind)
        yield watchdog.torture(BREAKDOWNS, kind)
    for broken in people.BROKEN:
        yield _must_be_caught(kill9.torture(60, seed, "sqlite", broken), broken)
    yield _must_be_caught(clock.torture(40, seed, "sqlite", "no-watch"), "no-watch")
    for broken in watchdog.BROKEN:
        yield _must_be_caught(watchdog.torture(1, "sqlite", broken), broken)


def _must_be_caught(report: Report, broken: str) -> Report:
    """Turn the report on a broken variant round: what finds nothing there tests nothing."""
    name = f"{report.name}, {broken}"
    missed = ["a broken variant was not caught: this tests nothing"]
    return replace(report, name=name, faults=[] if report.faults else missed)


def main(argv: list[str], say: Callable[[str], object] = sys.stdout.write) -> int:
    """Run everything; 1 when anything was lost, doubled or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args(argv)
    say(f"seed {given.seed}\n")
    kills = failed = 0
    for report in reports(given.seed, given.kills, given.rounds):
        say(f"{report}\n")
        sys.stdout.flush()
        kills += report.kills
        failed += bool(report.faults)
    say(f"{kills} kills; {failed} tortures found faults\n")
    return 1 if _calls() or failed else 0


def _calls() -> int:
    """Call the API as its description says, ten times as often as the tests do."""
    command = (sys.executable, "-m", "pytest", "-q", "tests/web/test_api_contract.py")
    env = {**os.environ, "SHIDIAN_API_EXAMPLES": CALLS}
    return subprocess.run(command, env=env, check=False).returncode  # our own tests


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
