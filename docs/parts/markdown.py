"""Markdown as the generated parts write it."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar inside a cell is escaped, an empty cell stays empty."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
                     for row in lines)  # fmt: skip


def code(text: str) -> str:
    """Return a word of the machine."""
    return f"`{text}`"


def codes(words: Iterable[str]) -> str:
    """Return several words of the machine, in their order; empty for none."""
    return ", ".join(code(word) for word in words)
