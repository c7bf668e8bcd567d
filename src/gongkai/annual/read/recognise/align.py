"""Which record is which row of the form: the order is the form's, the labels confirm it.

Labels may be misprinted, broken, detached or lost; the order of rows survives all of that.
So records are laid against the form's rows without crossing, and the assignment with the
greatest likeness of labels wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...forms import Row
from .labels import core, likeness
from .records import Record

# A record without any words says nothing against a row: its place in the order speaks.
_WITHOUT_WORDS = 0.45
_SKIPPED_ROW = -0.35
_SKIPPED_RECORD = -0.60
_SKIPPED_FRAGMENT = -0.10
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Alignment:
    """Records assigned to rows, in the rows' order; ``None`` where nothing was found for a row."""

    records: tuple[Record | None, ...]
    score: float
    left_over: tuple[Record, ...]

    @property
    def missing(self) -> int:
        return sum(1 for record in self.records if record is None)


def align(records: Sequence[Record], rows: Sequence[Row], width: int) -> Alignment:
    """Lay ``records`` against ``rows`` (dynamic programming; both keep their order)."""
    if len(records) == len(rows):
        scores = [_score(record, row, width) for record, row in zip(records, rows, strict=True)]
        if all(score >= 0.4 for score in scores):
            return Alignment(tuple(records), sum(scores), ())
    height, breadth = len(records), len(rows)
    best = [[0.0] * (breadth + 1) for _ in range(height + 1)]
    step = [[0] * (breadth + 1) for _ in range(height + 1)]  # 1 = match, 2 = skip record, 3 = skip row
    for j in range(1, breadth + 1):
        best[0][j], step[0][j] = best[0][j - 1] + _SKIPPED_ROW, 3
    for i in range(1, height + 1):
        record = records[i - 1]
        skip = _SKIPPED_RECORD if len(record.values) >= width else _SKIPPED_FRAGMENT
        best[i][0], step[i][0] = best[i - 1][0] + skip, 2
        for j in range(1, breadth + 1):
            candidates = (
                (best[i - 1][j - 1] + _score(record, rows[j - 1], width), 1),
                (best[i - 1][j] + skip, 2),
                (best[i][j - 1] + _SKIPPED_ROW, 3),
            )
            best[i][j], step[i][j] = max(candidates, key=lambda candidate: candidate[0])
    assigned: list[Record | None] = [None] * breadth
    left: list[Record] = []
    i, j = height, breadth
    while i or j:
        match step[i][j]:
            case 1:
                assigned[j - 1] = records[i - 1]
                i, j = i - 1, j - 1
            case 2:
                left.append(records[i - 1])
                i -= 1
            case _:
                j -= 1
    return Alignment(tuple(assigned), best[height][breadth], tuple(reversed(left)))


def _score(record: Record, row: Row, width: int) -> float:
    if not core(record.words):
        return _WITHOUT_WORDS if len(record.values) >= width else -0.2
    like = likeness(record.words, row)
    if like < _SURE and record.after:
        like = max(like, 0.95 * likeness(record.words + record.after, row))
    return like if like >= 0.5 else like - 0.5
