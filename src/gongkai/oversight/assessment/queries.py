"""What people said that counts now."""

from __future__ import annotations

from datetime import date

from gongkai.bureau.models import Agency
from gongkai.law.indicators import Stated, Verdict

from .models import Statement


def stated(agency: Agency, day: date) -> dict[str, Stated]:
    """The latest word on each indicator by a day; one query."""
    said = Statement.objects.filter(agency=agency, stated_on__lte=day).select_related("stated_by").order_by("pk")
    return {
        each.number: Stated(
            Verdict(each.verdict),
            each.evidence,
            each.stated_by.get_full_name() or each.stated_by.username,
            each.stated_on,
        )
        for each in said
    }


def history(agency: Agency, number: str) -> list[Statement]:
    """Everything that was said of an indicator, the latest first; one query."""
    return list(Statement.objects.filter(agency=agency, number=number).select_related("stated_by").order_by("-pk"))
