"""Write ledgers: the empty template with instructions, and the file of rows that need correcting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from .book import Book, Col, Sheet
from .reading import CORRECTION_HEADINGS, NOTES_SHEET, Reading

_ROWS = 20_000  # rows that have drop-downs and formats
_LISTS_SHEET = "选项"
_INLINE_LIST = 255  # characters that Excel takes for a list written into the rule itself
_KINDS = {"text": "文字", "date": "日期", "integer": "整数", "amount": "数字", "choice": "选一项", "flag": "是或否"}
_FLAGS = ["是", "否"]


def write_template(book: Book, path: Path) -> None:
    """An empty ledger: instructions, then each worksheet with frozen headings, drop-downs and one example row."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        formats = _formats(workbook)
        _write_notes(book, workbook, formats)
        lists = _Lists()
        for sheet in book.sheets:
            _write_sheet(sheet, workbook, formats, lists)
        lists.write(workbook)


def write_corrections(readings: Sequence[Reading], path: Path) -> None:
    """The rows that were left out, as they stood, each with its reasons in a last column."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        formats = _formats(workbook)
        for reading in readings:
            if not reading.raw:
                continue
            worksheet = workbook.add_worksheet(reading.sheet.title[:31])
            worksheet.freeze_panes(1, 0)
            worksheet.write_row(0, 0, [*reading.headings, *CORRECTION_HEADINGS], formats["head"])
            reasons: dict[int, list[str]] = {}
            for error in reading.errors:
                reasons.setdefault(error.number, []).append(f"{error.heading}：{error.reason}".lstrip("："))
            width = len(reading.headings)
            for line, (number, cells) in enumerate(sorted(reading.raw.items()), start=1):
                for index, cell in enumerate(cells[:width]):
                    _write_cell(worksheet, line, index, cell, formats)
                worksheet.write_number(line, width, number)
                worksheet.write_string(line, width + 1, "；".join(reasons.get(number, [])), formats["bad"])
            worksheet.set_column(0, width, 14)
            worksheet.set_column(width + 1, width + 1, 60)


def _formats(workbook: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    return {
        "head": workbook.add_format({**base, "bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True}),
        "need": workbook.add_format(
            {**base, "bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "font_color": "#C00000"}
        ),
        "text": workbook.add_format({**base, "num_format": "@"}),
        "date": workbook.add_format({**base, "num_format": "yyyy-mm-dd"}),
        "example": workbook.add_format({**base, "italic": True, "font_color": "#7F7F7F", "num_format": "@"}),
        "title": workbook.add_format({**base, "bold": True, "font_size": 16}),
        "wrap": workbook.add_format({**base, "text_wrap": True, "valign": "top"}),
        "bad": workbook.add_format({**base, "font_color": "#C00000", "text_wrap": True}),
    }


def _write_notes(book: Book, workbook: Any, formats: dict[str, Any]) -> None:
    worksheet = workbook.add_worksheet(NOTES_SHEET)
    worksheet.set_column(0, 0, 22)
    worksheet.set_column(1, 2, 10)
    worksheet.set_column(3, 3, 80)
    worksheet.write(0, 0, f"{book.title} · 填写说明", formats["title"])
    general = (
        "一行一件，从表头下一行填起；灰色斜体的一行是示例，可以删去，留着也不会导入。",
        "红色表头为必填；其余没有的可以空着。列的先后可以调整，也可以另加自己用的列。",
        "日期写成 2020-03-02、2020.3.2、2020年3月2日都可以；有下拉列表的请从列表中选。",
        "同一张表可以反复导入：已经登记的不会重复，新增的才会登记。",
    )
    line = 1
    for text in (*general, *(note for sheet in book.sheets for note in sheet.notes)):
        worksheet.merge_range(line, 0, line, 3, text, formats["wrap"])
        line += 1
    for sheet in book.sheets:
        line += 1
        worksheet.write_row(line, 0, [f"〔{sheet.title}〕各列", "必填", "填法", "说明"], formats["head"])
        for column in sheet.columns:
            line += 1
            kind = _KINDS[column.kind]
            worksheet.write_row(line, 0, [column.heading, "是" if column.required else "", kind], formats["wrap"])
            options = f"可填：{'；'.join(column.choices)}。" if column.choices else ""
            worksheet.write(line, 3, f"{column.help}{options}", formats["wrap"])
        line += 1


def _write_sheet(sheet: Sheet, workbook: Any, formats: dict[str, Any], lists: _Lists) -> None:
    worksheet = workbook.add_worksheet(sheet.title[:31])
    worksheet.freeze_panes(1, 1)
    worksheet.set_row(0, 32)
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width, formats["date" if column.kind == "date" else "text"])
        worksheet.write_string(0, index, column.heading, formats["need" if column.required else "head"])
        if column.help:
            worksheet.write_comment(0, index, column.help, {"x_scale": 2})
        if column.example != "":
            worksheet.write_string(1, index, str(column.example), formats["example"])
        options = list(column.choices) or (_FLAGS if column.kind == "flag" else [])
        if options:
            source = options if len(",".join(options)) < _INLINE_LIST else lists.reference(column, options)
            worksheet.data_validation(
                1,
                index,
                _ROWS,
                index,
                {
                    "validate": "list",
                    "source": source,
                    "error_title": "请从列表中选",
                    "error_message": f"“{column.heading}”只能填列表中的一项。",
                },
            )
    worksheet.autofilter(0, 0, 0, len(sheet.columns) - 1)


def _write_cell(worksheet: Any, line: int, index: int, cell: Any, formats: dict[str, Any]) -> None:
    if isinstance(cell, datetime | date):
        worksheet.write_datetime(line, index, cell, formats["date"])
    elif isinstance(cell, bool):
        worksheet.write_boolean(line, index, cell)
    elif isinstance(cell, int | float):
        worksheet.write_number(line, index, cell)
    elif cell not in (None, ""):
        worksheet.write_string(line, index, str(cell), formats["text"])


class _Lists:
    """Drop-down lists too long for a rule stand in a hidden worksheet."""

    def __init__(self) -> None:
        self.columns: list[tuple[Col, list[str]]] = []

    def reference(self, column: Col, options: list[str]) -> str:
        self.columns.append((column, options))
        letter = xlsxwriter.utility.xl_col_to_name(len(self.columns) - 1)
        return f"={_LISTS_SHEET}!${letter}$2:${letter}${len(options) + 1}"

    def write(self, workbook: Any) -> None:
        if not self.columns:
            return
        worksheet = workbook.add_worksheet(_LISTS_SHEET)
        worksheet.hide()
        for index, (column, options) in enumerate(self.columns):
            worksheet.write_column(0, index, [column.heading, *options])
