"""Workers whose inside breaks: each recovers by itself, or ends so that it is started anew.

``python -m tests.torture.watchdog --rounds 3 --database sqlite``

The thread of the alarm clock dies, a job raises what nobody catches, a job hangs, the database is
locked for a while or for good. A worker that lives on without sweeping is the one thing that must
not be. Each runs as a process of its own, with seconds in place of minutes.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler

import scheduler
from engine.services.sweep import Sweep, Swept
from engine.storage import database as storage
from engine.storage import workers
from engine.storage.database import Database
from scheduler import WATCHDOG_EXIT, Worker
from tests.houses import a_house, a_running_project, go_to
from tests.torture.harness import Report, a_child, a_database

PATIENCE_SECONDS = 30
ENDS, RECOVERS = "ends", "recovers"
CASES = {
    "thread-dies": ENDS, "job-hangs": ENDS, "locked-for-good": ENDS,
    "job-raises": RECOVERS, "locked-for-a-while": RECOVERS,
}  # fmt: skip
"""What is broken, and what the worker must do."""

BROKEN = ("no-watchdog", "bare-jobs")


def a_house_to_sweep(database: Database) -> None:
    """Fill an empty database: a project whose rung has been reached."""
    desk = a_house(database)
    a_running_project(desk)
    go_to(desk, "2017-09-27")


def work(url: str, diary: Path, case: str, broken: str | None) -> None:
    """Run a worker in which something breaks after its first sweep; the body of the child."""
    sys.stderr = diary.with_suffix(".err").open("w")
    scheduler.SWEEP_SECONDS = scheduler.BEAT_SECONDS = scheduler.LOOK_SECONDS = 0.1  # type: ignore[assignment]  # seconds in place of minutes
    scheduler.STALE_SECONDS = scheduler.STUCK_SECONDS = 1.5  # type: ignore[assignment]  # as above
    pragmas = tuple(p.replace("30000", "200") for p in storage.PRAGMAS)
    storage.PRAGMAS = pragmas  # type: ignore[assignment]  # as many, whose type says so
    settings = [
        p.replace("lock_timeout = '30s'", "lock_timeout = '200ms'")
        for p in storage.POSTGRES_SETTINGS
    ]
    storage.POSTGRES_SETTINGS = tuple(settings)  # type: ignore[assignment]  # as above
    _break(case)
    if broken == "no-watchdog":
        Worker.watch = _blind  # type: ignore[assignment,method-assign]  # broken on purpose
    if broken == "bare-jobs":
        Worker.guarded = _bare  # type: ignore[assignment,method-assign]  # broken on purpose
    diary.write_text("READY\n", "utf-8")
    raise SystemExit(scheduler.run(url, "simulated"))


def _blind(worker: Worker) -> int:
    worker.stopping.wait()
    return 0


def _bare(worker: Worker, name: str, job: Callable[[], object]) -> None:
    try:
        job()
    except BaseException:
        worker.stopping.set()
        raise


def _break(case: str) -> None:
    sweep, calls = Sweep.run, iter(range(1_000_000))

    def breaking(self: Sweep, *given: object) -> Swept:
        call = next(calls)
        if case == "job-raises" and 0 < call < 5:
            raise SystemExit("a library that ends the process")
        if case == "job-hangs" and call > 0:
            threading.Event().wait()
        return sweep(self, *given)  # type: ignore[arg-type]  # passed through

    Sweep.run = breaking  # type: ignore[assignment,method-assign]  # what breaks
    if case == "thread-dies":
        process, turns = BackgroundScheduler._process_jobs, iter(range(1_000_000))

        def dying(self: BackgroundScheduler) -> object:
            if next(turns) > 3:
                raise SystemExit
            return process(self)

        BackgroundScheduler._process_jobs = dying


def torture(rounds: int, kind: str = "sqlite", broken: str | None = None) -> Report:
    """Break a worker in every way so many times, and return what was found."""
    report, begun = Report(f"watchdog on {kind}", 0), time.monotonic()
    with (
        a_database(kind, a_house_to_sweep) as url,
        tempfile.TemporaryDirectory(prefix="shidian-diaries-") as folder,
    ):
        for number in range(rounds):
            for case, wanted in CASES.items():
                diary = Path(folder) / f"{case}-{number}"
                report.faults += _case(url, diary, case, wanted, broken)
                report.acts += 1
    report.seconds = time.monotonic() - begun
    return report


def _case(url: str, diary: Path, case: str, wanted: str, broken: str | None) -> list[str]:
    database = Database(url)
    child = a_child(work, url, diary, case, broken)
    try:
        _until(lambda: diary.exists() or not child.is_alive())
        first = _until_swept(database, child)
        with _locked(database, child, case, broken):
            pass
        if wanted == ENDS:
            return [] if _ended(child, broken) else [f"{case}: lived on, exit {child.exitcode}"]
        is_well = _until(lambda: _swept(database) > first, child, broken) and child.is_alive()
        return [] if is_well else [f"{case}: did not recover, exit {child.exitcode}"]
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        database.dispose()


def _ended(child: BaseProcess, broken: str | None) -> bool:
    child.join(PATIENCE_SECONDS if broken is None else 4)
    return child.exitcode == WATCHDOG_EXIT


@contextmanager
def _locked(
    database: Database, child: BaseProcess, case: str, broken: str | None
) -> Iterator[None]:
    """Hold the database's lock: for a second, or until the worker has ended."""
    if not case.startswith("locked"):
        yield
        return
    with database.write() as cursor:
        if database.is_postgres:
            cursor.execute("LOCK TABLE worker IN EXCLUSIVE MODE")
        if case == "locked-for-a-while":
            time.sleep(0.7)
        else:
            child.join(PATIENCE_SECONDS if broken is None else 4)
    yield


def _swept(database: Database) -> float:
    with database.read() as cursor:
        found = [at.timestamp() for _, _, at in workers.all_of(database, cursor) if at is not None]
    return max(found, default=0.0)


def _until_swept(database: Database, child: BaseProcess) -> float:
    begun = time.time()
    _until(lambda: _swept(database) > begun - 1 or not child.is_alive())
    return _swept(database)


def _until(
    holds: Callable[[], bool], child: BaseProcess | None = None, broken: str | None = None
) -> bool:
    until = time.monotonic() + (PATIENCE_SECONDS if broken is None else 4)
    while not holds():
        if time.monotonic() > until or (child is not None and not child.is_alive()):
            return False
        time.sleep(0.02)
    return True


def main(argv: list[str]) -> int:
    """Carry out the command line; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--broken", choices=BROKEN)
    given = parser.parse_args(argv)
    report = torture(given.rounds, given.database, given.broken)
    sys.stdout.write(f"{report}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
