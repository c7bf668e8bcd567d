"""Rows of figures out of any layout: each with the words that stood before it.

Grids give a record a row. Text gives tokens (a cell a line, a row a line, cells between
bars), and a record is the words up to the figures and the figures up to the next words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..source import Grid, GridCell, Item, Line
from ..values import BLANK, Value, parse

_VALUE_AT_END = re.compile(r"(?:(?<=\s)|^)([+\-—–－]?\d[\d,，.]*(?:\s?(?:万元|元))?|[—–－\-/]+)$")


@dataclass(slots=True)
class Record:
    """Figures that belong together, with the words before them; ``positional`` means blanks keep their place."""

    words: str
    values: list[Value]
    line: int
    positional: bool = False
    nearest: str = ""  # of the words, those in the cell or line right before the figures
    after: str = ""  # the words that follow, which may be the rest of a wrapped label

    @property
    def figures(self) -> list[Value]:
        return [value for value in self.values if value.is_figure]


@dataclass(slots=True)
class Token:
    """One cell or fragment in a stream of text. ``ends_row`` says that a row is known to end behind it."""

    value: Value
    line: int
    ends_row: bool = False


def records(items: Sequence[Item], width: int) -> list[Record]:
    """All records of ``width`` figures (or fewer, where a row is incomplete) in the items, in order."""
    found: list[Record] = []
    stream: list[Token] = []
    for item in items:
        if isinstance(item, Grid) and not is_stream(item):
            found.extend(from_stream(stream, width))
            stream = []
            found.extend(from_grid(item, width))
        elif isinstance(item, Grid):
            stream.extend(grid_tokens(item))
        else:
            stream.extend(line_tokens(item))
    found.extend(from_stream(stream, width))
    return found


def is_stream(grid: Grid) -> bool:
    """Whether a "grid" only has a cell a row, so that its rows are not the table's rows."""
    return all(sum(1 for cell in row if cell.origin and cell.text.strip()) <= 1 for row in grid.rows)


def grid_tokens(grid: Grid) -> Iterator[Token]:
    for row, line in zip(grid.rows, grid.numbers, strict=True):
        for cell in row:
            if cell.origin:
                yield from split_cell(cell.text, line)


def split_cell(text: str, line: int) -> Iterator[Token]:
    """The tokens of a cell that may hold several lines: words are joined, figures stay apart."""
    parts = [part for part in text.split("\n") if part.strip()]
    if not parts:
        yield Token(BLANK, line)
        return
    values = [parse(part) for part in parts]
    if len(values) > 1 and all(value.kind == "text" for value in values):
        yield Token(Value("text", "".join(parts)), line)
        return
    for value in values:
        yield Token(value, line)


def line_tokens(line: Line) -> Iterator[Token]:
    """The tokens of a line of text: a label, figures, or a label with its figures behind it."""
    text = line.text.strip()
    if not text:
        return
    whole = parse(text)
    if whole.is_figure:
        yield Token(whole, line.number)
        return
    tail: list[Value] = []
    rest = text
    while match := _VALUE_AT_END.search(rest):
        tail.append(parse(match[1]))
        rest = rest[: match.start()].rstrip()
    if rest:
        yield Token(Value("text", rest), line.number)
    for position, value in enumerate(reversed(tail)):
        yield Token(value, line.number, ends_row=len(tail) > 2 and position == len(tail) - 1)


@dataclass(slots=True)
class _Stream:
    """Collects tokens into records. A row of blanks only is one where there are at least ``blanks`` of them."""

    width: int
    blanks: int
    done: list[Record] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    line: int = 0

    def flush(self) -> None:
        if any(value.is_figure for value in self.values) or (self.words and len(self.values) >= self.blanks):
            blanks = any(value.kind == "blank" for value in self.values)
            nearest = self.words[-1] if self.words else ""
            self.done.append(Record("".join(self.words), self.values, self.line, blanks, nearest))
            self.words = []
        self.values = []

    def take(self, token: Token) -> None:
        value = token.value
        if value.kind == "text":
            if self.values:
                self.flush()
            if not self.words:
                self.line = token.line
            self.words.append(value.text)
            return
        if value.kind == "blank" and (len(self.values) >= self.width or not self.words):
            return  # what is left of merged cells at the end of a row
        if len(self.values) >= self.width:
            self.flush()
        if not self.words and not self.values:
            self.line = token.line
        self.values.append(value)
        if token.ends_row:
            self.flush()


