"""The alarm of a clock that cannot be trusted: it stops every sweep until it is put right.

A clock that stands before what the trail already holds is seen by anybody who looks. One that
jumped is seen only by a worker that lived through it; it leaves the alarm in the database, so
that neither a second worker nor a new one sweeps by the wrong time.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.core.deadlines import local_day
from engine.core.decide.decision import Decision
from engine.core.errors import ClockError
from engine.core.events import Actor
from engine.core.state import Draft
from engine.services.house import REGISTER, STREAM_KINDS, House
from engine.services.writing import Frame, not_before, write
from engine.storage import houses, ledger

BEHIND, JUMPED = "behind", "jumped"
SLACK = timedelta(seconds=5)
"""How far the clocks of two machines may disagree."""

_ALARM, _CONFIRMED = "clock_alarm", "clock_confirmed"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the clock said and what it should have said, by an entry or by a worker's own count."""

    kind: str
    found_at: datetime
    expected_at: datetime
    by: str = ""

    def __str__(self) -> str:
        return f"the clock says {self.found_at}, expected about {self.expected_at} ({self.kind})"

    def error(self) -> ClockError:
        """Return the alarm as the error by which a sweep is refused."""
        said = {"found": str(self.found_at), "expected": str(self.expected_at)}
        return ClockError(
            str(self), "clock_jumped" if self.kind == JUMPED else "clock_behind", **said
        )


def standing(house: House, cursor: Any, now: datetime) -> Alarm | None:
    """Return what is wrong with the clock now, None when nothing is or a person confirmed it."""
    held = houses.get(house.database, cursor, _ALARM)
    if held:
        said = json.loads(held)
        found, expected = (datetime.fromisoformat(said[key]) for key in ("found", "expected"))
        return Alarm(JUMPED, found, expected, said["by"])
    newest = ledger.newest(house.database, cursor)
    if newest is None or now >= newest - SLACK:
        return None
    if houses.get(house.database, cursor, _CONFIRMED) == newest.isoformat():
        return None
    return Alarm(BEHIND, now, newest)


def check(house: House, cursor: Any, now: datetime) -> None:
    """Hold that the clock can be trusted.

    Raises:
        ClockError: it stands before the newest entry, or jumped and nobody confirmed it.
    """
    alarm = standing(house, cursor, now)
    if alarm is not None:
        raise alarm.error()


def sound(house: House, cursor: Any, alarm: Alarm) -> None:
    """Leave the alarm of a jump in the database; the first one stays."""
    houses.alone(house.database, cursor)
    if not houses.get(house.database, cursor, _ALARM):
        said = {
            "found": alarm.found_at.isoformat(), "expected": alarm.expected_at.isoformat(),
            "by": alarm.by,
        }  # fmt: skip
        houses.put(house.database, cursor, _ALARM, json.dumps(said))


def is_sounding(house: House, cursor: Any) -> bool:
    """Return whether a jump is noted and not yet confirmed."""
    return bool(houses.get(house.database, cursor, _ALARM))


def silence(house: House, cursor: Any) -> None:
    """Take the alarm of a jump back: the clock is right again."""
    if is_sounding(house, cursor):
        houses.put(house.database, cursor, _ALARM, "")


def confirm(house: House, cursor: Any, actor: Actor) -> Alarm | None:
    """Take the clock as it is, on record in the register; None when nothing was wrong with it.

    A trail whose newest entry lies in the future keeps refusing for itself until then.

    Raises:
        ClockError: the register itself holds an entry of the future.
    """
    now = house.now(cursor)
    alarm = standing(house, cursor, now)
    if alarm is None:
        return None
    held = house.store(cursor).lock(REGISTER, STREAM_KINDS[REGISTER])
    facts = {
        "kind": alarm.kind, "found": alarm.found_at.isoformat(),
        "expected": alarm.expected_at.isoformat(),
    }  # fmt: skip
    decision = Decision("register.changed", "confirm_clock", Draft(held.state), facts)
    now = not_before(now, held.last_at)
    today = local_day(now, house.ports.timezone)
    write(house.store(cursor), held, decision, Frame(actor, now, today))
    silence(house, cursor)
    newest = ledger.newest(house.database, cursor)
    if newest is not None:
        houses.put(house.database, cursor, _CONFIRMED, newest.isoformat())
    return alarm
