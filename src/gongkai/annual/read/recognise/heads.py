"""Whose report it is, of which year, and where its six parts begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...forms.official import SECTIONS
from ..source import Item, Line, Source

_REPORT = r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"
_AGENCY = r"[\u4e00-\u9fff（）()·、\s]{2,60}?"
_TITLES = (
    re.compile(rf"(?P<agency>{_AGENCY})\s*(?P<year>20\d\d)\s*年\s*度?\s*{_REPORT}"),
    re.compile(rf"(?P<year>20\d\d)\s*年\s*度?\s*(?P<agency>{_AGENCY}){_REPORT}"),
    re.compile(rf"(?P<agency>{_AGENCY}){_REPORT}\s*[（(]\s*(?P<year>20\d\d)\s*年?\s*度?\s*[)）]"),
)
_PERIOD = re.compile(r"(?P<year>20\d\d)\s*年?\s*0?1\s*月\s*0?1\s*日")
_YEAR = re.compile(r"(20\d\d)\s*年")
_COMPILER = re.compile(
    r"(?:由|，)(?P<agency>[\u4e00-\u9fff（）]{4,30}?(?:局|委员会|办公室|办公厅|政府|中心|院|厅|部|站|大队|分局))(?:办公室)?(?:编制|依据|根据|按照)"
)
_HEAD = re.compile(
    r"^[#\s*]*(?:第?[一二三四五六七八九十]{1,2}\s*(?:部分)?\s*[、.．,，:：\s])\s*(?P<title>.{2,40}?)[*\s:：。]*$"
)
_LEADING = re.compile(r"^(?:.*?(?:名称|标题|字号|首页|正文|发布机构|索引号)[:：\s]*)")


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of one of the six parts: its number on the form, its printed title, and its place in the items."""

    number: int
    title: str
    index: int
    line: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report, of which year, under which title."""

    agency: str
    year: int | None
    title: str


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


def identify(source: Source, heads: Sequence[Head]) -> Identity:
    """Agency, year and title, from the title line if there is one, else from the period and the prose."""
    end = heads[0].index if heads else min(len(source.items), 40)
    lines = [item for item in source.items[: max(end, 12)] if isinstance(item, Line)]
    agency, year, title = "", None, ""
    candidates = [source.title, *_windows(lines)]
    for candidate in candidates:
        if (match := _title(candidate)) is not None:
            agency, year, title = match
            break
    text = "\n".join(line.text for line in lines[:60])
    if year is None and (period := _PERIOD.search(text)):
        year = int(period["year"])
    if year is None:
        years = Counter(_YEAR.findall("\n".join(i.text for i in source.items[:80] if isinstance(i, Line))))
        year = int(years.most_common(1)[0][0]) if years else None
    agency = source.agency or agency
    if not agency and (compiler := _COMPILER.search("".join(text.split()))):
        agency = compiler["agency"]
    return Identity(agency, year, title)


def is_title(line: Line, identity: Identity) -> bool:
    """Whether a line is the title or a piece of it."""
    text = plain(line.text)
    return (
        bool(identity.title)
        and len(text) <= len(identity.title) + 6
        and (text in identity.title or identity.title in text)
    )


def _windows(lines: Sequence[Line]) -> list[str]:
    """Each of the first lines, alone and together with the one or two after it: titles are broken over lines."""
    texts = [plain(line.text) for line in lines if line.text.strip()][:24]
    short = [text if len(text) <= 60 else "" for text in texts]
    windows: list[str] = []
    for index, text in enumerate(short):
        if not text:
            continue
        second = short[index + 1] if index + 1 < len(short) else ""
        third = short[index + 2] if index + 2 < len(short) else ""
        windows.extend((text + second + third, text + second, text) if "年" not in text else (text, text + second))
    return windows


def _title(text: str) -> tuple[str, int, str] | None:
    squeezed = "".join(text.split())
    for pattern in _TITLES:
        match = pattern.search(squeezed)
        if match is None:
            continue
        agency = _clean_agency(match["agency"])
        start = match.start("agency") + match["agency"].rfind(agency) if agency else match.start("year")
        begin = min(start, match.start("year"))
        return agency, int(match["year"]), squeezed[begin : match.end()]
    return None


def _clean_agency(text: str) -> str:
    """The agency without site furniture before it and without 关于… around it."""
    text = _LEADING.sub("", text).strip("：:、（()） ")
    for opening, closing in ("（）", "()"):
        # 某局（某办公室）: the bracket that belongs to the name is not stripped with those around it.
        if text.count(opening) > text.count(closing):
            text += closing
    text = re.sub(r"^(?:关于|正文|标题|名称)", "", text)
    return text if not re.search(r"^(?:本|的|年度?)?$", text) else ""
