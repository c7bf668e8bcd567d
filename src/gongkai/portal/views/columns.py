"""Pages of columns: the lists, the standing pages, the overview of a first-level column, the feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.bureau.models import Agency

from .. import filters
from ..listing import Row, latest, rows_of
from ..models import Presentation, Publication
from ..queries import public
from ..site import Place, Portal, portal_of
from .base import Leaf, agency_of, public_page

_OF_EACH = 6  # lines of each second-level column on the page above it


@public_page
def column(request: HttpRequest, path: str) -> HttpResponse:
    """The page of a column; 404 for one that does not exist or is no longer shown."""
    agency, portal = agency_of(request), portal_of(request)
    place = portal.by_path.get(path)
    if place is None:
        raise Http404
    return page_of(request, portal, agency, place)


@public_page
def column_leaf(request: HttpRequest, path: str, number: str) -> HttpResponse:
    """A further page of a list; 404 where the column shows none."""
    agency, portal = agency_of(request), portal_of(request)
    place = portal.by_path.get(path)
    if place is None:
        raise Http404
    return _list(request, portal, agency, place, int(number))


def page_of(request: HttpRequest, portal: Portal, agency: Agency, place: Place) -> HttpResponse:
    """What a column shows: its newest item, the columns below it, or its list."""
    if place.presentation == Presentation.PAGE:
        found = newest_of(agency, place)
        if found is not None:
            return render(request, "portal/standing.html", standing(portal, place, found))
    below = portal.below.get(place.id, [])
    if below and not filters.asked(request.GET):
        return _overview(request, portal, agency, place, below)
    return _list(request, portal, agency, place, 1)


def newest_of(agency: Agency, place: Place) -> Publication | None:
    """The newest publication of a column with its edition; one query."""
    return public(agency.pk).filter(column_id=place.id).select_related("edition").first()


def standing(portal: Portal, place: Place, publication: Publication) -> dict[str, Any]:
    """The context of a column that shows one text. Raises ``ValueError`` for a publication without an edition."""
    if publication.edition is None:
        raise ValueError("only what has an edition can be shown")
    return {**context_of(portal, place), "publication": publication, "content": publication.edition.data}


def context_of(portal: Portal, place: Place) -> dict[str, Any]:
    """What every page of a column needs: itself, the column above, those beside it."""
    above = portal.by_id.get(place.parent_id) if place.parent_id is not None else None
    top = above or place
    return {"column": place, "above": above, "beside": portal.below.get(top.id, []), "top": top, "here": top.path}


@dataclass(frozen=True, slots=True)
class Section:
    """A second-level column with its newest lines."""

    place: Place
    rows: list[Row]


def _overview(request: HttpRequest, portal: Portal, agency: Agency, place: Place, below: list[Place]) -> HttpResponse:
    """A first-level column: the newest of itself and of every column below it; one query."""
    found = latest(agency.pk, "column_id", [place.id, *(each.id for each in below)], _OF_EACH)
    sections = [Section(each, found[each.id]) for each in below]
    context = {**context_of(portal, place), "sections": sections, "own": found[place.id]}
    return render(request, "portal/overview.html", context)


def _list(request: HttpRequest, portal: Portal, agency: Agency, place: Place, number: int) -> HttpResponse:
    context = {**context_of(portal, place), **list_of(request, agency, place, number)}
    return render(request, "portal/list.html", context)


def list_of(request: HttpRequest, agency: Agency, place: Place, number: int) -> dict[str, Any]:
    """A page of the list of a column, narrowed by what the address asks; two queries, up to four of documents."""
    today = timezone.localdate()
    everything = public(agency.pk).filter(column_id=place.id)
    wanted = filters.read(request.GET)
    found = filters.apply(everything, wanted, today)
    many, offered = filters.offered(everything, place.type, wanted, today)
    leaf = Leaf.of(found.count() if wanted.query else many, number, place.url, wanted.query)
    return {
        "rows": rows_of(found[leaf.slice], on=today),
        "leaf": leaf,
        "wanted": wanted,
        "offered": offered,
    }
