"""Workbooks: rows with several cells are tables, rows with one are text."""

from __future__ import annotations

from io import BytesIO

from .errors import ReadError
from .limits import MAX_CELLS, check_members, open_zip
from .recognise.heads import head_number
from .source import Grid, GridCell, Item, Line, Source

_LONG = 60


def read(data: bytes, name: str = "") -> Source:
    """The items of an .xlsx, sheet after sheet."""
    import python_calamine

    with open_zip(data) as archive:
        check_members(archive)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        source = Source([])
        for title in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(title)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise ReadError(f"工作表“{title}”过大，不像一份年度报告。")
            _read_sheet(sheet, source)
    except python_calamine.CalamineError as error:
        raise ReadError("Excel 文件已损坏或有密码，不能打开；请在 Excel 或 WPS 中修复后另存。") from error
    return source


def _read_sheet(sheet: object, source: Source) -> None:
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    continued = _continued(sheet.merged_cell_ranges or [])  # type: ignore[attr-defined]
    items: list[Item] = source.items
    grid: Grid | None = None
    for index, row in enumerate(rows):
        cells = [GridCell(_text(value), origin=(index, column) not in continued) for column, value in enumerate(row)]
        words = [cell.text for cell in cells if cell.text.strip()]
        if not words:
            # An empty row ends a table only when text follows; blank rows are common inside them.
            continue
        alone = len(words) == 1
        if alone and (grid is None or len(words[0]) > _LONG or head_number(words[0])):
            items.extend(Line(part, index + 1, whole=True) for part in words[0].split("\n") if part.strip())
            grid = None
            continue
        if grid is None:
            grid = Grid([], [])
            items.append(grid)
        grid.rows.append(cells)
        grid.numbers.append(index + 1)


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
