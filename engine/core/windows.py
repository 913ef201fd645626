"""Windows: dates of the source with a first day as well as a last one: 2017年9-11月."""

from datetime import date
from functools import lru_cache

from engine.core.phrases import read_phrase
from engine.core.rows import Dated
from engine.core.spans import Span


def window_of(held: Dated | None) -> Span | None:
    """Return the window of a named date, None where its words name no stretch of days.

    The last day is the chosen one; the first is read from the words that are kept beside it,
    which leave no choice. Words without a year have no window, nor has a day chosen before it.
    """
    if held is None or held.on is None:
        return None
    first = _first(held.words)
    return Span(first, held.on) if first is not None and first <= held.on else None


@lru_cache(maxsize=1024)
def _first(words: str) -> date | None:
    reading = read_phrase(words)
    return reading.first if reading.kind == "range" else None


def is_early(window: Span | None, begun: date | None) -> bool:
    """Return whether something began before its window: it is said, and stops nobody."""
    return window is not None and begun is not None and begun < window.first
