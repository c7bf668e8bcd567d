"""Table 二 主动公开政府信息情况, on the form of 2019 or of 2021, out of any layout."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...forms import FORM_2019, FORM_2021, Cell, Column, Row, Table
from ...report import Doubt, Number, TableData
from ..source import Grid, Item
from ..values import BLANK, Value, parse
from .labels import likeness
from .records import Record, from_stream, grid_tokens, is_stream, line_tokens

_SIGNS = {
    "2019": ("本年新制作", "本年新公开", "对外公开总数", "上一年项目", "其他对外管理服务", "集中采购"),
    "2021": ("制发件数", "废止件数", "现行有效", "本年处理决定", "本年收费金额"),
}


def words_of(items: Sequence[Item]) -> str:
    """All that is written in the items, without white space."""
    parts: list[str] = []
    for item in items:
        if isinstance(item, Grid):
            parts.extend(cell.text for row in item.rows for cell in row if cell.origin)
        else:
            parts.append(item.text)
    return "".join("".join(parts).split())


def form_printed(items: Sequence[Item]) -> str | None:
    """Which form's table 二 stands here ("2019" or "2021"), by its heads; ``None`` where none does."""
    words = words_of(items)
    found = {form: sum(sign in words for sign in signs) for form, signs in _SIGNS.items()}
    best = max(found, key=lambda form: found[form])
    return best if found[best] else None


def read_disclosure(items: Sequence[Item], form: str) -> tuple[TableData, list[Doubt]] | None:
    """The table's data and doubts on the given form; ``None`` where not one of its rows is there."""
    table = (FORM_2019 if form == "2019" else FORM_2021).tables["2"]
    found = _records(items)
    unit = _fee_unit(items)
    cells: dict[str, dict[str, Number | None]] = {}
    blank: set[Cell] = set()
    lines: dict[str, int] = {}
    unread: list[Cell] = []
    for row in table.rows.values():
        columns = table.columns_of[row.code]
        record = _find(found, row, table)
        values = _fit(record, len(columns)) if record is not None else None
        if record is not None:
            lines[row.code] = record.line
        cells[row.code] = {}
        for position, column in enumerate(columns):
            value = values[position] if values else None
            number = _number(value, column, unit)
            cells[row.code][column.code] = number
            if value is not None and value.kind == "blank":
                blank.add(Cell("2", row.code, column.code))
            if number is None:
                unread.append(Cell("2", row.code, column.code))
    if not lines:
        return None
    doubts = []
    if unread:
        names = "、".join(dict.fromkeys(f"“{table.rows[cell.row].label}”" for cell in unread))
        doubts.append(Doubt(f"表二有 {len(unread)} 格未能读出数字：{names}。", tuple(unread)))
    return TableData(cells, frozenset(blank), lines, min(lines.values())), doubts


def _records(items: Sequence[Item]) -> list[Record]:
    """Each label with the figures and blanks behind it."""
    found: list[Record] = []
    for item in items:
        if isinstance(item, Grid) and not is_stream(item):
            for row, line in zip(item.rows, item.numbers, strict=True):
                values = [parse(cell.text) for cell in row if cell.origin]
                labels = [at for at, value in enumerate(values) if value.kind == "text"]
                texts = [values[at].text for at in labels]
                if not texts:
                    continue
                last = labels[-1]
                found.append(Record("".join(texts), values[last + 1 :], line, True, texts[-1]))
    tokens = [
        token
        for item in items
        if not isinstance(item, Grid) or is_stream(item)
        for token in (grid_tokens(item) if isinstance(item, Grid) else line_tokens(item))
    ]
    found.extend(from_stream(tokens, 3, blanks=1))
    return found


def _find(found: Sequence[Record], row: Row, table: Table) -> Record | None:
    """The record whose label is most like the row's, and more like it than like any other row's."""
    best, likest = None, 0.74
    for record in found:
        like = _likeness(record, row)
        if like > likest and all(_likeness(record, other) <= like for other in table.rows.values() if other is not row):
            best, likest = record, like
    return best


def _likeness(record: Record, row: Row) -> float:
    """Captions and heads stand before a block's first label, so the nearest words count as well as all of them."""
    return max(likeness(record.nearest, row), likeness(record.words, row))


def _fit(record: Record, width: int) -> list[Value] | None:
    values = list(record.values)
    while len(values) > width and values[-1].kind == "blank":
        values.pop()
    while len(values) > width and values[0].kind == "blank":
        values.pop(0)
    if len(values) < width and record.positional and not any(value.is_figure for value in values):
        values.extend([BLANK] * (width - len(values)))
    if width == 1 and len(values) > 1 and len({value.text.strip() for value in values}) == 1:
        return values[:1]  # a merged cell that a converter wrote into each place it covers
    return values if len(values) == width else None


def _number(value: Value | None, column: Column, unit: str) -> Number | None:
    if value is None:
        return None
    if value.kind == "blank":
        return 0
    if value.number is None:
        return None
    if column.kind != "money":
        return value.number if isinstance(value.number, int) else None
    if column.unit != "万元":
        return value.number
    match value.unit or unit:
        case "元":
            return _exact(Decimal(value.number) / 10_000)
        case "亿元":
            return _exact(Decimal(value.number) * 10_000)
        case _:
            return value.number


def _exact(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number.normalize()


def _fee_unit(items: Sequence[Item]) -> str:
    """The unit that the head of the fee column names; the form's is 万元."""
    words = words_of(items)
    at = words.find("本年收费金额")
    head = words[at : at + 20] if at >= 0 else ""
    return "元" if "单位:元" in head.replace("：", ":") and "万元" not in head else ""
