"""Figures as they are typed in a table of statistics, and as an axis shows them."""

from __future__ import annotations

import re
from decimal import Decimal

# Full-width signs and the kinds of minus. Nothing else is folded: NFKC would read 6870① as 68701.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord(sign): "-" for sign in "−﹣–"} | {0x3000: " "}
_PLAIN = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(?:\.[0-9]+)?")
_SHORTENED = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")
_SCALED = re.compile(r"[+-]?[0-9,.]+ *[万亿千百].*")
_FOOTNOTE = re.compile(r"[+-]?[0-9,]+(?:\.[0-9]+)?[ *†‡①-⑳⁰-⁹²³¹\[(].*")
# Signs of the statistical yearbooks: … not available, — or blank none, # of which; none of them is 0.
MISSING = frozenset(
    {"", "-", "--", "—", "——", "…", "……", "⋯", "⋯⋯", "...", "......", "/", "n/a", "na", "#n/a", "空", "无", "无数据"}
)


def number(cell: str, unit: str = "") -> Decimal | None:
    """The figure of a cell; ``None`` when it is missing. Raises ``ValueError`` saying what to do.

    A percent sign is accepted only where the unit is percent: elsewhere one of the two is wrong.
    """
    plain = cell.translate(_FOLD).strip()
    if plain.lower() in MISSING:
        return None
    for sign in "%‰":
        if plain.endswith(sign):
            if sign not in unit.translate(_FOLD):
                raise ValueError(f"“{cell}”带有 {sign}，而单位写的是“{unit}”：请改单位，或者把不同单位的列分开画。")
            plain = plain.removesuffix(sign).rstrip()
    if _PLAIN.fullmatch(plain):
        return Decimal(plain.replace(",", "").replace(" ", ""))
    raise ValueError(_advice(cell, plain))


def _advice(cell: str, plain: str) -> str:
    if plain.startswith("#"):
        return f"“{cell}”是 Excel 的公式错误或者列宽不够：请在原表中改正后重新复制。"
    if _SHORTENED.fullmatch(plain):
        return f"“{cell}”是 Excel 缩写的数字，末几位已经看不到：请把单元格设为“数值”格式后重新复制。"
    if _SCALED.fullmatch(plain):
        return f"“{cell}”带有万、亿等字：请只写数字，把“万”“亿”写在单位里。"
    if _FOOTNOTE.fullmatch(plain):
        return f"“{cell}”的数字后面有注释符号：请去掉，把说明写在“说明”栏。"
    return f"“{cell}”不是数字：没有数据的格请留空或者写“…”。"


def written(value: Decimal, grouped_from: int = 5) -> str:
    """A figure as an axis shows it: without an exponent, thousands separated from so many digits on."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if plain in {"-0", ""}:
        plain = "0"
    whole, point, rest = plain.partition(".")
    digits = whole.lstrip("-")
    return f"{int(whole):,}{point}{rest}" if len(digits) >= grouped_from else plain


def is_number(cell: str) -> bool:
    """Whether the cell holds a figure, or the sign of a missing one: such a column is set to the right."""
    try:
        number(cell, "%‰")
    except ValueError:
        return False
    return True
