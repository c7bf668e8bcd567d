"""Dates as Chinese official letters write them, and as people type them."""

from __future__ import annotations

import re
from datetime import date

from .errors import LawError

_WEEKDAYS = "一二三四五六日"
_TYPED = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")

REGULATION = "《中华人民共和国政府信息公开条例》"
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """15 → 十五, for 0 to 99; anything else in digits."""
    if not 0 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def cited(rule: str) -> str:
    """A rule as a letter cites it: the Regulation by its full name, once. 条例第十四条、条例第三十六条第三项 →
    《中华人民共和国政府信息公开条例》第十四条、第三十六条第三项.
    """
    full, told = [], False
    for part in rule.split("、"):
        if part.startswith("条例第"):
            part = part.removeprefix("条例") if told else REGULATION + part.removeprefix("条例")
            told = True
        full.append(part)
    return "、".join(full)


def chinese_date(day: date) -> str:
    """2022年11月2日"""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_day(day: date) -> str:
    """2022年11月2日（周三）"""
    return f"{chinese_date(day)}（周{_WEEKDAYS[day.weekday()]}）"


def parse_date(text: str) -> date:
    """A date as typed: 2022-09-30, 2022.9.30, 2022/9/30, 2022年9月30日, 20220930; else :class:`LawError`."""
    typed = "".join(text.translate(_HALF_WIDTH).split())
    for pattern in _TYPED:
        if match := pattern.fullmatch(typed):
            year, month, day = map(int, match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                raise LawError(f"没有“{text}”这一天，请核对年、月、日。") from None
    raise LawError(f"不能识别日期“{text}”，请写作 2022-09-30、2022.9.30 或者 2022年9月30日。")
