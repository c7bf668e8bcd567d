"""Running text: the lines that belong to no table, joined into paragraphs where they were wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...report import Paragraph
from ..source import Line

_END = tuple("。！？；：!?;:…")
_BULLET = re.compile(
    r"^(?:[#*>\-•]|[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.．、]|第[一二三四五六七八九十]+[章部条])"
)
_PAGE = re.compile(
    r"^[\s]*[-—–－―·•]{1,2}\s*\d{1,3}\s*[-—–－―·•]{1,2}[\s]*$|^第\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?$"
)
_HAN = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…]"
_SPACE = r"[ \t\u00a0\u3000]+"
_HAN_SPACE = re.compile(rf"(?<={_HAN}){_SPACE}(?=\S)|(?<=\S){_SPACE}(?={_HAN})")
_MISSING = re.compile(r"〔表([二三四])缺失：(.+)〕$")
_MARKS = re.compile(r"^\s*#{1,6}\s*|^\s*>\s*|\*\*|__")


def is_page_number(text: str) -> bool:
    """Whether a line is a page number between dashes, or 第 3 页 共 8 页."""
    return bool(_PAGE.match(text))


def missing_note(text: str) -> tuple[str, str] | None:
    """The table and the reason where a line says that a table is missing, as our writers print it."""
    match = _MISSING.match(text.strip())
    return ("234"["二三四".index(match[1])], match[2]) if match else None


def tidy(text: str) -> str:
    """One spacing for all: no space beside a Chinese character, one between words of other scripts."""
    text = _MARKS.sub("", text)
    return " ".join(_HAN_SPACE.sub("", text).split())


def paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """Join wrapped lines; a line read as a whole paragraph stays one."""
    done: list[Paragraph] = []
    text, number, open_ = "", 0, False
    for line in lines:
        part = tidy(line.text)
        if not part or is_page_number(part):
            continue
        if open_ and not line.whole and not _BULLET.match(line.text.strip()):
            text = tidy(f"{text} {part}")
        else:
            if text:
                done.append(Paragraph(text, number))
            text, number = part, line.number
        open_ = not line.whole and not text.endswith(_END) and _was_wrapped(line.text)
    if text:
        done.append(Paragraph(text, number))
    return tuple(done)


def _was_wrapped(text: str) -> bool:
    """Whether a line that ends in mid-sentence is long enough to have been wrapped, and no heading."""
    stripped = text.strip()
    if stripped.startswith("#"):
        return False
    heading = _BULLET.match(stripped) and len(stripped) <= 24 and "，" not in stripped
    return not heading and len(stripped) >= 12
