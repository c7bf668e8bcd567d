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
