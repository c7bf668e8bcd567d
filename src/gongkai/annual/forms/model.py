"""How an official form of the annual report is declared: as data that readers, checks and writers share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

TableNumber = Literal["2", "3", "4"]
Kind = Literal["count", "change", "money"]


class Cell(NamedTuple):
    """The address of one figure, written ``3.total.natural_person``; row codes may contain a dot."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @classmethod
    def parse(cls, code: str) -> Cell:
        table, rest = code.split(".", 1)
        row, column = rest.rsplit(".", 1)
        return cls(table, row, column)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. ``path`` holds the merged heads printed above its label, outermost first."""

    code: str
    label: str
    path: tuple[str, ...] = ()
    kind: Kind = "count"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures. ``path`` holds the merged group labels printed before its label, outermost first."""

    code: str
    label: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share columns. Table 二 prints one block an item of Article 20, under the item's name."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True)
class Table:
    """One statistical table of the form."""

    number: TableNumber
    title: str
    blocks: tuple[Block, ...]
    corner: str = ""

    @cached_property
    def rows(self) -> dict[str, Row]:
        return {row.code: row for block in self.blocks for row in block.rows}

    @cached_property
    def columns_of(self) -> dict[str, tuple[Column, ...]]:
        """The columns of each row, by row code."""
        return {row.code: block.columns for block in self.blocks for row in block.rows}

    def cells(self) -> Iterator[Cell]:
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield Cell(self.number, row.code, column.code)


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation inside one table: the sum of ``left`` equals the sum of ``right``.

    ``across`` says whether the terms are rows (the equation holds in each column) or
    columns (it holds in each row).
    """

    rule: str
    table: TableNumber
    across: Literal["rows", "columns"]
    left: tuple[str, ...]
    right: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SectionHead:
    """One of the six parts of Article 50 as the form numbers and names them."""

    number: int
    title: str
    table: TableNumber | None = None


@dataclass(frozen=True)
class Form:
    """An official form: which document set it, for which report years, and what it prints."""

    code: str
    document: str
    first_year: int
    last_year: int | None
    sections: tuple[SectionHead, ...]
    tables: dict[str, Table]
    identities: tuple[Identity, ...]

    def cells(self) -> Iterator[Cell]:
        for table in self.tables.values():
            yield from table.cells()

    def column(self, cell: Cell) -> Column:
        for column in self.tables[cell.table].columns_of[cell.row]:
            if column.code == cell.column:
                return column
        raise KeyError(str(cell))

    def label(self, cell: Cell) -> str:
        """The cell in the form's own words, as a clerk would point at it: 表三“（七）总计”自然人."""
        row = self.tables[cell.table].rows[cell.row]
        column = self.column(cell)
        number = "一二三四"[int(cell.table) - 1]
        before = "".join(part for part in row.path[-1:] if cell.table == "3" and not part.startswith("三、"))
        return f"表{number}“{before}{row.label}”{column.label}"
