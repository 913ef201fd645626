"""A table of a sheet that a page carries from its preview to its confirmation, packed."""

import base64
import json
import zlib

from engine.core.errors import UsageError
from engine.core.sheets import Cell, Line, Table

MOST = 24 * 1024 * 1024
"""Bytes that a table has unpacked; more was never packed here."""


def packed(table: Table) -> str:
    """Return a table as a text for a hidden field."""
    said = [
        table.sheet, dict(table.columns),
        [
            [line.row, {k: [c.kind, c.text] for k, c in line.cells.items() if c.text}]
            for line in table.lines
        ],
        [list(note) for note in table.notes], [list(one) for one in table.unknown],
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(text)).decode()


def unpacked(text: str) -> Table:
    """Return the table of a hidden field.

    Raises:
        UsageError: it is none that was packed here.
    """
    try:
        stream = zlib.decompressobj()
        data = stream.decompress(base64.b64decode(text, validate=True), MOST)
        sheet, columns, lines, notes, unknown = json.loads(data)
        return Table(
            str(sheet), {str(key): int(at) for key, at in columns.items()},
            tuple(_line(row, cells, columns) for row, cells in lines),
            tuple((int(row), str(said)) for row, said in notes),
            tuple((str(at), str(said)) for at, said in unknown),
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, zlib.error, RecursionError) as error:
        raise UsageError("table: choose the file once more", "choose_again") from error


def _line(row: int, cells: dict[str, list[str]], columns: dict[str, int]) -> Line:
    held = {str(key): Cell(str(kind), str(text)) for key, (kind, text) in cells.items()}
    return Line(int(row), {str(key): held.get(key, Cell()) for key in columns})
