"""在线申请: one page in three short parts, then what was filled in to be checked, then the receipt.

Everything works without a script. What comes back after an error is filled in, and a file chosen once need not be
chosen again. Nobody is kept out: what looks like spam is registered and marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.spam import suspicions
from gongkai.bureau.throttle import allowed
from gongkai.bureau.tokens import FormToken, new_token, read_token
from gongkai.law.errors import LawError
from gongkai.law.receipt import Channel

from ..intake.arriving import Incoming, Taken, take_in, taken_before
from ..intake.forms import PARTS, ApplicationForm
from ..intake.papers import ACCEPTED, LARGEST, Held, UnusableFileError, content_of, find, hold
from ..intake.suggestions import Suggestion, count_shown, suggest
from ..models import FileKind
from .base import agency_of_site, is_oversized, is_too_large, other_channels, page, read_in_memory
from .receiving import hand_over
from .suggesting import address_of

# A client that sends more than this is asked to wait; from half of it on a submission is marked for a clerk.
TIMES, SECONDS = 20, 3600
UPLOADS, UPLOAD_SECONDS = 60, 600
TRAP = "website"


class PublicForm(ApplicationForm):
    """The form of the site: with the proof of who somebody is (Article 29(一))."""

    id_proof = forms.FileField(
        label="身份证明",
        required=False,
        help_text=f"身份证件或者统一社会信用代码证书的照片、扫描件：PDF、JPG、PNG，不超过 {LARGEST // 1_000_000} MB。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back, and what has to be told about its file."""

    token: FormToken
    is_stale: bool
    held: Held | None
    wrong_file: str


