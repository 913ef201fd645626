"""The faults of files, gathered until the files are judged as a whole."""

from collections.abc import Callable, Collection
from heapq import nsmallest
from typing import Protocol

from engine.core.errors import DefinitionError, Fault
from workflows.read_hints import clip, meant

WHOLE_FILE = "file"
"""The key of a fault that belongs to no key."""

MAX_FAULTS = 1000
"""A file with more faults than this is not the kind of file it is taken for."""

MAX_HINTS = 50


class Place(Protocol):
    """Whatever stands in a file; lines and columns count from 1."""

    @property
    def line(self) -> int:
        """Which line it begins in."""

    @property
    def column(self) -> int:
        """Which column it begins in."""


class Faults:
    """Gathers what is wrong with a file, so that a person mends it in one go.

    The same sentence at the same place is one fault, however often it is met.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        # Tuples, with the hint of each: a hostile file has hundreds of thousands of faults.
        self._found: dict[tuple[str, int, int, str, str], str] = {}

    def __len__(self) -> int:
        return len(self._found)

    def beside(self, where: str) -> "Faults":
        """Return what gathers the faults of another file that is judged together with this."""
        other = Faults(where)
        other._found = self._found
        return other

    def add(self, place: Place, key: str, message: str) -> None:
        """Note a fault where something stands."""
        self.at(place.line, place.column, key, message)

    def at(
        self, line: int, column: int, key: str, message: str,
        hint: Callable[[], str] | None = None,
    ) -> None:  # fmt: skip
        """Note a fault at a place; the first fifty have their hint behind the message."""
        fault = (self.where, line, column, key, message)
        if fault not in self._found:
            self._found[fault] = hint() if hint and len(self._found) < MAX_HINTS else ""

    def unknown(
        self, place: Place, key: str, kind: str, word: str, known: Collection[str]
    ) -> None:  # fmt: skip
        """Note a name that stands for nothing."""
        message = f'unknown {kind} "{clip(word)}"'
        self.at(place.line, place.column, key, message, lambda: meant(word, known))

    def take(self, error: DefinitionError) -> None:
        """Note what another reader has refused."""
        for each in error.faults:
            self._found[each.where, each.line, each.column, each.key, each.message] = ""

    def settle(self) -> None:
        """Refuse the files when anything is wrong with them.

        Raises:
            DefinitionError: every fault, or the first thousand and how many more there are.
        """
        if not self._found:
            return
        first = nsmallest(MAX_FAULTS, self._found.items())
        kept = [
            Fault(where, line, column, key, message + hint)
            for (where, line, column, key, message), hint in first
        ]
        if len(self) > MAX_FAULTS:
            last, more = kept[-1], len(self) - MAX_FAULTS
            message = f"{more:,} more faults are not listed"
            kept.append(Fault(last.where, last.line, last.column, "~", message))
        raise DefinitionError(kept)
