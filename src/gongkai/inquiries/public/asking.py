"""我要留言: the form and the receipt. Nobody is kept out: what looks like spam is registered and marked.

Works without a script; what comes back after an error is filled in; sent twice, it is one message.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.spam import suspicions
from gongkai.bureau.throttle import allowed
from gongkai.bureau.tokens import FormToken, new_token, read_token
from gongkai.law.inquiries import service_level

from ..arriving import Incoming, Taken, take_in, taken_before
from .base import agency_of_site, page
from .forms import AskForm

# A client that sends more than this is asked to wait; from half of it on a message is marked for a clerk.
TIMES, SECONDS = 20, 3600
TRAP = "website"
COOKIE = "hdjl_huizhi"
_SALT = "gongkai.inquiries.receipt"
KEPT_SECONDS = 30 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a form that has become a message leads to its receipt, whatever else is wrong with it."""
    agency = agency_of_site()
    if request.method != "POST":
        return _form(request, agency, AskForm(), new_token())
    token = read_token(request.POST.get("token", ""))
    if token is not None and (before := taken_before(agency, token)):
        return _done(before, token)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _form(request, agency, form, token or new_token(), 400)
    if token is None:
        return _form(request, agency, form, new_token(), 400, "页面打开时间过久，已经更新。请核对后再次提交。")
    if not allowed(request, "ask", TIMES, SECONDS):
        told = f"从您所在的网络提交的留言较多，请 {SECONDS // 60} 分钟后再提交。{_telephone(agency)}"
        return _form(request, agency, form, token, 429, told)
    given = form.cleaned_data
    marked = suspicions(
        given["text"],
        trap=request.POST.get(TRAP, ""),
        age=token.age,
        is_flood=not allowed(request, "ask-flood", TIMES // 2, SECONDS),
    )
    incoming = Incoming(
        given["subject"].strip(),
        given["text"].strip(),
        given["name"].strip(),
        given["contact"],
        given["wants_private"],
        marked,
    )
    try:
        return _done(take_in(agency, incoming, token), token)
    except NotPermittedError as error:
        return _form(request, agency, form, token, 422, str(error))


def _form(
    request: HttpRequest, agency: Agency, form: AskForm, token: FormToken, status: int = 200, told: str = ""
) -> HttpResponse:
    wrong = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    level = service_level(timezone.localdate()).number
    context = {
        "agency": agency,
        "form": form,
        "token": token.written,
        "trap": TRAP,
        "told": told,
        "wrong": wrong,
        "level": level,
        "telephone": _telephone(agency),
    }
    return page(request, "ask", context, status, private=True)


def _telephone(agency: Agency) -> str:
    return f"也可以致电 {agency.telephone}。" if agency.telephone else ""


def _done(taken: Taken, token: FormToken) -> HttpResponse:
    """To the receipt, by an address that says nothing; a reload there sends nothing again."""
    response = HttpResponse(status=303, headers={"Location": reverse("hdjl:receipt")})
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=_SALT).sign(token.secret),
        max_age=KEPT_SECONDS,
        path=reverse("hdjl:receipt"),
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """The number, the query code, by when: for half an hour and for the browser that sent the form. POST puts it
    away."""
    agency = agency_of_site()
    if request.method == "POST":
        response: HttpResponse = HttpResponseRedirect(reverse("hdjl:ask"))
        response.delete_cookie(COOKIE, path=reverse("hdjl:receipt"), samesite="Lax")
        return response
    try:
        secret = signing.TimestampSigner(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return page(request, "receipt_gone", {"agency": agency}, 404, private=True)
    taken = taken_before(agency, FormToken(secret, "", 0.0))
    if taken is None:
        return page(request, "receipt_gone", {"agency": agency}, 404, private=True)
    context = {"agency": agency, "inquiry": taken.inquiry, "code": taken.query_code}
    return page(request, "receipt", context, private=True)
