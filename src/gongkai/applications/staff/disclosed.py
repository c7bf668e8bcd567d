"""公开目录 at the desk: proposed by whoever worked on the case, looked at by somebody else, drafted for the site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.examining import personal_data
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.law.outcomes import outcome
from gongkai.ledger.models import Entry

from ..disclosed import events, services
from ..disclosed.case import Case
from ..disclosed.models import Demand, DemandState, Disclosed, Status
from ..disclosed.publishing import address_of
from ..disclosed.services import Words
from ..disclosed.transitions import TABLE
from .access import own_or_404
from .base import CaseMixin, StaffMixin, case_address
from .forms.base import line, text
from .matters import ListMixin, MatterForm, MatterVerb, MatterVerbView, timeline, verbs

Given = Mapping[str, Any]


class ProposeForm(MatterForm):
    """提议公开. ``matter`` is the application."""

    title = line("标题", "信息的名称，如：2020年分乡镇粮食播种面积。", longest=120)
    wanted = text("申请的内容", "概括写，不写是谁、为什么申请，也不照抄申请人的原话。", longest=1000)
    answered = text("答复的内容", "提供了什么，或者为什么不能提供。", longest=3000)


class SureForm(MatterForm):
    """Agrees to what the page shows: ``digest`` is that of the words that were looked at."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("digest", self.matter.digest)


class ReasonForm(MatterForm):
    """Why."""

    reason = text("理由", "不要写申请人的姓名等个人信息。", longest=500)


VERBS = verbs(
    MatterVerb(
        "approve",
        events.Approved,
        "审核同意",
        SureForm,
        lambda matter, user, given, day: services.approve(matter, day, given["digest"], actor=user),
        "已同意，可以生成网站草稿。",
        "看清其中没有申请人和其他人的个人信息，内容可以向社会公开。",
    ),
    MatterVerb(
        "return",
        events.Returned,
        "退回修改",
        ReasonForm,
        lambda matter, user, given, day: services.send_back(matter, day, given["reason"], actor=user),
        "已退回。",
    ),
    MatterVerb(
        "draft",
        events.Drafted,
        "生成网站草稿",
        MatterForm,
        lambda matter, user, given, day: services.draft(matter, day, user),
        "草稿已生成，请在“信息发布”中送审；签发之后公众才能看到。",
        "在“依申请公开目录”栏目中生成草稿，照常送审、签发。",
    ),
    MatterVerb(
        "drop",
        events.Dropped,
        "不公开",
        ReasonForm,
        lambda matter, user, given, day: services.drop(matter, day, given["reason"], actor=user),
        "已登记，不列入公开目录。",
        is_grave=True,
    ),
)


class ListView(ListMixin, TemplateView):
    """The entries of the agency; ``?status=`` narrows."""

    template_name = "applications/staff/disclosed/list.html"
    page_title = "公开目录"
    header_icon = "globe"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": "公开目录", "sublabel": self.agency.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Disclosed.objects.filter(agency=self.agency).order_by("-pk").defer("wanted", "answered")
        found = found.select_related("application")
        found = found.defer("application__requested", "application__title", "application__reference")
        status = self.request.GET.get("status", "")
        if status in Status.values:
            found = found.filter(status=status)
        return super().get_context_data(**kwargs) | {
            "leaf": self.leaf(found),
            "statuses": Status.choices,
            "status": status,
            "demands": Demand.objects.filter(agency=self.agency, state=DemandState.OPEN).count(),
        }


class ProposeView(CaseMixin, TemplateView):
    """提议公开 an answered application, or its words again after they were returned."""

    template_name = "applications/staff/disclosed/propose.html"
    page_title = "列入公开目录"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("列入公开目录")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if own_or_404(request, kwargs["pk"]).agency_id != self.user.agency_id:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def entry(self) -> Disclosed | None:
        return Disclosed.objects.filter(application=self.application).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first: dict[str, str] = {"title": self.application.title}
        if self.entry is not None:
            first = {name: getattr(self.entry, name) for name in ("title", "wanted", "answered")}
        kwargs.setdefault("form", ProposeForm(matter=self.application, user=self.user, initial=first))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        ended = self.application.outcome
        return context | {"outcome": outcome(ended).label if ended else ""}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ProposeForm(request.POST, matter=self.application, user=self.user)
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            made = services.propose(self.application, timezone.localdate(), Words(**form.cleaned_data), actor=self.user)
        except NotPermittedError as refused:
            messages.error(request, str(refused))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(request, "已送审核人员审核。")
        return redirect("disclosed:one", made.pk)


class OneMixin(StaffMixin):
    """A page about the entry of ``kwargs['pk']``."""

    header_icon = "globe"

    @cached_property
    def entry(self) -> Disclosed:
        own = Disclosed.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
        found = own.select_related("agency", "application", "application__applicant").first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Any:
        return self.entry.agency

    @cached_property
    def folded(self) -> Case:
        return services.case_of(self.entry)

    @property
    def url(self) -> str:
        return reverse("disclosed:one", args=[self.entry.pk])

    def hindrance(self, verb: MatterVerb) -> str | None:
        if self.user.agency_id != self.entry.agency_id:
            return "这件申请属于另一机关"
        return TABLE.hindrance(verb.event, self.folded, actor_in(self.user), "own")

    @property
    def label(self) -> str:
        return self.entry.application.number

    def crumbs(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("disclosed:list"), "label": "公开目录"}]
        if self.get_page_title() == self.label:
            return [*trail, {"url": "", "label": self.label}]
        return [*trail, {"url": self.url, "label": self.label}, {"url": "", "label": self.get_page_title()}]

    def told(self) -> dict[str, Any]:
        """The words, and what is to be looked at in them."""
        entry = self.entry
        words = Words(entry.title, entry.wanted, entry.answered)
        return {
            "entry": entry,
            "outcome": outcome(entry.application.outcome).label,
            "found": personal_data(entry.agency, words.by_place),
        }


class OneView(OneMixin, TemplateView):
    """One entry: what it says, what is to be looked at, what may be done."""

    template_name = "applications/staff/disclosed/one.html"

    def get_page_title(self) -> str:
        return self.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        again = events.Proposed
        own = self.user.agency_id == self.entry.agency_id
        may_write = own and TABLE.hindrance(again, self.folded, actor_in(self.user), "own") is None
        return super().get_context_data(**kwargs) | {
            **self.told(),
            "case_url": case_address(self.entry.application_id),
            "acts": [verb for verb in VERBS.values() if self.hindrance(verb) is None],
            "may_write": may_write,
            "address": address_of(self.entry.item),
            "lines": timeline(events.STREAM, self.entry.pk, events.EVENTS, _details),
        }


def _details(entry: Entry) -> tuple[str, ...]:
    return (entry.data["reason"],) if entry.data.get("reason") else ()


class VerbView(OneMixin, MatterVerbView):
    """One verb."""

    verbs = VERBS

    @property
    def matter(self) -> Disclosed:
        return self.entry

    @property
    def back_url(self) -> str:
        return self.url

    def why_not(self, verb: MatterVerb) -> str | None:
        return self.hindrance(verb)

    def get_page_subtitle(self) -> str:
        return self.label

    def beside(self) -> dict[str, Any]:
        return {"aside": "applications/staff/disclosed/words.html", **self.told()}
