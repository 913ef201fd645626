"""Whether the clock's work is done: when it was last swept, what is wrong, what reached nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.services import clock_alarm
from engine.services.clock_alarm import Alarm
from engine.services.clocks import DatabaseClock
from engine.services.house import House
from engine.storage import boards, workers

OLD = timedelta(minutes=10)
"""A completed sweep older than this is worth a warning: one is due each minute."""

UNDELIVERABLE = "undeliverable"
"""The status of a notice for which no post was found."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """The state of the house's clockwork. `swept_at` is None while no worker ever swept.

    `is_old` warns that no worker sweeps by itself; a simulated house needs none.
    """

    swept_at: datetime | None
    is_old: bool
    alarm: Alarm | None
    undeliverable: int


def pulse(house: House) -> Pulse:
    """Return the state of a house's clockwork at this moment."""
    with house.database.read() as cursor:
        swept = [at for _, _, at in workers.all_of(house.database, cursor) if at is not None]
        alarm = clock_alarm.standing(house, cursor, house.now(cursor))
        counts = boards.notice_counts(house.database, cursor)
        now = house.database.clock(cursor)
    last = max(swept, default=None)
    is_real = house.ports.clock.kind == DatabaseClock.kind
    nobody = sum(n for (_, status), n in counts.items() if status == UNDELIVERABLE)
    return Pulse(last, is_real and (last is None or now - last > OLD), alarm, nobody)
