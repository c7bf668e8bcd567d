"""网站自评 in the back office: what an inspector would fault today, with everything behind it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.staff import AgencyPageMixin, UnfinishedMixin
from gongkai.law.indicators import Pack, Verdict

from .assessing import Assessment, assess, is_near, packs_on
from .forms import StatementForm
from .models import SERVICES
from .queries import history
from .services import may_state, numbers, state
from .writing import WRITERS

TONES = {Verdict.FAIL: "overdue", Verdict.REVIEW: "due_soon", Verdict.UNKNOWN: "due_soon"}
SHOWN = 20  # of what is behind an indicator, before the rest is folded


class AssessmentMixin(AgencyPageMixin):
    """A page about the set of ``?pack=``, by default the national one; 404 for a set that is not in use."""

    header_icon = "tick-inverse"

    @cached_property
    def pack(self) -> Pack:
        found = packs_on(timezone.localdate())
        asked = self.request.GET.get("pack", found[0].code)
        for pack in found:
            if pack.code == asked:
                return pack
        raise Http404

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.agency, self.pack, timezone.localdate())

    def address(self, name: str, *args: Any, pack: str = "") -> str:
        return f"{reverse(f'assessment:{name}', args=args)}?agency={self.agency.code}&pack={pack or self.pack.code}"


class PageView(AssessmentMixin, TemplateView):
    """Every indicator of a set; ``?verdict=`` narrows, ``near`` to what will fail soon."""

    template_name = "assessment/staff/page.html"
    page_title = "网站自评"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, asked = self.assessment, self.request.GET.get("verdict", "")
        cards = [
            (
                verdict.label,
                found.counts[verdict],
                f"{self.address('page')}&verdict={verdict.value}",
                TONES.get(verdict),
            )
            for verdict in Verdict
        ]
        near = len(found.near)
        cards.insert(1, ("快要不通过", near, f"{self.address('page')}&verdict=near", "due_soon"))
        return super().get_context_data(**kwargs) | {
            "agency": self.agency,
            "bodies": list(visible_agencies(self.user).order_by("path")),
            "assessment": found,
            "pack": self.pack,
            "packs": [(pack, self.address("page", pack=pack.code)) for pack in packs_on(found.day)],
            "cards": [(label, count, url, tone if count else "") for label, count, url, tone in cards],
            "parts": self._parts(asked),
            "chosen": {**{each.value: each.label for each in Verdict}, "near": "快要不通过"}.get(asked, ""),
            "all_url": self.address("page"),
            "downloads": [(label, self.address("download", ending)) for ending, (label, *_) in WRITERS.items()],
            "services_url": self._state_url(SERVICES),
        }

    def _parts(self, asked: str) -> list[dict[str, Any]]:
        parts = []
        for part, groups in self.assessment.groups():
            lines = [
                (group, [self._line(each) for each in judged if self._wanted(each, asked)]) for group, judged in groups
            ]
            lines = [(group, rows) for group, rows in lines if rows]
            if lines:
                parts.append({"part": part, "groups": lines})
        return parts

    def _wanted(self, each: Any, asked: str) -> bool:
        return not asked or each.verdict == asked or (asked == "near" and is_near(each))

    def _line(self, each: Any) -> dict[str, Any]:
        open_ = each.verdict in (Verdict.REVIEW, Verdict.UNKNOWN) or each.stated is not None
        return {
            "judged": each,
            "tone": "due_soon" if is_near(each) else TONES.get(each.verdict, ""),
            "state_url": self._state_url(f"{self.pack.code}:{each.indicator.code}") if open_ else "",
            "lists": [
                (label, tone, len(found), found[:SHOWN], found[SHOWN:])
                for label, tone, found in (
                    ("已经计入", "overdue", each.faults),
                    ("请人工核对", "due_soon", each.unsure),
                    ("到期没有办理的将计入", "", each.ahead),
                )
                if found
            ],
        }

    def _state_url(self, number: str) -> str:
        return self.address("state", number) if may_state(self.user, self.agency) else ""


class DownloadView(AssessmentMixin, View):
    """The assessment of today as a file."""

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        if ending not in WRITERS:
            raise Http404
        _, media_type, write = WRITERS[ending]
        name = f"{self.assessment.title}{self.assessment.day}.{ending}"
        return as_file(write(self.assessment), name, media_type)


class StateView(UnfinishedMixin, AssessmentMixin, FormView):
    """Say what the records do not tell of the indicator of ``kwargs['number']``."""

    template_name = "assessment/staff/state.html"
    form_class = StatementForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.number != SERVICES and self.number not in numbers():
            raise Http404
        if not may_state(self.user, self.agency):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def number(self) -> str:
        return str(self.kwargs["number"])

    @cached_property
    def indicator(self) -> Any:
        code = self.number.partition(":")[2]
        return next((each for each in self.pack.indicators if each.code == code), None)

    def get_page_title(self) -> str:
        if self.number == SERVICES:
            return "登记有无对外服务职能"
        return f"人工判断：{self.indicator.title}" if self.indicator else "人工判断"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.address("page"), "label": "网站自评"}, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"number": self.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "indicator": self.indicator,
            "back_url": self.address("page"),
            "history": history(self.agency, self.number),
            "action": self.address("state", self.number),
        }

    def form_valid(self, form: StatementForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            state(self.agency, self.number, Verdict(given["verdict"]), given["evidence"], actor=self.user)
        except NotPermittedError as refused:
            return self.unfinished(form, str(refused), 409)
        messages.success(self.request, "已登记人工判断。")
        return redirect(self.address("page"))

    def form_invalid(self, form: StatementForm) -> HttpResponse:
        return self.unfinished(form, "没有保存，请按提示改正。", 422)
