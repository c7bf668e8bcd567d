"""Table 四 政府信息公开行政复议、行政诉讼情况, out of any layout: fifteen figures in a row, or three rows of five."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...forms import FORM_2021, Cell
from ...report import Doubt, Number, TableData
from ..source import Grid, Item
from ..values import Value, parse
from .labels import core
from .records import Record, from_grid, grid_tokens, is_stream, line_tokens, records

_TABLE = FORM_2021.tables["4"]
_ROWS = tuple(_TABLE.rows)
_COLUMNS = tuple(column.code for column in _TABLE.blocks[0].columns)
_ALL = len(_ROWS) * len(_COLUMNS)


def read_disputes(items: Sequence[Item]) -> tuple[TableData, list[Doubt]] | None:
    """The table's data and doubts; ``None`` where it has no figures and no cells for any."""
    values, line = _row_of_fifteen(items) or _three_rows(items) or _stream(items) or ([], 0)
    if len(values) != _ALL:
        if not values:
            return None
        doubt = Doubt(
            f"表四应有 {_ALL} 个数，读到 {len(values)} 个，不知各属哪一格，未采用。",
            tuple(_TABLE.cells()),
            " ".join(value.text for value in values),
            line,
        )
        return TableData({row: dict.fromkeys(_COLUMNS) for row in _ROWS}, line=line), [doubt]
    cells: dict[str, dict[str, Number | None]] = {}
    blank: set[Cell] = set()
    for index, row in enumerate(_ROWS):
        cells[row] = {}
        for position, column in enumerate(_COLUMNS):
            value = values[index * len(_COLUMNS) + position]
            cells[row][column] = 0 if value.kind == "blank" else value.number
            if value.kind == "blank":
                blank.add(Cell("4", row, column))
    return TableData(cells, frozenset(blank), dict.fromkeys(_ROWS, line), line), []


def _row_of_fifteen(items: Sequence[Item]) -> tuple[list[Value], int] | None:
    """A grid's row with a figure or a blank in each of fifteen columns; of several the last with figures."""
    empty: tuple[list[Value], int] | None = None
    found: tuple[list[Value], int] | None = None
    for item in items:
        if not isinstance(item, Grid):
            continue
        for row, line in zip(item.rows, item.numbers, strict=True):
            values = [parse(cell.text) for cell in row if cell.origin]
            while len(values) > _ALL and values[-1].kind == "blank":
                values.pop()
            if len(values) != _ALL or any(value.kind == "text" for value in values):
                continue
            if any(value.is_figure for value in values):
                found = (values, line)
            else:
                empty = (values, line)
    return found or empty


def _three_rows(items: Sequence[Item]) -> tuple[list[Value], int] | None:
    """Three records of five, one for each kind of case."""
    found: list[Record] = []
    for item in items:
        if isinstance(item, Grid) and not is_stream(item):
            found.extend(record for record in from_grid(item, len(_COLUMNS)) if len(record.values) == len(_COLUMNS))
    if len(found) != len(_ROWS):
        found = [record for record in records(items, len(_COLUMNS)) if record.words and len(record.values) == 5]
        named = [("复议" in core(record.words) or "诉" in core(record.words)) for record in found]
        if len(found) != len(_ROWS) or not all(named):
            return None
    return [value for record in found for value in record.values], found[0].line


def _stream(items: Sequence[Item]) -> tuple[list[Value], int] | None:
    """Fifteen figures wherever they stand, one a line or all in one, blanks counted where they show."""
    runs: list[list[tuple[Value, int]]] = [[]]
    for item in items:
        tokens = grid_tokens(item) if isinstance(item, Grid) else line_tokens(item)
        for token in tokens:
            if token.value.kind == "text":
                if runs[-1]:
                    runs.append([])
            else:
                runs[-1].append((token.value, token.line))
    figures = [(value, line) for run in runs for value, line in run if value.is_figure]
    if len(figures) == _ALL:
        return [value for value, _ in figures], figures[0][1]
    for run in runs:
        if chosen := _place(run):
            return [value for value, _ in chosen], chosen[0][1]
    if len(figures) == _ALL + 1:
        # One figure too many: a page number, or a dash for a merged cell.
        kept = [figures[:out] + figures[out + 1 :] for out in range(len(figures))]
        fitting = {tuple(value.number for value, _ in few): few for few in kept if _groups_hold(few)}
        if len(fitting) == 1:
            figures = next(iter(fitting.values()))
    if not figures:
        return None
    return [value for value, _ in figures], figures[0][1]


def _place(run: list[tuple[Value, int]]) -> list[tuple[Value, int]]:
    """Fifteen of a run of figures and blanks, of which some are what merged heads left at either end."""
    figures = sum(value.is_figure for value, _ in run)
    windows = [run[start : start + _ALL] for start in range(len(run) - _ALL + 1)]
    windows = [window for window in windows if sum(value.is_figure for value, _ in window) == figures > 0]
    if len(windows) > 1:
        windows = [window for window in windows if _groups_hold(window)]
    return windows[0] if len({tuple(value.number for value, _ in window) for window in windows}) == 1 else []


def _groups_hold(figures: Sequence[tuple[Value, int]]) -> bool:
    numbers = [value.number or 0 for value, _ in figures]
    bounds = range(0, _ALL + 1, len(_COLUMNS))
    return all(sum(numbers[start : end - 1]) == numbers[end - 1] for start, end in pairwise(bounds))
