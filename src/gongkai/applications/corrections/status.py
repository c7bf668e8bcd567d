"""How a 更正 request stands, by number and query code: sent and never in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from gongkai.bureau.codes import matches
from gongkai.bureau.models import Agency
from gongkai.bureau.throttle import allowed, within
from gongkai.law.wording import chinese_date
from gongkai.ledger.models import Entry

from ..public.base import agency_of_site, page
from ..public.follow import Step
from ..public.status import TIMES, TIMES_OF_NUMBER, WINDOW, WINDOW_OF_NUMBER, WRONG, AskForm
from .events import STREAM
from .models import Correction, Result, Status

_HEADLINES = {
    Status.RECEIVED: "正在核实",
    Status.VERIFIED: "已经核实，正在决定怎样处理",
    Status.DECIDED: "已经决定，正在告知您",
    Status.DONE: "已经办结",
}


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """The form; how the request stands."""
    agency = agency_of_site()
    if request.method != "POST":
        return _ask(request, agency, AskForm())
    if not allowed(request, "correction-status", TIMES, WINDOW):
        return _ask(request, agency, AskForm(), 429, f"查询的次数过多，请 {WINDOW // 60} 分钟后再查询。")
    form = AskForm(request.POST)
    if not form.is_valid():
        return _ask(request, agency, form, 400)
    number = form.cleaned_data["number"].strip().upper()
    if not within("correction-number", f"{agency.pk} {number}", TIMES_OF_NUMBER, WINDOW_OF_NUMBER):
        return _ask(request, agency, form, 429, "这个编号的查询次数过多，请一小时后再查询，或者联系本机关。")
    one = Correction.objects.filter(agency=agency, number=number).first()
    if not matches(form.cleaned_data["code"], one.code if one else ""):
        return _ask(request, agency, form, 403, WRONG)
    assert one is not None
    told = one.status == Status.DONE
    context = {
        "agency": agency,
        "one": one,
        "headline": _HEADLINES[Status(one.status)],
        "steps": _steps(one),
        # What was decided is told in the way that was asked for; here it can be read again afterwards.
        "result": Result(one.result).label if told and one.result else "",
    }
    return page(request, "correction_status", context)


def _ask(request: HttpRequest, agency: Agency, form: AskForm, status: int = 200, told: str = "") -> HttpResponse:
    form.fields["number"].widget.attrs["placeholder"] = "例如 GZ2026-0001"
    return page(request, "correction_ask", {"agency": agency, "form": form, "told": told}, status)


def _steps(one: Correction) -> list[Step]:
    """What happened, as whoever asked reads it; whoever decides is the office's own business."""
    words = {
        "received": ("收到更正请求", f"编号 {one.number}。"),
        "verified": ("核实", ""),
        **{result.value: ("作出决定", "") for result in Result},
        "told": ("告知处理结果", ""),
    }
    entries = [entry for entry in Entry.objects.of_stream(STREAM, one.pk) if entry.kind in words]
    return [Step(chinese_date(entry.occurred_on), *words[entry.kind]) for entry in entries]
