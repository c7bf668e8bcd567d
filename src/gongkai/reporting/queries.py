"""The read gate of annual reports for the public, and the versions of one; staff read those of the agencies they see.

Which these are says :func:`gongkai.bureau.queries.visible_agencies`, for reports as for every other record.
"""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from gongkai.annual.report import Report
from gongkai.bureau.models import Agency

from .models import AnnualReport, PublishedReport, State


def public_reports() -> QuerySet[AnnualReport]:
    """What the public may read: of each agency and year the latest published version."""
    latest = (
        AnnualReport.objects.filter(agency=OuterRef("agency"), year=OuterRef("year"), state=State.PUBLISHED)
        .order_by("-version")
        .values("pk")[:1]
    )
    return AnnualReport.objects.filter(state=State.PUBLISHED, pk=Subquery(latest))


def published_versions(agency: Agency, year: int) -> QuerySet[AnnualReport]:
    """Every published version of a year, the latest first."""
    return AnnualReport.objects.filter(agency=agency, year=year, state=State.PUBLISHED).order_by("-version")


def draft_of(agency: Agency, year: int) -> AnnualReport | None:
    """The draft that is being worked on; there is at most one."""
    return AnnualReport.objects.filter(agency=agency, year=year, state=State.DRAFT).first()


def last_years(agency: Agency, year: int) -> Report | None:
    """The report of the year before: what was published here, else what was read from its published file."""
    published = published_versions(agency, year - 1).first()
    if published is not None:
        return published.as_published()
    earlier = PublishedReport.objects.filter(agency=agency, year=year - 1).first()
    return None if earlier is None else earlier.as_read()
