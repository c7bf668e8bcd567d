"""What the templates of the back office say about the bureau, and dates as people write them."""

from __future__ import annotations

from datetime import date

from django import template

from gongkai.bureau.queries import site_agency
from gongkai.law.wording import chinese_day

register = template.Library()


@register.simple_tag
def bureau_name() -> str:
    """Whose back office this is; nothing before an agency is registered."""
    found = site_agency()
    return found.name if found else ""


@register.filter
def day(value: date | None) -> str:
    """2020年3月2日（周一）; nothing for no day."""
    return chinese_day(value) if value else ""
