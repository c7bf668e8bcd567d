"""Plain text and Markdown: lines, tab-separated rows, and tables drawn with bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .encoding import decode
from .source import Grid, Item, Line, Source, grid_of
from .values import parse

_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$|^[\s+=\-]{5,}$")

# A line this long that holds a heading is no paragraph.
_FOLDED = 300
_HEADING = r"[一二三四五六]、\s?\S{0,12}(?:总体情况|主动公开政府信息|收到和处理|行政复议|主要问题|需要报告的)"
_HEADING_INSIDE = re.compile(rf"\s(?={_HEADING})")  # one space only: a run of them would cost its square
_HEADING_ENDS = re.compile(r"(?<=情况)\s+|(?<=报告的事项)\s+")
_TABLE_INSIDE = re.compile(r"第二十条第|申请人情况|本年新收政府信息公开申请|结果维持")


def read(data: bytes, name: str = "") -> Source:
    """A text file's items; its encoding is found out, and a wrong earlier decoding undone."""
    text, warnings = decode(data)
    source = Source(list(items_of(_without_cut_cell(text))), warnings=warnings)
    if "![" in text or "<img" in text:
        source.images.append(0)
    return source


def _without_cut_cell(text: str) -> str:
    """The text without the last cell of a table in whose middle it breaks off: of 13 only the 1 may be left."""
    before, _, last = text.rpartition("\n")
    if "|" in last and not last.rstrip().endswith("|"):
        above = before.rstrip().rpartition("\n")[2]
        return text[: len(text) - len(last) + last.rfind("|") + 1] if above.rstrip().endswith("|") else text
    return text.rstrip("\t") if last.endswith("\t") else text


def items_of(text: str) -> Iterator[Item]:
    """Lines and grids of a text, and what stands in it as HTML, as converters to Markdown leave tables."""
    position, first = 0, 1
    for start, end in _html_tables(text):
        yield from _plain_items(text[position:start], first)
        first += text.count("\n", position, start)
        yield from _html_items(text[start:end], first)
        first += text.count("\n", start, end)
        position = end
    yield from _plain_items(text[position:], first)


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Where tables in HTML stand; one that is never closed is none."""
    end = 0
    while (start := text.find("<table", end)) >= 0 and (close := text.find("</table>", start)) >= 0:
        end = close + len("</table>")
        yield start, end


def _html_items(markup: str, line: int) -> Iterator[Item]:
    from . import html

    for item in html.read_text(markup).items:
        if isinstance(item, Grid):
            yield Grid(item.rows, [line] * len(item.rows))
        else:
            yield Line(item.text, line, whole=True)


def _plain_items(text: str, first: int) -> Iterator[Item]:
    block: list[tuple[int, str]] = []
    for number, line in _lines(text, first):
        if "|" in line or "\t" in line.strip() or (block and _continues(block, line)):
            block.append((number, line))
            continue
        yield from _block(block)
        block = []
        if line.strip():
            yield Line(line, number)
    yield from _block(block)


def _lines(text: str, first: int) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a whole report that somebody's extraction put on one line is cut up again."""
    for number, line in enumerate(text.splitlines(), first):
        if len(line) < _FOLDED or not _HEADING_INSIDE.search(line):
            yield number, line
            continue
        for part in _HEADING_INSIDE.split(line):
            head = _HEADING_ENDS.split(part, maxsplit=1) if re.match(_HEADING, part) else [part]
            for piece in head:
                # Among the cells of a table every space is the end of one.
                table = _TABLE_INSIDE.search(piece)
                yield from ((number, cell) for cell in (piece.split() if table else [piece]))


def _continues(block: Sequence[tuple[int, str]], line: str) -> bool:
    """Whether a line without bars stands inside cells drawn with bars: a figure or a piece of a label."""
    return "|" in block[-1][1] and (not line.strip() or parse(line).is_figure)


def _block(block: list[tuple[int, str]]) -> Iterator[Item]:
    """A run of lines with bars or tabs: rows of a table, or a stream of cells."""
    while block and not block[-1][1].strip():
        block.pop()
    if not block:
        return
    rows = [(number, cells) for number, line in block if not _RULE.match(line) and (cells := _cells(line)) is not None]
    full = sum(1 for _, cells in rows if sum(1 for cell in cells if cell.strip()) >= 2)
    single = sum(1 for _, cells in rows if sum(1 for cell in cells if cell.strip()) == 1)
    if full and (full >= single or not any("|" in line for _, line in block)):
        yield from _rows(rows)
    else:
        yield _stream(block)


def _cells(line: str) -> list[str] | None:
    if "|" not in line:
        return line.split("\t") if line.strip() else None
    cells = re.split(r"(?<!\\)\|", line)
    if not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _rows(rows: Sequence[tuple[int, list[str]]]) -> Iterator[Item]:
    """Consecutive rows as one grid; a row of one long sentence is a line of prose between tables."""
    kept: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in rows:
        words = [cell for cell in cells if cell.strip()]
        if len(words) == 1 and len(words[0].strip()) > 40 and words[0].strip().endswith(("。", "；", "，")):
            if kept:
                yield grid_of(kept, numbers)
                kept, numbers = [], []
            yield Line(words[0], number)
        elif words:
            kept.append(cells)
            numbers.append(number)
    if kept:
        yield grid_of(kept, numbers)


def _stream(block: Sequence[tuple[int, str]]) -> Grid:
    """Cells that stand one a line: what is between two bars is a cell, wherever the lines break."""
    cells: list[tuple[str, int]] = []
    text, number = "", block[0][0]
    opened = False
    for line_number, line in block:
        for position, piece in enumerate(line.split("|")):
            if position:
                # A bar ends the cell before it; one that begins a line only opens the next.
                if text.strip() or opened:
                    cells.append((text, number))
                text, opened = "", True
            if piece.strip():
                number = line_number if not text.strip() else number
                text = f"{text}\n{piece}" if text.strip() else piece
        if not text.strip():
            number = line_number
    if text.strip():
        cells.append((text, number))
    return grid_of([[cell] for cell, _ in cells], [line for _, line in cells])
