"""Taking entries or projects out of the house: who took which, and how many, is an entry.

Source: GB/T 22239-2019, 8.1.4.3 (audit of what users do).
"""

from collections.abc import Mapping

from engine.core.deadlines import local_day
from engine.core.decide.decision import Decision
from engine.core.events import Actor, Entry
from engine.core.state import Draft
from engine.services.house import House
from engine.services.writing import Frame, not_before, write

READING = "reading"
"""The stream, and its kind, of what was taken out; it has no rows."""

TRAIL, REGISTER = "trail.exported", "register.exported"
"""What is taken out: entries of the trail, or projects of the register."""

COUNTED = {TRAIL: "entries", REGISTER: "projects"}


class Exports:
    """The record of exports."""

    def __init__(self, house: House) -> None:
        self._house = house

    def record(
        self, actor: Actor, form: str, query: Mapping[str, str], found: int, kind: str = TRAIL
    ) -> Entry:
        """Record that somebody takes something out; commits before it is handed over.

        Args:
            actor: who.
            form: ``csv``, ``jsonl`` or ``xlsx``, for example.
            query: what was asked for, by filter.
            found: how many entries or projects.
            kind: what is taken: `TRAIL` or `REGISTER`.
        """
        with self._house.database.write() as cursor:
            store = self._house.store(cursor)
            held = store.lock(READING, READING)
            now = not_before(self._house.now(cursor), held.last_at)
            frame = Frame(actor, now, local_day(now, self._house.ports.timezone))
            facts = {"form": form, "query": dict(query), COUNTED[kind]: found}
            decision = Decision(kind, "export", Draft(held.state), facts)
            return write(store, held, decision, frame)
