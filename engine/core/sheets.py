"""A sheet as people fill it: cells with their place, the row of heads, rows below, notes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.core.errors import Facts
from engine.core.identifiers import visible

TEXT, NUMBER, DAY = "text", "number", "day"
"""What a cell was in its file; a day is written as 2018-03-01."""

HEAD_WITHIN = 30
"""Rows from the top among which the heads are looked for."""

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "sum"})
_MARKS = re.compile(r"[*＊※]+|\(必填\)|\(选填\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. `is_own` is false where a merged cell only reaches it."""

    kind: str = TEXT
    text: str = ""
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its name, and the cells from A1 on, row by row; all rows are equally long."""

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell: its place and column, the code of the sentence, what fills it."""

    place: str
    code: str
    facts: Facts = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its number in the sheet, from 1, and the cells by column key."""

    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as a table: where each column stands (from 0), its lines, and what was left out.

    `notes` are rows that are no lines: (number, text), so that nothing disappears unseen.
    `unknown` are heads that name no column, with their place.
    """

    sheet: str
    columns: Mapping[str, int]
    lines: tuple[Line, ...]
    notes: tuple[tuple[int, str], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def head_key(text: str) -> str:
    """Return what is the same in all ways of writing a head: no blanks, marks or letter case."""
    return _MARKS.sub("", visible(text).replace(" ", "").casefold()).strip(":")


def place(row: int, column: int) -> str:
    """Return the name of a cell, ``C7``: row from 1, column from 0."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def table_of(grid: Grid, titles: Mapping[str, str], needed: Sequence[str]) -> Table | None:
    """Return the table of a sheet, None where no row of heads names the columns needed.

    The row with the most known heads counts, of equal neighbours the lower: heads of several
    rows are merged downwards. A later row that repeats the heads (a new printed page) is left out.

    Args:
        grid: the sheet.
        titles: the keys of columns by what their heads say, as `head_key` gives it.
        needed: the keys without which it is no such table.
    """
    best: tuple[int, int, dict[str, int]] | None = None
    for index, row in enumerate(grid.rows[:HEAD_WITHIN]):
        found = _heads(row, titles)
        if all(key in found for key in needed) and (best is None or _beats(found, index, best)):
            best = (len(found), index, found)
    if best is None:
        return None
    _, head, columns = best
    lines, notes = _below(grid, head, columns, titles)
    unknown = tuple(
        (place(head + 1, at), cell.text)
        for at, cell in enumerate(grid.rows[head])
        if cell.text and cell.is_own and head_key(cell.text) not in titles
    )
    return Table(grid.name, columns, tuple(lines), tuple(notes), unknown)


def _beats(found: Mapping[str, int], index: int, best: tuple[int, int, Mapping[str, int]]) -> bool:
    """Return whether a row is the better head: it knows more, or as much right below."""
    return len(found) > best[0] or (len(found) == best[0] and index == best[1] + 1)


def _heads(row: Sequence[Cell], titles: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        key = titles.get(head_key(cell.text))
        if key is not None:
            found.setdefault(key, at)
    return found


def _below(
    grid: Grid, head: int, columns: Mapping[str, int], titles: Mapping[str, str]
) -> tuple[list[Line], list[tuple[int, str]]]:
    lines, notes = [], []
    for index in range(head + 1, len(grid.rows)):
        row = grid.rows[index]
        if _is_blank(row) or len(_heads(row, titles)) >= max(2, len(columns) - 1):
            continue
        if _is_note(row, columns):
            notes.append((index + 1, " ".join(_own(row))))
        else:
            lines.append(Line(index + 1, {key: row[at] for key, at in columns.items()}))
    return lines, notes


def _own(row: Sequence[Cell]) -> Iterator[str]:
    return (cell.text for cell in row if cell.text and cell.is_own)


def _is_blank(row: Sequence[Cell]) -> bool:
    return not any(_own(row))


def _is_note(row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Return whether a row is a note: words in one cell only, labels with colons, or a sum."""
    said = list(_own(row))
    if any(visible(text).replace(" ", "").casefold() in _TOTALS for text in said):
        return True
    is_alone = len(said) == 1 and (len(columns) > 2 or row[columns["code"]].text == "")
    return is_alone or all(":" in visible(text) for text in said)
