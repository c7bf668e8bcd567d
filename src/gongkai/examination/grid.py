"""Tables as the checks look at them: which rows are headings, what names a column, which cells are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .subject import Passage, Table

_NUMBER = re.compile(r"[-+−－]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-+−－]?\d+(?:\.\d+)?")
_MARKS = re.compile(r"[%％*＊\s]")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_HEADING_ROWS = 4
SUPPRESSED = re.compile(r"[*＊xX×#＃…•·\-—－–/]{1,6}|\.{2,6}|保密|不公布|[（(][cC][）)]|[cC]")
_ORDINAL = re.compile(r"序号|编号|行次|代码|编码|邮编|年份|年度|排名|位次|电话")


def number(text: str) -> Decimal | None:
    """The value of a cell that is nothing but a number, with or without separators and a percent sign."""
    bare = _MARKS.sub("", text)
    if not _NUMBER.fullmatch(bare):
        return None
    try:
        return Decimal(bare.replace(",", "").replace("，", "").replace("−", "-").replace("－", "-"))
    except InvalidOperation:
        return None


def is_suppressed(text: str) -> bool:
    """Whether a cell is printed without its value. Empty cells are: they too show nothing."""
    bare = text.strip()
    return not bare or SUPPRESSED.fullmatch(bare) is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its headings told from its rows. Rows are filled up to one width."""

    table: Table
    headings: tuple[str, ...]  # of each column, all lines together
    rows: tuple[tuple[str, ...], ...]
    first: int  # number of the first row below the headings, from 1

    @classmethod
    def of(cls, table: Table) -> Grid:
        width = max((len(row) for row in table.rows), default=0)
        rows = [tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in table.rows]
        count = _heading_rows(rows)
        headings = []
        for column in range(width):
            lines = dict.fromkeys(row[column] for row in rows[:count] if row[column])
            headings.append(" ".join(lines))
        return cls(table, tuple(headings), tuple(rows[count:]), count + 1)

    def columns(self, heading: re.Pattern[str]) -> list[int]:
        """The columns whose heading says so."""
        return [column for column, text in enumerate(self.headings) if heading.search(text)]

    def is_ordinal(self, column: int) -> bool:
        """Whether the column only numbers or dates its rows."""
        return _ORDINAL.search(self.headings[column]) is not None


def _heading_rows(rows: list[tuple[str, ...]]) -> int:
    """Rows before the first that has a value behind its first cell; one where no row has, as in a list of names."""
    for index, row in enumerate(rows[: _HEADING_ROWS + 1]):
        values = [cell for cell in row[1:] if number(cell) is not None]
        if values and not all(_YEAR.fullmatch(cell) for cell in values):
            return index
    return min(1, len(rows))


def cells(table: Table) -> Iterator[Passage]:
    """Every cell as a passage that knows the heading of its column. Short numbers cannot hold anything."""
    grid = Grid.of(table)
    for row, texts in enumerate(table.rows, 1):
        for column, text in enumerate(texts):
            if len(text) > 1 and not (len(text) < 11 and number(text) is not None):
                label = grid.headings[column] if row >= grid.first else ""
                yield Passage(f"{table.place}第{row}行第{column + 1}列", text, table.anchor, label)
