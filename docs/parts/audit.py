"""The audit vocabulary: every kind of entry with its names."""

from docs.parts.markdown import code, table
from engine.core.events import KINDS, SILENT
from templates.words import words


def kinds() -> str:
    """Return every kind of entry, in the order of the vocabulary."""
    zh, en = words("zh"), words("en")
    rows = [
        (code(kind), zh.event(kind), en.event(kind), "no" if kind in SILENT else "yes")
        for kind in KINDS
    ]
    return table(("Kind", "名称", "Name", "Raises the version"), rows)