def from_stream(tokens: Iterable[Token], width: int, blanks: int | None = None) -> list[Record]:
    """Records of up to ``width`` values; ``blanks`` (all of them by default) make a row without figures."""
    stream = _Stream(width, blanks or width)
    for token in tokens:
        stream.take(token)
    stream.flush()
    return list(_without_page_numbers(stream.done, width))


def _without_page_numbers(found: list[Record], width: int) -> Iterator[Record]:
    """Where a row has one figure too many (a page number among its cells), take out the one that does not fit."""
    skip = False
    for record, following in zip(found, [*found, None][1:], strict=True):
        if skip:
            skip = False
            continue
        extra = following is not None and not following.words and len(following.values) == 1
        if extra and following is not None and len(record.values) == width and record.words:
            numbers = [*record.values, following.values[0]]
            fitting = {
                tuple(value.number for value in kept): kept
                for out in range(len(numbers))
                if adds_up(kept := numbers[:out] + numbers[out + 1 :])
            }
            if len(fitting) == 1:
                record.values = next(iter(fitting.values()))
                skip = True
        yield record


def adds_up(values: Sequence[Value]) -> bool:
    """Whether the last figure is the sum of those before it."""
    return sum(value.number or 0 for value in values[:-1]) == (values[-1].number or 0)


def from_grid(grid: Grid, width: int) -> list[Record]:
    """A record for each row of a grid that has figures, or a label and room for them."""
    columns = figure_columns(grid, width)
    found: list[Record] = []
    waiting: list[str] = []  # labels of rows that turned out to have no figures
    for row, line in zip(grid.rows, grid.numbers, strict=True):
        cells = [(index, cell, parse(cell.text)) for index, cell in enumerate(row)]
        words = [cell.text for at, cell, value in cells if cell.origin and value.kind == "text" and at not in columns]
        figures = [value for _, cell, value in cells if cell.origin and value.is_figure]
        label = " ".join("".join(word.split()) for word in words)
        if len(figures) == width:
            found.append(Record(label or "".join(waiting), figures, line, positional=True))
            waiting = []
        elif (places := _places(row, cells, columns, width)) and (figures or words):
            values = [parse(row[index].text) if row[index].origin else BLANK for index in places]
            found.append(Record(label or "".join(waiting), values, line, positional=True))
            waiting = []
        elif figures:
            found.append(Record(label or "".join(waiting), figures, line))
            waiting = []
        elif words:
            waiting = words
    return found


def _places(
    row: Sequence[GridCell], cells: Sequence[tuple[int, GridCell, Value]], columns: Sequence[int], width: int
) -> Sequence[int]:
    """Where in this row its figures and blanks stand: the grid's columns, else what follows its words."""
    words = [index for index, cell, value in cells if cell.origin and value.kind == "text"]
    if columns and len(row) > columns[-1] and not set(columns) <= set(words):
        return columns
    behind = [index for index, cell, _ in cells if cell.origin and index > max(words, default=-1)]
    if words and len(behind) >= width and not any(cells[index][2].is_figure for index in behind[width:]):
        return behind[:width]
    return ()


def figure_columns(grid: Grid, width: int) -> list[int]:
    """The ``width`` columns in which figures stand, or none where that cannot be told.

    They are the columns that hold no words in any row that has figures; of more than
    ``width`` such columns those that are empty throughout go first, from the right.
    """
    data = [row for row in grid.rows if any(cell.origin and parse(cell.text).is_figure for cell in row)]
    breadth = max((len(row) for row in data), default=0)
    if any(len(row) != breadth for row in data):
        return []  # ragged rows have no columns in common
    with_words: set[int] = set()
    with_figures: set[int] = set()
    for row in data:
        words_here = False
        for index, cell in enumerate(row):
            kind = parse(cell.text).kind if cell.origin else ("text" if words_here else "blank")
            if kind == "text":
                with_words.add(index)
                words_here = True
            else:
                words_here = False
                if kind == "number":
                    with_figures.add(index)
    free = [index for index in range(breadth) if index not in with_words]
    if with_figures:
        # Columns left of every figure that never hold words are what merged labels left empty.
        while len(free) > width and free and free[0] < min(with_figures):
            free.pop(0)
    for index in reversed(list(free)):
        if len(free) > width and index not in with_figures:
            free.remove(index)
    return free if len(free) == width else []
