"""The board: every project with its lamp and bars, kept until its head or the day changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.core.bars import Bar
from engine.core.definition import Workflow
from engine.core.lamps import Lamp
from engine.core.rows import Party, Project
from engine.services.house import House
from engine.services.phase import Phase, phase_of, registers_head
from engine.storage import boards

MOST_KEPT = 200_000
"""Projects whose row is kept in memory, 5 kB each; others are made when they are asked for."""

MOST_ASKED = 500
"""Projects whose heads are asked one by one; beyond that the heads of all are read at once."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One project on the board: where it stands, its lamp with the reason, its bars."""

    stream: str
    project: Project
    region: str
    workflow: Workflow
    lamp: Lamp
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of the board with the orgs that take part: they say who may see it."""

    row: BoardRow
    parties: tuple[Party, ...]


Key = tuple[bytes, bytes]


@dataclass
class Board:
    """The rows of today, each kept under the head of its project, the registers and the phase."""

    house: House
    make: Callable[[Any, str], Seen]
    _kept: dict[str, tuple[Key, Phase, Seen]] = field(default_factory=dict)

    def rows(self, cursor: Any, streams: Sequence[str] | None = None) -> Iterator[Seen]:
        """Yield projects as they stand now: every one by code, or these in their order."""
        registers = registers_head(self.house, cursor)
        phases: dict[str, Phase] = {}
        for stream, head in self._heads(cursor, streams):
            held = self._kept.get(stream)
            key, now = (head, registers), self._phase(cursor, held[2], phases) if held else None
            if held is None or held[:2] != (key, now):
                seen = self.make(cursor, stream)
                held = (key, self._phase(cursor, seen, phases), seen)
                if stream in self._kept or len(self._kept) < MOST_KEPT:
                    self._kept[stream] = held
            yield held[2]

    def _heads(self, cursor: Any, streams: Sequence[str] | None) -> Iterator[tuple[str, bytes]]:
        if streams is None or len(streams) > MOST_ASKED:
            heads = boards.heads(self.house.database, cursor)
            yield from ((each, heads[each]) for each in (heads if streams is None else streams))
            return
        store = self.house.store(cursor)
        yield from ((each, store.heads((each,))[each]) for each in streams)

    def _phase(self, cursor: Any, seen: Seen, phases: dict[str, Phase]) -> Phase:
        workflow = seen.row.workflow
        if workflow.digest not in phases:
            phases[workflow.digest] = phase_of(self.house, cursor, workflow)
        return phases[workflow.digest]
