"""Kills the one who acts and the one who sweeps, again and again, at random moments.

``python -m tests.torture.kill9 --kills 500 --seed 1 --database sqlite``

After each kill the trail must be sound, every acknowledged act be there once, no rung be told
twice; at the end nothing may be missing. ``--broken`` plays a variant that must be caught.
"""

import argparse
import random
import sys
import tempfile
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

from engine.storage.database import Database
from tests.houses import a_house, a_running_project, entered
from tests.torture import people
from tests.torture.harness import Life, Report, a_child, a_database, nap
from tests.torture.judge import Judge

CODES = ("P01", "P02", "P03", "P04")
EPOCH = 50
"""Kills a house; then a new one is built, so that each look stays short."""


def a_torture_house(database: Database) -> None:
    """Fill an empty database: a house with a few running projects."""
    desk = a_house(database)
    for code in CODES:
        a_running_project(desk, code=code)


def torture(
    kills: int, seed: int, kind: str = "sqlite", broken: str | None = None, url: str | None = None
) -> Report:
    """Kill so many times and return what was found.

    Args:
        kills: how many.
        seed: of the moments and the victims.
        kind: ``sqlite`` or ``postgres``.
        broken: a variant of `people.BROKEN`, or None for the product as it is.
        url: a database filled by `a_torture_house`; one is made when None.
    """
    report, begun = Report(f"kill9 on {kind}", seed), time.monotonic()
    chance = random.Random(seed)  # noqa: S311  # no secret hangs on it
    while report.kills < kills and not report.faults:
        todo = min(EPOCH, kills - report.kills)
        if url is not None:
            _epoch(url, todo, chance, broken, report)
        else:
            with a_database(kind, a_torture_house) as made:
                _epoch(made, todo, chance, broken, report)
    report.seconds = time.monotonic() - begun
    return report


def _epoch(url: str, kills: int, chance: random.Random, broken: str | None, report: Report) -> None:
    desk = entered(Database(url))
    judge = Judge(desk, CODES)
    with tempfile.TemporaryDirectory(prefix="shidian-diaries-") as folder:
        actor = Life("the actor", Path(folder) / "actor", lambda life: _actor(url, life, broken))
        sweeper = Life("the sweeper", Path(folder) / "sweeper", lambda life: a_child(
            people.sweep, url, life.diary, broken))  # fmt: skip
        for _ in range(kills):
            actor.live()
            sweeper.live()
            nap(chance, 0.005, 0.12)
            for victim in chance.choice([[actor], [actor], [sweeper], [actor, sweeper]]):
                victim.kill()
            report.kills += 1
            judge.look(people.name_of(n) for n in actor.acknowledged())
            _note(report, judge, actor, sweeper)
            if report.faults:
                break
        actor.kill()
        sweeper.kill()
        _end(report, judge, actor, sweeper)
    desk.close()


def _actor(url: str, life: Life, broken: str | None) -> BaseProcess:
    done = life.acknowledged()
    return a_child(people.act, url, life.diary, CODES, max(done, default=-1) + 1, broken)


def _end(report: Report, judge: Judge, actor: Life, sweeper: Life) -> None:
    done = actor.acknowledged()
    if done != sorted(set(done)):
        judge.faults.append("an act was acknowledged twice")
    judge.finish(people.name_of(n) for n in range(max(done, default=-1) + 1))
    _note(report, judge, actor, sweeper)
    report.acts += len(done)
    report.notices += len(judge.told)


def _note(report: Report, judge: Judge, *lives: Life) -> None:
    found = [*judge.faults, *(fault for life in lives for fault in life.faults)]
    odd = [
        f"{life.name}: {line}"
        for life in lives
        for line in life.lines()
        if line.startswith(("FAILED", "CLOCK"))
    ]
    report.faults = list(dict.fromkeys([*report.faults, *found, *odd]))


def main(argv: list[str]) -> int:
    """Carry out the command line; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--broken", choices=people.BROKEN)
    given = parser.parse_args(argv)
    report = torture(given.kills, given.seed, given.database, given.broken)
    sys.stdout.write(f"{report}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
