"""What every page needs beside itself: style sheet, script; and the pages about the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .. import site
from ..models import OldAddress
from ..queries import public
from .base import agency_of, public_page

_FOR_EVER = {"public": True, "max_age": 31536000, "immutable": True}


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """网站地图: every column and the parts of the platform."""
    agency_of(request)
    return render(request, "portal/site/map.html", {"here": ""})


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍说明: what the site does so that everybody can read it, and whom to tell where it does not."""
    agency_of(request)
    return render(request, "portal/site/accessibility.html", {"here": ""})


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """隐私声明: what the site keeps of a reader."""
    agency_of(request)
    return render(request, "portal/site/privacy.html", {"here": ""})


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is not there: an address of the former site leads on for good, anything else says so and offers search."""
    target = _moved_to(request) if request.method in {"GET", "HEAD"} else None
    return HttpResponsePermanentRedirect(target) if target else render(request, "404.html", status=404)


def _moved_to(request: HttpRequest) -> str | None:
    """Where an old address leads, with its query string or without; nowhere when its item is not public."""
    agency = site.portal_of(request).bureau
    if agency is None or request.path.startswith("/admin/"):
        return None
    paths = {request.get_full_path()[:500], request.path[:500]}
    old = OldAddress.objects.filter(agency=agency, path__in=paths).select_related("column")
    for found in sorted(old, key=lambda each: -len(each.path)):
        if found.column is not None and found.column.retired_on is None:
            return found.column.url
        if found.item_id is not None and public(agency.pk).filter(item_id=found.item_id).exists():
            return f"/art/{found.item_id}.html"
    return None


@require_safe
@cache_control(**_FOR_EVER)
def style(request: HttpRequest) -> HttpResponse:
    """The style sheet; its address changes with its content."""
    return HttpResponse(site.stylesheet(), content_type="text/css; charset=utf-8")


@require_safe
@cache_control(**_FOR_EVER)
def script(request: HttpRequest) -> HttpResponse:
    """The script that suggests titles; its address changes with its content."""
    return HttpResponse(site.script(), content_type="text/javascript; charset=utf-8")
