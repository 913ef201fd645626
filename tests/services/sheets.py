"""Sheets as people hand them in, built here: merged heads, notes, eaten codes."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

HEADS = ("项目编号", "项目名称", "县区", "试点社区", "主管单位", "试点地区", "方案报批期限")
RIGHT = ("N01", "示例甲", "O03", "示例·春和社区", "O01", "安居区民政局", "2018-03-01")


def a_line(code: str = "N01", **changed: Any) -> list[Any]:
    """Return a right line, with some cells changed by their head."""
    held = {**dict(zip(HEADS, RIGHT, strict=True)), "项目编号": code, "项目名称": f"示例{code}"}
    return list({**held, **changed}.values())


def a_sheet(*lines: Sequence[Any], heads: Sequence[str] = HEADS) -> bytes:
    """Return an XLSX file: one row of heads, then lines; days and numbers as such."""
    return a_book([list(heads), *[list(line) for line in lines]])


def a_book(rows: Sequence[Sequence[Any]], merged: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return an XLSX file of rows from A1 on, with merged ranges and what stands in them."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        page, days = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy/m/d"})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    page.write_datetime(row, column, datetime(*value.timetuple()[:3]), days)
                elif value is not None:
                    page.write(row, column, value)
        for where, text in merged:
            page.merge_range(where, text)
    return held.getvalue()


def a_csv(*lines: Sequence[str], encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV file: heads, then lines."""
    return "\r\n".join(",".join(line) for line in (HEADS, *lines)).encode(encoding)
