"""Table 三 收到和处理政府信息公开申请情况, out of any layout."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...forms import FORM_2019, FORM_2021, Cell, Row, Table
from ...report import Doubt, Number, TableData
from ..source import Item
from ..values import Value
from .align import Alignment, align, best_possible
from .labels import core, likeness
from .records import Record, adds_up, records

_TABLE_23 = FORM_2019.tables["3"]
_TABLE_25 = FORM_2021.tables["3"]
_COLUMNS = _TABLE_23.blocks[0].columns
_WIDTH = len(_COLUMNS)


def read_applications(items: Sequence[Item], due: str = "2021") -> tuple[Table, TableData, list[Doubt]] | None:
    """The table (in the form with 23 or 25 rows, as printed), its data and what was read with doubt.

    Where the text ends before （六）其他处理, ``due`` ("2019" or "2021") says which form it must be.
    """
    found = records(items, _WIDTH)
    _give_words_behind(found)
    found = _from_first_row(found)
    laid = _laid(found)
    if all(_cut_off(table, alignment) for table, alignment in laid):
        table, alignment = laid[due == "2019"]
    else:
        table, alignment = max(laid, key=lambda pair: pair[1].score)
    read = [record for record in alignment.records if record is not None]
    if len(read) < 3:
        return None
    doubts: list[Doubt] = []
    cells: dict[str, dict[str, Number | None]] = {}
    blank: set[Cell] = set()
    lines: dict[str, int] = {}
    sparse = _only_two_columns(read)
    for row, record in zip(table.rows.values(), alignment.records, strict=True):
        values = _fit(record, sparse) if record is not None else None
        cells[row.code] = {}
        for position, column in enumerate(_COLUMNS):
            value = values[position] if values else None
            cells[row.code][column.code] = _count(value)
            if value is not None and value.kind == "blank":
                blank.add(Cell("3", row.code, column.code))
        if record is not None:
            lines[row.code] = record.line
    doubts.extend(_doubts(table, alignment, cells, sparse))
    return table, TableData(cells, frozenset(blank), lines, min(record.line for record in read)), doubts


def _laid(found: Sequence[Record]) -> list[tuple[Table, Alignment]]:
    """The records against the rows of 25 and of 23; against the one alone that they fill, where the other cannot
    come as near."""
    laid: list[tuple[Table, Alignment]] = []
    for table, other in ((_TABLE_25, _TABLE_23), (_TABLE_23, _TABLE_25)):
        alignment = align(found, list(table.rows.values()), _WIDTH)
        if not alignment.missing and alignment.score > best_possible(len(found), len(other.rows)):
            return [(table, alignment)]
        laid.append((table, alignment))
    return laid


def _cut_off(table: Table, alignment: Alignment) -> bool:
    """Whether nothing was found for （六）其他处理 and the rows behind it."""
    last = next(index for index, code in enumerate(table.rows) if code.startswith("other"))
    return not any(alignment.records[last:])


def _count(value: Value | None) -> Number | None:
    """A cell of the table as a count: blank is 0, words and fractions cannot be read."""
    if value is not None and value.kind == "blank":
        return 0
    return value.number if value is not None and isinstance(value.number, int) else None


def _give_words_behind(found: list[Record]) -> None:
    """A label may be wrapped around its figures: let each record know the words that follow it."""
    for record, following in pairwise(found):
        record.after = following.words


def _from_first_row(found: list[Record]) -> list[Record]:
    """Leave out what stands before the first row of the table (figures in an introduction)."""
    first = _TABLE_23.rows["received"]
    for index, record in enumerate(found):
        if likeness(record.words, first) >= 0.7:
            # Labels that come after their figures leave the first row without words before it.
            while index and len(found[index - 1].values) == _WIDTH and not core(found[index - 1].words):
                index -= 1
            return found[index:]
    return found


def _only_two_columns(read: Sequence[Record]) -> bool:
    """Whether blanks were lost and only 自然人 and 总计 are left: two equal figures in every row."""
    short = [record for record in read if len(record.values) < _WIDTH]
    return len(short) >= 0.8 * len(read) and all(
        len(record.values) == 2 and record.values[0].number == record.values[1].number for record in short
    )


def _fit(record: Record, sparse: bool) -> list[Value] | None:
    """The seven values of a record, or ``None`` where it is not known which column each belongs to."""
    values = list(record.values)
    if len(values) == _WIDTH:
        return values
    if len(values) > _WIDTH:
        while len(values) > _WIDTH and values[-1].kind == "blank":
            values.pop()
        while len(values) > _WIDTH and values[0].kind == "blank":
            values.pop(0)
        if len(values) == _WIDTH + 1:
            fitting = [kept for out in range(len(values)) if adds_up(kept := values[:out] + values[out + 1 :])]
            if len({tuple(value.number for value in kept) for kept in fitting}) == 1:
                return fitting[0]
        return values if len(values) == _WIDTH else None
    if sparse:
        blank = Value("blank", "")
        return [values[0], *[blank] * (_WIDTH - 2), values[1]]
    return None


def _doubts(
    table: Table, alignment: Alignment, cells: dict[str, dict[str, Number | None]], sparse: bool
) -> list[Doubt]:
    doubts: list[Doubt] = []
    rows: list[Row] = list(table.rows.values())
    if sparse:
        doubts.append(Doubt("表三每行只有两个数，按“自然人”和“总计”读取，其余各列按空格读取。"))
    if not any(core(record.words) for record in alignment.records if record is not None):
        doubts.append(Doubt("表三的文字无法辨认，各行只按顺序读取。"))
    unread = [row for row in rows if any(number is None for number in cells[row.code].values())]
    if unread:
        names = "、".join(f"“{row.label}”" for row in unread[:3]) + ("等" if len(unread) > 3 else "")
        doubts.append(
            Doubt(
                f"表三有 {len(unread)} 行未能读出数字：{names}。",
                tuple(
                    Cell("3", row.code, column)
                    for row in unread
                    for column, number in cells[row.code].items()
                    if number is None
                ),
            )
        )
    for record in alignment.left_over:
        if len(record.values) >= _WIDTH and any(value.number for value in record.values):
            quote = f"{record.words} {' '.join(value.text for value in record.values)}".strip()
            doubts.append(Doubt("表三中有一行数字不知属于哪一项，未计入。", quote=quote, line=record.line))
    return doubts
