"""The official tables as printed grids: which box spans what, derived from the paths that the form declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gongkai.annual.forms import Block, Cell, Table

BoxKind = Literal["caption", "corner", "head", "group", "label", "figure"]

ITEM_HEAD = "信息内容"
# GB/T 9704: the measure of a page of an official document is 156 mm wide.
MEASURE_MM = 156
MEASURE_PT = MEASURE_MM / 25.4 * 72
# Digits are about this wide in em, in the widest of the fonts that we name.
_DIGIT = 0.56


@dataclass(frozen=True, slots=True)
class Box:
    """One printed box of a table: where it stands, what it spans, what it says.

    A ``figure`` has ``cell`` and no text; every other kind has text. ``vertical`` boxes are tall
    and one character wide (三、本年度办理结果).
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    kind: BoxKind
    text: str = ""
    cell: Cell | None = None
    vertical: bool = False

    @property
    def bottom(self) -> int:
        return self.row + self.rowspan

    @property
    def right(self) -> int:
        return self.column + self.colspan


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: ``height`` × ``width`` unit squares, covered by ``boxes`` without gap or overlap.

    ``parts`` are the row ranges that read as one (table 二 has one an item of Article 20); ``heads``
    says how many rows at the top of each part are its head. ``widths`` are shares of the measure.
    """

    height: int
    width: int
    boxes: tuple[Box, ...]
    parts: tuple[range, ...]
    heads: tuple[int, ...]
    widths: tuple[float, ...]

    def rows(self) -> list[list[Box]]:
        """The boxes by the row in which they begin, from left to right."""
        rows: list[list[Box]] = [[] for _ in range(self.height)]
        for box in sorted(self.boxes, key=lambda box: (box.row, box.column)):
            rows[box.row].append(box)
        return rows

    def names_of(self, figure: Box) -> list[Box]:
        """The boxes that name a figure: caption and heads above it in its part, groups and label before it."""
        part = next(part for part in self.parts if figure.row in part)
        above = [
            box
            for box in self.boxes
            if box.kind in ("caption", "head")
            and box.row in part
            and box.column <= figure.column < box.right
            and box.row < figure.row
        ]
        before = [box for box in self.boxes if box.kind in ("group", "label") and box.row <= figure.row < box.bottom]
        return above + before

    def lines_of(self, box: Box) -> list[str]:
        """The text of a box, broken where it must be: the heads of one narrow column between words."""
        narrow = box.kind == "head" and box.colspan == 1 and len(self.parts) == 1
        return breakable(box.text) if narrow else [box.text]

    def width_of(self, box: Box) -> float:
        """The width of a box in points, on the measure of an official page."""
        return sum(self.widths[box.column : box.right]) * MEASURE_PT


@lru_cache(maxsize=16)
def grid(table: Table) -> Grid:
    """The table as the official form prints it."""
    if table.number == "4":
        return _side_by_side(table)
    if len(table.blocks) == 1:
        return _with_corner(table)
    return _stacked(table)


def fitting_size(text: str, width: float, size: float, padding: float = 4) -> float:
    """The type size in points, at most ``size``, in which a figure stands on one line of a ``width`` pt box."""
    return min(size, round((width - padding) / max(len(text) * _DIGIT, 1), 1))


def breakable(label: str) -> list[str]:
    """Where the head of a narrow column may break: 社会|公益|组织, never 社会公|益组织."""
    if len(label) not in (4, 6) or not label.isalpha():
        return [label]
    return [label[at : at + 2] for at in range(0, len(label), 2)]


def _stacked(table: Table) -> Grid:
    """Table 二: one part an item of Article 20, each with its caption, its head and its rows."""
    figures = max(len(block.columns) for block in table.blocks)
    boxes: list[Box] = []
    parts: list[range] = []
    top = 0
    for block in table.blocks:
        boxes.append(Box(top, 0, 1, figures + 1, "caption", block.caption))
        boxes.append(Box(top + 1, 0, 1, 1, "head", ITEM_HEAD))
        spans = _spread(len(block.columns), figures)
        for (column, span), declared in zip(spans, block.columns, strict=True):
            boxes.append(Box(top + 1, column + 1, 1, span, "head", declared.label))
            boxes.extend(
                Box(top + 2 + at, column + 1, 1, span, "figure", cell=Cell(table.number, row.code, declared.code))
                for at, row in enumerate(block.rows)
            )
        boxes.extend(Box(top + 2 + at, 0, 1, 1, "label", row.label) for at, row in enumerate(block.rows))
        bottom = top + 2 + len(block.rows)
        parts.append(range(top, bottom))
        top = bottom
    widths = (0.31, *[0.69 / figures] * figures)
    return Grid(top, figures + 1, tuple(boxes), tuple(parts), (2,) * len(parts), widths)


def _with_corner(table: Table) -> Grid:
    """Table 三: heads over the figures, groups before them, the note on balance in the corner."""
    block = table.blocks[0]
    head_paths = [(*column.path, column.label) for column in block.columns]
    label_paths = [(*row.path, row.label) for row in block.rows]
    head_depth, label_depth = max(map(len, head_paths)), max(map(len, label_paths))
    boxes = [Box(0, 0, head_depth, label_depth, "corner", table.corner)]
    for level, start, levels, leaves, text in _merge(head_paths, head_depth):
        boxes.append(Box(level, label_depth + start, levels, leaves, "head", text))
    for level, start, levels, leaves, text in _merge(label_paths, label_depth):
        leaf = level == len(label_paths[start]) - 1
        boxes.append(
            Box(
                head_depth + start,
                level,
                leaves,
                levels,
                "label" if leaf else "group",
                text,
                vertical=not leaf and level < label_depth - 2,
            )
        )
    boxes.extend(_figures(table, block, head_depth, label_depth))
    height = head_depth + len(block.rows)
    figures = len(block.columns)
    widths = (*_label_widths(label_depth), *[0.495 / figures] * figures)
    return Grid(height, label_depth + figures, tuple(boxes), (range(height),), (head_depth,), widths)


def _side_by_side(table: Table) -> Grid:
    """Table 四: the rows of the form stand side by side, so that there is one row of figures."""
    block = table.blocks[0]
    leaves = [(row, column) for row in block.rows for column in block.columns]
    paths = [(*row.path, row.label, *column.path, column.label) for row, column in leaves]
    depth = max(map(len, paths))
    boxes = [Box(level, start, levels, span, "head", text) for level, start, levels, span, text in _merge(paths, depth)]
    boxes.extend(
        Box(depth, at, 1, 1, "figure", cell=Cell(table.number, row.code, column.code))
        for at, (row, column) in enumerate(leaves)
    )
    return Grid(depth + 1, len(leaves), tuple(boxes), (range(depth + 1),), (depth,), (1 / len(leaves),) * len(leaves))


def _figures(table: Table, block: Block, top: int, left: int) -> Iterator[Box]:
    for down, row in enumerate(block.rows):
        for across, column in enumerate(block.columns):
            yield Box(top + down, left + across, 1, 1, "figure", cell=Cell(table.number, row.code, column.code))


def _merge(paths: Sequence[tuple[str, ...]], depth: int) -> Iterator[tuple[int, int, int, int, str]]:
    """Merge what neighbouring paths share: (level, first leaf, levels covered, leaves covered, text) of each box.

    The last element of a path is a leaf and reaches down to ``depth``.
    """

    def walk(start: int, stop: int, level: int) -> Iterator[tuple[int, int, int, int, str]]:
        while start < stop:
            path = paths[start]
            if level == len(path) - 1:
                yield level, start, depth - level, 1, path[level]
                start += 1
                continue
            end = start + 1
            while end < stop and len(paths[end]) > level + 1 and paths[end][level] == path[level]:
                end += 1
            yield level, start, 1, end - start, path[level]
            yield from walk(start, end, level + 1)
            start = end

    yield from walk(0, len(paths), 0)


def _spread(count: int, units: int) -> list[tuple[int, int]]:
    """Lay ``count`` columns over ``units`` squares, the last one taking what is left: (first square, squares)."""
    each = units // count
    return [(at * each, each if at < count - 1 else units - at * each) for at in range(count)]


def _label_widths(depth: int) -> tuple[float, ...]:
    """Shares of the label columns of table 三: narrow for the vertical group, one line for （三）不予公开."""
    return (0.05, 0.155, 0.3) if depth == 3 else (0.505 / depth,) * depth
