"""The demonstration year as Excel ledgers, the way a clerk would hand them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from gongkai.sheets.book import Book, Documents, Sheet, Values, kinds

from . import application_rows, messages, outlets, register_rows, site
from .targets import MARK, SEED, YEAR

Rows = Mapping[str, Iterable[Values]]

# Kind of import, file name. In the order in which they are loaded.
FILES = {
    "publications": f"{YEAR}年主动公开信息台账.xlsx",
    "inquiries": f"{YEAR}年群众留言台账.xlsx",
    "registers": f"{YEAR}年第二十条各项台账.xlsx",
    "applications": f"{YEAR}年依申请公开台账.xlsx",
}


def write_ledgers(folder: Path) -> dict[str, Path]:
    """Write every ledger of the year into a folder; their paths by kind. The same rows every time."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {kind: folder / name for kind, name in FILES.items()}
    contents = rows()
    for kind, path in paths.items():
        write_ledger(book_of(kind), contents[kind], path)
    return paths


def rows() -> dict[str, Rows]:
    """The rows of each worksheet by kind of import and title. Each part has random numbers of its own."""
    return {
        "publications": {
            "门户网站": site.rows(),
            "其他渠道": outlets.appearances(Random(SEED + 1)),  # noqa: S311  titles and dates, no secrets
            "订阅数": outlets.subscribers(),
            "新闻发布会": outlets.press_conferences(),
        },
        "inquiries": {"群众留言": messages.rows(Random(SEED + 2))},  # noqa: S311
        "registers": {
            "事项": register_rows.items(),
            "处理决定": register_rows.decisions(Random(SEED + 3)),  # noqa: S311
        },
        "applications": {book_of("applications").sheets[0].title: application_rows.rows()},
    }


def book_of(kind: str) -> Book:
    """The declared workbook of a kind. Raises ``TypeError`` when its files are documents."""
    book = kinds()[kind]
    if isinstance(book, Documents):
        raise TypeError(f"{kind} has no ledger")
    return book


def write_ledger(book: Book, contents: Rows, path: Path) -> None:
    """Write a workbook: a line that marks it as demonstration, the headings, the rows in the words of the ledger.

    Worksheets without rows have their headings only.
    """
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        formats = {
            "mark": workbook.add_format({"bold": True, "font_color": "#C00000"}),
            "head": workbook.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1}),
            "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for sheet in book.sheets:
            _write_sheet(workbook.add_worksheet(sheet.title), sheet, contents.get(sheet.title, ()), formats)


def _write_sheet(worksheet: Any, sheet: Sheet, rows: Iterable[Values], formats: Mapping[str, Any]) -> None:
    worksheet.write_string(0, 0, f"{MARK}：{YEAR}年{sheet.title}，全部内容均为虚构", formats["mark"])
    worksheet.freeze_panes(2, 0)
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width)
        worksheet.write_string(1, index, column.heading, formats["head"])
    for line, row in enumerate(rows, start=2):
        if unknown := row.keys() - sheet.by_code.keys():
            raise KeyError(f"{sheet.title} has no columns {sorted(unknown)}")
        for index, column in enumerate(sheet.columns):
            _write_cell(worksheet, line, index, column.words(row.get(column.code)), formats["date"])


def _write_cell(worksheet: Any, line: int, index: int, value: Any, as_date: Any) -> None:
    if isinstance(value, date):
        worksheet.write_datetime(line, index, value, as_date)
    elif isinstance(value, int | Decimal):
        worksheet.write_number(line, index, value)
    elif value != "":
        worksheet.write_string(line, index, value)
