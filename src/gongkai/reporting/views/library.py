"""The public library of annual reports: by year, each as the official form with its files."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.bureau.queries import site_agency

from ..models import AnnualReport
from ..presenting import show
from ..queries import public_reports
from .base import ENDINGS, download


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every published report, the latest year first; the bureau of the site before the bodies below it."""
    found = public_reports().select_related("agency").defer("frozen", "prose").order_by("-year", "agency__path")
    own = site_agency()
    years = [
        (year, [(report, _address("report", report, own)) for report in reports])
        for year, reports in groupby(found, lambda report: report.year)
    ]
    return render(request, "reporting/public/library.html", {"years": years, "here": "library"})


@require_safe
def report(request: HttpRequest, year: int, code: str | None = None) -> HttpResponse:
    """A published report; without a code that of the bureau of the site."""
    found = _published(year, code)
    content = found.as_published()
    downloads = [(label, _address("download", found, site_agency(), ending)) for ending, label in ENDINGS.items()]
    context = {
        "found": found,
        "report": content,
        "shown": show(content),
        "downloads": downloads,
        "is_intact": found.intact,
        "here": "library",
    }
    return render(request, "reporting/public/report.html", context)


@require_safe
def report_download(request: HttpRequest, year: int, ending: str, code: str | None = None) -> HttpResponse:
    """A published report as a file."""
    return download(_published(year, code).as_published(), ending)


def _published(year: int, code: str | None) -> AnnualReport:
    own = site_agency()
    code = code or (own.code if own else "")
    found = public_reports().select_related("agency").filter(year=year, agency__code=code).first()
    if found is None:
        raise Http404
    return found


def _address(name: str, report: AnnualReport, own: object, *more: str) -> str:
    """The address of a report, shorter for the bureau of the site."""
    if report.agency == own:
        return reverse(f"annual_library:{name}", args=[report.year, *more])
    return reverse(f"annual_library:{name}_of", args=[report.year, report.agency.code, *more])
