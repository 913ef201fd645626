"""Files of sheets as cells: XLSX, XLS and CSV, opened only under limits."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from engine.core.identifiers import visible
from engine.core.sheets import DAY, NUMBER, TEXT, Cell, Grid
from engine.core.uploads import judged, refuse

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 5_000, 200
MOST_AREA = 2_000_000
"""Cells between the first and the last, empty ones too: a reader makes room for all of them."""

MOST_SHEETS, MOST_SIGNS = 20, 2_000
SUFFIXES = (".xlsx", ".xls", ".csv")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an XLS file begins."""

FORMULA = "=+-@\t\r\0＝＋－＠"
"""What a formula begins with; our own files put a mark before it."""

_PLACE = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
_BLOCK = 1 << 20


def read(name: str, content: bytes) -> list[Grid]:
    """Return the sheets of a file, in their order.

    Raises:
        RefusalError: it is empty, of another kind, too large, broken, locked by a password, or
            packed to do harm. What the name ends with decides nothing.
    """
    if not content:
        raise refuse("upload_empty", file=name)
    if len(content) > MOST_BYTES:
        raise refuse("sheet_bytes", file=name, most=MOST_BYTES >> 20)
    if content.startswith(OLE):
        return _workbook(name, content)
    if content.startswith(b"PK"):
        _must_be_sound(name, content)
        return _workbook(name, content)
    return [_csv(name, content)]


def _must_be_sound(name: str, content: bytes) -> None:
    """Look through a packed file before a reader makes room for what it promises."""
    if judged(name, content).suffix != ".xlsx":
        raise refuse("sheet_kind", file=name, kinds=" ".join(SUFFIXES))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            if sum(entry.file_size for entry in opened.infolist()) > MOST_UNPACKED:
                raise refuse("upload_harmful", file=name)
            for entry in opened.infolist():
                _look_through(name, opened, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise refuse("upload_broken", file=name) from error


def _look_through(name: str, opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read an entry to its end, which tells a false size, and see how far its cells reach."""
    rows = columns = 0
    kept = b""
    with opened.open(entry) as file:
        while block := file.read(_BLOCK):
            if entry.filename.startswith("xl/worksheets/"):
                for letters, number in _PLACE.findall(kept + block):
                    rows, columns = max(rows, int(number)), max(columns, _column(letters))
                kept = block[-32:]
    if rows * columns > MOST_AREA:
        raise refuse("sheet_large", file=name, rows=MOST_ROWS, columns=MOST_COLUMNS)


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def _workbook(name: str, content: bytes) -> list[Grid]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = book.sheet_names[:MOST_SHEETS]
            return [_grid(name, book.get_sheet_by_name(each)) for each in names]
    except (CalamineError, OSError) as error:
        raise refuse("upload_broken", file=name) from error


def _grid(name: str, sheet: CalamineSheet) -> Grid:
    end = sheet.end
    if end is None:
        return Grid(sheet.name, ())
    if (end[0] + 1) * (end[1] + 1) > MOST_AREA:
        raise refuse("sheet_large", file=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
    cells = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for first, last in sheet.merged_cell_ranges or ():
        _spread(cells, first, last)
    return _within(name, Grid(sheet.name, cells))


def _within(name: str, grid: Grid) -> Grid:
    """Return a sheet without the empty rows at its end, if it is not too large then."""
    rows = list(grid.rows)
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise refuse("sheet_large", file=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
    return Grid(grid.name, rows)


def _spread(cells: list[list[Cell]], first: tuple[int, int], last: tuple[int, int]) -> None:
    """Let a merged cell reach every place that it covers."""
    if first[0] >= len(cells) or first[1] >= len(cells[first[0]]):
        return
    held = cells[first[0]][first[1]]
    if not held.text:
        return
    for row in cells[first[0] : last[0] + 1]:
        for at in range(first[1], min(last[1] + 1, len(row))):
            if not row[at].text:
                row[at] = Cell(held.kind, held.text, is_own=False)


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime | date):
        return Cell(DAY, value.isoformat()[:10])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Cell(TEXT, plain(str(value)))
    whole = isinstance(value, int) or value.is_integer()
    return Cell(NUMBER, str(int(value)) if whole else repr(value))


def plain(text: str) -> str:
    """Return a text as a cell holds it: common form, no blanks around it, not endless."""
    return visible(text)[:MOST_SIGNS].strip()


def _unguarded(value: str) -> str:
    """Return a cell without the mark that keeps spreadsheets from taking it for a formula."""
    is_guarded = value.startswith("'") and value[1:].lstrip(" \u3000").startswith(tuple(FORMULA))
    return value[1:] if is_guarded else value


def _csv(name: str, content: bytes) -> Grid:
    text = _decoded(name, content)
    try:
        rows = [
            [Cell(TEXT, plain(_unguarded(value))) for value in row]
            for row in _some(csv.reader(io.StringIO(text, newline=""), _dialect(text)))
        ]
    except csv.Error as error:
        raise refuse("upload_broken", file=name) from error
    width = max(map(len, rows), default=0)
    even: Sequence[Sequence[Cell]] = [[*row, *[Cell()] * (width - len(row))] for row in rows]
    return _within(name, Grid(PurePath(name).stem, even))


def _some(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS + 1:
            return
        yield row[: MOST_COLUMNS + 1]


def _dialect(text: str) -> type[csv.Dialect]:
    """Return how a table is written: whatever stands most often in its first lines parts them."""
    head = "\n".join(text.splitlines()[:10])
    sign = max(",\t;", key=head.count)

    class Found(csv.excel):
        delimiter = sign

    return Found


def _decoded(name: str, content: bytes) -> str:
    """Return a text: by its mark, else as UTF-8, else as GB18030, which holds GBK."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("sheet_kind", file=name, kinds=" ".join(SUFFIXES))
    marked = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for encoding in (marked, "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("sheet_kind", file=name, kinds=" ".join(SUFFIXES))
