"""接收回执 on the screen and as a file, for half an hour and for the browser that sent the form alone."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.models import Agency
from gongkai.bureau.requests import as_file
from gongkai.bureau.tokens import FormToken
from gongkai.law.receipt import Channel
from gongkai.law.receipt import receipt as receipt_of
from gongkai.law.wording import chinese_day

from .. import services
from ..intake.arriving import Taken, taken_before
from ..intake.printing import as_pdf
from ..intake.receipts import next_step, receipt_sheet
from .base import agency_of_site, page
from .follow import is_confirmed

COOKIE = "ysqgk_huizhi"
_SALT = "gongkai.applications.receipt"
SECONDS = 30 * 60
HOW = "申请人在网上确认收到回执"


def hand_over(response: HttpResponse, token: FormToken) -> None:
    """Give the browser what shows its receipt: the secret of the form, signed, in a cookie no script can read."""
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=_SALT).sign(token.secret),
        max_age=SECONDS,
        path=reverse("apply:receipt"),
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """The number, the query code and what happens next. POST: confirm that it was received, or put it away."""
    agency = agency_of_site()
    taken = _taken(request, agency)
    if taken is None:
        return page(request, "receipt_gone", {"agency": agency}, 404)
    application = taken.application
    if request.method == "POST":
        if request.POST.get("action") == "confirm" and not is_confirmed(application):
            services.confirm_receipt(application, timezone.localdate(), HOW)
        elif request.POST.get("action") == "leave":
            response: HttpResponse = HttpResponseRedirect("/ysqgk/")
            response.delete_cookie(COOKIE, path=reverse("apply:receipt"), samesite="Lax")
            return response
        return HttpResponseRedirect(reverse("apply:receipt"))
    submission = application.submission
    found = receipt_of(Channel(application.channel), submission.arrived_on, confirmed=submission.confirmed_on)
    context = {
        "agency": agency,
        "application": application,
        "code": taken.query_code,
        "receipt": found,
        "received": chinese_day(found.date),
        "next": next_step(application),
        "confirmed": is_confirmed(application),
    }
    return page(request, "receipt", context)


@require_safe
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The same as a PDF to keep."""
    agency = agency_of_site()
    taken = _taken(request, agency)
    if taken is None:
        return page(request, "receipt_gone", {"agency": agency}, 404)
    submission = taken.application.submission
    content = as_pdf(receipt_sheet(submission, query_code=taken.query_code))
    response = as_file(content, f"接收回执{taken.application.number}.pdf", "application/pdf")
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _taken(request: HttpRequest, agency: Agency) -> Taken | None:
    try:
        secret = signing.TimestampSigner(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=SECONDS)
    except signing.BadSignature:
        return None
    return taken_before(agency, FormToken(secret, "", 0.0))
