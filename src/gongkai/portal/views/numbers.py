"""Figures as the pages print them."""

from __future__ import annotations

from decimal import Decimal


def plain_number(value: Decimal) -> str:
    """``6870.9000`` → ``6,870.9``: thousands separated, no zeros that only the column of the table has."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def growth_words(value: Decimal) -> str:
    """``3.40`` → ``同比增长 3.4%``; ``-2`` → ``同比下降 2%``; ``0`` → ``与上年同期持平``."""
    if not value:
        return "与上年同期持平"
    return f"同比{'增长' if value > 0 else '下降'} {plain_number(abs(value))}%"
