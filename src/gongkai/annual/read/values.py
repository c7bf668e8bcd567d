"""What stands in one cell of a published table: a number, a dash for nought, a blank, or words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ..report import Number

Kind = Literal["number", "blank", "text"]

_DASHES = frozenset("-‐‑‒–—―−─━﹣－~～")
# A no-break space that somebody's encoding did not know.
_LOST_SPACE = re.compile(r"^\s*\?\s*(?=\d)|(?<=\d)\s*\?\s*$")
_SEVERAL = re.compile(r"\d\s+\d|[-—–－/]\s+[-—–－/\d]")
_NOUGHTS = frozenset({"/", "\\", "无", "零", "〇", "○", "//"})
_UNFILLED = frozenset({"未填", "缺", "缺失", "不详"})
_NUMBER = re.compile(
    r"""
    (?P<sign>[+\-−–＋－])?
    (?P<digits>\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)
    (?P<fraction>\.\d+)?
    (?P<unit>万元|亿元|元|件|项|个|条|宗|例|次|份|起)?
    (?P<note>[（(【\[][^）)】\]]*[）)】\]])?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell as printed. A blank is read as 0 by the form; a figure said to be missing has no ``number``."""

    kind: Kind
    text: str
    number: Number | None = None
    unit: str = ""

    @property
    def is_figure(self) -> bool:
        return self.kind == "number"


BLANK = Value("blank", "")


@lru_cache(maxsize=4096)
def parse(text: str) -> Value:
    """Read a cell: ``7``, ``+10``, ``7,730.28``, ``24.5万元``, ``22（其中修订 16 件）``, ``—``, ``/``, blank."""
    if "?" in text:
        text = _LOST_SPACE.sub("", text)
    if _SEVERAL.search(text):
        return Value("text", text)  # several figures in one cell are not one longer figure
    plain = squeeze(text)
    if not plain:
        return BLANK
    if plain in _UNFILLED:
        return Value("number", text)  # a place for a figure that is not there: not 0
    if plain in _NOUGHTS or all(character in _DASHES for character in plain):
        return Value("number", text, 0)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return Value("text", text)
    sign = "-" if match["sign"] in ("-", "−", "–", "－") else ""
    digits = match["digits"].replace(",", "").replace("，", "")
    number: Number
    if match["fraction"] and match["fraction"].strip(".0"):
        number = Decimal(sign + digits + match["fraction"].rstrip("0"))
    else:
        number = int(sign + digits)
    return Value("number", text, number, match["unit"] or "")


def squeeze(text: str) -> str:
    """Full-width forms made plain, Markdown emphasis and every kind of white space taken away."""
    if text.isascii() and text.isdigit():
        return text
    plain = unicodedata.normalize("NFKC", text).replace("*", "").replace("\\-", "-")
    return "".join(plain.replace("\u200b", "").replace("\ufeff", "").split())
