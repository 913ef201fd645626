"""The two clocks: the database's own, and a simulated one that only moves forward."""

from datetime import UTC, datetime
from typing import Any

from engine.core.errors import ClockError
from engine.storage import houses
from engine.storage.database import Database


class DatabaseClock:
    """The real time, asked of the database so that every process agrees."""

    kind = "real"

    def now(self, database: Database, cursor: Any) -> datetime:
        """Return the database's present moment."""
        return database.clock(cursor)


class SimulatedClock:
    """A moment kept in the database, moved by hand; only in a database created as a simulation."""

    kind = "simulated"

    def now(self, database: Database, cursor: Any) -> datetime:
        """Return the moment the simulation has reached."""
        held = houses.get(database, cursor, "simulated_at")
        if held is None:
            message = "the simulated clock has not been set; move it to a moment first"
            raise ClockError(message, "clock_unset")
        return datetime.fromisoformat(held)

    def move(self, database: Database, at: datetime) -> None:
        """Move the simulation forward to a moment; commits.

        Raises:
            ClockError: the moment lies before the one reached, or has no time zone.
        """
        if at.tzinfo is None:
            raise ClockError(f"{at} has no time zone", "moment_without_zone", at=str(at))
        with database.write() as cursor:
            houses.alone(database, cursor)
            held = houses.get(database, cursor, "simulated_at")
            if held is not None and at < datetime.fromisoformat(held):
                raise ClockError(
                    f"the simulated clock stands at {held} and does not go back to {at}",
                    "clock_goes_back", held=held, at=str(at),
                )  # fmt: skip
            houses.put(database, cursor, "simulated_at", at.astimezone(UTC).isoformat())
