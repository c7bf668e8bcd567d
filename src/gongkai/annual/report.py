"""The one report type: what every reader gives, every check takes and every writer prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .forms import Cell, Form

Number = int | Decimal
Cells = Mapping[str, Mapping[str, Number | None]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose; ``line`` is where it starts in the source, counted from 1 (0 = not read from a file)."""

    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of the report: its printed title (without 一、) and its prose, without its table."""

    number: int
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was read with doubt; becomes an UNCERTAIN finding. ``cells`` it concerns may be empty."""

    message: str
    cells: tuple[Cell, ...] = ()
    quote: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class TableData:
    """The figures of one table: every cell of the form is present; one that could not be read is ``None``.

    ``blank`` holds cells printed empty (read as 0), ``lines`` the source line of each row.
    """

    cells: Cells
    blank: frozenset[Cell] = field(default=frozenset(), compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report under Article 50, wherever it comes from.

    ``tables`` has the keys "2", "3", "4" for the tables that could be read; ``missing`` says of
    each other one why not (无此表, 表为图片…). ``preamble`` is the prose between title and 一、.
    """

    agency: str
    year: int | None
    form: Form
    title: str = ""
    preamble: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: Mapping[str, TableData] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict, compare=False)
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)

    def value(self, cell: Cell | str) -> Number | None:
        """The figure in a cell; ``None`` where the table or the cell could not be read."""
        cell = Cell.parse(cell) if isinstance(cell, str) else cell
        table = self.tables.get(cell.table)
        return None if table is None else table.cells.get(cell.row, {}).get(cell.column)

    def line_of(self, cell: Cell) -> int:
        table = self.tables.get(cell.table)
        return 0 if table is None else table.lines.get(cell.row, table.line)

    def prose(self) -> Iterator[tuple[Section | None, Paragraph]]:
        """Every paragraph of prose in reading order, with the section it stands in."""
        for paragraph in self.preamble:
            yield None, paragraph
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield section, paragraph


def zeros(form: Form, table: str) -> dict[str, dict[str, Number | None]]:
    """A table with 0 in every cell."""
    return {row: {column.code: 0 for column in columns} for row, columns in form.tables[table].columns_of.items()}
