"""主动公开内容: the test of Article 19, the fifteen categories of Article 20, the seven of Article 21, in order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from .errors import LawError
from .parameters import read_data

_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of information to be published. ``item`` counts from 1 in its article (20 or 21)."""

    code: str
    article: int
    item: int
    text: str

    @property
    def rule(self) -> str:
        """条例第二十条第（四）项; Article 21 does not number what it lists."""
        return f"条例第二十条第（{_chinese(self.item)}）项" if self.article == 20 else "条例第二十一条"


def _chinese(item: int) -> str:
    return _NUMBERS[item - 1] if item <= 10 else "十" + _NUMBERS[item - 11]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(read_data("categories.toml"))


def article_19_tests() -> tuple[str, ...]:
    """The three grounds of Article 19; one is enough for information to be published."""
    return tuple(_data()["tests"])


@cache
def categories(*, local: bool = False) -> tuple[Category, ...]:
    """Article 20 in order; with ``local``, as for cities with districts and counties, Article 21 after it."""
    articles = (20, 21) if local else (20,)
    found = tuple(
        Category(table["code"], article, item, table["text"])
        for article in articles
        for item, table in enumerate(_data()[f"article_{article}"], 1)
    )
    if len({category.code for category in found}) != len(found):
        raise LawError("主动公开内容的分类有重复的 code。")
    return found


def category(code: str) -> Category:
    """The category of that code; :class:`LawError` when there is none."""
    for found in categories(local=True):
        if found.code == code:
            return found
    raise LawError(f"没有编号为“{code}”的主动公开分类。")
