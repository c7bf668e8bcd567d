"""The kinds of records that the desk counts and lists: by which day each came in, and how its list is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gongkai.applications.models import Application
from gongkai.bureau.models import Agency
from gongkai.channels.models import Appearance
from gongkai.disputes.models import Dispute
from gongkai.inquiries.models import Inquiry
from gongkai.portal.models import Publication
from gongkai.registers.models import Decision, Document


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record. ``day`` is the date column by which it belongs to a year, ``came`` the verb for it;
    ``filters`` are columns with choices; ``book`` names the ledger of ``gongkai import`` that brings it in.
    """

    code: str
    title: str
    model: type[Model]
    day: str
    came: str
    filters: tuple[str, ...]
    book: str

    def of(self, agency: Agency) -> QuerySet[Any]:
        """The records of one body. Whether somebody may see that body was asked before."""
        return self.model._default_manager.filter(agency=agency)

    def during(self, year: int) -> dict[str, date]:
        """The condition that a record belongs to a year; an index serves it."""
        return {f"{self.day}__gte": date(year, 1, 1), f"{self.day}__lte": date(year, 12, 31)}


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "applications",
            "依申请公开",
            Application,
            "received_on",
            "收到",
            ("status", "applicant_kind"),
            "applications",
        ),
        Kind("inquiries", "群众留言", Inquiry, "received_on", "收到", ("status", "source", "closing"), "inquiries"),
        Kind("publications", "门户网站信息", Publication, "published_on", "发布", ("kind",), "publications"),
        Kind("appearances", "新媒体、公报等渠道信息", Appearance, "published_on", "发布", (), "publications"),
        Kind("documents", "规章和规范性文件", Document, "made_on", "成文", ("kind",), "registers"),
        Kind("decisions", "行政处理决定", Decision, "decided_on", "决定", ("kind", "party_kind"), "registers"),
        Kind("disputes", "复议诉讼", Dispute, "filed_on", "受理", ("kind", "result"), "disputes"),
    )
}


def counts(agency: Agency, *years: int) -> dict[str, tuple[int, ...]]:
    """How many records of each kind belong to each of some years; one query."""
    wanted = [(kind, year) for kind in KINDS.values() for year in years]
    numbers = {
        f"{kind.code}_{year}": Coalesce(
            Subquery(
                kind.model._default_manager.filter(agency=OuterRef("pk"), **kind.during(year))
                .order_by()
                .values("agency")
                .annotate(number=Count("*"))
                .values("number"),
                output_field=IntegerField(),
            ),
            0,
        )
        for kind, year in wanted
    }
    found = Agency.objects.filter(pk=agency.pk).annotate(**numbers).values(*numbers).get()
    return {kind.code: tuple(found[f"{kind.code}_{year}"] for year in years) for kind in KINDS.values()}


def last_year_with_records(agency: Agency, before: int) -> int | None:
    """The latest year before another in which the body has any record; one query."""
    latest = {
        kind.code: Subquery(
            kind.model._default_manager.filter(agency=OuterRef("pk"), **{f"{kind.day}__lt": date(before, 1, 1)})
            .order_by(f"-{kind.day}")
            .values(kind.day)[:1]
        )
        for kind in KINDS.values()
    }
    found = Agency.objects.filter(pk=agency.pk).annotate(**latest).values(*latest).get()
    days = [day for day in found.values() if day is not None]
    return max(days).year if days else None
