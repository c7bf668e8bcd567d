"""Dates as the back office writes them."""

from __future__ import annotations

from datetime import date

from django import template

from gongkai.law.wording import chinese_day as in_chinese

register = template.Library()


@register.filter
def chinese_day(value: date) -> str:
    """2020年3月2日（周一）"""
    return in_chinese(value)
