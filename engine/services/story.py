"""A simulated programme that goes on while people look and act: a day, or to the next event."""

from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.deadlines import local_day, opening
from engine.core.errors import ClockError, ShidianError
from engine.core.plan import Plan, Play
from engine.services.clocks import SimulatedClock
from engine.services.house import House
from engine.services.programme import Programmes
from engine.services.rehearsal import SPACING
from engine.services.sweep import Sweep

LONGEST = 366
"""Days looked ahead for the next event; after that there is none."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What a step forward brought: the day reached, and how much happened on the way."""

    on: date
    notices: int
    steps: int
    skipped: int


class Story:
    """Moves a simulated clock; with a plan, what the plan says for the day happens as well.

    Whoever sits at the desk may do things before the plan does: a step that has then become
    impossible is left out and counted.

    Raises:
        ClockError: the house keeps real time.
    """

    def __init__(
        self, house: House, plan: Plan | None, opens_at: str = "09:00", timezone: str | None = None
    ) -> None:
        clock = house.ports.clock
        if not isinstance(clock, SimulatedClock):
            raise ClockError("only a simulated clock is moved forward by hand", "clock_real")
        self._house, self._clock = house, clock
        self._opens_at, self._timezone = opens_at, timezone or house.ports.timezone
        self._plays: dict[date, list[Play]] = {}
        for play in plan.plays if plan else ():
            self._plays.setdefault(play.on, []).append(play)

    def today(self) -> date:
        """Return the office's simulated day."""
        with self._house.database.read() as cursor:
            return local_day(self._clock.now(self._house.database, cursor), self._timezone)

    def forward_a_day(self) -> Passed:
        """Go to the next morning: the sweep, then what the plan says for that day; commits."""
        day = self.today() + timedelta(days=1)
        at = opening(day, self._opens_at, self._timezone)
        self._clock.move(self._house.database, at)
        swept = Sweep(self._house).run()
        steps = skipped = 0
        for number, play in enumerate(self._plays.get(day, ()), start=1):
            self._clock.move(self._house.database, at + number * SPACING)
            try:
                Programmes(self._house).play(play)
                steps += 1
            except ShidianError:
                skipped += 1
        return Passed(day, swept.notices, steps, skipped)

    def to_next_event(self) -> Passed:
        """Go forward until a notice is written or a step is played, a year at the longest."""
        passed = self.forward_a_day()
        for _ in range(LONGEST):
            if passed.notices or passed.steps:
                break
            passed = self.forward_a_day()
        return passed
