"""Where the six parts of a report begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...forms.official import SECTIONS
from ..source import Item, Line

_HEAD = re.compile(
    r"^[#\s*]*(?:第?[一二三四五六七八九十]{1,2}\s*(?:部分)?\s*[、.．,，:：\s])\s*(?P<title>.{2,40}?)[*\s:：。]*$"
)


_MOST = 300  # headings looked at; what has more is no report


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of one of the six parts: its number on the form, its printed title, and its place in the items."""

    number: int
    title: str
    index: int
    line: int


def plain(text: str) -> str:
    """A line without Markdown signs and without the spaces that extraction puts between characters."""
    return "".join(text.split()).lstrip("#*>").strip("*|")


def find_heads(items: Sequence[Item]) -> list[Head]:
    """The headings of the six parts, each once and in order.

    A heading is known by its words, not by its numeral, since bodies misnumber them. Where a
    table of contents repeats them, the later set is taken.
    """
    found: list[Head] = []
    for index, item in enumerate(items):
        if isinstance(item, Line) and (head := _head(item, index)) is not None:
            found.append(head)
            if len(found) >= _MOST:
                break
    heads: list[Head] = []
    for number in range(1, 7):
        same = [head for head in found if head.number == number]
        after = heads[-1].index if heads else -1
        same = [head for head in same if head.index > after]
        if not same:
            continue
        later = [head for head in found if head.number > number]
        # In a table of contents the next heading follows at once, and all of them come again.
        chosen = next(
            (head for head in same if not (_followed_at_once(head, found, items) and _comes_again(head, same))),
            same[-1],
        )
        if not later or chosen.index < max(head.index for head in later):
            heads.append(chosen)
    return heads


def _head(line: Line, index: int) -> Head | None:
    text = plain(line.text)
    if not 4 <= len(text) <= 48 or text[-1] in "。；，;,":
        return None
    number, title = _part(text)
    return Head(number, title, index, line.number) if number else None


def head_number(text: str) -> int:
    """Which of the six parts a line is the heading of; 0 for none."""
    return _part(plain(text))[0]


def _part(text: str) -> tuple[int, str]:
    match = _HEAD.match(text)
    title = plain(match["title"]) if match else text
    best, likest = 0, 0.0
    for section in SECTIONS:
        like = _likeness(title, section.title) if match else fuzz.ratio(title, section.title) / 100
        if like > likest:
            best, likest = section.number, like
    return (best, title) if likest >= (0.7 if match else 0.88) else (0, title)


def _likeness(title: str, official: str) -> float:
    """How like a numbered heading is to a part's title, knowing what bodies add to it or leave out."""
    ratio = fuzz.ratio(title, official) / 100
    if "问题" in official:
        # 存在问题及改进情况、政府信息公开工作存在的主要问题及整改措施…
        return max(ratio, 0.9 if "问题" in title and ("改进" in title or "整改" in title) and len(title) <= 30 else 0)
    if "复议" in official:
        return max(
            ratio, 0.9 if "复议" in title and "诉讼" in title and len(title) <= 36 and "信息公开" in title else 0
        )
    if "总体情况" in official:
        return max(ratio, 0.9 if title.endswith(("总体情况", "基本情况")) and len(title) <= 18 else 0)
    if "收到和处理" in official:
        return max(ratio, 0.9 if "收到和处理" in title and "申请" in title and len(title) <= 30 else 0)
    if "其他" in official:
        return max(ratio, 0.9 if "报告" in title and "事项" in title and "其他" in title and len(title) <= 20 else 0)
    return ratio


def _followed_at_once(head: Head, found: Sequence[Head], items: Sequence[Item]) -> bool:
    """Whether another heading follows with nothing said between."""
    following = [other.index for other in found if other.index > head.index]
    return bool(following) and not any(
        (isinstance(item, Line) and len(plain(item.text)) > 3) or not isinstance(item, Line)
        for item in items[head.index + 1 : following[0]]
    )


def _comes_again(head: Head, same: Sequence[Head]) -> bool:
    return any(other.index > head.index for other in same)
