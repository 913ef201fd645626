"""A worker sweeps by a clock that somebody keeps setting wrong.

``python -m tests.torture.clock --jumps 200 --seed 1 --database sqlite``

The clock goes an hour or a day back or forth, to 1970 and to 2099, and days pass over the end of
the year and the leap day. No rung comes early, none twice, none is missing once the clock is
right, and every jump that a living worker could see raised an alarm.
"""

import argparse
import logging
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bootstrap import Desk
from engine.core.commands import Phrase
from engine.core.deadlines import opening, rung_day
from engine.core.errors import ClockError
from engine.storage.database import Database
from scheduler import Worker
from tests.houses import START, a_house, an_opening, do, entered, state_of
from tests.storage.tampering import change
from tests.torture.harness import Report, a_database

PROJECTS = 12
CODES = tuple(f"C{number:02d}" for number in range(PROJECTS))
DUE = (
    date(2017, 9, 30), date(2017, 12, 29), date(2017, 12, 31), date(2018, 2, 28),
    date(2019, 12, 31), date(2020, 2, 29),
)  # fmt: skip
"""Days on which something is due: round 国庆, at the end of a year, on the leap day."""

LAST = datetime(2020, 5, 6, 4, tzinfo=UTC)
JUMPS: dict[str, timedelta | datetime] = {
    "an hour on": timedelta(hours=1),
    "an hour back": -timedelta(hours=1),
    "a day on": timedelta(days=1),
    "a day back": -timedelta(days=1),
    "1970": datetime(1970, 1, 2, tzinfo=UTC),
    "2099": datetime(2099, 12, 31, tzinfo=UTC),
}


@dataclass
class Wall:
    """What the clock on the wall says: the true moment, or one it was set to."""

    true: datetime = START
    wrong: timedelta | datetime = field(default_factory=timedelta)
    kind: str = "real"

    def now(self, _database: Database, _cursor: Any) -> datetime:
        """Return what the clock says."""
        held = self.wrong
        return held if isinstance(held, datetime) else self.true + held

    def count(self) -> float:
        """Return the worker's own count, which nobody can set."""
        return (self.true - START).total_seconds()


def a_house_with_a_clock(database: Database) -> None:
    """Fill an empty database: projects whose plans fall due on awkward days; the clock is real."""
    desk = a_house(database)
    for number, code in enumerate(CODES):
        dates = {"plan_finish": Phrase("示例", DUE[number % len(DUE)], "示例")}
        opened = replace(an_opening(), code=code, name=f"示例项目{code}", dates=dates)
        do(desk, code, "R01", opened)
    change(database, "UPDATE house SET value = 'real' WHERE key = 'clock'", [])


def torture(jumps: int, seed: int, kind: str = "sqlite", broken: str | None = None) -> Report:
    """Set the clock wrong so many times while days pass, and return what was found."""
    report, begun = Report(f"clock on {kind}", seed), time.monotonic()
    logging.getLogger("shidian.worker").setLevel(logging.CRITICAL + 1)
    chance = random.Random(seed)  # noqa: S311  # no secret hangs on it
    with a_database(kind, a_house_with_a_clock) as url:
        wall = Wall()
        desk = entered(Database(url), clock=wall)
        faults: list[str] = []
        worker = _worker(desk, wall, broken)
        for number in range(jumps):
            wall.true += (LAST - START) / jumps * chance.uniform(0.5, 1)
            if number % 5 == 4:
                worker = _worker(desk, wall, broken)  # restarted while its clock is right
            worker.guarded("sweep", worker.sweep)
            faults += _jump(desk, worker, wall, chance, report)
        wall.true = LAST
        worker.guarded("sweep", worker.sweep)
        faults += _told(desk)
        report.notices = len(desk.queries.notices())
        desk.close()
    report.faults = list(dict.fromkeys(faults))
    report.seconds = time.monotonic() - begun
    return report


def _worker(desk: Desk, wall: Wall, broken: str | None) -> Worker:
    worker = Worker(desk, name="torture", count=wall.count)
    if broken == "no-watch":
        worker.clock_watch.look = lambda: None  # type: ignore[method-assign]  # broken on purpose
    return worker


def _jump(
    desk: Desk, worker: Worker, wall: Wall, chance: random.Random, report: Report
) -> list[str]:
    """Set the clock wrong, let the worker and a new one sweep by it, and put it right again."""
    name = chance.choice(list(JUMPS))
    wall.wrong = JUMPS[name]
    before, report.acts = len(desk.queries.notices()), report.acts + 1
    is_refused = _refused(worker)
    is_alarmed = desk.queries.pulse().alarm is not None
    fresh = Worker(desk, name="fresh", count=wall.count)
    is_kept_out = _refused(fresh)
    wall.wrong = timedelta()
    worker.guarded("sweep", worker.sweep)
    faults = [f"{name}: {len(desk.queries.notices()) - before} notices by a wrong clock"]
    faults = faults if len(desk.queries.notices()) != before else []
    faults += [] if is_refused else [f"{name}: swept by a wrong clock"]
    faults += [] if is_alarmed else [f"{name}: no alarm"]
    faults += [] if is_kept_out else [f"{name}: a new worker swept in spite of the alarm"]
    if desk.queries.pulse().alarm is not None:
        faults.append(f"{name}: the alarm stayed when the clock was right again")
    return faults


def _refused(worker: Worker) -> bool:
    try:
        worker.sweep()
    except ClockError:
        return True
    return False


def _told(desk: Desk) -> list[str]:
    """Return what came early, twice or not at all, by the entries of the trail."""
    faults = []
    rows = desk.queries.notices()
    counted = Counter((row["stream"], row["cause"], row["post"]) for row in rows)
    faults += [f"told {n} times: {key}" for key, n in counted.items() if n > 1]
    for code in CODES:
        state = state_of(desk, code)
        with desk.house.database.read() as cursor:
            workflow = desk.house.workflow(cursor, state.project.digest)
            calendar = desk.house.calendar(cursor, LAST.date())
        ladder = workflow.ladders["default"]
        due = DUE[CODES.index(code) % len(DUE)]
        mine = {row["rung"]: row["created_at"] for row in rows if row["stream"].endswith(code)}
        for rung in ladder.rungs:
            day = rung_day(due, rung, calendar)
            earliest = opening(day, workflow.opens_at, workflow.timezone)
            if rung.key not in mine:
                faults.append(f"missing: {code} {rung.key}")
            elif mine[rung.key] < earliest:
                faults.append(f"early: {code} {rung.key} at {mine[rung.key]}, not {earliest}")
    verdict = desk.proof.verify()
    return faults + [f"broken: {one}" for one in verdict.breaks]


def main(argv: list[str]) -> int:
    """Carry out the command line; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jumps", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--broken", choices=["no-watch"])
    given = parser.parse_args(argv)
    report = torture(given.jumps, given.seed, given.database, given.broken)
    sys.stdout.write(f"{report}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
