"""What was published on the site in the year (website work sheet, group 信息发布; annual report, section 一)."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.bureau.figures import Figure, Scope

from .models import Publication


def _published(scope: Scope) -> QuerySet[Publication]:
    return Publication.objects.filter(scope.of_agencies(), scope.during("published_on"))


# What was withdrawn later was published all the same, and counts.
PUBLISHED = Figure("portal.published", "门户网站本年发布信息数量（条）", _published, dimensions=("kind",))
PUBLISHED_BY_COLUMN = Figure(
    "portal.published_by_column",
    "门户网站各栏目本年发布信息数量（条）",
    _published,
    dimensions=("column__first_level", "column__name"),
)
