"""What a computed view of a project depends on beside its own rows: the day, and the office hours.

A view is kept under these and the heads of the streams that it was made from; when one of them
changes it is made again, so that what is kept is never old.
"""

from datetime import date
from typing import Any

from engine.core.deadlines import local_day, local_moment
from engine.core.definition import Workflow
from engine.services.house import CALENDARS, REGISTER, House

Phase = tuple[date, bool]


def phase_of(house: House, cursor: Any, workflow: Workflow) -> Phase:
    """Return the office's day and whether it is past its close: what lamps depend on."""
    now = house.now(cursor)
    day, closes = local_day(now, workflow.timezone), workflow.closes_at
    return day, closes is not None and now >= local_moment(day, closes, workflow.timezone)


def registers_head(house: House, cursor: Any) -> bytes:
    """Return the heads of what every project is read with: orgs and posts, and the calendars."""
    return house.head(cursor, REGISTER) + house.head(cursor, CALENDARS)
