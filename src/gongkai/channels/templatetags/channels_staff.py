"""Days as people write them, on the pages of this room."""

from __future__ import annotations

from datetime import date

from django import template

from gongkai.law.wording import chinese_day as worded

register = template.Library()


@register.filter
def chinese_day(value: date | None) -> str:
    """2020年3月2日（周一）; nothing for no day."""
    return worded(value) if value else ""


@register.filter
def thousands(value: int | None) -> str:
    """3,867; nothing for no number."""
    return "" if value is None else f"{value:,}"
