"""What can be done with a record, each on a page of its own. A table, and one view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.bureau.staff import UnfinishedMixin
from gongkai.law.credit import Longer

from .. import services
from ..events import EVENTS, Amended, Published
from ..models import CreditRecord
from ..transitions import hindrance
from . import forms
from .base import RecordMixin, StaffMixin, address_of, list_crumb, registers_for

Act = Callable[[CreditRecord, dict[str, Any], User], Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with a record: the event it brings about, what it asks, what it does."""

    kind: str
    slug: str
    label: str
    form: type[forms.VerbForm]
    act: Act
    done: str
    icon: str = "check"


def _amend(record: CreditRecord, given: dict[str, Any], user: User) -> None:
    services.amend(record, actor=user, **given)


VERBS = {
    verb.slug: verb
    for verb in (
        Verb(
            "published",
            "publish",
            "审核公示",
            forms.PublishForm,
            lambda record, given, user: services.publish(record, given["day"], seen=given["seen"], actor=user),
            "已公示，期满自动停止。",
            "globe",
        ),
        Verb("amended", "amend", "更正登记内容", forms.AmendForm, _amend, "已更正。", "edit"),
        Verb(
            "verified",
            "verify",
            "登记整改核实",
            forms.VerifyForm,
            lambda record, given, user: services.verify(record, given["day"], given["evidence"], actor=user),
            "已登记。",
        ),
        Verb(
            "repair_applied",
            "apply",
            "登记移除申请",
            forms.ApplyForm,
            lambda record, given, user: services.apply_for_repair(record, given["day"], actor=user),
            "已登记，等待审核人员或者负责人决定。",
            "mail",
        ),
        Verb(
            "removed",
            "remove",
            "提前移除",
            forms.RemoveForm,
            lambda record, given, user: services.remove(record, given["day"], actor=user),
            "已移除，不再公示。",
        ),
        Verb(
            "repair_refused",
            "refuse",
            "不予提前移除",
            forms.ReasonForm,
            lambda record, given, user: services.refuse_repair(record, given["day"], given["reason"], actor=user),
            "已登记，继续公示。",
            "cross",
        ),
        Verb(
            "extended",
            "extend",
            "延长公示期",
            forms.ExtendForm,
            lambda record, given, user: services.extend(
                record, given["day"], Longer(given["longer"]), given["reason"], actor=user
            ),
            "公示期已延长。",
            "calendar-alt",
        ),
        Verb(
            "ended",
            "end",
            "登记公示期满",
            forms.EndForm,
            lambda record, given, user: services.end(record, given["day"], actor=user),
            "已停止公示。",
        ),
        Verb(
            "revoked",
            "revoke",
            "撤销认定",
            forms.RevokeForm,
            lambda record, given, user: services.revoke(record, given["day"], given["explanation"], actor=user),
            "已撤下，原网址公开说明。",
            "cross",
        ),
    )
}
BY_EVENT = {verb.kind: verb for verb in VERBS.values()}


class _FormPage(UnfinishedMixin, StaffMixin, TemplateView):
    """Registering a record, or one verb of it."""

    template_name = "credit/staff/form.html"
    label = ""

    def get_page_title(self) -> str:
        return self.label

    def form(self) -> forms.VerbForm:
        raise NotImplementedError

    def hindrance(self) -> str | None:
        """Why this person may not do it, before anything is typed."""
        raise NotImplementedError

    def back(self) -> str:
        """Where the page leads when nothing is done."""
        return str(list_crumb()["url"])

    def act(self, given: dict[str, Any]) -> tuple[str, str]:
        """Do it; what to say, and where to go."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := self.hindrance():
            messages.error(request, f"不能{self.label}：{reason}。")
            return redirect(self.back())
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if reason := self.hindrance():
            return self.unfinished(form, f"不能{self.label}：{reason}。", 409)
        if not form.is_valid():
            return self.unfinished(form, "请按各处提示填写。", 422)
        try:
            said, target = self.act(form.cleaned_data)
        except NotPermittedError as error:
            return self.unfinished(form, str(error), 409)
        messages.success(request, said)
        return redirect(target)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": self.label, "back": self.back()}


@method_decorator(never_cache, name="dispatch")
class NewView(_FormPage):
    """登记认定决定."""

    label = "登记认定决定"

    def crumbs(self) -> list[dict[str, Any]]:
        return [list_crumb(), {"url": "", "label": self.label}]

    def form(self) -> forms.VerbForm:
        return forms.ContentForm(self.request.POST if self.request.method == "POST" else None)

    def hindrance(self) -> str | None:
        return None if registers_for(self.user, self.agency) else "由本机关的经办、承办登记"

    def act(self, given: dict[str, Any]) -> tuple[str, str]:
        record = services.decide(self.agency, actor=self.user, **given)
        return f"{record.number}：已登记，等待审核公示。", address_of(record.pk)


@method_decorator(never_cache, name="dispatch")
class VerbView(RecordMixin, _FormPage):
    """One verb."""

    @cached_property
    def verb(self) -> Verb:
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    @property
    def label(self) -> str:  # type: ignore[override]  # a constant of one page is the verb's on the other
        return self.verb.label

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.label)

    def back(self) -> str:
        return self.record_url

    def form(self) -> forms.VerbForm:
        if self.request.method == "POST":
            return self.verb.form(self.request.POST)
        initial: dict[str, Any] = {}
        if self.verb.kind == Published.kind:
            initial = {"seen": services.seal(self.record)}
        elif self.verb.kind == Amended.kind:
            initial = {**self.case.content, "representative": self.record.representative}
        return self.verb.form(initial=initial)

    def hindrance(self) -> str | None:
        if not self.is_own:
            return "这条记录属于另一机关"
        return hindrance(EVENTS[self.verb.kind], self.case, actor_in(self.user), timezone.localdate())

    def act(self, given: dict[str, Any]) -> tuple[str, str]:
        self.verb.act(self.record, given, self.user)
        return f"{self.record.number}：{self.verb.done}", self.record_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.record if self.verb.kind == Published.kind else None
        return super().get_context_data(**kwargs) | {"record": self.record, "shown": shown}
