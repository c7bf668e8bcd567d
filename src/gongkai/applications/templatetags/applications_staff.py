"""Days as people write them, on the pages of the back office."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from gongkai.law.wording import chinese_day as worded

register = template.Library()


@register.filter
def chinese_day(value: date | None) -> str:
    """2020年3月2日（周一）; nothing for no day."""
    return worded(value) if value else ""


@register.filter
def chinese_moment(value: datetime | None) -> str:
    """2020年3月2日（周一）14:05; nothing for no moment."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{worded(local.date())}{local:%H:%M}"
