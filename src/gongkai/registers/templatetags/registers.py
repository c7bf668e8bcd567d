"""Days and amounts as people write them, on the pages of this room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template

from gongkai.law.wording import chinese_day as worded

register = template.Library()


@register.filter
def chinese_day(value: date | None) -> str:
    """2020年3月2日（周一）; nothing for no day."""
    return worded(value) if value else ""


@register.filter
def wan(value: Decimal | int) -> str:
    """Yuan as 万元: whole to the yuan, without noughts at the end."""
    return f"{(Decimal(value) / 10000).quantize(Decimal('0.000001')).normalize():f}"


@register.filter
def isoday(value: object) -> str:
    """A day as 2020-03-02; anything else as it is."""
    return value.isoformat() if isinstance(value, date) else str(value)
