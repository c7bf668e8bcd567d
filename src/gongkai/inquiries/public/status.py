"""查询留言: by number and query code, sent and never in an address; the reply, and what the asker thinks of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.bureau.codes import matches
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.throttle import allowed, within
from gongkai.law.wording import chinese_date
from gongkai.ledger.models import Entry

from .. import services
from ..events import STREAM
from ..models import Arrival, Closing, Inquiry, PrivateReason, Stage
from .base import agency_of_site, page
from .forms import RatingForm, StatusForm

_SALT = "gongkai.inquiries.status"
SECONDS = 30 * 60
TIMES, WINDOW = 30, 600
TIMES_OF_NUMBER, WINDOW_OF_NUMBER = 20, 3600
_WRONG = "编号或者查询码不对，请核对回执。查询码不分大小写，没有 0、1、I、L、O。"


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the timeline."""

    day: str
    title: str
    is_next: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """The form; how a message stands; a vote."""
    agency = agency_of_site()
    if request.method != "POST":
        return _ask(request, StatusForm())
    if not allowed(request, "inquiry-status", TIMES, WINDOW):
        return _ask(request, StatusForm(), 429, f"查询的次数过多，请 {WINDOW // 60} 分钟后再查询。")
    if "pass" in request.POST:
        known = _passed(request.POST["pass"], agency)
        if known is None:
            return _ask(request, StatusForm(), 403, "查询已超过半小时，请重新输入编号和查询码。")
        return _vote(request, known)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, 400)
    number = form.cleaned_data["number"].strip().upper()
    if not within("inquiry-number", f"{agency.pk} {number}", TIMES_OF_NUMBER, WINDOW_OF_NUMBER):
        return _ask(request, form, 429, "这个编号的查询次数过多，请一小时后再查询，或者联系本机关。")
    found = Arrival.objects.select_related("inquiry").filter(inquiry__agency=agency, inquiry__number=number).first()
    if not matches(form.cleaned_data["code"], found.code if found else ""):
        return _ask(request, form, 403, _WRONG)
    assert found is not None
    return _show(request, found.inquiry)


def _vote(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _show(request, inquiry, 400, form=form)
    try:
        rated = services.rate(inquiry, timezone.localdate(), form.cleaned_data["rating"])
    except NotPermittedError as error:
        return _show(request, inquiry, 409, wrong=str(error))
    return _show(request, rated, told="谢谢您的评价。")


def _ask(request: HttpRequest, form: StatusForm, status: int = 200, told: str = "") -> HttpResponse:
    context = {"form": form, "told": told, "agency": agency_of_site()}
    return page(request, "status_ask", context, status, private=True)


def _show(
    request: HttpRequest,
    inquiry: Inquiry,
    status: int = 200,
    *,
    told: str = "",
    wrong: str = "",
    form: RatingForm | None = None,
) -> HttpResponse:
    answered = inquiry.closing in (Closing.PUBLIC, Closing.PRIVATE)
    context = {
        "inquiry": inquiry,
        "headline": headline(inquiry),
        "steps": list(_steps(inquiry)),
        "answered": answered,
        "reason": PrivateReason(inquiry.private_reason).label if inquiry.private_reason else "",
        "form": (form or RatingForm()) if answered and not inquiry.rating else None,
        "pass": signing.TimestampSigner(salt=_SALT).sign(str(inquiry.pk)),
        "told": told,
        "wrong": wrong,
    }
    return page(request, "status", context, status, private=True)


def headline(inquiry: Inquiry) -> str:
    """Where a message stands, as its asker reads it."""
    match inquiry.closing:
        case Closing.PUBLIC | Closing.PRIVATE:
            return "已经答复"
        case Closing.TRANSFERRED:
            return "不属于本机关职责，已转有关单位办理"
        case Closing.DISMISSED:
            return "没有需要答复的内容，已经办结"
    late = inquiry.due_on is not None and inquiry.due_on < timezone.localdate()
    if late:
        return "已超过办理期限，正在催办"
    return f"将在{chinese_date(inquiry.due_on)}前答复" if inquiry.due_on else "正在办理"


_TITLES = {
    "registered": "收到留言",
    "assigned": "交承办处室办理",
    "submitted": "答复正在审核",
    "replied": "答复",
    "dismissed": "办结",
    "rated": "您作了评价",
}


def _steps(inquiry: Inquiry) -> list[Step]:
    """What happened, in plain words; what is the office's own business is left out. One query."""
    found = []
    for each in Entry.objects.of_stream(STREAM, inquiry.pk):
        title = f"转{each.data['to'] or '有关单位'}办理" if each.kind == "transferred" else _TITLES.get(each.kind)
        if title is not None:
            found.append(Step(chinese_date(each.occurred_on), title))
    if inquiry.stage != Stage.CLOSED:
        found.append(Step("", headline(inquiry), is_next=True))
    return found


def _passed(text: str, agency: Agency) -> Inquiry | None:
    """The message of somebody who gave its code within the last half hour."""
    try:
        number = signing.TimestampSigner(salt=_SALT).unsign(text[:200], max_age=SECONDS)
    except signing.BadSignature:
        return None
    return Inquiry.objects.filter(agency=agency, pk=int(number)).first()
