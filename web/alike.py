"""Items of one kind in many projects: the first is shown, the others stand folded behind it."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
LEAST = 3
"""Lines of one kind from which on they are folded: two are read faster than they are opened."""


@dataclass(frozen=True, slots=True)
class Bunch(Generic[T]):
    """Lines of one kind: the first, and the others; `is_unfolded` when one of them is open."""

    first: T
    others: tuple[T, ...]
    is_unfolded: bool = False


def bunched(
    lines: Iterable[T], kind: Callable[[T], Hashable], is_open: Callable[[T], bool]
) -> list[Bunch[T]]:
    """Return lines by kind in the order of each kind's first line; small kinds stay single."""
    kinds: dict[Hashable, list[T]] = {}
    for line in lines:
        kinds.setdefault(kind(line), []).append(line)
    found: list[Bunch[T]] = []
    for held in kinds.values():
        if len(held) < LEAST:
            found += [Bunch(line, ()) for line in held]
        else:
            others = tuple(held[1:])
            found.append(Bunch(held[0], others, any(is_open(line) for line in others)))
    return found
