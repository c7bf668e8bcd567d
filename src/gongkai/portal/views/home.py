"""The first page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from gongkai.bureau.models import Agency

from ..charts import Series, sparkline
from ..listing import OF_A_SERIES, Row, latest, newest
from ..models import ColumnType, Indicator
from ..periods import period_words
from ..prepared import ask
from ..site import Place, Portal, portal_of
from .base import linked_data, public_page
from .numbers import growth_words, plain_number

# Lists of the page: type of column, the heading where no column gives one, how many lines.
_LISTS = (
    (ColumnType.NEWS, "工作动态", 8),
    (ColumnType.NOTICES, "通知公告", 6),
    (ColumnType.DATA, "数据发布", 5),
    (ColumnType.INTERPRETATIONS, "政策解读", 4),
    (ColumnType.CREDIT, "统计信用公示", 5),
)
_MOST = max(many for _, _, many in _LISTS)
_PERIODS = 13  # of a small chart: a month and the same month of the year before


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the first page: its heading, where it goes on, its lines."""

    heading: str
    url: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Headline:
    """An indicator with its latest figure; ``chart`` is an SVG or empty."""

    name: str
    unit: str
    url: str
    period: str
    value: str
    growth: str
    released_on: str
    release_url: str
    chart: SafeString


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what is new, the platform, the figures, the explanations. At most six queries."""
    portal = portal_of(request)
    if portal.bureau is None:
        return render(request, "portal/home.html", {"here": "home"})
    parts = _parts(portal, portal.bureau)
    context = {
        "here": "home",
        "parts": parts,
        "headlines": headlines(portal.bureau),
        "pairs": _pairs(portal.bureau, parts.get(ColumnType.INTERPRETATIONS)),
        "panels": _panels(request, portal.bureau),
        "linked_data": linked_data(_organisation(portal, portal.bureau)),
    }
    return render(request, "portal/home.html", context)


def _parts(portal: Portal, agency: Agency) -> dict[str, Part]:
    """The lists by type of column; one query. A list without a line is left out."""
    of_type: dict[str, list[Place]] = {type_: [] for type_, _, _ in _LISTS}
    for place in portal.places:
        if place.type in of_type:
            of_type[place.type].append(place)
    found = latest(agency.pk, "column_id", (place.id for places in of_type.values() for place in places), _MOST)
    parts = {}
    for type_, heading, many in _LISTS:
        places = of_type[type_]
        rows = sorted((row for place in places for row in found[place.id]), key=lambda row: (row.moment, row.item))
        if rows:
            first = next((place for place in places if place.parent_id is None), places[0])
            parts[type_.value] = Part(first.name or heading, first.url, rows[: -many - 1 : -1])
    return parts


def _pairs(agency: Agency, part: Part | None) -> list[tuple[Row, Row | None]]:
    """Explanations, each with the document that it explains; one query."""
    rows = part.rows if part is not None else []
    found = latest(agency.pk, "item_id", (row.interprets for row in rows if row.interprets is not None), 1)
    return [(row, next(iter(found.get(row.interprets, ())), None)) for row in rows]


def headlines(agency: Agency) -> list[Headline]:
    """The indicators that have a place on the first page and a public figure; two queries."""
    indicators = [Indicator(pk=key, name=name, unit=unit) for key, name, unit in ask(_chosen, agency.pk)]
    fields = ("period", "value", "growth", "item_id", "published_on", "live_from")
    keys = [each.pk for each in indicators]
    found = newest(agency.pk, "indicator_id", keys, 2 * _PERIODS, fields, ("-period",), OF_A_SERIES)
    series = ((each, _series(found[each.pk])) for each in indicators)
    return [_headline(each, rows) for each, rows in series if rows]


def _chosen(agency_id: int) -> QuerySet[Indicator, tuple[Any, ...]]:
    chosen = Indicator.objects.filter(agency_id=agency_id, headline__isnull=False).order_by("headline", "pk")
    return chosen.values_list("pk", "name", "unit")[:4]


def _series(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The last periods of one length, oldest first, with the latest word on each."""
    of_period: dict[str, tuple[Any, ...]] = {}
    for row in sorted(found, key=lambda each: each[-1]):
        if row[1] is not None and len(row[0]) == len(found[0][0]):
            of_period[row[0]] = row
    return [of_period[period] for period in sorted(of_period)[-_PERIODS:]]


def _headline(indicator: Indicator, rows: list[tuple[Any, ...]]) -> Headline:
    """The small chart is of the rates of growth where there are any: figures that add up over a year go up and down
    with the calendar."""
    period, value, growth, item, day, _ = rows[-1]
    rates = all(row[2] is not None for row in rows)
    values = tuple(_decimal(row[2] if rates else row[1]) for row in rows)
    name = f"{indicator.name}{'同比增长' if rates else ''}，{period_words(rows[0][0])}至{period_words(period)}"
    series = Series.of("%" if rates else indicator.unit, values)
    chart = sparkline(name, tuple(period_words(row[0]) for row in rows), series, f"h{indicator.pk}")
    return Headline(
        name=indicator.name,
        unit=indicator.unit,
        url=f"/zb/{indicator.pk}/",
        period=period_words(period),
        value=plain_number(_decimal(value)),
        growth=growth_words(_decimal(growth)) if growth is not None else "",
        released_on=str(day),
        release_url=f"/art/{item}.html",
        chart=mark_safe(chart),  # noqa: S308  every text in it is escaped
    )


def _decimal(value: Any) -> Decimal:
    """A figure as the driver gives it: SQLite has no decimals of its own."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _panels(request: HttpRequest, agency: Agency) -> list[SafeString]:
    """What other rooms put on the first page (``GONGKAI_HOME_PANELS``); those with nothing to show give ``""``."""
    made = (import_string(path)(request, agency) for path in settings.GONGKAI_HOME_PANELS)
    return [panel for panel in made if panel]


def _organisation(portal: Portal, agency: Agency) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": "CN", "streetAddress": agency.address}
    found = {
        "@type": "GovernmentOrganization",
        "name": agency.name,
        "url": f"{portal.root}/",
        "telephone": agency.telephone,
        "email": agency.email,
        "address": address if agency.address else None,
    }
    return {name: value for name, value in found.items() if value}
