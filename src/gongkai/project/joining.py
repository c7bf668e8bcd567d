"""What one room of a floor gives another: neither knows of the other, the project does."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from gongkai.applications.disclosed import publishing
from gongkai.applications.intake import suggestions
from gongkai.channels import articles
from gongkai.law.wording import chinese_date
from gongkai.portal.search.finding import similar

from . import sending_on
from .disclosure_log import draft_item, shown_of, staff_address


def join() -> None:
    """Once a process, when its addresses are read."""
    suggestions.register(published_like)
    publishing.register(draft_item, shown_of, staff_address)
    articles.register(sending_on.recent, sending_on.find, sending_on.draw)


def published_like(text: str, agency_id: int, most: int) -> Sequence[suggestions.Suggestion]:
    """Published documents like what an applicant describes: the portal finds, applications suggest."""
    return [
        suggestions.Suggestion(
            hit.entry.title, hit.entry.url, f"{chinese_date(timezone.localdate(hit.entry.published_at))}发布"
        )
        for hit in similar(text, agency_id, most)
    ]
