"""政府信息公开: the parts of the disclosure platform (国办公开办函〔2019〕61号), made from what is published.

The guide and 依申请公开 say what the bureau wrote; until it has, what the law asks of them follows from the particulars
of the agency. 法定主动公开内容 links what is in the columns under the law's headings and copies nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from gongkai.bureau.models import Agency
from gongkai.law.categories import Category, categories
from gongkai.law.parameters import standard_parameters

from ..listing import Row, latest, rows_of
from ..models import Door
from ..queries import public
from ..site import Place, Portal, portal_of
from .base import Leaf, agency_of, linked_data, public_page
from .columns import column_leaf, list_of, newest_of

_OF_EACH = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """A category of Article 20 or 21: the columns given to it and the newest of what is published under it."""

    category: Category
    places: list[Place]
    rows: list[Row]

    @property
    def url(self) -> str:
        """The page with everything under this heading."""
        return f"/{Door.STATUTORY.value}/{self.category.code}/"


@public_page
def guide(request: HttpRequest) -> HttpResponse:
    """政府信息公开指南 (Article 12): the published text with its date, else what follows from the agency."""
    agency, portal = agency_of(request), portal_of(request)
    place, context = _door(portal, Door.GUIDE)
    context |= _text(agency, place)
    context |= {"categories": categories(local=True), "today": timezone.localdate()}
    return render(request, "portal/platform/guide.html", context)


@public_page
def policies(request: HttpRequest, number: str = "1") -> HttpResponse:
    """政府信息公开制度: the list of its column."""
    agency, portal = agency_of(request), portal_of(request)
    place, context = _door(portal, Door.POLICIES)
    if place is None:
        if number != "1":
            raise Http404
        return render(request, "portal/platform/policies.html", context)
    context |= list_of(request, agency, place, int(number))
    return render(request, "portal/platform/policies.html", context)


@public_page
def statutory(request: HttpRequest) -> HttpResponse:
    """法定主动公开内容: the categories of Articles 20 and 21 in order, the newest of each; one query."""
    agency, portal = agency_of(request), portal_of(request)
    _, context = _door(portal, Door.STATUTORY)
    every = categories(local=True)
    found = latest(agency.pk, "category", (each.code for each in every), _OF_EACH)
    headings = [Heading(each, _places(portal, each.code), found[each.code]) for each in every]
    context |= {"headings": headings, "panels": _heading_panels(request, agency, "")}
    return render(request, "portal/platform/statutory.html", context)


@public_page
def under_heading(request: HttpRequest, code: str, number: str = "1") -> HttpResponse:
    """Everything that is published under one category; two queries. Any other name is that of a column."""
    agency, portal = agency_of(request), portal_of(request)
    chosen = next((each for each in categories(local=True) if each.code == code), None)
    if chosen is None:
        return column_leaf(request, f"{Door.STATUTORY.value}/{code}", number)
    _, context = _door(portal, Door.STATUTORY)
    found = public(agency.pk).filter(category=code)
    leaf = Leaf.of(found.count(), int(number), f"/{Door.STATUTORY.value}/{code}/")
    context |= {"category": chosen, "places": _places(portal, code), "rows": rows_of(found[leaf.slice]), "leaf": leaf}
    context["panels"] = _heading_panels(request, agency, code)
    return render(request, "portal/platform/heading.html", context)


@public_page
def application(request: HttpRequest) -> HttpResponse:
    """依申请公开 (Articles 27 to 33): who may ask, how, and by when there is an answer."""
    agency, portal = agency_of(request), portal_of(request)
    place, context = _door(portal, Door.APPLICATION)
    parameters, today = standard_parameters(), timezone.localdate()
    service = {
        "@type": "GovernmentService",
        "name": "政府信息公开申请",
        "serviceOperator": {"@type": "GovernmentOrganization", "name": agency.name},
        "url": portal.canonical,
    }
    context |= {
        **_text(agency, place),
        "panels": _panels(request, agency),
        "periods": {code: parameters.on(code, today).number for code in ("correction_request", "reply", "extension")},
        "linked_data": linked_data(service),
    }
    return render(request, "portal/platform/application.html", context)


def _door(portal: Portal, door: Door) -> tuple[Place | None, dict[str, Any]]:
    """The column of a part, if the bureau has one, and what its page needs."""
    place = portal.doors.get(door.value)
    above = portal.by_id.get(place.parent_id) if place is not None and place.parent_id is not None else None
    return place, {"door": door, "place": place, "here": above.path if above is not None else ""}


def _places(portal: Portal, code: str) -> list[Place]:
    """The columns given to a category; one below another of them is found there."""
    chosen = {place.id: place for place in portal.places if place.category == code and not place.door}
    return [place for place in chosen.values() if place.parent_id not in chosen]


def _panels(request: HttpRequest, agency: Agency) -> list[SafeString]:
    """What other rooms put here, the form to begin with (``GONGKAI_APPLICATION_PANELS``)."""
    made = (import_string(path)(request, agency) for path in settings.GONGKAI_APPLICATION_PANELS)
    return [panel for panel in made if panel]


def _heading_panels(request: HttpRequest, agency: Agency, code: str) -> list[SafeString]:
    """What other rooms have under a category, or with none under all of them (``GONGKAI_HEADING_PANELS``)."""
    made = (import_string(path)(request, agency, code) for path in settings.GONGKAI_HEADING_PANELS)
    return [panel for panel in made if panel]


def _text(agency: Agency, place: Place | None) -> dict[str, Any]:
    """What the bureau itself has published for a part: the newest item of its column."""
    publication = newest_of(agency, place) if place is not None else None
    if publication is None or publication.edition is None:
        return {"publication": None, "content": None}
    return {"publication": publication, "content": publication.edition.data}
