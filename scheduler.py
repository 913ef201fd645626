"""The worker: APScheduler as an alarm clock that wakes the sweep. The only file that imports it.

Its job store is memory and holds no business truth: what is owed is a question to the tables, so
a missed tick costs delay, never a notice. Running several workers is legal and useful.

Jobs come at intervals, in seconds. There are no cron strings: APScheduler counts Monday as 0 where
cron counts it as 1, so a schedule by numbers of weekdays would be a day off.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

import bootstrap
from engine.core.errors import ClockError
from engine.services.clock_watch import ClockWatch, steady
from engine.services.clocks import SimulatedClock
from engine.services.deliveries import Told
from engine.services.sweep import Swept
from engine.storage import workers

log = logging.getLogger("shidian.worker")

SWEEP_SECONDS = 60
BEAT_SECONDS = 30
DELIVER_SECONDS = 10
STALE_SECONDS = 120
LOOK_SECONDS = 10
LONGEST_SWEEP_SECONDS = 50
"""A sweep that takes longer leaves the rest to the next one: jobs never overlap."""

LONGEST_ROUND_SECONDS = 50
"""Deliveries that take longer leave the rest to the next round."""

STUCK_SECONDS = 600
"""A sweep of which nothing was heard for so long hangs; only a new process helps."""

WATCHDOG_EXIT = 70
"""The exit status after which a supervisor (systemd, a shell loop) starts the worker anew."""


@dataclass
class Worker:
    """One scheduler process. `day_seconds` plays a simulated day each so many real seconds.

    `monotonic`, `count` and `wait` are the worker's own times, which a test may set: seconds for
    the watchdog, seconds for the clock, and how it waits (true when it has to stop).
    """

    desk: bootstrap.Desk
    day_seconds: float | None = None
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    stopping: threading.Event = field(default_factory=threading.Event)
    looked_on: date | None = None
    monotonic: Callable[[], float] = time.monotonic
    count: Callable[[], float] = steady
    wait: Callable[[float], bool] | None = None
    failures: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.last_beat = self.last_sweep = self.monotonic()
        self.clock_watch = ClockWatch(self.desk.house, self.name, self.count)

    def sweep(self) -> Swept:
        """Sweep once and note it; this is also how a worker catches up when it starts.

        Raises:
            ClockError: the clock cannot be trusted; nothing was swept.
        """
        begun = self.monotonic()
        trusted = self.clock_watch.look()
        swept = self.desk.sweep.run(
            lambda: self.monotonic() - begun > LONGEST_SWEEP_SECONDS, trusted
        )
        with self.desk.house.database.write() as cursor:
            workers.beat(self.desk.house.database, cursor, self.name, swept=True)
        for stream, error in swept.failed:
            log.error("cannot sweep %s: %s", stream, error, extra={"action": "sweep"})
        if swept.undeliverable:
            log.error("%d notices reached nobody", swept.undeliverable, extra={"action": "sweep"})
        log.info(
            "swept", extra={"action": "sweep", "notices": swept.notices, "merged": swept.merged}
        )
        self._look_ahead(swept)
        return swept

    def _look_ahead(self, swept: Swept) -> None:
        """Warn once a day of what the calendar lacks, and of moves that nobody has confirmed."""
        if self.looked_on == swept.at.date():
            return
        self.looked_on = swept.at.date()
        found = self.desk.calendars.outlook()
        if found.missing or found.unconfirmed:
            facts = {
                "action": "outlook", "missing": found.missing, "provisional": found.provisional,
                "unconfirmed": found.unconfirmed,
            }  # fmt: skip
            log.warning("calendar: years %s are missing", found.missing, extra=facts)

    def beat(self) -> None:
        """Note that this process lives, in the database by its clock and for the watchdog."""
        with self.desk.house.database.write() as cursor:
            workers.beat(self.desk.house.database, cursor, self.name)
        self.last_beat = self.monotonic()

    def deliver(self) -> Told:
        """Bring entries to those that want them; a receiver that is slow holds up no sweep."""
        begun = self.monotonic()
        told = self.desk.deliveries.run(lambda: self._is_over(begun))
        if told.taken or told.failed:
            facts = {"action": "deliver", "taken": told.taken, "failed": told.failed}
            log.info("delivered", extra=facts)
        if told.stopped:
            log.error("%d webhooks stopped", told.stopped, extra={"action": "deliver"})
        return told

    def _is_over(self, begun: float) -> bool:
        return self.stopping.is_set() or self.monotonic() - begun > LONGEST_ROUND_SECONDS

    def play_a_day(self) -> None:
        """Move a simulated clock one day forward; the sweep that follows is the usual one."""
        clock, database = self.desk.house.ports.clock, self.desk.house.database
        if isinstance(clock, SimulatedClock):
            with database.read() as cursor:
                now = clock.now(database, cursor)
            clock.move(database, now + timedelta(days=1))

    def run(self) -> int:
        """Sweep at once, then wake up by the alarm clock until told to stop.

        Returns:
            0 after a stop by signal, 70 when the alarm clock has died: start the process anew.
        """
        self.guarded("sweep", self.sweep)
        self.guarded("beat", self.beat)
        self.last_beat = self.last_sweep = self.monotonic()
        alarm = self.alarm()
        alarm.start()
        try:
            return self.watch()
        finally:
            alarm.shutdown(wait=False)

    def alarm(self) -> BackgroundScheduler:
        """Return the alarm clock with its jobs, not yet running; it remembers nothing."""
        jobs = {
            "sweep": (self._tick, self._seconds()), "beat": (self.beat, BEAT_SECONDS),
            "deliver": (self.deliver, DELIVER_SECONDS),
        }  # fmt: skip
        made = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(len(jobs))},  # none waits for another
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, (job, seconds) in jobs.items():
            made.add_job(self.guarded, "interval", (name, job), seconds=seconds, id=name)
        return made

    def guarded(self, name: str, job: Callable[[], object]) -> None:
        """Do a job and survive it: whatever it raises is logged and counted, and it comes again."""
        try:
            job()
        except ClockError as error:
            self.failures[name] += 1
            log.critical("ALARM: %s", error, extra={"action": name})
        except BaseException:  # not even SystemExit of some library may end the loop
            self.failures[name] += 1
            log.exception("job failed", extra={"action": name, "failures": self.failures[name]})
        finally:
            if name == "sweep":
                self.last_sweep = self.monotonic()

    def _seconds(self) -> float:
        return self.day_seconds if self.day_seconds is not None else SWEEP_SECONDS

    def _tick(self) -> None:
        if self.day_seconds is not None:
            self.play_a_day()
        self.sweep()

    def watch(self) -> int:
        """Wait for a stop; an APScheduler thread can die while `running` still says True."""
        wait = self.wait or self.stopping.wait
        while not wait(LOOK_SECONDS):
            now = self.monotonic()
            if now - self.last_beat > STALE_SECONDS:
                return self._give_up("no heartbeat", now - self.last_beat)
            if now - self.last_sweep > max(STUCK_SECONDS, 10 * self._seconds()):
                return self._give_up("the sweep hangs", now - self.last_sweep)
        return 0

    def _give_up(self, why: str, seconds: float) -> int:
        log.error(why, extra={"action": "watchdog", "seconds": int(seconds)})
        return WATCHDOG_EXIT


def run(
    url: str = bootstrap.DEFAULT_URL, clock: str = "real", *, once: bool = False,
    day_seconds: float | None = None,
) -> int:  # fmt: skip
    """Run a worker on a database until it is told to stop.

    Args:
        url: the database.
        clock: its kind of clock, ``real`` or ``simulated``.
        once: sweep once, deliver once and return.
        day_seconds: on a simulated clock, play a day every so many seconds.

    Returns:
        The exit status: 0. When the watchdog ends it, the process ends here with 70.

    Raises:
        StorageError, ClockError: the database cannot be used as it is.
    """
    with bootstrap.open(url, clock) as desk:
        worker = Worker(desk, day_seconds)
        if once:
            worker.sweep()
            worker.guarded("deliver", worker.deliver)
            return 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stopping.set())
        code = worker.run()
        if code == WATCHDOG_EXIT:
            _leave(code)
        return code


def _leave(code: int) -> None:
    """End the process at once: a job that hangs would hold up an orderly end for ever."""
    logging.shutdown()
    os._exit(code)
