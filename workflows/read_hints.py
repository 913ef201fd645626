"""Hints for the sentence of a fault: the nearest known name, and a long text cut short."""

import difflib
from collections.abc import Collection, Mapping

from engine.core.communities import match_community

# Near names are looked for with care: a hostile file has thousands of names, each unknown.
MAX_KNOWN = 1000
MAX_WORD = 64
MAX_LISTED = 20


def near(word: str, known: Collection[str]) -> str:
    """Return ``; did you mean "…"?``, or nothing when no known name is near."""
    if len(word) > MAX_WORD or len(known) > MAX_KNOWN:
        return ""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f'; did you mean "{found[0]}"?' if found else ""


def meant(word: str, known: Collection[str]) -> str:
    """Return the nearest known name, else all of them where they are few."""
    hint = near(word, known)
    return hint or (f"; known: {', '.join(known)}" if 0 < len(known) <= MAX_LISTED else "")


def alike(word: str, register: Mapping[str, str]) -> str:
    """Return which names of a register, by code, are near or borne by several; may be empty."""
    if len(word) > MAX_WORD:
        return ""
    facts = match_community(word, register).facts
    if "codes" in facts:
        return f"; more than one is called so: {facts['codes']}"
    nearest = facts.get("near", "-")
    return f"; nearest: {nearest}" if nearest != "-" else ""


def clip(text: str) -> str:
    """Return a text as one short line."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_WORD else line[:MAX_WORD] + "…"
