"""Holds the wall clock against a count that nobody can set, while a worker lives."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.services import clock_alarm
from engine.services.clock_alarm import JUMPED, Alarm
from engine.services.clocks import DatabaseClock
from engine.services.house import House

TOLERANCE = timedelta(seconds=60)
"""How far the wall clock may move against the count between two looks."""


def steady() -> float:
    """Return seconds that no setting of the clock moves; a machine's sleep counts as time."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; elsewhere the sleep may look like a jump
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass
class ClockWatch:
    """The look of one worker at its house's clock. A simulated clock is moved by people."""

    house: House
    name: str
    count: Callable[[], float] = steady
    _last: tuple[datetime, float] | None = field(default=None, init=False)
    _noted: bool = field(default=False, init=False)

    def look(self) -> datetime | None:
        """Return the moment at which the clock was held to be right, None for a simulated one.

        A jump is noted, and the note taken back when the clock is right again.

        Raises:
            ClockError: the clock jumped, and nobody has confirmed it yet.
        """
        if self.house.ports.clock.kind != DatabaseClock.kind:
            return None
        with self.house.database.write() as cursor:
            alarm = self._judge(cursor)
        if alarm is not None:
            raise alarm.error()
        return self._last[0] if self._last else None

    def _judge(self, cursor: Any) -> Alarm | None:
        now, count = self.house.now(cursor), self.count()
        last, passed = self._last or (now, count)
        expected = last + timedelta(seconds=count - passed)
        if abs(now - expected) <= TOLERANCE:
            self._right(cursor, now, count)
            return None
        if self._noted and not clock_alarm.is_sounding(self.house, cursor):
            self._last, self._noted = (now, count), False  # a person confirmed it
            return None
        alarm = Alarm(JUMPED, now, expected, self.name)
        clock_alarm.sound(self.house, cursor, alarm)
        self._noted = True
        return alarm

    def _right(self, cursor: Any, now: datetime, count: float) -> None:
        self._last = (now, count)
        if self._noted:
            clock_alarm.silence(self.house, cursor)
            self._noted = False
