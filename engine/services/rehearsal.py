"""Playing a scenario on the simulated clock: each day the sweep, then what happened that day."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engine.core.deadlines import opening
from engine.core.errors import ClockError
from engine.core.plan import Plan, Play
from engine.services.clocks import SimulatedClock
from engine.services.house import House
from engine.services.programme import Programmes
from engine.services.sweep import Sweep, Swept

Progress = Callable[[date, "Rehearsed"], None]

SPACING = timedelta(seconds=5)
"""Simulated time between two steps of a day."""


@dataclass(slots=True)
class Rehearsed:
    """What has been played so far: steps, refusals that were expected, notices by rung."""

    days: int = 0
    steps: int = 0
    refused: int = 0
    opened: int = 0
    merged: int = 0
    rungs: Counter[str] = field(default_factory=Counter)

    def add(self, swept: Swept) -> None:
        """Count a sweep in."""
        self.rungs.update(swept.rungs)
        self.opened += swept.opened
        self.merged += swept.merged


class Rehearsal:
    """A plan carried day by day through the real services.

    Raises:
        ClockError: the house keeps real time.
    """

    def __init__(self, house: House, plan: Plan, opens_at: str, timezone: str) -> None:
        clock = house.ports.clock
        if not isinstance(clock, SimulatedClock):
            message = "a scenario is played on a database created with a simulated clock"
            raise ClockError(message, "play_real_clock")
        self._house, self._plan, self._clock = house, plan, clock
        self._opens_at, self._timezone = opens_at, timezone
        self._programmes, self._sweep = Programmes(house), Sweep(house)
        self.done = Rehearsed()

    def set_out(self, day: date | None = None) -> None:
        """Move the clock to the opening of a day, the plan's first when None."""
        self._clock.move(self._house.database, self._opening(day or self._plan.begins_on))

    def run(self, until: date | None = None, progress: Progress | None = None) -> Rehearsed:
        """Play every day from the present one to `until`, the plan's last day when None."""
        last = until or self._plan.ends_on
        by_day: dict[date, list[Play]] = {}
        for play in self._plan.plays:
            by_day.setdefault(play.on, []).append(play)
        day = self._plan.begins_on
        while day <= last:
            self._day(day, by_day.get(day, []))
            if progress is not None:
                progress(day, self.done)
            day += timedelta(days=1)
        return self.done

    def _day(self, day: date, plays: list[Play]) -> None:
        at = self._opening(day)
        self._clock.move(self._house.database, at)
        self.done.add(self._sweep.run())
        for number, play in enumerate(plays, start=1):
            self._clock.move(self._house.database, at + number * SPACING)
            receipts = self._programmes.play(play)
            self.done.steps += 1
            self.done.refused += not receipts
        self.done.days += 1

    def _opening(self, day: date) -> datetime:
        return opening(day, self._opens_at, self._timezone)
