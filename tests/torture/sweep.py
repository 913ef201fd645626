"""Several workers sweep the same house while they are killed and the days go by.

``python -m tests.torture.sweep --workers 3 --kills 200 --seed 1 --database sqlite``

At the end every project has been told every rung once: none is missing, none came twice.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bootstrap import Desk
from engine.core.commands import Phrase
from engine.storage.database import Database
from tests.houses import START, a_house, an_opening, do, entered, go_to
from tests.torture import people
from tests.torture.harness import Life, Report, a_child, a_database, nap
from tests.torture.judge import Judge

PROJECTS = 40
CODES = tuple(f"S{number:03d}" for number in range(PROJECTS))
FIRST_DUE = date(2017, 9, 11)
SPREAD_DAYS = 60
LAST_DAY = START + timedelta(days=150)
RUNGS = {"reminder": "R11", "urge": "R11", "oversee": "R11", "coordinate": "R01"}
"""Every rung of the ladder of a plan, and whom it tells in these projects."""


def a_sleeping_house(database: Database) -> None:
    """Fill an empty database: projects whose plans fall due one after the other."""
    desk = a_house(database)
    for number, code in enumerate(CODES):
        due = FIRST_DUE + timedelta(days=number * SPREAD_DAYS // PROJECTS)
        dates = {"plan_finish": Phrase("示例", due, "示例")}
        opening = replace(an_opening(), code=code, name=f"示例项目{code}", dates=dates)
        do(desk, code, "R01", opening)


def torture(
    workers: int, kills: int, seed: int, kind: str = "sqlite", broken: str | None = None
) -> Report:
    """Let workers sweep under so many kills and return what was found."""
    report, begun = Report(f"sweep on {kind}", seed), time.monotonic()
    chance = random.Random(seed)  # noqa: S311  # no secret hangs on it
    with a_database(kind, a_sleeping_house) as url:
        desk = entered(Database(url))
        judge = Judge(desk, CODES)
        with tempfile.TemporaryDirectory(prefix="shidian-diaries-") as folder:
            lives = [_worker(url, Path(folder), number, broken) for number in range(workers)]
            _days(desk, lives, kills, chance, report, judge)
            for life in lives:
                life.kill()
            judge.finish([])
            judge.faults += _told(desk)
            judge.faults += [fault for life in lives for fault in life.faults]
            judge.faults += [f"{v.name}: {x}" for v in lives for x in v.lines() if "FAILED" in x]
        desk.close()
    report.faults = list(dict.fromkeys(judge.faults))
    report.notices = len(judge.told)
    report.seconds = time.monotonic() - begun
    return report


def _worker(url: str, folder: Path, number: int, broken: str | None) -> Life:
    return Life(
        f"worker {number}", folder / f"worker-{number}",
        lambda life: a_child(people.sweep, url, life.diary, broken),
    )  # fmt: skip


def _days(
    desk: Desk, lives: list[Life], kills: int, chance: random.Random, report: Report, judge: Judge
) -> None:
    """Let the days go by, and somebody be killed on each of them."""
    step = (LAST_DAY - START) / max(kills, 1)
    for number in range(kills):
        for life in lives:
            life.live()
        go_to(desk, START + number * step)
        nap(chance, 0.002, 0.1)
        chance.choice(lives).kill()
        report.kills += 1
        judge.look([])
        if judge.faults:
            return
    go_to(desk, LAST_DAY)


def _told(desk: Desk) -> list[str]:
    """Return what is missing of the rungs, or was told too often."""
    rows = desk.queries.notices()
    counted = Counter((row["stream"], row["rung"], row["post"]) for row in rows)
    wanted = {(f"project:{code}", rung, post) for code in CODES for rung, post in RUNGS.items()}
    faults = [f"missing: {key}" for key in sorted(wanted - set(counted))]
    faults += [f"not asked for: {key}" for key in sorted(set(counted) - wanted)]
    return faults + [f"told {count} times: {key}" for key, count in counted.items() if count > 1]


def main(argv: list[str]) -> int:
    """Carry out the command line; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--broken", choices=["half-commit"])
    given = parser.parse_args(argv)
    report = torture(given.workers, given.kills, given.seed, given.database, given.broken)
    sys.stdout.write(f"{report}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
