"""Workbooks: rows with several cells are tables, rows with one are text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from .errors import ReadError
from .limits import MAX_CELLS, check_members, open_zip, read_member
from .recognise.heads import head_number
from .source import Grid, GridCell, Item, Line, Source

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_LONG = 60
_REFERENCE = re.compile(rb"""\b(?:r|ref)\s*=\s*["'](?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{0,3})(\d{1,7})["']""")


def read(data: bytes, name: str = "") -> Source:
    """The items of an .xlsx, sheet after sheet."""
    import python_calamine

    with open_zip(data) as archive:
        check_members(archive)
        _check_extent(archive)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        source = Source([])
        for title in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(title)
            _read_sheet(sheet, source)
    except python_calamine.CalamineError as error:
        raise ReadError("Excel 文件已损坏或有密码，不能打开；请在 Excel 或 WPS 中修复后另存。") from error
    return source


def _check_extent(archive: ZipFile) -> None:
    """calamine lays out every cell up to the last one, and ends the process when memory does: look first."""
    for member in archive.namelist():
        if not member.startswith("xl/worksheets/"):
            continue
        rows = columns = 1
        for letters, digits in _REFERENCE.findall(read_member(archive, member)):
            rows = max(rows, int(digits))
            columns = max(columns, _column(letters))
        if rows * columns > MAX_CELLS:
            raise ReadError("Excel 工作表过大，不像一份年度报告，已停止读取。")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_sheet(sheet: CalamineSheet, source: Source) -> None:
    rows = sheet.to_python(skip_empty_area=False)
    continued = _continued(sheet.merged_cell_ranges or [])
    items: list[Item] = source.items
    grid: Grid | None = None
    for index, row in enumerate(rows):
        cells = [GridCell(_text(value), origin=(index, column) not in continued) for column, value in enumerate(row)]
        words = [cell.text for cell in cells if cell.text.strip()]
        if not words:
            # An empty row ends a table only when text follows; blank rows are common inside them.
            continue
        alone = len(words) == 1
        above = grid is None and not _table_follows(rows, index)
        if alone and (above or len(words[0]) > _LONG or head_number(words[0])):
            items.extend(Line(part, index + 1, whole=True) for part in words[0].split("\n") if part.strip())
            grid = None
            continue
        if grid is None:
            grid = Grid([], [])
            items.append(grid)
        grid.rows.append(cells)
        grid.numbers.append(index + 1)


def _table_follows(rows: Sequence[Sequence[object]], index: int) -> bool:
    """Whether the row below has several cells, so that the one cell here is the caption of a table."""
    below = rows[index + 1] if index + 1 < len(rows) else ()
    return sum(1 for value in below if str(value).strip()) > 1


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _continued(ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> set[tuple[int, int]]:
    """The cells that a merged range covers, without the one that holds its text."""
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in ranges:
        if (bottom - top + 1) * (right - left + 1) <= MAX_CELLS:
            covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            covered.discard((top, left))
    return covered
