"""What people type into a cell, made into a value. Errors say in Chinese what is wrong and how to write it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

# Signs that people put into a cell to say that there is nothing to say.
BLANKS = frozenset({"", "-", "--", "—", "——", "－", "/", "／", "\\"})
_NOTHING = BLANKS | {"无", "空"}

_DATE = re.compile(r"(\d{4})\s*[年./\-—–]\s*(\d{1,2})\s*[月./\-—–]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}[:时].*)?")
_COMPACT_DATE = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})")
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(10_000, 80_000)  # 1927 to 2119
_YEARS = range(1912, 2120)
_LAST_EXACT_INTEGER = 10**15

_YES = frozenset({"是", "有", "√", "✓", "y", "yes", "true", "1", "对"})
_NO = frozenset({"否", "无", "×", "✗", "n", "no", "false", "0", "不", "没有"})


def is_blank(value: Any) -> bool:
    """Whether a cell says nothing."""
    return value is None or (isinstance(value, str) and value.strip() in BLANKS)


def text(value: Any) -> str:
    """Text without outer spaces; a number as it is shown in the sheet. Raises ``ValueError``."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if abs(value) >= _LAST_EXACT_INTEGER:
            raise ValueError("数字超过 15 位，Excel 已丢失末几位；请先把单元格设为“文本”格式，再重新录入")
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


def day(value: Any) -> date:
    """A date as people type it (2020.3.2, 2020年3月2日, 2020/3/2, 20200302, an Excel date). Raises ``ValueError``."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = int(value)
        if whole in _EXCEL_SERIALS:
            return _EXCEL_EPOCH + timedelta(days=whole)
        value = str(whole)
    plain = unicodedata.normalize("NFKC", str(value)).strip()
    if plain.isdigit() and len(plain) == 5 and int(plain) in _EXCEL_SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(plain))
    match = _DATE.fullmatch(plain) or _COMPACT_DATE.fullmatch(plain)
    if match is None:
        raise ValueError(f"“{value}”不是日期，请写成 2020-03-02 这样的年月日")
    year, month, of_month = map(int, match.groups())
    try:
        found = date(year, month, of_month)
    except ValueError:
        raise ValueError(f"“{value}”不是日历上的日子") from None
    if found.year not in _YEARS:
        raise ValueError(f"“{value}”的年份不对")
    return found


def number(value: Any) -> Decimal:
    """A number, also with thousands separators, a sign, full-width digits. Raises ``ValueError``."""
    if isinstance(value, bool):
        raise ValueError("此处应填数字")
    if isinstance(value, int | float):
        return Decimal(repr(value)) if isinstance(value, float) and not value.is_integer() else Decimal(int(value))
    plain = unicodedata.normalize("NFKC", str(value)).replace(",", "").replace(" ", "").removesuffix("元")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"“{value}”不是数字") from None
    if not found.is_finite():
        raise ValueError(f"“{value}”不是数字")
    return found


def integer(value: Any) -> int:
    """A whole number. Raises ``ValueError``."""
    found = number(value)
    if found != found.to_integral_value():
        raise ValueError(f"“{value}”不是整数")
    return int(found)


def flag(value: Any) -> bool:
    """是 or 否. Raises ``ValueError``."""
    plain = text(value).lower()
    plain = plain.removesuffix(".0")
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise ValueError(f"“{value}”应填“是”或者“否”")


def says_nothing(value: Any) -> bool:
    """Whether a cell that should hold a date, a number or a choice holds a word for nothing."""
    return value is None or (isinstance(value, str) and value.strip() in _NOTHING)
