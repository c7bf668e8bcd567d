"""依申请公开目录 on the site: what was answered and is public; titles and addresses are those of the site itself."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..public.base import DOOR, agency_of_site
from .models import Disclosed, Status
from .publishing import public

_ON_A_LEAF = 20


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The log, the newest first; three queries however long it is."""
    agency = agency_of_site()
    items = Disclosed.objects.filter(agency=agency, status=Status.DRAFTED).values_list("item", flat=True)
    shown = public(agency.pk, [item for item in items if item is not None])
    leaf = Paginator(shown, _ON_A_LEAF).get_page(request.GET.get("p"))
    return render(request, "applications/public/disclosed.html", {"door": DOOR, "agency": agency, "leaf": leaf})