@csrf_exempt  # until it is said how the body is read: see below
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form, what was filled in, and the way to the receipt."""
    agency = agency_of_site()
    if request.method != "POST":
        return _form(request, agency, PublicForm(), Sent(new_token(), False, None, ""))
    if is_too_large(request):
        told = f"文件超过 {LARGEST // 1_000_000} MB，没有收到。请返回上一页，缩小文件后再提交。"
        return _form(request, agency, PublicForm(), Sent(new_token(), False, None, ""), 413, told)
    read_in_memory(request)
    return _sent(request)


@csrf_protect
def _sent(request: HttpRequest) -> HttpResponse:
    """What was sent; a form that has become an application leads to its receipt, whatever else is wrong with it:
    whoever clicks twice sends the second while the first is being registered."""
    agency, token = agency_of_site(), read_token(request.POST.get("token", ""))
    is_last = request.POST.get("action") == "submit" and token is not None
    if is_last and token is not None and (before := taken_before(agency, token)):
        return _done(before, token)
    answer = _answer(request, agency, token)
    if answer.status_code != 303 and is_last and token is not None and (before := taken_before(agency, token)):
        return _done(before, token)
    return answer


def _answer(request: HttpRequest, agency: Agency, token: FormToken | None) -> HttpResponse:
    action, sent = request.POST.get("action", ""), _read(request, token)
    if action == "edit":
        given = {name: request.POST.get(name, "") for name in PublicForm.base_fields}
        return _form(request, agency, PublicForm(initial=given), sent)
    form = PublicForm(request.POST)
    if sent.wrong_file:
        form.add_error("id_proof", sent.wrong_file)
    elif sent.held is None:
        form.add_error("id_proof", "请上传身份证明（条例第二十九条）。不便上传的，" + other_channels(agency))
    if not form.is_valid():
        return _form(request, agency, form, sent, 400)
    if action != "submit":
        return _check(request, agency, form, sent)
    if sent.is_stale:
        return _check(request, agency, form, sent, 400, "页面打开时间过久，已经更新。请核对后再次提交。")
    if not allowed(request, "apply", TIMES, SECONDS):
        told = f"从您所在的网络提交的申请较多，请 {SECONDS // 60} 分钟后再提交。" + other_channels(agency)
        return _check(request, agency, form, sent, 429, told)
    return _register(request, agency, form, sent)


def _read(request: HttpRequest, token: FormToken | None) -> Sent:
    """The file that came now, or the one that waits from before."""
    is_stale, own = token is None, token or new_token()
    upload, wrong = request.FILES.get("id_proof"), ""
    held = find(request.POST.get("held", ""), own.digest)
    if is_oversized(request):
        wrong = f"文件超过 {LARGEST // 1_000_000} MB，请缩小后再上传。"
    elif upload is not None:
        if not allowed(request, "apply-file", UPLOADS, UPLOAD_SECONDS):
            wrong = "上传的次数过多，请稍后再上传。"
        else:
            try:
                held = hold(upload.read(), upload.name or "", own.digest)
            except UnusableFileError as error:
                wrong = str(error)
    elif request.POST.get("held") and held is None:
        wrong = "暂存的文件已超过一小时，按隐私要求清除了，请重新选择。"
    return Sent(own, is_stale, held, wrong)


def _register(request: HttpRequest, agency: Agency, form: PublicForm, sent: Sent) -> HttpResponse:
    assert sent.held is not None, "asked for before"
    marked = suspicions(
        form.description,
        trap=request.POST.get(TRAP, ""),
        age=sent.token.age,
        is_flood=not allowed(request, "apply-flood", TIMES // 2, SECONDS),
    )
    try:
        incoming = Incoming(
            form.person(),
            form.description,
            Channel.INTERNET,
            timezone.localdate(),
            wanted=form.wanted(),
            papers=[content_of(sent.held, FileKind.ID_PROOF)],
            suspicions=marked,
        )
        taken = take_in(agency, incoming, sent.token)
    except UnusableFileError as error:
        form.add_error("id_proof", str(error))
        return _form(request, agency, form, Sent(sent.token, False, None, ""), 400)
    except (LawError, NotPermittedError) as error:
        return _check(request, agency, form, sent, 422, str(error))
    return _done(taken, sent.token)


def _done(taken: Taken, token: FormToken) -> HttpResponse:
    """To the receipt, by an address that says nothing; a reload there sends nothing again."""
    response = HttpResponse(status=303, headers={"Location": reverse("apply:receipt")})
    hand_over(response, token)
    return response


# --- Pages ------------------------------------------------------------------------------------------


def _form(
    request: HttpRequest, agency: Agency, form: PublicForm, sent: Sent, status: int = 200, told: str = ""
) -> HttpResponse:
    parts = [(code, title, [form[name] for name in names]) for code, title, names in PARTS]
    wrong = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    context = _shared(agency, sent, told) | {"form": form, "parts": parts, "wrong": wrong, "step": "fill"}
    return page(request, "apply", context, status)


def _check(
    request: HttpRequest, agency: Agency, form: PublicForm, sent: Sent, status: int = 200, told: str = ""
) -> HttpResponse:
    found = suggest(" ".join((form.cleaned_data["title"], form.description)), agency)
    count_shown(agency, sent.token, len(found))
    parts = [(title, [(form[n].label, _words(form, n)) for n in names]) for _, title, names in PARTS]
    kept = [(name, request.POST.get(name, "")) for name in form.fields if name != "id_proof" and request.POST.get(name)]
    context = _shared(agency, sent, told) | {"parts": parts, "kept": kept, "step": "check"}
    context["suggestions"] = _linked(found, sent.token)
    return page(request, "check", context, status)


def _shared(agency: Agency, sent: Sent, told: str) -> dict[str, Any]:
    return {
        "agency": agency,
        "token": sent.token.written,
        "held": sent.held,
        "told": told,
        "trap": TRAP,
        "accepted": ACCEPTED,
        "channels": other_channels(agency),
    }


def _linked(found: Any, token: FormToken) -> list[tuple[Suggestion, str]]:
    return [(each, address_of(each, token)) for each in found]


def _words(form: PublicForm, name: str) -> str:
    """What was filled in, as it is read."""
    value = form.cleaned_data.get(name)
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "是" if value else ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        flat = {code: label for key, label in choices for code, label in _flat(key, label)}
        return str(flat.get(value, ""))
    return str(value or "")


def _flat(key: Any, label: Any) -> list[tuple[Any, Any]]:
    return list(label) if isinstance(label, list | tuple) else [(key, label)]
