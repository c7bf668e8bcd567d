"""多人申请的信息 (Article 44): the list, and for each one click to a draft or the reason why not."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError, Role, actor_in

from ..disclosed import services
from ..disclosed.demands import look
from ..disclosed.models import Demand, DemandState
from ..disclosed.publishing import address_of
from .base import StaffMixin
from .forms.base import line, text
from .matters import ListMixin

_WORKERS = frozenset({Role.CLERK, Role.HANDLER})


class DraftForm(forms.Form):
    """纳入主动公开."""

    title = line("标题", "主动公开的信息名称，不写是谁申请的。", longest=120)
    note = text("内容", "写明公开什么；正文和附件在草稿中补充。", longest=3000)


class DropForm(forms.Form):
    """Why not."""

    reason = text("不纳入主动公开的理由", "如：内容涉及单个统计调查对象。", longest=300)


class ListView(ListMixin, TemplateView):
    """What several people ask for; ``?state=all`` with what was decided. POST: look again now."""

    template_name = "applications/staff/disclosed/demands.html"
    page_title = "多人申请的信息"
    header_icon = "group"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("disclosed:list"), "label": "公开目录"}, {"url": "", "label": "多人申请的信息"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_all = self.request.GET.get("state") == "all"
        found = Demand.objects.filter(agency=self.agency).annotate(count=Count("cases")).select_related("first")
        found = found if is_all else found.filter(state=DemandState.OPEN)
        return super().get_context_data(**kwargs) | {
            "leaf": self.leaf(found.order_by("-applicants", "-last_on", "-pk")),
            "is_all": is_all,
            "works": _works(self),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _works(self):
            return HttpResponse("须由本机关的经办、承办人员办理。", status=403)
        messages.success(request, f"查找完毕，新的 {look(self.agency, timezone.localdate())} 项。")
        return redirect("disclosed:demands")


def _works(view: StaffMixin) -> bool:
    return view.user.agency_id == view.agency.pk and bool(actor_in(view.user).roles & _WORKERS)


class OneView(StaffMixin, TemplateView):
    """One matter: its applications, then a draft or a reason."""

    template_name = "applications/staff/disclosed/demand.html"
    page_title = "多人申请的信息"
    header_icon = "group"

    @cached_property
    def demand(self) -> Demand:
        own = Demand.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
        found = own.select_related("agency", "first").first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Any:
        return self.demand.agency

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("disclosed:demands"), "label": "多人申请的信息"}, {"url": "", "label": "办理"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first = self.demand.first
        kwargs.setdefault("draft", DraftForm(initial={"title": first.title}, prefix="draft"))
        kwargs.setdefault("drop", DropForm(prefix="drop"))
        return super().get_context_data(**kwargs) | {
            "demand": self.demand,
            "cases": list(self.demand.cases.order_by("received_on", "pk")),
            "may_act": _works(self) and self.demand.state == DemandState.OPEN,
            "address": address_of(self.demand.item),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_drop = request.POST.get("action") == "drop"
        form: Any = DropForm(request.POST, prefix="drop") if is_drop else DraftForm(request.POST, prefix="draft")
        name = "drop" if is_drop else "draft"
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(**{name: form}), status=422)
        given, today = form.cleaned_data, timezone.localdate()
        try:
            if is_drop:
                services.drop_demand(self.demand, today, given["reason"], self.user)
            else:
                services.draft_demand(self.demand, today, given["title"], given["note"], self.user)
        except NotPermittedError as refused:
            messages.error(request, str(refused))
            return self.render_to_response(self.get_context_data(**{name: form}), status=409)
        messages.success(request, "已登记。" if is_drop else "草稿已生成，请在“信息发布”中补充并送审。")
        return redirect("disclosed:demands")
