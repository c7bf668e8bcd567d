"""办理情况查询: by number and query code, sent and never in an address; what is asked can be answered here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.bureau.codes import matches
from gongkai.bureau.models import Agency
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.throttle import allowed, within
from gongkai.law.errors import LawError

from .. import services, vault
from ..intake.correcting import receive
from ..intake.papers import ACCEPTED, LARGEST, UnusableFileError
from ..intake.parts import renew_code
from ..intake.withdrawing import withdraw
from ..models import Application, CaseFile, Letter, Submission
from .base import agency_of_site, is_oversized, is_too_large, page, read_in_memory
from .downloading import prove_download
from .follow import followed, is_confirmed, letters_of, released_of
from .receiving import HOW

_SALT = "gongkai.applications.status"
SECONDS = 30 * 60
TIMES, WINDOW = 30, 600
TIMES_OF_NUMBER, WINDOW_OF_NUMBER = 20, 3600
WRONG = "登记编号或者查询码不对，请核对回执。查询码不分大小写，没有 0、1、I、L、O。"


class AskForm(forms.Form):
    """What is on the receipt."""

    number = forms.CharField(
        label="登记编号",
        max_length=40,
        error_messages={"required": "请填写登记编号。", "max_length": "登记编号没有这么长，请核对。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "例如 2026-00001"}),
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        error_messages={"required": "请填写查询码。", "max_length": "查询码没有这么长，请核对。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    use_required_attribute = False


@csrf_exempt  # until it is said how the body is read
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """The form; how an application stands; what its applicant does about it."""
    agency = agency_of_site()
    if request.method != "POST":
        return _ask(request, agency, AskForm())
    if is_too_large(request):
        return _ask(request, agency, AskForm(), 413, f"文件超过 {LARGEST // 1_000_000} MB，请缩小后再上传。")
    if not allowed(request, "status", TIMES, WINDOW):
        told = f"查询的次数过多，请 {WINDOW // 60} 分钟后再查询。"
        if agency.telephone:
            told += f"也可以致电 {agency.telephone}。"
        return _ask(request, agency, AskForm(), 429, told)
    read_in_memory(request)
    return _sent(request)


@csrf_protect
def _sent(request: HttpRequest) -> HttpResponse:
    agency = agency_of_site()
    if "pass" in request.POST:
        known = _passed(request.POST["pass"], agency)
        if known is None:
            return _ask(request, agency, AskForm(), 403, "查询已超过半小时，请重新输入登记编号和查询码。")
        return _act(request, agency, known)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _ask(request, agency, form, 400)
    number = form.cleaned_data["number"].strip()
    if not within("status-number", f"{agency.pk} {number}", TIMES_OF_NUMBER, WINDOW_OF_NUMBER):
        return _ask(request, agency, form, 429, "这个编号的查询次数过多，请一小时后再查询，或者联系本机关。")
    found = Submission.objects.select_related("application", "application__agency")
    submission = found.filter(application__agency=agency, application__number=number).first()
    if not matches(form.cleaned_data["code"], submission.code if submission else ""):
        return _ask(request, agency, form, 403, WRONG)
    assert submission is not None
    return _show(request, agency, submission.application)


# --- What the applicant does ----------------------------------------------------------------------


def _act(request: HttpRequest, agency: Agency, application: Application) -> HttpResponse:
    match request.POST.get("action", ""):
        case "correct":
            return _correct(request, agency, application)
        case "confirm":
            if not is_confirmed(application):
                try:
                    services.confirm_receipt(application, timezone.localdate(), HOW)
                except NotPermittedError as error:
                    return _show(request, agency, application, 409, wrong=str(error))
            return _show(request, agency, application, told="已经确认。")
        case "withdraw":
            return _withdraw(request, agency, application)
        case "part":
            return _show(request, agency, _part(request, application))
        case "code":
            part = _part(request, application)
            return _show(request, agency, part, code=renew_code(part))
        case "letter":
            return _letter(request, agency, application)
        case "file":
            return _file(request, agency, application)
    return _show(request, agency, application)


def _correct(request: HttpRequest, agency: Agency, application: Application) -> HttpResponse:
    text, upload = request.POST.get("text", ""), request.FILES.get("file")
    wrong = f"文件超过 {LARGEST // 1_000_000} MB，请缩小后再上传。" if is_oversized(request) else ""
    if not wrong:
        try:
            receive(application, text, upload.read() if upload else b"", (upload.name or "") if upload else "")
        except (UnusableFileError, NotPermittedError, LawError) as error:
            wrong = str(error)
    if wrong:
        return _show(request, agency, application, 400, wrong=wrong, text=text)
    return _show(request, agency, application, told="补正已经收到，答复期限自今天起重新计算。")


def _withdraw(request: HttpRequest, agency: Agency, application: Application) -> HttpResponse:
    """Asked once more before it is done: nothing brings it back."""
    if not followed(application).may_withdraw:
        return _show(request, agency, application, 409, wrong="已经办结的申请不能撤回。")
    if request.POST.get("confirmed") != "1":
        return page(request, "withdraw", {"agency": agency, "application": application, "pass": _pass(application)})
    try:
        withdraw(application)
    except NotPermittedError as error:
        return _show(request, agency, application, 409, wrong=str(error))
    return _show(request, agency, application, told="已经撤回，本机关不再办理这件申请。")


def _part(request: HttpRequest, application: Application) -> Application:
    """The one that was split off this application and is asked for; 404 for any other."""
    number = request.POST.get("number", "")
    found = next((part for part in followed(application).parts if str(part.pk) == number), None)
    if found is None:
        raise Http404
    return found


def _letter(request: HttpRequest, agency: Agency, application: Application) -> HttpResponse:
    letter: Letter = _chosen(letters_of(application), request)
    assert letter.file is not None
    answer = _download(request, agency, application, letter.file)
    if answer.status_code == 200:
        prove_download(letter, timezone.now())
    return answer


def _file(request: HttpRequest, agency: Agency, application: Application) -> HttpResponse:
    if not followed(application).released:
        raise Http404
    file: CaseFile = _chosen(released_of(application), request)
    return _download(request, agency, application, file)


def _chosen(files: Any, request: HttpRequest) -> Any:
    """The one that was asked for, among those that may be had; 404 for any other."""
    number = request.POST.get("number", "")
    found = (
        files.filter(pk=int(number)).first() if number.isascii() and number.isdecimal() and len(number) < 16 else None
    )
    if found is None:
        raise Http404
    return found


def _download(request: HttpRequest, agency: Agency, application: Application, file: CaseFile) -> HttpResponse:
    try:
        content = vault.read(file, None)
    except vault.LostFileError:
        return _show(request, agency, application, 500, wrong="文件打不开，请联系本机关。")
    response = as_file(content, file.name, file.media_type)
    response.headers["Cache-Control"] = "no-store, private"
    return response


# --- Pages ------------------------------------------------------------------------------------------


def _ask(request: HttpRequest, agency: Agency, form: AskForm, status: int = 200, told: str = "") -> HttpResponse:
    return page(request, "status_ask", {"agency": agency, "form": form, "told": told}, status)


def _show(
    request: HttpRequest,
    agency: Agency,
    application: Application,
    status: int = 200,
    *,
    told: str = "",
    wrong: str = "",
    text: str = "",
    code: str = "",
) -> HttpResponse:
    context = {
        "agency": agency,
        "followed": followed(application),
        "pass": _pass(application),
        "code": code,
        "told": told,
        "wrong": wrong,
        "text": text,
        "accepted": ACCEPTED,
        "largest": LARGEST // 1_000_000,
    }
    return page(request, "status", context, status)


def _pass(application: Application) -> str:
    """What stands for the code on the pages that follow, for half an hour."""
    return signing.TimestampSigner(salt=_SALT).sign(str(application.pk))


def _passed(text: str, agency: Agency) -> Application | None:
    """The application of somebody who gave its code within the last half hour."""
    try:
        number = signing.TimestampSigner(salt=_SALT).unsign(text[:200], max_age=SECONDS)
    except signing.BadSignature:
        return None
    return Application.objects.select_related("agency").filter(agency=agency, pk=int(number)).first()
