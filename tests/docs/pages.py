"""Pages of the documentation, their fenced blocks and their tables, as the tests read them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(p for p in (ROOT / "docs").rglob("*.md"))],
    key=lambda path: path.as_posix(),
)
Row = dict[str, str]


def named(path: Path) -> str:
    """Return a page's name within the repository."""
    return path.relative_to(ROOT).as_posix()


def page(name: str) -> str:
    """Return a page of the documentation."""
    return (ROOT / name).read_text("utf-8")


def fences(text: str, kind: str) -> list[str]:
    """Return the bodies of the fenced blocks of a kind, in their order."""
    return re.findall(rf"^```{kind}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def rows(name: str, after: str) -> list[Row]:
    """Return the rows of the first table that stands after a text, by heading."""
    behind = page(name).split(after, 1)[1].splitlines()
    start = next(n for n, line in enumerate(behind) if line.startswith("|"))
    lines = []
    for line in behind[start:]:
        if not line.startswith("|"):
            break
        lines.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]]


def checked(name: str, table: str) -> list[Row]:
    """Return the rows of a table that a page marks as checked."""
    return rows(name, f"<!-- checked: {table} -->")
