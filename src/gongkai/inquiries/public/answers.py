"""答复公开: what was asked and answered in public, narrowed by words, department and year; how long answers take."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..queries import answer_years, public_answers, standing_of_year
from .base import agency_of_site, leaf_of, narrowed, number_asked, page, saying, words_asked


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """The list, the newest first; the same queries however long it is."""
    agency = agency_of_site()
    everything = public_answers(agency)
    rows, words = everything, words_asked(request)
    rows = saying(rows, words, "title", "question", "reply")
    department = request.GET.get("department", "")[:60]
    if department:
        rows = rows.filter(department=department)
    year = number_asked(request, "year")
    if year is not None:
        rows = rows.filter(published_on__year=year)
    context = {
        "agency": agency,
        "leaf": leaf_of(request, rows),
        "query": narrowed(request),
        "q": " ".join(words),
        "department": department,
        "year": year,
        "departments": list(
            everything.exclude(department="").order_by("department").values_list("department", flat=True).distinct()
        ),
        "years": answer_years(agency),
        "standing": standing_of_year(agency, timezone.localdate().year),
    }
    return page(request, "answers", context)


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer; 404 for what is not public, or no longer."""
    agency = agency_of_site()
    found = public_answers(agency).filter(pk=pk).first()
    if found is None:
        raise Http404
    return page(request, "answer", {"agency": agency, "answer": found})
