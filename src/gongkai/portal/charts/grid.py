"""A table that somebody pasted from Excel, WPS or a web page, read cell by cell."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO

from .chart import Chart, ChartError, Form, Series, check
from .numbers import number

MOST_CHARACTERS = 200_000
MOST_ROWS = 500
MOST_COLUMNS = 40
_WIDE_GAP = re.compile(r"(?: {2,}|\u3000+| \u3000+ ?)")
_GAP = re.compile(r"[ \u3000]+")
_NOTE = re.compile(r"(?:备?注\d*|说明|(?:资料|数据)?来源)[:：、.]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2060]")


@dataclass(frozen=True)
class Grid:
    """A table of text: ``head`` are the column heads, ``rows`` the rest; every row is as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def all_rows(self) -> tuple[tuple[str, ...], ...]:
        return (self.head, *self.rows)

    def transposed(self) -> Grid:
        """Rows as columns: for tables with the years across."""
        turned = tuple(zip(*self.all_rows, strict=True))
        return Grid(turned[0], turned[1:])

    def chart(self, form: Form, *, title: str, unit: str, source: str = "", as_of: str = "", note: str = "") -> Chart:
        """The chart of this table: first column categories, each further column a series. Raises `ChartError`."""
        chart = Chart(
            title=title,
            unit=unit,
            source=source,
            as_of=as_of,
            note=note,
            form=form,
            head=self.head[0],
            categories=tuple(row[0] for row in self.rows),
            series=tuple(self._series(column, unit) for column in range(1, len(self.head))),
        )
        check(chart)
        return chart

    def _series(self, column: int, unit: str) -> Series:
        name = self.head[column]
        if not name:
            raise ChartError(
                f"表头第 {column + 1} 格是空的：第一行应当是各列的名称。"
                "请不要把表的大标题一起粘贴，合并的单元格请先拆开。"
            )
        values = []
        for place, row in enumerate(self.rows, 2):
            if _NOTE.match(row[0]) and not any(row[1:]):
                raise ChartError(f"第 {place} 行“{row[0]}”不是数据：请删去这一行，写在“说明”或者“来源”栏。")
            if not row[0]:
                raise ChartError(f"第 {place} 行没有类别名称（第一列是空的）：请填上，合并的单元格请先拆开。")
            try:
                values.append(number(row[column], unit))
            except ValueError as error:
                raise ChartError(f"第 {place} 行“{row[0]}”的“{name}”一列：{error}") from error
        return Series(name, tuple(values), tuple(row[column] for row in self.rows))


def parse_table(text: str) -> Grid:
    """The table in ``text``: tab separated (Excel, WPS), CSV, or aligned by spaces. Raises `ChartError`.

    Empty rows and columns around it are left out; a row that ends early is filled up with empty cells.
    """
    if len(text) > MOST_CHARACTERS:
        raise ChartError(f"粘贴的内容超过 {MOST_CHARACTERS // 10_000} 万字：请只粘贴要公布的部分，全表作为附件上传。")
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\xa0", " ")
    filled = [row for row in _split(text) if any(row)] if text.strip() else []
    if not filled:
        raise ChartError("没有粘贴表格：请在 Excel 或 WPS 中选中表格（连同表头），复制后粘贴到这里。")
    rows = _trimmed(_even(filled))
    if len(rows) < 2 or len(rows[0]) < 2:
        raise ChartError(
            "看不出表格：至少要有一行表头、一行数据和两列。请在 Excel 或 WPS 中选中表格后直接复制粘贴，"
            "手工录入时各格之间用逗号隔开。"
        )
    if len(rows) > MOST_ROWS or len(rows[0]) > MOST_COLUMNS:
        raise ChartError(
            f"表格有 {len(rows)} 行 {len(rows[0])} 列，最多 {MOST_ROWS} 行 {MOST_COLUMNS} 列："
            "请只粘贴要公布的部分，全表作为附件上传。"
        )
    return Grid(rows[0], tuple(rows[1:]))


Rows = list[list[str]]


def _split(text: str) -> Rows:
    """Cells by the first separator that gives every line as many cells; the first that separates any otherwise."""
    if "\t" in text:
        return _separated(text, "\t")
    lines = [line.strip() for line in text.split("\n")]
    ways = [_separated(text, mark) for mark in ",，;；"]
    ways += [[gap.split(line) for line in lines] for gap in (_WIDE_GAP, _GAP)]
    tried = [rows for way in ways if (rows := [row for row in way if any(row)])]
    for rows in tried:
        if len({len(row) for row in rows}) == 1 and len(rows[0]) > 1:
            return rows
    for rows in reversed(tried):
        if len(rows) > 1 and _lacks_corner(rows):
            return rows
    return next((rows for rows in tried if max(map(len, rows)) > 1), tried[-1])


def _lacks_corner(rows: Rows) -> bool:
    """Whether the cell above the categories was left empty and got lost."""
    return {len(row) for row in rows[1:]} == {len(rows[0]) + 1}


def _separated(text: str, mark: str) -> Rows:
    """Lines of cells; a cell in quotation marks may hold the separator, and line breaks."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:  # a quotation mark that is only a quotation mark
        rows = [line.split(mark) for line in text.split("\n")]
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def _even(rows: Rows) -> Rows:
    width = len(rows[0])
    longest = max(map(len, rows[1:]), default=width)
    if longest > width and any(any(row[width:]) for row in rows[1:]):
        if _lacks_corner(rows):
            rows[0].insert(0, "")
        else:
            place = next(place for place, row in enumerate(rows, 1) if any(row[width:]))
            raise ChartError(
                f"第 {place} 行有 {len(rows[place - 1])} 格，表头只有 {width} 格：请检查表头是否完整；"
                "手工录入时，数字里的千分位逗号请去掉，或者给数字加上英文引号。"
            )
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _trimmed(rows: Rows) -> list[tuple[str, ...]]:
    """Without the columns that are empty from top to bottom."""
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return [tuple(row[column] for column in kept) for row in rows]
