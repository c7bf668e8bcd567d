"""新闻发布会 on the site: the list by year, and a page each with what was said, asked and answered."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import site_agency

from .queries import public_conferences

PER_PAGE = 20


def _agency() -> Agency:
    found = site_agency()
    if found is None:
        raise Http404
    return found


@require_safe
def conferences(request: HttpRequest) -> HttpResponse:
    """The list; ``?p=`` the page of it, 404 beyond the last."""
    agency, said = _agency(), request.GET.get("p", "1")
    leaves = Paginator(public_conferences(agency.pk), PER_PAGE)
    if not (said.isascii() and said.isdecimal() and len(said) < 7 and 1 <= int(said) <= leaves.num_pages):
        raise Http404
    return render(request, "channels/public/conferences.html", {"agency": agency, "leaf": leaves.page(int(said))})


@require_safe
def conference(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them."""
    found = public_conferences(_agency().pk).filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {"conference": found, "questions": list(found.questions.all()), "links": list(found.links.all())}
    return render(request, "channels/public/conference.html", context)
