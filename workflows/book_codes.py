"""The codes of a book: each given once, and each known where it is used."""

from collections.abc import Iterator

from workflows.book_spot import Held, Spot


class Codes:
    """The codes of one kind of thing, in the order in which they were given."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._given: dict[str, Spot] = {}
        self._asked: list[tuple[str, Spot]] = []

    def __contains__(self, code: object) -> bool:
        return code in self._given

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def give(self, held: Held | None) -> str:
        """Return a new code; "" where there is none. One that was given before is noted."""
        code = held.text() if held else None
        if held is None or code is None:
            return ""
        first = self._given.setdefault(code, held.spot)
        if first is not held.spot:
            held.spot.repeats(code, first)
        return code

    def ask(self, code: str, spot: Spot) -> None:
        """Take note of a code that is used; what stands for nothing is noted by `settle`."""
        if code:
            self._asked.append((code, spot))

    def settle(self) -> None:
        """Note every code that was asked for and never given."""
        for code, spot in self._asked:
            if code not in self._given:
                spot.unknown(self._kind, code, self._given)
