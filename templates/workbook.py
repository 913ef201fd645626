"""A table as a file for spreadsheets: XLSX to print and to fill in, CSV in two encodings.

No cell is a formula: what begins with = + - @ stays the text that it is.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter

from templates.environment import printable

BOM = "\ufeff"
"""Without it, office programs of the country read a UTF-8 file in another encoding."""

FORMULA = "=+-@\t\r\0＝＋－＠"
"""A cell of a CSV file that begins with one of these would be a formula to a spreadsheet."""

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "gb18030": "text/csv; charset=gb18030",
}
"""The forms of a file, each with its media type."""

A4, WIDEST, NARROWEST = 9, 40, 8
FILLED_ROWS = 1_000
"""Rows of a form that lists are offered in."""

_EARLIEST = date(1900, 3, 1)
"""Days before it are another number in every spreadsheet."""

Value = str | date | None


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, whether it holds days, and what may be chosen in it."""

    title: str
    is_day: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its title, lines above it (as of when, which filter), heads and rows."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Value]]
    above: Sequence[str] = ()
    footer: str = ""
    lists: str = field(default="lists")


def written(sheet: Sheet, form: str) -> bytes:
    """Return a table as a file in one of `FORMS`."""
    if form == "xlsx":
        return _xlsx(sheet)
    if form == "gb18030":
        return _csv(sheet).encode("gb18030")
    return (BOM + _csv(sheet)).encode()


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula. Source: OWASP ASVS 5.0, 1.2.10."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(tuple(FORMULA)) else cell


def _csv(sheet: Sheet) -> str:
    held = io.StringIO()
    writer = csv.writer(held)
    for line in sheet.above:
        writer.writerow([safe(line)])
    writer.writerow([safe(head.title) for head in sheet.heads])
    for row in sheet.rows:
        writer.writerow([safe(_said(value)) for value in row])
    return held.getvalue()


def _said(value: Value) -> str:
    return "" if value is None else str(printable(str(value)))


def _xlsx(sheet: Sheet) -> bytes:
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        _page(book, sheet)
    return held.getvalue()


def _page(book: Any, sheet: Sheet) -> None:
    page, head = book.add_worksheet(sheet.title[:31]), len(sheet.above) + 1
    text = {"num_format": "@", "valign": "top", "text_wrap": True, "border": 1}
    plain, days = book.add_format(text), book.add_format({**text, "num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#E9F0F8", "text_wrap": True})
    page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 16}))
    for number, line in enumerate(sheet.above, 1):
        page.write_string(number, 0, line)
    for at, each in enumerate(sheet.heads):
        page.write_string(head, at, each.title, bold)
        page.set_column(at, at, _width(sheet, at), days if each.is_day and not sheet.rows else None)
    for number, row in enumerate(sheet.rows, head + 1):
        for at, value in enumerate(row):
            _write(page, number, at, value, plain, days)
    _offer(book, page, sheet, head)
    _print(page, sheet, head)


def _write(page: Any, row: int, at: int, value: Value, plain: Any, days: Any) -> None:
    if isinstance(value, date) and value >= _EARLIEST:
        page.write_datetime(row, at, datetime(value.year, value.month, value.day), days)  # noqa: DTZ001  # a day of the calendar has no zone
    else:
        page.write_string(row, at, _said(value), plain)


def _width(sheet: Sheet, at: int) -> int:
    """Return the width of a column in digits; a Chinese character takes two."""
    texts = [sheet.heads[at].title, *[_said(row[at]) for row in sheet.rows[:200]]]
    widest = max(len(text.encode("gb18030", "replace")) for text in texts)
    return min(max(widest + 2, NARROWEST), WIDEST)


def _offer(book: Any, page: Any, sheet: Sheet, head: int) -> None:
    """Offer what may be chosen, from a second sheet: a list in a cell holds 255 characters."""
    if not any(each.choices or each.hint for each in sheet.heads):
        return
    lists = book.add_worksheet(sheet.lists[:31])
    text, last = book.add_format({"num_format": "@"}), head + FILLED_ROWS
    for at, each in enumerate(sheet.heads):
        if not each.is_day:
            page.set_column(at, at, _width(sheet, at), text)
        rule: dict[str, Any] = {"validate": "any", "input_message": each.hint[:255]}
        if each.choices:
            lists.write_column(0, at, (each.title, *each.choices), text)
            name = xlsxwriter.utility.xl_col_to_name(at, col_abs=True)
            source = f"='{sheet.lists[:31]}'!{name}$2:{name}${len(each.choices) + 1}"
            rule = {**rule, "validate": "list", "source": source, "error_type": "warning"}
        page.data_validation(head + 1, at, last, at, rule)


def _print(page: Any, sheet: Sheet, head: int) -> None:
    page.freeze_panes(head + 1, 0)
    if sheet.rows:
        page.autofilter(head, 0, head + len(sheet.rows), len(sheet.heads) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    page.set_footer(f"&L{sheet.footer.replace('&', '&&')}&R&P / &N")
