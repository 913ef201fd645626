"""The worker: APScheduler as an alarm clock that wakes the sweep. The only file that imports it.

Its job store is memory and holds no business truth: what is owed is a question to the tables, so
a missed tick costs delay, never a notice. Running several workers is legal and useful.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

import bootstrap
from engine.services.clocks import SimulatedClock
from engine.services.sweep import Swept
from engine.storage import workers

log = logging.getLogger("shidian.worker")

SWEEP_SECONDS = 60
BEAT_SECONDS = 30
STALE_SECONDS = 120
LOOK_SECONDS = 10
WATCHDOG_EXIT = 70
"""The exit status after which a supervisor (systemd, a shell loop) starts the worker anew."""


@dataclass
class Worker:
    """One scheduler process. `day_seconds` plays a simulated day each so many real seconds."""

    desk: bootstrap.Desk
    day_seconds: float | None = None
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    stopping: threading.Event = field(default_factory=threading.Event)
    looked_on: date | None = None
    last_beat: float = field(default_factory=time.monotonic)

    def sweep(self) -> Swept:
        """Sweep once and note it; this is also how a worker catches up when it starts."""
        swept = self.desk.sweep.run()
        with self.desk.house.database.write() as cursor:
            workers.beat(self.desk.house.database, cursor, self.name, swept=True)
        for stream, error in swept.failed:
            log.error("cannot sweep %s: %s", stream, error, extra={"action": "sweep"})
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
        """Note that this process lives, in the database and for the watchdog."""
        with self.desk.house.database.write() as cursor:
            workers.beat(self.desk.house.database, cursor, self.name)
        self.last_beat = time.monotonic()

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
        self.sweep()
        self.beat()
        alarm = _alarm()
        alarm.add_job(
            _guarded("sweep", self._tick), "interval", seconds=self._seconds(), id="sweep"
        )
        alarm.add_job(_guarded("beat", self.beat), "interval", seconds=BEAT_SECONDS, id="beat")
        alarm.start()
        try:
            return self._watch()
        finally:
            alarm.shutdown(wait=False)

    def _seconds(self) -> float:
        return self.day_seconds if self.day_seconds is not None else SWEEP_SECONDS

    def _tick(self) -> None:
        if self.day_seconds is not None:
            self.play_a_day()
        self.sweep()

    def _watch(self) -> int:
        """Wait for a stop; an APScheduler thread can die while `running` still says True."""
        while not self.stopping.wait(LOOK_SECONDS):
            silent = time.monotonic() - self.last_beat
            if silent > STALE_SECONDS:
                log.error("no heartbeat", extra={"action": "watchdog", "seconds": int(silent)})
                return WATCHDOG_EXIT
        return 0


def _alarm() -> BackgroundScheduler:
    return BackgroundScheduler(
        timezone=UTC,
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )


def _guarded(action: str, job: Callable[[], object]) -> Callable[[], None]:
    """Return a job that logs what it raises: an error of one tick must not end the alarm clock."""

    def body() -> None:
        try:
            job()
        except Exception:  # the next tick tries again; the watchdog sees silence
            log.exception("job failed", extra={"action": action})

    return body


def run(
    url: str = bootstrap.DEFAULT_URL, clock: str = "real", *, once: bool = False,
    day_seconds: float | None = None,
) -> int:  # fmt: skip
    """Run a worker on a database until it is told to stop.

    Args:
        url: the database.
        clock: its kind of clock, ``real`` or ``simulated``.
        once: sweep once and return.
        day_seconds: on a simulated clock, play a day every so many seconds.

    Returns:
        The exit status: 0, or 70 when the watchdog ended it.

    Raises:
        StorageError, ClockError: the database cannot be used as it is.
    """
    with bootstrap.open(url, clock) as desk:
        worker = Worker(desk, day_seconds)
        if once:
            worker.sweep()
            return 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stopping.set())
        return worker.run()
