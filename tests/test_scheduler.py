"""The worker: it catches up at once, survives every job, and gives up where only a restart helps.

No test sleeps: the worker's times are given, and its alarm clock is looked at, not waited for.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.triggers.interval import IntervalTrigger

import bootstrap
import scheduler
from bootstrap import SYSTEM, Desk
from engine.core.errors import ClockError
from engine.services import clock_alarm, clock_watch
from engine.storage import workers
from engine.storage.database import Database
from engine.storage.ledger import Search
from scheduler import STALE_SECONDS, STUCK_SECONDS, WATCHDOG_EXIT, Worker
from tests.houses import a_running_project, again, entered, go_to
from tests.storage.tampering import change, query

NOON = datetime(2017, 9, 22, 4, tzinfo=UTC)


@dataclass
class Time:
    """A worker's own time: it passes only while the worker waits."""

    now: float = 1000.0
    stop_after: int = 1_000
    waited: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        """Return the seconds so far."""
        return self.now

    def wait(self, seconds: float) -> bool:
        """Let the seconds pass; true once it is time to stop."""
        self.waited.append(seconds)
        self.now += seconds
        return len(self.waited) > self.stop_after


class WallClock:
    """A real clock that a test sets: what the database would say."""

    kind = "real"

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self, _database: Database, _cursor: Any) -> datetime:
        """Return the moment it was set to."""
        return self.at


def a_worker(desk: Desk, time: Time | None = None, name: str = "w1", **more: Any) -> Worker:
    """Return a worker whose times are given."""
    time = time or Time()
    return Worker(
        desk, name=name, monotonic=time.monotonic, count=time.monotonic, wait=time.wait, **more
    )


class StillAlarm:
    """An alarm clock that says it runs and never rings: its thread has died."""

    running = True
    started = stopped = False

    def start(self) -> None:
        """Say that it runs."""
        self.started = True

    def shutdown(self, *, wait: bool) -> None:
        """Note that nobody waited for it."""
        self.stopped = not wait


@pytest.fixture
def real(sqlite_desk: Desk) -> Iterator[tuple[Desk, WallClock]]:
    """A house of the tests whose clock runs for real, by a clock that a test sets."""
    a_running_project(sqlite_desk)
    change(sqlite_desk.house.database, "UPDATE house SET value = 'real' WHERE key = 'clock'", [])
    clock = WallClock()
    desk = entered(Database(sqlite_desk.house.database.url), clock=clock)
    yield desk, clock
    desk.close()


# -- catching up


def test_a_worker_sweeps_once_at_its_start_before_anything_else(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk)
    go_to(sqlite_desk, "2017-10-09")
    time = Time(stop_after=0)
    worker = a_worker(sqlite_desk, time)

    assert worker.run() == 0

    assert [row["rung"] for row in sqlite_desk.queries.notices()] == ["reminder", "urge"]
    with sqlite_desk.house.database.read() as cursor:
        (found,) = workers.all_of(sqlite_desk.house.database, cursor)
    assert found[2] is not None


def test_ten_days_off_over_the_national_day_cost_each_post_one_notice_a_task(desk: Desk) -> None:
    for code in ("P01", "P02"):
        a_running_project(desk, code=code)
    go_to(desk, "2017-09-29")
    a_worker(desk).sweep()
    before = len(desk.queries.notices())
    go_to(desk, "2017-10-09 09:00")

    a_worker(desk, name="w2").sweep()

    new = desk.queries.notices()[before:]
    assert [(row["stream"], row["rung"], row["status"]) for row in new] == [
        ("project:P01", "urge", "ready"), ("project:P02", "urge", "ready"),
    ]  # fmt: skip


def test_a_worker_that_slept_marks_what_it_missed_and_tells_each_post_once(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, "2017-11-30")

    a_worker(desk).sweep()
    for _ in range(99):
        a_worker(desk).sweep()

    rows = [(row["rung"], row["post"], row["status"]) for row in desk.queries.notices()]
    assert rows == [
        ("reminder", "R11", "merged"), ("urge", "R11", "merged"), ("oversee", "R11", "ready"),
        ("coordinate", "R01", "ready"),
    ]  # fmt: skip


def test_five_workers_on_one_house_write_what_one_writes(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, "2017-10-17")
    desks = [again(desk) for _ in range(5)]

    swept = [a_worker(one, name=f"w{n}").sweep() for n, one in enumerate(desks)]

    assert [each.notices for each in swept] == [1, 0, 0, 0, 0]
    with desk.house.database.read() as cursor:
        assert len(workers.all_of(desk.house.database, cursor)) == 5
    for one in desks:
        one.close()


# -- the alarm clock


