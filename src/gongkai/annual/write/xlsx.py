"""The report as a workbook: one sheet for the text, one for each table, numbers as numbers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from gongkai.annual.forms import Column, Table
from gongkai.annual.report import Number, Report, TableData

from .geometry import Box, Grid, grid
from .outline import NUMERALS, UNFILLED, Body, Figures, Heading, Subheading, clean, figure, outline, plain, title_of

TEXT_SHEET = "正文"
# Widths in characters: of the text sheet (what A4 holds unscaled), and of all columns of a table together.
_TEXT_WIDTH, _TABLE_WIDTH = 72, 100
_INTEGER, _CHANGE = "0", "+0.####;-0.####;0"


def render(report: Report) -> bytes:
    """The report as an XLSX file."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        # A fixed date, so that the same report gives the same bytes.
        book.set_properties(
            {"title": title_of(report), "author": clean(report.agency), "created": datetime(1980, 1, 1)}  # noqa: DTZ001
        )
        formats = _formats(book)
        _text_sheet(book, formats, report)
        for part in outline(report):
            if isinstance(part, Figures):
                _table_sheet(book, formats, report, part.table, part.data)
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    boxed = {
        "border": 1,
        "valign": "vcenter",
        "align": "center",
        "text_wrap": True,
        "font_name": "宋体",
        "font_size": 10,
    }
    text = {"text_wrap": True, "valign": "top", "font_name": "仿宋", "font_size": 12}
    figures = boxed | {"font_name": "Times New Roman", "text_wrap": False, "shrink": True}
    made = {
        "title": text | {"font_name": "方正小标宋简体", "font_size": 18, "align": "center"},
        "heading": text | {"font_name": "黑体"},
        "subheading": text | {"font_name": "楷体"},
        "body": text,
        "caption": boxed | {"bg_color": "#EEF2F7"},
        "corner": boxed | {"align": "left"},
        "head": boxed,
        "group": boxed,
        # 270 is xlsxwriter's word for upright characters one under the other.
        "vertical": boxed | {"rotation": 270},
        "label": boxed | {"align": "left"},
        "count": figures | {"num_format": _INTEGER},
        "change": figures | {"num_format": _CHANGE},
        "money": figures,
        "unfilled": figures,
    }
    return {name: book.add_format(properties) for name, properties in made.items()}


def _text_sheet(book: Any, formats: dict[str, Any], report: Report) -> None:
    sheet = book.add_worksheet(TEXT_SHEET)
    _print_on_a4(sheet)
    sheet.set_column(0, 0, _TEXT_WIDTH, formats["body"])
    lines = [(title_of(report), "title")]
    for part in outline(report):
        match part:
            case Heading(text):
                lines.append((text, "heading"))
            case Subheading(text):
                lines.append((text, "subheading"))
            case Body(text):
                lines.append((text, "body"))
    for row, (text, style) in enumerate(lines):
        size = 1.5 if style == "title" else 1
        # Excel fits rows by itself only to what it has drawn; other programs take the height that is given.
        sheet.set_row(row, 18 * size * ceil(_width(text) * size / (_TEXT_WIDTH - 2)))
        sheet.write_string(row, 0, text, formats[style])


def _width(text: str) -> int:
    """The width of a text in columns of a fixed pitch: a Chinese character takes two."""
    return sum(1 if character.isascii() else 2 for character in text)


def _table_sheet(book: Any, formats: dict[str, Any], report: Report, table: Table, data: TableData) -> None:
    shape = grid(table)
    sheet = book.add_worksheet(f"表{NUMERALS[int(table.number) - 1]}")
    _print_on_a4(sheet)
    sheet.set_header(f"&C{NUMERALS[int(table.number) - 1]}、{table.title}")
    if len(shape.parts) == 1:
        sheet.repeat_rows(0, shape.heads[0] - 1)
    for column, share in enumerate(shape.widths):
        sheet.set_column(column, column, max(share * _TABLE_WIDTH, 5))
    for row, boxes in enumerate(shape.rows()):
        lines = max((_lines(box, shape) for box in boxes if box.rowspan == 1), default=1)
        sheet.set_row(row, 14 * lines + 6)
    for box in shape.boxes:
        if box.cell is None:
            _place(sheet, box, "\n".join(shape.lines_of(box)), formats["vertical" if box.vertical else box.kind])
        else:
            value, declared = figure(report, data, box.cell)
            _place_figure(sheet, box, value, declared, formats)


def _lines(box: Box, shape: Grid) -> int:
    """How many lines a box takes in the width that it has."""
    wrapped = ceil(_width(box.text) / (sum(shape.widths[box.column : box.right]) * _TABLE_WIDTH))
    return max(wrapped, len(shape.lines_of(box)))


def _place_figure(sheet: Any, box: Box, value: Number | None, column: Column, formats: dict[str, Any]) -> None:
    if value is None:
        _place(sheet, box, UNFILLED, formats["unfilled"])
    elif _is_exact(value):
        style = "money" if isinstance(value, Decimal) and column.kind == "count" else column.kind
        _place(sheet, box, float(value) if isinstance(value, Decimal) else value, formats[style])
    else:
        _place(sheet, box, plain(value), formats["money"])


def _is_exact(value: Number) -> bool:
    """Whether a spreadsheet, which knows only binary fractions of 15 digits, keeps the number as it is."""
    return len(plain(value).lstrip("-").replace(".", "").lstrip("0")) <= 15


def _place(sheet: Any, box: Box, content: str | float, style: Any) -> None:
    write = sheet.write_string if isinstance(content, str) else sheet.write_number
    if box.rowspan > 1 or box.colspan > 1:
        sheet.merge_range(box.row, box.column, box.bottom - 1, box.right - 1, "", style)
    write(box.row, box.column, content, style)


def _print_on_a4(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
