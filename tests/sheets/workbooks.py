"""Small workbooks for the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from gongkai.sheets.book import Sheet


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these worksheets, each a list of rows."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        worksheet = workbook.create_sheet(title)
        for row in rows:
            worksheet.append(list(row))
    workbook.save(path)
    return path


def ledger(path: Path, sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A filled ledger: rows by column code under the headings of the sheet."""
    cells = [[row.get(column.code, "") for column in sheet.columns] for row in rows]
    return write(path, {sheet.title: [[column.heading for column in sheet.columns], *cells]})
