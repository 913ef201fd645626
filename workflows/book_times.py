"""When a step of a book happens and when it is recorded, within the time of the programme."""

from dataclasses import dataclass
from datetime import date

from workflows.book_case import Case
from workflows.book_spot import Held, Spot

FIELDS = {"on": "occurred", "at": "recorded"}
"""The fields of a record that stand for the keys which its group leaves out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and where it is written."""

    on: date
    spot: Spot


@dataclass(frozen=True, slots=True)
class Times:
    """Reads the days of steps, from the first to the last day of the programme."""

    begins: date | None
    ends: date | None

    def both(self, case: Case) -> tuple[Moment, Moment] | None:
        """Return when a step is recorded and when it happened, or None after noting why not."""
        at, on = self._moment(case, "at", "on"), self._moment(case, "on")
        if at is None or on is None:
            return None
        if at.on < on.on:
            at.spot.complain(f"is recorded on {at.on}, before it happened on {on.on}")
        return at, on

    def _moment(self, case: Case, *keys: str) -> Moment | None:
        """Return the first of some keys that says something, as its group or its record does."""
        node = case.says(keys[0])
        spot = case.book.spot(node, keys[0])
        for key in keys:
            if key in node.entries:
                held = case.book.held(node, key, case.record)
                if held is None:
                    return None
                spot = held.spot
            else:
                held = case.record.held(FIELDS[key]) if case.record else None
                spot = case.spot_of(FIELDS[key]) or spot
            if held is not None and held.value is not None:
                return self._within(case, held)
        spot.complain("is missing: write the day, such as 2017-08-31")
        return None

    def _within(self, case: Case, held: Held) -> Moment | None:
        day = case.book.day_of(held)
        if day is None:
            return None
        if self.begins and self.ends and not self.begins <= day <= self.ends:
            message = f"{day} is outside the programme, from {self.begins} to {self.ends}"
            held.spot.complain(message)
        return Moment(day, held.spot)
