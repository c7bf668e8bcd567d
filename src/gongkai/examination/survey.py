"""Single surveyed units that a table lets people infer (统计法第二十八条).

A row that stands for one or two units shows their figures; a row whose figures are left out is found by taking
the other rows from the total. Percentages of one unit are figures as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.law.parameters import Parameter

from .finding import Finding, Severity, finding, safe
from .grid import Grid, is_suppressed, number
from .settings import Settings
from .subject import Table

# Columns that count surveyed units. Bodies that are funded are no survey units, nor are posts or projects.
_UNITS = re.compile(
    r"(?:企业|单位|法人|户|调查对象|产业活动单位|经营户|样本)(?:个|家|户)?数|(?:企业|单位|法人单位|经营户)[（(][个家户][）)]|家数|户数"
)
_NO_UNITS = re.compile(r"预算|行政|事业|机关|部门|占|比|增|万户|千户|百户|总户数|人口")
_TOTAL = re.compile(r"^(?:总|合)\s*计$|^总\s*数$|^全[市省县区国]$|^合\s*计[:：]?$")
_PART = re.compile(r"其中|#|＃")


@dataclass(frozen=True, slots=True)
class _Row:
    """``count`` of units, ``None`` where it is left out; ``shown`` and ``hidden`` are its columns of figures."""

    number: int
    label: str
    count: int | None
    shown: frozenset[int]
    hidden: frozenset[int]


def find_survey_units(table: Table, settings: Settings) -> Iterator[Finding]:
    """Rows of fewer units than may be published whose figures stand there or can be worked out."""
    grid = Grid.of(table)
    for column in grid.columns(_UNITS):
        if _NO_UNITS.search(grid.headings[column]):
            continue
        figures = _figure_columns(grid, column)
        rows = [
            row for number, cells in enumerate(grid.rows, grid.first) if (row := _row(number, cells, column, figures))
        ]
        if figures and rows:
            yield from _judge(table, rows, settings)


def _figure_columns(grid: Grid, units: int) -> list[int]:
    """Columns that tell something of the units: neither another count nor the number of the row."""
    return [
        column
        for column in range(1, len(grid.headings))
        if column != units
        and not _UNITS.search(grid.headings[column])
        and not grid.is_ordinal(column)
        and any(number(row[column]) is not None for row in grid.rows)
    ]


def _row(place: int, cells: Sequence[str], units: int, figures: list[int]) -> _Row | None:
    count = number(cells[units])
    if count is None and not is_suppressed(cells[units]):
        return None  # a heading inside the table
    if count is not None and (count != int(count) or count < 0):
        return None
    label = next((cell for cell in cells if cell and number(cell) is None), "")
    shown = frozenset(column for column in figures if number(cells[column]) is not None)
    hidden = frozenset(column for column in figures if is_suppressed(cells[column]))
    if count is None and not any(cells[column].strip() for column in (units, *figures)):
        return None
    return _Row(place, label, None if count is None else int(count), shown, hidden)


def _judge(table: Table, rows: list[_Row], settings: Settings) -> Iterator[Finding]:
    law = settings.cell_units
    totals = [row for row in rows if _TOTAL.match(row.label)]
    parts = [row for row in rows if row not in totals]
    for row in rows:
        if row.count is not None and 0 < row.count < law.number and row.shown:
            message = (
                f"“{row.label}”只有{row.count}个单位，列出的数据会让人认出单个统计调查对象（{law.reference}）。"
                f"请与相近的类别合并，使每格不少于{law.number}个单位，或者隐去数据并防止用合计倒推。"
            )
            yield _found(table, row, Severity.BLOCK, message)
    if len(totals) == 1 and totals[0].count is not None:
        yield from _complements(table, totals[0], parts, law)


def _complements(table: Table, total: _Row, parts: list[_Row], law: Parameter) -> Iterator[Finding]:
    """What the total gives away. Only where the rows are known to add up to it."""
    assert total.count is not None
    unknown = [row for row in parts if row.count is None]
    left = total.count - sum(row.count for row in parts if row.count is not None)
    if len(unknown) == 1 and 0 < left < law.number:
        row = unknown[0]
        if row.shown or _alone_in(row, total, parts):
            message = (
                f"“{row.label}”的单位数虽未列出，但由合计减去其他各行可知只有{left}个，"
                f"数据会让人认出单个统计调查对象（{law.reference}）。请合并类别，或者再隐去一行。"
            )
            yield _found(table, row, Severity.BLOCK, message)
    elif not unknown and left == 0:
        for row in parts:
            if row.count is not None and 0 < row.count < law.number and not row.shown and _alone_in(row, total, parts):
                message = (
                    f"“{row.label}”只有{row.count}个单位，其数据虽已隐去，但由合计减去其他各行就能算出"
                    f"（{law.reference}）。请再隐去一行，或者合并类别。"
                )
                yield _found(table, row, Severity.BLOCK, message)
    elif not unknown and _is_remainder(left, total, parts, law):
        message = (
            f"合计{total.count}个单位，列出的各行共{total.count - left}个，余下的{left}个单位的数据可以由合计倒推"
            f"（{law.reference}）。请核对，确实如此的合并类别。"
        )
        yield _found(table, total, Severity.WARN, message)


def _is_remainder(left: int, total: _Row, parts: list[_Row], law: Parameter) -> bool:
    """Whether the listed rows leave one or two units of the total over. 其中: what it leaves is no class of its own."""
    if not parts or not 0 < left < law.number or any(_PART.search(row.label) for row in parts):
        return False
    return any(all(column in row.shown for row in parts) for column in total.shown)


def _alone_in(row: _Row, total: _Row, parts: list[_Row]) -> bool:
    """Whether some figure of the row is the only one left out of a column whose total is shown."""
    return any(
        column in total.shown and all(column in other.shown for other in parts if other is not row)
        for column in row.hidden
    )


def _found(table: Table, row: _Row, severity: Severity, message: str) -> Finding:
    return finding(
        "SURVEY-UNITS",
        severity,
        f"{table.place}第{row.number}行",
        message,
        value=f"{table.caption} {row.label} {row.count}",
        excerpt=safe(row.label),
        anchor=table.anchor,
    )
