"""Documents that are public already, while somebody types; and the way to one of them, which is counted."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.bureau.throttle import allowed
from gongkai.bureau.tokens import FormToken, read_token

from ..intake.suggestions import Suggestion, count_opened, count_shown, suggest
from .base import agency_of_site

_SALT = "gongkai.applications.suggestion"
TIMES, SECONDS = 120, 600


def address_of(suggestion: Suggestion, token: FormToken) -> str:
    """Where a suggestion leads, so that it is counted that it was opened. Says nothing of whoever opens it: the
    form stands in it by its measure alone, and only addresses that we signed lead anywhere."""
    told = signing.Signer(salt=_SALT).sign_object({"to": suggestion.address, "by": token.measure_key})
    return f"{reverse('apply:opened')}?{urlencode({'x': told})}"


@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """Documents like what was typed so far, as JSON. By POST: what is typed belongs into no log."""
    agency, token = agency_of_site(), read_token(request.POST.get("token", ""))
    if token is None or not allowed(request, "suggest", TIMES, SECONDS):
        return JsonResponse({"found": []})
    found = suggest(request.POST.get("text", ""), agency)
    count_shown(agency, token, len(found))
    told = [{"title": e.title, "address": address_of(e, token), "published": e.published} for e in found]
    return JsonResponse({"found": told}, json_dumps_params={"ensure_ascii": False})


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """Count that a suggestion was opened, and go there."""
    try:
        told = signing.Signer(salt=_SALT).unsign_object(request.GET.get("x", ""))
        target, key = str(told["to"]), str(told["by"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise Http404 from error
    if request.method == "GET" and allowed(request, "suggest", TIMES, SECONDS):
        count_opened(key)
    response = HttpResponseRedirect(target)
    response.headers["Cache-Control"] = "no-store"
    return response
