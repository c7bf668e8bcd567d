"""个人信息 pages of the officer who answers for it: who opened what, and what is erased when."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.staff import names_of
from gongkai.law.retention import Kept, standard_periods

from ..models import Access, RetentionSchedule
from ..retention import due, proposal, schedule_of
from .access import is_officer, oversees
from .base import StaffMixin, case_address

_ON_A_PAGE = 50
_SHOWN = 20  # applications that are named in the preview of what is erased next


@method_decorator(never_cache, name="dispatch")
class AccessLogView(StaffMixin, TemplateView):
    """查阅记录: who opened whose personal data, when and why, the latest first; of one person by ``?user=``."""

    template_name = "applications/staff/accesses.html"
    header_icon = "view"

    def get_page_title(self) -> str:
        return "个人信息查阅记录"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not oversees(self.user, self.agency):
            return HttpResponse("查阅记录由本机关的安全员和负责人查看。", status=403)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Access.objects.filter(application__agency=self.agency).order_by("-at", "-pk")
        person = self.request.GET.get("user", "")
        if person.isdecimal():
            found = found.filter(user=int(person[:18]))
        page = Paginator(found.select_related("application"), _ON_A_PAGE).get_page(self.request.GET.get("p"))
        rows = list(page)
        names = names_of(each.user_id for each in rows)
        return super().get_context_data(**kwargs) | {
            "page": page,
            "person": person,
            "rows": [
                {"access": each, "who": names[each.user_id], "url": case_address(each.application_id)} for each in rows
            ],
        }


class ScheduleForm(forms.ModelForm):
    """How long personal data is kept; confirmed by whoever answers for it."""

    confirmed = forms.BooleanField(
        label="已按本机关的档案保管期限和个人信息保护要求核对，同意按此清除；清除之后不能恢复",
        error_messages={"required": "请核对之后勾选。"},
    )

    class Meta:
        model = RetentionSchedule
        fields = ("id_proof_years", "applicant_years", "keeps_request")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        short, long = found.get("id_proof_years"), found.get("applicant_years")
        if short and long and short > long:
            self.add_error("id_proof_years", "身份证明的保存年数不能多于申请人信息的保存年数。")
        return found


@method_decorator(never_cache, name="dispatch")
class RetentionView(StaffMixin, TemplateView):
    """保存期限: the schedule, what it would erase now, its confirmation. Nothing is erased before that."""

    template_name = "applications/staff/retention.html"
    header_icon = "history"

    def get_page_title(self) -> str:
        return "个人信息保存期限"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_officer(self.user, self.agency):
            return HttpResponse("个人信息的保存期限由本机关的安全员管理。", status=403)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def schedule(self) -> RetentionSchedule:
        return proposal(self.agency, timezone.localdate())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ScheduleForm(request.POST, instance=self.schedule)
        form.is_valid()
        if "preview" in request.POST:
            return self.preview(form)
        if not form.is_valid():
            messages.error(request, "没有保存：请按各处提示改正。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        schedule = form.save(commit=False)
        schedule.confirmed_by, schedule.confirmed_at = self.user, timezone.now()
        schedule.save()
        messages.success(request, "已确认保存期限；到期的在每日凌晨清除，清除记入台账。")
        return redirect("applications:retention")

    def preview(self, form: ScheduleForm) -> HttpResponse:
        """What these years would erase now, without confirming them."""
        wrong = {name for name in form.errors if name != "confirmed"}
        if wrong:
            messages.error(self.request, "请按各处提示改正。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        form.errors.pop("confirmed", None)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        form = kwargs.setdefault("form", ScheduleForm(instance=self.schedule))
        given = getattr(form, "cleaned_data", {})
        asked = RetentionSchedule(
            agency=self.agency,
            id_proof_years=given.get("id_proof_years") or self.schedule.id_proof_years,
            applicant_years=given.get("applicant_years") or self.schedule.applicant_years,
            keeps_request=given.get("keeps_request", self.schedule.keeps_request),
        )
        return super().get_context_data(**kwargs) | {
            "agency": self.agency,
            "schedule": self.schedule,
            "confirmed_by": names_of([self.schedule.confirmed_by_id]).get(self.schedule.confirmed_by_id)
            if self.schedule.confirmed_by_id
            else "",
            "standard": [period.parameter for period in standard_periods(today).values()],
            "lines": schedule_of(asked),
            "due": [
                {
                    "label": Kept(found.what).label,
                    "years": found.years,
                    "cutoff": found.cutoff,
                    "number": found.number,
                    "held": len(found.held),
                    "first": [
                        {"number": each.number, "closed_on": each.closed_on, "url": case_address(each.pk)}
                        for each in found.applications.exclude(pk__in=found.held).only("number", "closed_on")[:_SHOWN]
                    ],
                }
                for found in due(self.agency, asked, today)
            ],
            "log_url": reverse("applications:accesses"),
        }
