"""A value together with where it stands, so that what is wrong with it is told there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from workflows.faults import Faults, Place
from workflows.read_nodes import Plain


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: in which file, at which place, and what it is called there."""

    faults: Faults
    place: Place
    key: str

    def complain(self, message: str, hint: Callable[[], str] | None = None) -> None:
        """Note a fault here."""
        self.faults.at(self.place.line, self.place.column, self.key, message, hint)

    def unknown(self, kind: str, word: str, known: Collection[str]) -> None:
        """Note that the name here stands for nothing."""
        self.faults.unknown(self.place, self.key, kind, word, known)

    def repeats(self, code: str, first: "Spot") -> None:
        """Note that a code which must be given once was given before."""
        other = first.faults.where
        of = "" if other == self.faults.where else f" of {other}"
        self.complain(f'"{code}" is given twice, first in line {first.place.line}{of}')


@dataclass(frozen=True, slots=True)
class Held:
    """A value of a book or a scenario, and where it stands."""

    value: Plain
    spot: Spot

    def text(self) -> str | None:
        """Return a text; None where there is nothing, or after noting that it is no text."""
        if isinstance(self.value, list | dict):
            self.spot.complain(f"must be one value, not a {_form(self.value)}")
            return None
        return None if self.value is None else as_text(self.value)

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts; one text is a list of one."""
        values = self.value if isinstance(self.value, list) else [self.value]
        found = [Held(one, self.spot).text() for one in values]
        return tuple(one for one in found if one is not None)

    def flag(self) -> bool:
        """Return a truth value; nothing is false."""
        if self.value is not None and not isinstance(self.value, bool):
            self.spot.complain("must be true or false")
        return self.value is True

    def number(self) -> int | None:
        """Return a whole number; None where there is nothing, or after noting what is there."""
        text = self.text()
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
            self.spot.complain(f'"{text[:20]}" is not a whole number; write digits only')
            return None
        return int(text)


MOST_DIGITS = 9


def as_text(value: Plain) -> str:
    """Return a scalar as its author wrote it; nothing is empty."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _form(value: Plain) -> str:
    return "list" if isinstance(value, list) else "mapping"
