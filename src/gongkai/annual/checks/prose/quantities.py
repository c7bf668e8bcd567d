"""Numbers with their units in running text: 14件, 1,600余条, 约3.5万件, 十二宗, 17.46%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ...report import Number

_UNITS = (
    "人次|件次|条次|篇次|场次|万元|亿元|千元|工作日|元|件|条|宗|例|项|次|份|起|个"
    "|篇|期|部|则|场|名|人|家|种|类|封|批|张|本|册|户|处"
)
# Units in which applications, cases and published items are counted.
COUNT_UNITS = frozenset(("件", "条", "宗", "例", "项", "次", "份", "起", "个", "封", "件次"))

_QUANTITY = re.compile(
    r"(?P<before>近|约|大约|将近|接近|不足|不到|超过|超|逾|多达|达到?近|突破)?"
    # □ stands for characters that a wrong decoding lost; digits may be among them.
    r"(?:(?<![第\d.A-Za-z〔\[/\-□])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?<![第每某零一二两三四五六七八九十百千万几])(?P<han>[一二两三四五六七八九十百零〇]+))"
    r"(?P<scale>[万亿千百])?(?P<more>余|多|几|来)?"
    rf"(?P<unit>{_UNITS})(?P<after>余|多|以上|左右|/)?"
)
_PERCENT = re.compile(r"(?<![\d.□])(?P<number>\d+(?:\.(?P<fraction>\d+))?)%")
_PAREN = re.compile(r"[()]")
_HAN_UNITS = frozenset("件宗例份起")
_HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_AT_LEAST = ("超", "逾", "多达", "突破")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, at ``start``–``end`` of its passage, ``depth`` brackets deep.

    ``exact`` is false for 约、近、余、多 and for rounded figures like 3.5万; ``least`` is true where
    the number is a lower bound (1600余). ``word`` marks Chinese numerals.
    """

    value: Number
    unit: str
    start: int
    end: int
    depth: int
    exact: bool
    least: bool = False
    word: bool = False


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as printed: its value and the number of decimals it is rounded to."""

    value: Decimal
    decimals: int
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """Every number with a unit, in reading order. ``text`` has half-width digits and brackets."""
    found: list[Quantity] = []
    depths: list[tuple[int, int]] | None = None
    for match in _QUANTITY.finditer(text):
        if (value := _value(match)) is None:
            continue
        if depths is None:
            depths = _depths(text)
        scale = match["scale"]
        before = match["before"] or ""
        after = match["after"] or ""
        least = bool(match["more"] or after in ("余", "多", "以上") or before.startswith(_AT_LEAST)) and not scale
        found.append(
            Quantity(
                value,
                match["unit"],
                match.start(),
                match.end(),
                _depth_at(depths, match.start()),
                exact=not (scale or before or match["more"] or after or _broken(text, match)),
                least=least,
                word=match["han"] is not None,
            )
        )
    return found


def _value(match: re.Match[str]) -> Number | None:
    if (digits := match["digits"]) is not None:
        digits = digits.replace(",", "")
        number: Number = Decimal(digits) if "." in digits else int(digits)
        return number * {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}.get(match["scale"] or "", 1)
    if match["unit"] not in _HAN_UNITS or match["more"] or match.string[match.end() : match.end() + 1] in ("事", "套"):
        return None
    return han_number(match["han"])


def han_number(text: str) -> int | None:
    """一百二十三 → 123; ``None`` for what is no well-formed number below one thousand."""
    total, digit = 0, None
    for character in text:
        if character in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[character]
        else:
            total += (1 if digit is None else digit) * (10 if character == "十" else 100)
            digit = None
    return total + (digit or 0)


def _broken(text: str, match: re.Match[str]) -> bool:
    """Whether the digits continue before a space: 13 528 may be one number or two."""
    start = match.start("digits")
    return start > 1 and text[start - 1] == " " and text[start - 2].isdigit()


def percents(text: str) -> list[Percent]:
    """Every percentage, in reading order."""
    return [
        Percent(Decimal(match["number"]), len(match["fraction"] or ""), match.start(), match.end())
        for match in _PERCENT.finditer(text)
    ]


def _depths(text: str) -> list[tuple[int, int]]:
    depth, found = 0, []
    for match in _PAREN.finditer(text):
        depth = depth + 1 if match[0] == "(" else max(depth - 1, 0)
        found.append((match.start(), depth))
    return found


def _depth_at(depths: list[tuple[int, int]], position: int) -> int:
    depth = 0
    for start, after in depths:
        if start > position:
            break
        depth = after
    return depth