def test_the_alarm_clock_keeps_its_jobs_in_memory_and_runs_late_ones(sqlite_desk: Desk) -> None:
    made = a_worker(sqlite_desk).alarm()
    made.start(paused=True)
    try:
        jobs = {job.id: job for job in made.get_jobs()}
        stores = made._jobstores
    finally:
        made.shutdown(wait=False)

    assert [type(store) for store in stores.values()] == [MemoryJobStore]
    assert str(made.timezone) == "UTC"
    assert set(jobs) == {"sweep", "beat", "deliver"}
    assert all(job.coalesce and job.max_instances == 1 for job in jobs.values())
    assert all(job.misfire_grace_time is None for job in jobs.values())


def test_every_job_comes_at_an_interval_and_none_by_a_cron_string(sqlite_desk: Desk) -> None:
    made = a_worker(sqlite_desk).alarm()
    made.start(paused=True)
    try:
        triggers = {job.id: job.trigger for job in made.get_jobs()}
    finally:
        made.shutdown(wait=False)

    assert all(isinstance(each, IntervalTrigger) for each in triggers.values())
    seconds = {name: each.interval.total_seconds() for name, each in triggers.items()}
    assert seconds == {"sweep": 60, "beat": 30, "deliver": 10}
    root = Path(scheduler.__file__).parent
    sources = [*root.glob("*.py"), *root.glob("cli/**/*.py"), *root.glob("engine/**/*.py")]
    assert [path.name for path in sources if "CronTrigger" in path.read_text("utf-8")] == []


# -- the watchdog


