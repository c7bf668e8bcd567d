"""Public pages of the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .site import stylesheet


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: where to find what the bureau must publish."""
    return render(request, "portal/home.html")


@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def style(request: HttpRequest) -> HttpResponse:
    """The style sheet; its address changes with its content."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
