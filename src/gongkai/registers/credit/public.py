"""统计信用公示 on the site: the list, found by name or code; a record; why one was taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from gongkai.law.credit import rules_of

from ..public.base import DOOR, agency_of_site, as_csv, leaf_of, public_page, searched
from . import queries, services
from .models import CreditRecord

_HEADS = (
    "企业名称",
    "统一社会信用代码",
    "地址",
    "法定代表人或者主要负责人",
    "等级",
    "违法行为",
    "处理情况",
    "认定文号",
    "认定日期",
    "公示日期",
    "公示期满",
)


@public_page
def records(request: HttpRequest) -> HttpResponse:
    """What is shown today; the queries do not depend on how much there is."""
    agency, wanted = agency_of_site(), searched(request)
    shown = queries.matching(queries.public(agency.pk, timezone.localdate()), wanted)
    context = {"door": DOOR, "agency": agency, "wanted": wanted, "leaf": leaf_of(request, shown)}
    return render(request, "credit/public/list.html", context)


@public_page
def table(request: HttpRequest) -> HttpResponse:
    """The same list as CSV, whole."""
    agency = agency_of_site()
    shown = queries.matching(queries.public(agency.pk, timezone.localdate()), searched(request))
    return as_csv("统计信用公示", _HEADS, (_row(each) for each in shown))


@public_page
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record while it is shown; 410 with the explanation where it was taken back; 404 when its time is over."""
    agency, today = agency_of_site(), timezone.localdate()
    found = queries.public(agency.pk, today).filter(pk=pk).first()
    context: dict[str, Any] = {"door": DOOR, "agency": agency}
    if found is not None:
        return render(request, "credit/public/record.html", {**context, "record": found, "rules": _rules(found)})
    taken_back = queries.revoked(agency.pk, pk)
    if taken_back is None:
        raise Http404
    explanation = services.case_of(taken_back).explanation
    context |= {"record": taken_back, "explanation": explanation}
    return render(request, "credit/public/revoked.html", context, status=410)


def _rules(record: CreditRecord) -> str:
    return rules_of(record.decided_on).reference


def _row(each: CreditRecord) -> tuple[object, ...]:
    return (
        each.enterprise,
        each.credit_code,
        each.address,
        each.representative,
        each.get_grade_display(),
        each.violation,
        each.handling,
        each.number,
        each.decided_on,
        each.published_on,
        each.public_until,
    )


app_name = "credit_public"
urlpatterns = [
    path("", records, name="list"),
    path("tongjixinyong.csv", table, name="csv"),
    path("<int:pk>.html", record, name="record"),
]
