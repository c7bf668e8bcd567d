"""Read a workbook: find the worksheets and headings, convert every cell, name every bad one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine

from .book import Book, Col, Row, RowError, Sheet, Step, Values, idle, plain
from .safety import UnreadableFileError, inspect
from .values import BLANKS

NOTES_SHEET = "填写说明"
CORRECTION_HEADINGS = ("原行号", "需更正之处")  # what the file of rows to correct adds to a ledger
_HEADING_ROWS = 15  # a ledger may have a title and notes above its headings
_MEMO_LIMIT = 20_000
_STEP = 1000

Cells = Sequence[Any]


@dataclass
class Reading:
    """What one worksheet holds. ``raw`` keeps the cells of rows with errors, for the file of rows to correct."""

    sheet: Sheet
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    raw: dict[int, list[Any]] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)

    def set_aside(self, row: Row) -> None:
        """Put a row that could be read but not be loaded among those to correct, in the words of the ledger."""
        cells = []
        for heading in self.headings:
            column = self.sheet.by_heading.get(plain(heading))
            cells.append(column.words(row.values[column.code]) if column else "")
        self.raw[row.number] = cells


def read(book: Book, path: Path, expect: Step = idle, step: Step = idle) -> list[Reading]:
    """Read every worksheet of the book that the file has. Raises :class:`UnreadableFileError`."""
    inspect(path)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as workbook:
            chosen = _choose(book, workbook.sheet_names, path.name)
            return [_read_sheet(sheet, workbook.get_sheet_by_name(name), expect, step) for name, sheet in chosen]
    except calamine.CalamineError as error:
        raise UnreadableFileError(f"{path.name} 不是完好的 Excel 文件；请用 Excel 或者 WPS 重新保存。") from error


def _choose(book: Book, names: list[str], file: str) -> list[tuple[str, Sheet]]:
    """Which worksheet is which sheet, in the order of the book: a later one may name what an earlier one made.

    A book of one sheet takes the first worksheet whatever its name.
    """
    by_title = {plain(sheet.title): sheet for sheet in book.sheets}
    chosen = [(name, by_title[plain(name)]) for name in names if plain(name) in by_title]
    if not chosen and len(book.sheets) == 1:
        chosen = [(name, book.sheets[0]) for name in names if name != NOTES_SHEET][:1]
    if not chosen:
        titles = "、".join(f"“{sheet.title}”" for sheet in book.sheets)
        raise UnreadableFileError(f"{file} 里没有名为{titles}的工作表。")
    return sorted(chosen, key=lambda pair: book.sheets.index(pair[1]))


def _read_sheet(sheet: Sheet, worksheet: calamine.CalamineSheet, expect: Step, step: Step) -> Reading:
    if worksheet.total_height == 0:
        raise UnreadableFileError(f"工作表“{worksheet.name}”是空的。")
    numbered = enumerate(worksheet.iter_rows(), start=worksheet.start[0] + 1 if worksheet.start else 1)
    reading, places = _find_headings(sheet, worksheet.name, numbered)
    expect(2 * worksheet.total_height)
    _Converter(sheet, reading, places).run(numbered, step)
    return reading


def _find_headings(
    sheet: Sheet, name: str, numbered: Iterator[tuple[int, Cells]]
) -> tuple[Reading, list[tuple[int, Col]]]:
    """The heading row is the one, among the first, where most columns are found; reads up to and including it."""
    best: tuple[set[str], list[str]] = (set(), [])
    for number, cells in numbered:
        headings = [str(cell).strip() for cell in cells]
        places = _places(sheet, headings)
        codes = {column.code for _, column in places}
        required = {column.code for column in sheet.columns if column.required}
        if required <= codes and codes:
            twice = [heading for heading, count in Counter(c.heading for _, c in places).items() if count > 1]
            if twice:
                raise UnreadableFileError(f"工作表“{name}”第 {number} 行的列“{'、'.join(twice)}”出现了不止一次。")
            found = {index for index, _ in places}
            extra = [
                heading
                for index, heading in enumerate(headings)
                if heading and index not in found and heading not in CORRECTION_HEADINGS
            ]
            return Reading(sheet, headings, extra=extra), places
        best = max(best, (codes, headings), key=lambda pair: len(pair[0]))
        if number >= _HEADING_ROWS:
            break
    missing = "、".join(f"“{c.heading}”" for c in sheet.columns if c.required and c.code not in best[0])
    raise UnreadableFileError(f"工作表“{name}”缺少列{missing}；请对照模板补上（gongkai import … --template 文件）。")


def _places(sheet: Sheet, headings: list[str]) -> list[tuple[int, Col]]:
    return [(i, column) for i, heading in enumerate(headings) if (column := sheet.by_heading.get(plain(heading)))]


class _Converter:
    """Converts rows; each column remembers what it has parsed, for ledgers repeat dates and choices."""

    def __init__(self, sheet: Sheet, reading: Reading, places: list[tuple[int, Col]]) -> None:
        self.sheet, self.reading, self.places = sheet, reading, places
        self.absent = {c.code: c.nothing for c in sheet.columns if c.code not in {p.code for _, p in places}}
        self.example = _example(sheet)
        self.memos: dict[str, dict[Any, Any]] = {c.code: {} for _, c in places}
        self.seen: dict[str, int] = {}
        self.repeats: Counter[str] = Counter()

    def run(self, numbered: Iterator[tuple[int, Cells]], step: Step) -> None:
        for number, cells in numbered:
            if number % _STEP == 0:
                step(_STEP)
            if not any(cell not in ("", None) for cell in cells):
                continue
            row_values, errors = self.convert(cells)
            if not errors:
                if row_values == self.example:
                    continue
                errors = [(self.sheet.by_code[code].heading, why) for code, why in self.sheet.check(row_values)]
            key = "" if errors else self.key(row_values)
            if key and self.sheet.key:
                first = self.seen.setdefault(key, number)
                if first != number:
                    errors = [(self.sheet.by_code[self.sheet.key[0]].heading, f"与第 {first} 行重复")]
            if errors:
                self.reading.errors += [RowError(self.sheet.title, number, heading, why) for heading, why in errors]
                self.reading.raw[number] = list(cells)
            else:
                self.reading.rows.append(Row(number, key, row_values))

    def convert(self, cells: Cells) -> tuple[Values, list[tuple[str, str]]]:
        found: Values = dict(self.absent)
        errors: list[tuple[str, str]] = []
        width = len(cells)
        for index, column in self.places:
            cell = cells[index] if index < width else None
            # Most texts are like no other, and what is plain needs no parsing.
            if column.kind == "text" and type(cell) is str and (words := cell.strip()) not in BLANKS:
                found[column.code] = words
                if len(words) <= column.max_length:
                    continue
            memo = self.memos[column.code]
            # 1, 1.0 and True are one key of a dictionary and not one cell.
            known = (type(cell), cell)
            if known in memo:
                found[column.code] = memo[known]
                continue
            try:
                value = found[column.code] = column.parse(cell)
            except ValueError as error:
                errors.append((column.heading, _unnamed(column, error)))
                continue
            if len(memo) < _MEMO_LIMIT:
                memo[known] = value
        return found, errors

    def key(self, row_values: Values) -> str:
        """The row's own number, or the digest of what it says. Rows that say the same are told apart by their order.

        Personal values take no part: a digest of them could be guessed.
        """
        if self.sheet.key:
            parts = [row_values[code] for code in self.sheet.key]
        else:
            parts = [row_values[c.code] for c in self.sheet.columns if not c.personal]
        text = "\x1f".join("" if part is None else str(part) for part in parts)
        if self.sheet.key and len(text) <= 40:
            return f"{self.sheet.title[:20]}:{text}"
        digest = hashlib.sha256(f"{self.sheet.title}\x1f{text}".encode()).hexdigest()[:48]
        self.repeats[digest] += 1
        return digest if self.sheet.key else f"{digest}-{self.repeats[digest]}"


def _unnamed(column: Col, error: ValueError) -> str:
    """The reason, without the value where it is personal."""
    reason = str(error)
    return reason.partition("”")[2] or "不对" if column.personal and reason.startswith("“") else reason


def _example(sheet: Sheet) -> Values | None:
    """The values of the template's example row, to leave it out when it was left in."""
    try:
        return {column.code: column.parse(column.example) for column in sheet.columns}
    except ValueError:
        return None
