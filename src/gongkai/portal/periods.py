"""Periods of figures: ``2020``, ``2020-11``, ``2020-Q3``."""

from __future__ import annotations

_QUARTERS = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度"}


def period_words(period: str) -> str:
    """``2020`` → 2020年; ``2020-11`` → 2020年11月; ``2020-Q3`` → 2020年三季度; anything else as it is."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年" if year.isdigit() else period
    return f"{year}年{_QUARTERS.get(part) or (f'{int(part)}月' if part.isdigit() else part)}"
