"""What was published on the site in the year (website work sheet, group 信息发布; annual report, section 一 and the
documents of table 二).
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from gongkai.bureau.figures import Figure, Scope, flag

from .models import DocumentClass, Publication

# The condition of the partial index has to be among them for a database to see that it may use it.
NORMATIVE_ON_SITE = (
    Q(document_class__in=(DocumentClass.RULES, DocumentClass.NORMATIVE_DOCUMENTS))
    & ~Q(document_class="")
    & Q(edition__isnull=False)
)


def _published(scope: Scope) -> QuerySet[Publication]:
    return Publication.objects.filter(scope.of_agencies(), scope.during("published_on"))


def _documents(scope: Scope) -> QuerySet[Publication]:
    """Rules and normative documents on the site, each with what the year did to it, as ``registers.documents`` has
    those of the ledgers. What states no day of its making was made when it was published.
    """
    end = scope.last_day
    found = Publication.objects.filter(NORMATIVE_ON_SITE, scope.of_agencies())
    return (
        found.annotate(made_on=Coalesce("formed_on", "published_on"))
        .filter(Q(made_on__lte=end) | Q(published_on__lte=end))
        .annotate(
            made=flag(scope.during("made_on")),
            published=flag(scope.during("published_on")),
            in_public=flag(Q(published_on__lte=end) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=end))),
            repealed=flag(scope.during("ended_on")),
            in_force=flag(Q(made_on__lte=end) & (Q(ended_on=None) | Q(ended_on__gt=end))),
        )
    )


# What was withdrawn later was published all the same, and counts.
PUBLISHED = Figure("portal.published", "门户网站本年发布信息数量（条）", _published, dimensions=("kind",))
PUBLISHED_BY_COLUMN = Figure(
    "portal.published_by_column",
    "门户网站各栏目本年发布信息数量（条）",
    _published,
    dimensions=("column__first_level", "column__name"),
)
DOCUMENTS = Figure(
    "portal.documents",
    "门户网站发布的规章和行政规范性文件（件）",
    _documents,
    dimensions=("document_class", "made", "published", "in_public", "repealed", "in_force"),
)
