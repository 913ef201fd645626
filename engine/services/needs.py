"""The list of what still needs a local value, over all workflows, targets and projects."""

from collections.abc import Collection, Iterator
from typing import Any

from engine.core import needs
from engine.core.needs import Need
from engine.core.rows import Published, Target
from engine.core.state import State
from engine.services.house import WORKFLOWS, House
from engine.services.registers import PROGRAMME
from engine.storage import boards


class Needs:
    """Questions about what is left open; nothing here writes."""

    def __init__(self, house: House) -> None:
        self._house = house

    def listed(self, codes: Collection[str] | None = None) -> list[Need]:
        """Return what needs a local value: words first, then intervals, dates and counts.

        Args:
            codes: only these projects are looked at and named; all of them when None.
        """
        with self._house.database.read() as cursor:
            return [
                *(need for row in self._versions(cursor) for need in self._of(cursor, row, codes)),
                *self._counts(cursor),
            ]

    def _versions(self, cursor: Any) -> list[Published]:
        """Return every version that a project runs under, and the newest of each workflow."""
        state = self._house.store(cursor).find(WORKFLOWS)
        rows = list(state.rows(Published)) if state else []
        newest = {row.key: row.digest for row in rows}
        pinned = {row.digest for _, row in boards.projects(self._house.database, cursor)}
        return [row for row in rows if row.digest in pinned or newest[row.key] == row.digest]

    def _of(self, cursor: Any, row: Published, codes: Collection[str] | None) -> Iterator[Need]:
        workflow = self._house.workflow(cursor, row.digest)
        where, places = f"{row.key}@{row.version}", self._house.ports.readers.places(row.text)
        states = self._running(cursor, row.digest, codes)
        yield from needs.wordings(workflow, where, places)
        yield from needs.intervals(workflow, where, places, states)
        yield from needs.dates(workflow, where, places, states)

    def _running(self, cursor: Any, digest: str, codes: Collection[str] | None) -> list[State]:
        listed = boards.projects(self._house.database, cursor)
        found = [
            self._house.store(cursor).find(stream)
            for stream, project in listed
            if project.digest == digest and project.closed_on is None
            and (codes is None or project.code in codes)
        ]  # fmt: skip
        return [state for state in found if state is not None]

    def _counts(self, cursor: Any) -> Iterator[Need]:
        for state in self._programmes(cursor):
            yield from needs.counts(list(state.rows(Target)), state.stream)

    def _programmes(self, cursor: Any) -> list[State]:
        streams = boards.streams(self._house.database, cursor, PROGRAMME)
        found = [self._house.store(cursor).find(stream) for stream in streams]
        return [state for state in found if state is not None]
