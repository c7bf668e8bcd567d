"""What every format is turned into before the form is looked for in it: lines of text and grids of cells, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(slots=True)
class Line:
    """A line or paragraph of running text. ``whole`` says that it is a paragraph, not a line of a wrapped one."""

    text: str
    number: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid. ``origin`` is False where a merged cell only continues (its text is the origin's)."""

    text: str
    origin: bool = True


@dataclass(slots=True)
class Grid:
    """A table as the format knows it; rows may be ragged. ``numbers`` holds the source line of each row."""

    rows: list[list[GridCell]]
    numbers: list[int]


Item = Line | Grid


@dataclass(slots=True)
class Source:
    """A document in reading order.

    ``unit`` says what a line number counts (行 in text, 段 in docx, 页 in pdf…). ``images`` holds the
    positions in ``items`` before which a picture stands. ``warnings`` says what was mended on the way.
    """

    items: list[Item]
    unit: Literal["line", "paragraph", "page"] = "line"
    title: str = ""
    agency: str = ""
    images: list[int] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def grid_of(rows: list[list[str]], numbers: list[int] | int) -> Grid:
    """A grid of unmerged cells."""
    lines = [numbers] * len(rows) if isinstance(numbers, int) else numbers
    return Grid([[GridCell(text) for text in row] for row in rows], lines)
