"""区分处理清单: what was withheld, where and why, as the letter prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.law.severance import ground

from .boxes import Box


@dataclass(frozen=True, slots=True)
class Withheld:
    """One box. ``number`` stands on the box; ``page`` counts from 1; ``place``: 第2页上部."""

    number: int
    page: int
    place: str
    reason: str
    rule: str
    note: str


@dataclass(frozen=True, slots=True)
class SeveranceRow:
    """Boxes with one reason and note together. ``numbers``: 1至3、7; ``places``: 第1页上部（2处）、第4页."""

    numbers: str
    places: str
    count: int
    reason: str
    rule: str
    note: str


def in_order(boxes: Iterable[Box]) -> list[Box]:
    """As one reads: by page, from above, from the left. A box's number is its place in this order."""
    return sorted(boxes, key=lambda box: (box.page, box.y, box.x, box.height, box.width, box.reason, box.note))


def withheld(boxes: Iterable[Box]) -> list[Withheld]:
    """The boxes as entries of the list, in the order of their numbers."""
    found = []
    for number, box in enumerate(in_order(boxes), 1):
        known = ground(box.reason)
        found.append(Withheld(number, box.page + 1, _place(box), known.label, known.rule, box.note))
    return found


def severance_list(entries: Sequence[Withheld]) -> list[SeveranceRow]:
    """One row for each reason and note, in the order in which they first occur."""
    groups: dict[tuple[str, str, str], list[Withheld]] = {}
    for entry in entries:
        groups.setdefault((entry.reason, entry.rule, entry.note), []).append(entry)
    rows = []
    for (reason, rule, note), members in groups.items():
        places: dict[str, int] = {}
        for member in members:
            places[member.place] = places.get(member.place, 0) + 1
        shown = "、".join(place if count == 1 else f"{place}（{count}处）" for place, count in places.items())
        rows.append(
            SeveranceRow(_spans([member.number for member in members]), shown, len(members), reason, rule, note)
        )
    return rows


def _place(box: Box) -> str:
    page = f"第{box.page + 1}页"
    if box.width * box.height > 0.9:
        return f"{page}全页"
    middle = box.y + box.height / 2
    return page + ("上部" if middle < 1 / 3 else "中部" if middle < 2 / 3 else "下部")


def _spans(numbers: list[int]) -> str:
    """1, 2, 3, 7 → 1至3、7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return "、".join(str(span[0]) if len(span) == 1 else f"{span[0]}至{span[-1]}" for span in spans)
