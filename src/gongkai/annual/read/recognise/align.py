"""Which record is which row of the form: the order is the form's, the labels confirm it.

Labels may be misprinted, broken, detached or lost; the order of rows survives all of that.
So records are laid against the form's rows without crossing, and the assignment with the
greatest likeness of labels wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...forms import Row
from .labels import core, cores_of, likeness_to
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
    known = [cores_of(row) for row in rows]
    if len(records) == len(rows):
        scores = [_scores(record, [words], width)[0] for record, words in zip(records, known, strict=True)]
        if all(score >= 0.4 for score in scores):
            return Alignment(tuple(records), sum(scores), ())
    height, breadth = len(records), len(rows)
    best = [[0.0] * (breadth + 1) for _ in range(height + 1)]
    step = [[0] * (breadth + 1) for _ in range(height + 1)]  # 1 = match, 2 = skip record, 3 = skip row
    for j in range(1, breadth + 1):
        best[0][j], step[0][j] = best[0][j - 1] + _SKIPPED_ROW, 3
    for i, record in enumerate(records, 1):
        skip = _SKIPPED_RECORD if len(record.values) >= width else _SKIPPED_FRAGMENT
        above, here, moves = best[i - 1], best[i], step[i]
        here[0], moves[0] = above[0] + skip, 2
        for j, score in enumerate(_scores(record, known, width), 1):
            value, move = above[j - 1] + score, 1
            if (without := above[j] + skip) > value:
                value, move = without, 2
            if (without := here[j - 1] + _SKIPPED_ROW) > value:
                value, move = without, 3
            here[j], moves[j] = value, move
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


def best_possible(records: int, rows: int) -> float:
    """What no alignment of so many records with so many rows can score more than."""
    return min(records, rows) + _SKIPPED_ROW * max(rows - records, 0) + _SKIPPED_FRAGMENT * max(records - rows, 0)


def _scores(record: Record, known: Sequence[tuple[str, ...]], width: int) -> list[float]:
    """What it is worth to take a record for each of the rows known by these words."""
    if not core(record.words):
        return [_WITHOUT_WORDS if len(record.values) >= width else -0.2] * len(known)
    scores = []
    for words in known:
        like = likeness_to(record.words, words)
        if like < _SURE and record.after:
            like = max(like, 0.95 * likeness_to(record.words + record.after, words))
        scores.append(like if like >= 0.5 else like - 0.5)
    return scores
