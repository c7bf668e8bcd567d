"""What every page needs beside itself: style sheet, script; and the pages about the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .. import site

_FOR_EVER = {"public": True, "max_age": 31536000, "immutable": True}


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
