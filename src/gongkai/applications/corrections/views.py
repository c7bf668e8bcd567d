"""更正 on the site: one page, and a receipt that only the browser that sent the form sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.codes import matches
from gongkai.bureau.models import Agency
from gongkai.bureau.throttle import allowed
from gongkai.bureau.tokens import FormToken, new_token, read_token
from gongkai.law.wording import chinese_day

from ..intake.papers import LARGEST, Held, UnusableFileError, content_of, find, forget, hold
from ..models import FileKind, HeldFile
from ..public.base import agency_of_site, is_oversized, other_channels, page, read_in_memory
from . import services
from .forms import FILES, PARTS, CorrectionForm
from .models import CorrectionFileKind

TIMES, SECONDS = 10, 3600
MOST_BYTES = 2 * LARGEST + 500_000
COOKIE, _SALT = "gengzheng_huizhi", "gongkai.applications.correction"
RECEIPT_SECONDS = 30 * 60
_MISSING = {"id_proof": "请上传身份证明。", "evidence": "请上传证明记录不准确的证据（条例第四十一条）。"}


@dataclass
class Sent:
    """A form that came back: its token, and its files that wait."""

    token: FormToken
    is_stale: bool = False
    held: dict[str, Held] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


@csrf_exempt  # until it is said how the body is read: see below
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form."""
    agency = agency_of_site()
    if request.method != "POST":
        return _form(request, agency, CorrectionForm(), Sent(new_token()))
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size) > MOST_BYTES:
        told = f"文件超过 {LARGEST // 1_000_000} MB，没有收到。请返回上一页，缩小文件后再提交。"
        return _form(request, agency, CorrectionForm(), Sent(new_token()), 413, told)
    read_in_memory(request)
    return _sent(request)


@csrf_protect
def _sent(request: HttpRequest) -> HttpResponse:
    agency, token = agency_of_site(), read_token(request.POST.get("token", ""))
    if token is not None and services.received_before(agency, token.digest):
        return _done(token)  # sent twice: one request
    sent = _read(request, token)
    form = CorrectionForm(request.POST)
    for name in FILES:
        if told := sent.wrong.get(name) or ("" if name in sent.held else _MISSING[name]):
            form.add_error(name, told)
    if not form.is_valid():
        return _form(request, agency, form, sent, 400)
    if sent.is_stale:
        return _form(request, agency, form, sent, 400, "页面打开时间过久，已经更新。请核对后再次提交。")
    if not allowed(request, "correction", TIMES, SECONDS):
        told = f"从您所在的网络提交的请求较多，请 {SECONDS // 60} 分钟后再提交。" + other_channels(agency)
        return _form(request, agency, form, sent, 429, told)
    try:
        papers = [
            services.Paper(content_of(held, FileKind.EVIDENCE).content, held.name, CorrectionFileKind(name))
            for name, held in sent.held.items()
        ]
    except UnusableFileError as error:
        return _form(request, agency, form, sent, 400, str(error))
    services.receive(
        agency,
        timezone.localdate(),
        form.person(),
        form.asks(),
        papers,
        form_digest=sent.token.digest,
        query_code=sent.token.query_code,
    )
    forget(HeldFile.objects.filter(pk__in=[held.record.pk for held in sent.held.values()]))
    return _done(sent.token)


def _read(request: HttpRequest, token: FormToken | None) -> Sent:
    """The files that came now, or those that wait from before."""
    sent = Sent(token or new_token(), token is None)
    for name in FILES:
        waits_for = sha256(f"{name} {sent.token.digest}".encode()).hexdigest()
        upload, waiting = request.FILES.get(name), request.POST.get(f"held_{name}", "")
        held = find(waiting, waits_for)
        if upload is not None:
            try:
                held = hold(upload.read(), upload.name or "", waits_for)
            except UnusableFileError as error:
                sent.wrong[name] = str(error)
        elif waiting and held is None:
            sent.wrong[name] = "暂存的文件已超过一小时，按隐私要求清除了，请重新选择。"
        if held is not None:
            sent.held[name] = held
    if is_oversized(request):
        missing = next((name for name in FILES if name not in sent.held), "evidence")
        sent.wrong[missing] = f"文件超过 {LARGEST // 1_000_000} MB，请缩小后再上传。"
    return sent


def _form(
    request: HttpRequest, agency: Agency, form: CorrectionForm, sent: Sent, status: int = 200, told: str = ""
) -> HttpResponse:
    parts = [
        (code, title, [(form[name], sent.held.get(name), name in FILES) for name in names])
        for code, title, names in PARTS
    ]
    wrong = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    context: dict[str, Any] = {"agency": agency, "parts": parts, "token": sent.token.written, "told": told}
    context |= {"wrong": wrong, "channels": other_channels(agency)}
    return page(request, "correction", context, status)


def _done(token: FormToken) -> HttpResponse:
    response = HttpResponseRedirect(reverse("correct:receipt"))
    response.status_code = 303
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=_SALT).sign(token.secret),
        max_age=RECEIPT_SECONDS,
        path=reverse("correct:receipt"),
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )
    return response


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The number, the query code and what happens next."""
    agency = agency_of_site()
    try:
        secret = signing.TimestampSigner(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        return page(request, "correction_gone", {"agency": agency}, 404)
    token = FormToken(secret, "", 0.0)
    made = services.received_before(agency, token.digest)
    if made is None:
        return page(request, "correction_gone", {"agency": agency}, 404)
    # A clerk may have given another code since.
    code = token.query_code if matches(token.query_code, made.code) else ""
    context = {"agency": agency, "made": made, "received": chinese_day(made.received_on), "code": code}
    return page(request, "correction_receipt", context)
