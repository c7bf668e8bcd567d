"""A worksheet as its cells, and what is found on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..finding import Severity
from ..grid import Grid, number
from ..subject import Passage, Table
from .content import Content

_MAX_TABLE = 200_000  # cells, filled out; larger sheets are raw data, not a table for readers
_HEAD = 6


@dataclass(slots=True)
class Sheet:
    """Rows and columns count from 1. ``marginal`` are the page headers and footers."""

    title: str = ""
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    marginal: list[str] = field(default_factory=list)

    def column_hidden(self, column: int) -> bool:
        return any(column in columns for columns in self.hidden_columns)


def cell_name(row: int, column: int) -> str:
    """B3 for row 3, column 2."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def take_sheet(sheet: Sheet, content: Content) -> None:
    """The sheet's cells as passages, its table, and findings on what it hides."""
    where = f"工作表“{sheet.title}”" + ("（隐藏）" if sheet.hidden else "")
    columns = sorted({column for row in sheet.rows.values() for column in row})
    _hidden(sheet, content, where, columns)
    content.say(sheet.title, "工作表名称")
    for text in sheet.marginal:
        content.say(text, f"{where}页眉页脚")
    numbers = list(sheet.rows)
    head = Grid.of(Table("", "", tuple(_filled(sheet, row, columns) for row in numbers[:_HEAD])))
    headings = dict(zip(columns, head.headings, strict=False))
    first = numbers[head.first - 1] if head.first <= len(numbers) else (numbers[-1] + 1 if numbers else 1)
    hidden_columns = {column for column in columns if sheet.column_hidden(column)}
    for row, cells in sheet.rows.items():
        for column, text in cells.items():
            if len(text) > 1 and not (len(text) < 11 and number(text) is not None):
                unseen = "（隐藏）" if row in sheet.hidden_rows or column in hidden_columns else ""
                label = headings.get(column, "") if row >= first else ""
                place = f"{content.place}{where}{cell_name(row, column)}{unseen}"
                content.passages.append(Passage(place, text, label=label))
    if len(numbers) * len(columns) <= _MAX_TABLE:
        rows = tuple(_filled(sheet, row, columns) for row in numbers)
        if rows:
            content.tables.append(Table(f"{content.place}{where}", sheet.title, rows))
    else:
        message = "工作表太大，没有检查其中有没有单位数过少的格子。请人工核对。"
        content.find("ATTACHMENT-LARGE", Severity.WARN, message, where=where)


def _filled(sheet: Sheet, row: int, columns: list[int]) -> tuple[str, ...]:
    cells = sheet.rows[row]
    return tuple(cells.get(column, "") for column in columns)


def _hidden(sheet: Sheet, content: Content, where: str, columns: list[int]) -> None:
    if sheet.hidden and sheet.rows:
        message = "这个工作表是隐藏的，公众下载后可以显示出来。请删去，要公开的取消隐藏。"
        content.find("HIDDEN-SHEET", Severity.BLOCK, message, where=where, value=_digest(sheet))
    rows = [row for row in sheet.rows if row in sheet.hidden_rows]
    if rows:
        message = f"有{len(rows)}行被隐藏或者筛选掉（{_spans(rows)}），公众下载后可以显示出来。请删去或者取消隐藏。"
        content.find("HIDDEN-ROWS", Severity.WARN, message, where=where, value=_digest(sheet, rows=set(rows)))
    hidden = [column for column in columns if sheet.column_hidden(column)]
    if hidden:
        names = "、".join(cell_name(0, column)[:-1] for column in hidden[:8]) + ("等" if len(hidden) > 8 else "")
        message = f"有{len(hidden)}列被隐藏（{names}列），公众下载后可以显示出来。请删去或者取消隐藏。"
        content.find("HIDDEN-COLUMNS", Severity.WARN, message, where=where, value=_digest(sheet, columns=set(hidden)))


def _digest(sheet: Sheet, rows: set[int] | None = None, columns: set[int] | None = None) -> str:
    """The hidden cells' contents: letting them pass once must not let pass what is put there afterwards."""
    from hashlib import sha256

    digest = sha256()
    for row, cells in sheet.rows.items():
        if rows is None or row in rows:
            for column, text in cells.items():
                if columns is None or column in columns:
                    digest.update(f"{row},{column}:{text}\n".encode())
    return digest.hexdigest()


def _spans(rows: list[int]) -> str:
    shown = "、".join(str(row) for row in rows[:8])
    return f"第{shown}{'等' if len(rows) > 8 else ''}行"
