"""信息处理费 (Article 42; 国办函〔2020〕109号): two progressive tariffs, never both for one application.

``items``: applications of one applicant in one calendar month. ``pages``: pages of one application.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from .errors import LawError
from .parameters import Sureness, read_data
from .wording import chinese_date

TariffCode = Literal["items", "pages"]


@dataclass(frozen=True, slots=True)
class Band:
    """Units ``first`` to ``last`` (``None``: without end) at ``price`` yuan each."""

    first: int
    last: int | None
    price: int


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What one band adds: ``count`` units of it at ``price`` yuan make ``amount``."""

    band: Band
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Fee:
    """``amount`` in yuan with its reckoning line by line; ``text`` is for the fee notice."""

    tariff: TariffCode
    count: int
    amount: int
    lines: tuple[FeeLine, ...]
    reference: str
    sureness: Sureness
    text: str


def fee(tariff: TariffCode, count: int, on: date) -> Fee:
    """The fee for ``count`` items or pages by the tariff in force on ``on``; :class:`LawError` where none was."""
    if count < 0:
        raise LawError("收费的件数、页数不能是负数。")
    table = _tariff(tariff, on)
    lines = []
    for band in _bands(table):
        if band.first > count:
            break
        units = (count if band.last is None else min(count, band.last)) - band.first + 1
        lines.append(FeeLine(band, units, units * band.price))
    amount = sum(line.amount for line in lines)
    unit = table["unit"]
    words = "；".join(_words(line, unit) for line in lines)
    text = f"{count}{unit}应收信息处理费{amount}元" + (f"：{words}。" if words else "。")
    return Fee(tariff, count, amount, tuple(lines), table["reference"], table["sureness"], text)


def _words(line: FeeLine, unit: str) -> str:
    first, last = line.band.first, line.band.first + line.count - 1
    span = f"第{first}{unit}" if first == last else f"第{first}至{last}{unit}"
    return f"{span}免费" if line.band.price == 0 else f"{span}{line.count}{unit}×{line.band.price}元＝{line.amount}元"


def _bands(table: dict[str, Any]) -> Iterator[Band]:
    first = 1
    for band in table["bands"]:
        yield Band(first, band["upto"], band["price"])
        first = band["upto"] + 1
    beyond = table["beyond"]
    every, price = beyond["every"], beyond["price"]
    while every:
        yield Band(first, first + every - 1, price)
        first, price = first + every, price + beyond["step"]
    yield Band(first, None, price)


def _tariff(code: TariffCode, on: date) -> dict[str, Any]:
    for table in _tariffs():
        until = table.get("until")
        if table["code"] == code and table["since"] <= on and (until is None or on <= until):
            return table
    raise LawError(f"{chinese_date(on)}没有施行中的信息处理费标准，不能收费。")


@cache
def _tariffs() -> tuple[dict[str, Any], ...]:
    tables: tuple[dict[str, Any], ...] = tuple(tomllib.loads(read_data("fees.toml"))["tariff"])
    for table in tables:
        ends = [band["upto"] for band in table["bands"]]
        if ends != sorted(set(ends)):
            raise LawError(f"收费标准 {table['code']} 的档次应当递增。")
    return tables
