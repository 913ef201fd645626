"""Hints for the sentence of a fault: the nearest known name, and a long text cut short."""

import difflib
from collections.abc import Collection

# Near names are looked for with care: a hostile file has thousands of names, each unknown.
MAX_KNOWN = 1000
MAX_WORD = 64


def near(word: str, known: Collection[str]) -> str:
    """Return ``; did you mean "…"?``, or nothing when no known name is near."""
    if len(word) > MAX_WORD or len(known) > MAX_KNOWN:
        return ""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f'; did you mean "{found[0]}"?' if found else ""


def clip(text: str) -> str:
    """Return a text as one short line."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_WORD else line[:MAX_WORD] + "…"
