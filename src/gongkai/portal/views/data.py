"""Figures: the calendar of releases, the series of an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe

from gongkai.bureau.models import Agency

from ..charts import Chart, Form, Series, csv_of, drawings
from ..listing import OF_A_SERIES
from ..models import Indicator, Publication, ReleasePlan
from ..periods import period_words
from ..queries import public
from ..site import portal_of
from .base import agency_of, linked_data, public_page
from .calendar import calendar_of
from .numbers import growth_words, plain_number

_A_YEAR = timedelta(days=365)
_MOST_PERIODS = 240


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """发布日程: what will be released, and what was planned in the past year; three queries."""
    agency, now = agency_of(request), timezone.now()
    plans = list(_plans(agency, now))
    released = _released(agency, plans)
    context = {
        "coming": [plan for plan in plans if plan.release_at > now],
        "past": [(plan, released.get((plan.indicator_id, plan.period))) for plan in plans if plan.release_at <= now][
            ::-1
        ],
        "here": "",
    }
    return render(request, "portal/calendar.html", context)


@public_page
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same as a file that calendar programs read (iCalendar)."""
    agency = agency_of(request)
    content = calendar_of(agency.name, portal_of(request).domain, _plans(agency, timezone.now()))
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{agency.name}数据发布日程.ics") or "attachment"
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a series as the table shows it."""

    period: str
    value: str
    growth: str
    day: str
    url: str


@public_page
def series(request: HttpRequest, indicator: int) -> HttpResponse:
    """The figures of an indicator: chart, table, method; three queries."""
    agency = agency_of(request)
    found, rows = _series(agency, indicator)
    chart = _chart(agency, found, rows)
    portal = portal_of(request)
    dataset = {
        "@type": "Dataset",
        "name": found.name,
        "description": found.method or f"{agency.name}公布的{found.name}历次数据",
        "creator": {"@type": "GovernmentOrganization", "name": agency.name},
        "url": portal.canonical,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": f"{portal.root}/zb/{found.pk}/data.csv",
            }
        ],
    }
    context = {
        "indicator": found,
        "rows": [_figure(row) for row in rows[::-1]],
        "drawings": mark_safe(drawings(chart, f"i{found.pk}")) if len(rows) > 1 else "",  # noqa: S308  escaped
        "linked_data": linked_data(dataset),
        "here": "",
    }
    return render(request, "portal/series.html", context)


@public_page
def series_file(request: HttpRequest, indicator: int) -> HttpResponse:
    """The figures of an indicator as CSV."""
    agency = agency_of(request)
    found, rows = _series(agency, indicator)
    headers = {"Content-Disposition": content_disposition_header(True, f"{found.name}.csv") or "attachment"}
    return HttpResponse(csv_of(_chart(agency, found, rows)), content_type="text/csv; charset=utf-8", headers=headers)


def _plans(agency: Agency, now: datetime) -> QuerySet[ReleasePlan]:
    """Plans from a year ago on, in the order of their releases."""
    return ReleasePlan.objects.filter(agency=agency, release_at__gt=now - _A_YEAR).order_by("release_at", "pk")[:1000]


def _released(agency: Agency, plans: list[ReleasePlan]) -> dict[tuple[int | None, str], Publication]:
    """Releases by indicator and period, the first of each: the plans that were kept."""
    wanted = {plan.indicator_id for plan in plans if plan.indicator_id is not None and plan.period}
    if not wanted:
        return {}
    periods = {plan.period for plan in plans}
    found = public(agency.pk).filter(indicator_id__in=wanted, period__in=periods).only("indicator", "period", "item")
    return {(each.indicator_id, each.period): each for each in found}


def _series(agency: Agency, indicator: int) -> tuple[Indicator, list[Publication]]:
    """An indicator and its public figures, oldest period first, the latest word on each; 404 when it has none."""
    found = Indicator.objects.filter(agency=agency, pk=indicator).first()
    if found is None:
        raise Http404
    newest = (
        public(agency.pk)
        .filter(indicator=found, value__isnull=False, **dict(OF_A_SERIES))
        .order_by("-period", "-live_from")
        .only("period", "value", "growth", "item", "published_on")[:_MOST_PERIODS]
    )
    by_period: dict[str, Publication] = {}
    for each in newest:
        by_period.setdefault(each.period, each)
    if not by_period:
        raise Http404
    return found, sorted(by_period.values(), key=lambda each: each.period)


def _chart(agency: Agency, indicator: Indicator, rows: list[Publication]) -> Chart:
    values = tuple(row.value for row in rows)
    shown = tuple("" if value is None else plain_number(value) for value in values)
    periods = tuple(period_words(row.period) for row in rows)
    return Chart(
        title=indicator.name,
        unit=indicator.unit,
        source=agency.name,
        as_of=f"{periods[0]}至{periods[-1]}",
        categories=periods,
        series=(Series(indicator.name, tuple(_plain(value) for value in values), shown),),
        form=Form.LINE if len(rows) > 1 else Form.COLUMN,
        head="时期",
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that only the column of the table has."""
    return None if value is None else Decimal(plain_number(value).replace(",", ""))


def _figure(row: Publication) -> Figure:
    value: Any = row.value
    return Figure(
        period_words(row.period),
        plain_number(value),
        growth_words(row.growth) if row.growth is not None else "",
        row.published_on.isoformat(),
        row.get_absolute_url(),
    )
