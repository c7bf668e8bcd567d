"""Where each table begins and ends, and which lines are prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...forms import FORM_2019, FORM_2021, Row
from ..source import Grid, Item, Line
from ..values import parse
from .heads import Head, plain
from .labels import core, likeness
from .records import line_tokens

_ROWS: dict[str, tuple[Row, ...]] = {
    "2": (*FORM_2021.tables["2"].rows.values(), *FORM_2019.tables["2"].rows.values()),
    "3": (*FORM_2021.tables["3"].rows.values(), FORM_2019.tables["3"].rows["other"]),
    "4": FORM_2021.tables["4"].blocks[0].rows,
}
# Words of which one shows that a table has begun, and that something in another place is this table.
_OPENING = {
    "2": ("第二十条第", "本年制发件数", "本年新制作"),
    "3": ("申请人情况", "勾稽关系", "本年新收政府信息公开申请", "商业企业"),
    "4": ("结果维持", "未经复议直接起诉", "复议后起诉", "行政复议", "行政诉讼"),
}
_CERTAIN = {"2": "第二十条第", "3": "本年新收政府信息公开申请", "4": "结果维持"}


@dataclass(slots=True)
class Regions:
    """The items of each table (by its number) and the lines of prose of each part (by its number)."""

    preamble: list[Line]
    prose: dict[int, list[Line]]
    tables: dict[str, Sequence[Item]]

    def has_labels(self, number: str) -> bool:
        """Whether the words of a table are there, even if its figures are not."""
        words = "".join(core(item.text) for item in self.tables[number] if isinstance(item, Line))
        return {"2": "规范性文件", "3": "上年结转", "4": "维持"}[number] in words


def split(items: Sequence[Item], heads: Sequence[Head]) -> Regions:
    """Divide the items by the headings, and parts 二 to 四 into the table and the prose around it."""
    bounds = {head.number: head.index for head in heads}
    order = sorted(bounds.values())

    def part(number: int) -> Sequence[Item]:
        if number not in bounds:
            return ()
        start = bounds[number] + 1
        return items[start : next((index for index in order if index >= start), len(items))]

    first = order[0] if order else 0
    regions = Regions([item for item in items[:first] if isinstance(item, Line)], {}, {})
    for number in range(1, 7):
        here = part(number)
        table = str(number)
        if table in _OPENING:
            begin, end = _span(here, table)
            regions.tables[table] = here[begin:end]
            inside = [item for item in here[begin:end] if isinstance(item, Line) and _is_sentence(item)]
            here = [*here[:begin], *inside, *here[end:]]
        regions.prose[number] = [item for item in here if isinstance(item, Line)]
    for table in _OPENING:
        if not _holds(regions.tables[table], table):
            regions.tables[table] = _elsewhere(items, order, table) or regions.tables[table]
    return regions


def _is_sentence(line: Line) -> bool:
    text = plain(line.text)
    return len(text) >= 16 and text.endswith(("。", "；")) and "勾稽关系" not in text


def _span(part: Sequence[Item], table: str) -> tuple[int, int]:
    """From the first item that opens the table to the last that belongs to it."""
    begin = next((index for index, item in enumerate(part) if _opens(item, table)), None)
    if begin is None:
        return 0, 0
    end = begin + 1
    for index in range(begin, len(part)):
        if _belongs(part[index], table):
            end = index + 1
    return begin, end


def _opens(item: Item, table: str) -> bool:
    if isinstance(item, Grid):
        return True
    text = plain(item.text)
    if len(text) > 60 or text.endswith("。"):
        return False
    return any(word in text for word in _OPENING[table]) or _figures_in(item) >= 5


def _belongs(item: Item, table: str) -> bool:
    if isinstance(item, Grid):
        return True
    text = plain(item.text)
    if parse(text).is_figure:
        return True
    if len(text) > 80 or text.endswith("。"):
        return False
    if _figures_in(item) >= 2:
        return True
    return any(likeness(text, row) >= 0.75 for row in _ROWS[table]) or any(word in text for word in _OPENING[table])


def _figures_in(line: Line) -> int:
    return sum(token.value.is_figure for token in line_tokens(line))


def _holds(items: Sequence[Item], table: str) -> bool:
    return any(_mentions(item, _CERTAIN[table]) for item in items) or (
        table != "2" and any(isinstance(item, Grid) for item in items)
    )


def _mentions(item: Item, word: str) -> bool:
    if isinstance(item, Line):
        return word in plain(item.text) and len(item.text) <= 80
    return any(word in "".join(cell.text.split()) for row in item.rows for cell in row if cell.origin)


def _elsewhere(items: Sequence[Item], order: Sequence[int], table: str) -> Sequence[Item]:
    """The table where no heading, or a wrong one, stands before it: found by its own words."""
    start = next((index for index, item in enumerate(items) if _mentions(item, _CERTAIN[table])), None)
    if start is None:
        return ()
    others = [word for number, word in _CERTAIN.items() if number != table]
    end = next((index for index in order if index > start), len(items))
    for index in range(start + 1, end):
        if any(_mentions(items[index], word) for word in others):
            end = index
            break
    here = items[start:end]
    return here[slice(*_span(here, table))]