@pytest.mark.parametrize(
    ("silent", "code"), [(STALE_SECONDS - 20, 0), (STALE_SECONDS + 20, WATCHDOG_EXIT)]
)
def test_a_worker_without_a_heartbeat_for_two_minutes_gives_up(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch, silent: int, code: int
) -> None:
    time, still = Time(stop_after=silent // 10), StillAlarm()
    worker = a_worker(sqlite_desk, time)
    monkeypatch.setattr(worker, "alarm", lambda: still)

    assert worker.run() == code

    assert set(time.waited) == {10}
    assert (still.started, still.stopped) == (True, True)


def test_a_worker_whose_sweep_hangs_gives_up_though_its_heart_beats(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Time()
    worker = a_worker(sqlite_desk, time)
    monkeypatch.setattr(worker, "alarm", StillAlarm)

    def beating(seconds: float) -> bool:
        worker.beat()
        return time.wait(seconds)

    worker.wait = beating

    assert worker.run() == WATCHDOG_EXIT
    assert time.now - 1000 > STUCK_SECONDS


def test_a_heartbeat_writes_the_moment_of_the_database(desk: Desk) -> None:
    before = _clock(desk)

    a_worker(desk).beat()

    with desk.house.database.read() as cursor:
        ((name, beat_at, swept_at),) = workers.all_of(desk.house.database, cursor)
    assert (name, swept_at) == ("w1", None)
    assert before <= beat_at <= _clock(desk)


def _clock(desk: Desk) -> datetime:
    with desk.house.database.read() as cursor:
        return desk.house.database.clock(cursor)


def test_the_process_ends_at_once_when_the_watchdog_gives_up(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[int] = []
    monkeypatch.setattr("os._exit", left.append)
    monkeypatch.setattr(Worker, "run", lambda _: WATCHDOG_EXIT)
    monkeypatch.setattr("signal.signal", lambda *_: None)

    scheduler.run(sqlite_desk.house.database.url, "simulated")

    assert left == [WATCHDOG_EXIT]


# -- jobs


@pytest.mark.parametrize("error", [OSError, SystemExit, KeyboardInterrupt, GeneratorExit])
def test_whatever_a_job_raises_is_logged_and_counted_and_ends_nothing(
    sqlite_desk: Desk, error: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    worker = a_worker(sqlite_desk)

    def job() -> None:
        raise error

    for _ in range(2):
        worker.guarded("sweep", job)

    assert worker.failures == {"sweep": 2}
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


def test_a_failing_first_sweep_does_not_keep_the_worker_from_starting(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = a_worker(sqlite_desk, Time(stop_after=1))

    def locked(*_: object) -> None:
        raise OSError("database is locked")

    monkeypatch.setattr(sqlite_desk.sweep, "run", locked)

    assert worker.run() == 0
    assert worker.failures == {"sweep": 1}


def test_a_sweep_that_takes_too_long_leaves_the_rest_to_the_next(sqlite_desk: Desk) -> None:
    for code in ("P01", "P02", "P03"):
        a_running_project(sqlite_desk, code=code)
    go_to(sqlite_desk, "2017-09-27")
    time = Time()
    slow = a_worker(sqlite_desk, time)

    def ticking() -> float:
        time.now += 20
        return time.now

    slow.monotonic = ticking

    first, second = slow.sweep(), slow.sweep()

    assert (first.is_cut, first.streams) == (True, 2)
    assert (second.is_cut, second.streams) == (False, 1)


# -- the clock


def a_real_worker(real: tuple[Desk, WallClock], time: Time) -> Worker:
    """Return a worker on a real clock that has looked at it once."""
    worker = a_worker(real[0], time)
    worker.sweep()
    return worker


def notices(desk: Desk) -> int:
    """Return how many notices were written."""
    return len(query(desk.house.database, "SELECT n FROM notice"))


def test_a_clock_before_the_newest_entry_is_not_swept_by(real: tuple[Desk, WallClock]) -> None:
    desk, clock = real
    clock.at = datetime(2017, 8, 30, tzinfo=UTC)

    with pytest.raises(ClockError, match="behind"):
        a_worker(desk).sweep()

    found = desk.queries.pulse().alarm
    assert found is not None
    assert found.kind == "behind"


def test_five_seconds_before_the_newest_entry_are_smoothed_over(
    real: tuple[Desk, WallClock],
) -> None:
    desk, clock = real
    ((newest,),) = query(desk.house.database, "SELECT max(recorded_at) FROM event")
    at = datetime.fromisoformat(newest)
    clock.at = at - timedelta(seconds=5)
    desk.sweep.run()
    clock.at = at - timedelta(seconds=5, microseconds=1)

    with pytest.raises(ClockError):
        desk.sweep.run()


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1), timedelta(days=30_000)])
def test_a_jump_stops_the_sweep_and_leaves_an_alarm_for_every_worker(
    real: tuple[Desk, WallClock], jump: timedelta
) -> None:
    desk, clock = real
    worker = a_real_worker(real, Time())
    clock.at += jump

    for one in (worker, a_worker(desk, name="new")):
        with pytest.raises(ClockError, match="jumped"):
            one.sweep()

    assert notices(desk) == 0
    found = desk.queries.pulse().alarm
    assert found is not None
    assert (found.kind, found.found_at - found.expected_at, found.by) == ("jumped", jump, "w1")


def test_a_clock_that_moves_with_the_workers_own_count_is_trusted(
    real: tuple[Desk, WallClock],
) -> None:
    time = Time()
    worker = a_real_worker(real, time)
    time.now += 30 * 86_400
    real[1].at += timedelta(days=30, seconds=59)

    assert worker.sweep().notices == 2


def test_downtime_of_any_length_is_swept_by_a_new_worker(real: tuple[Desk, WallClock]) -> None:
    a_real_worker(real, Time())
    real[1].at += timedelta(days=30)

    assert a_worker(real[0], name="new").sweep().notices == 2


def test_a_clock_that_is_put_right_takes_the_alarm_back(real: tuple[Desk, WallClock]) -> None:
    desk, clock = real
    worker = a_real_worker(real, Time())
    clock.at += timedelta(days=1)
    worker.guarded("sweep", worker.sweep)
    clock.at -= timedelta(days=1)

    worker.sweep()

    assert desk.queries.pulse().alarm is None


def test_a_jump_that_a_person_confirms_is_swept_by_and_stands_on_record(
    real: tuple[Desk, WallClock],
) -> None:
    desk, clock = real
    worker = a_real_worker(real, Time())
    clock.at = datetime(2017, 10, 9, 1, tzinfo=UTC)
    worker.guarded("sweep", worker.sweep)
    with desk.house.database.write() as cursor:
        assert clock_alarm.confirm(desk.house, cursor, SYSTEM) is not None

    assert worker.sweep().notices == 1

    assert desk.audit.log(Search(stream="register")).entries[-1].deed == "confirm_clock"
    assert desk.proof.verify().verdict == "sound"


def test_a_jump_between_the_look_and_the_sweep_is_seen_too(
    real: tuple[Desk, WallClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clock = real
    worker = a_real_worker(real, Time())
    look: Callable[[], datetime | None] = worker.clock_watch.look

    def looked() -> datetime | None:
        found = look()
        clock.at += timedelta(hours=1)
        return found

    monkeypatch.setattr(worker.clock_watch, "look", looked)

    with pytest.raises(ClockError, match="before a sweep"):
        worker.sweep()
    assert notices(desk) == 0


def test_nothing_is_confirmed_where_nothing_is_wrong(real: tuple[Desk, WallClock]) -> None:
    desk = real[0]
    with desk.house.database.write() as cursor:
        assert clock_alarm.confirm(desk.house, cursor, SYSTEM) is None


def test_the_workers_count_cannot_be_set_and_never_goes_back() -> None:
    first = clock_watch.steady()

    assert clock_watch.steady() >= first


def test_a_simulated_clock_is_moved_by_people_and_raises_no_alarm(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk)
    worker = a_worker(sqlite_desk)
    worker.sweep()
    go_to(sqlite_desk, "2017-12-29")

    assert worker.sweep().notices > 0


def test_a_worker_opens_the_shipped_house(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with bootstrap.create(url) as desk:
        a_worker(desk).sweep()

    assert scheduler.run(url, once=True) == 0
