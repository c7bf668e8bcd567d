"""What can be done with a message, each on a page of its own. A table, and one view."""

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

from .. import services
from ..events import EVENTS
from ..models import Asker, Draft, Inquiry
from ..transitions import hindrance
from . import forms
from .base import CaseMixin, StaffMixin, case_address, is_clerk

Act = Callable[[Inquiry, Any, User], Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with a message: the event it brings about, what it asks, what it does."""

    kind: str
    slug: str
    label: str
    form: type[forms.VerbForm]
    act: Act
    done: str
    icon: str = "check"


def _assign(inquiry: Inquiry, form: forms.AssignForm, user: User) -> None:
    given = form.cleaned_data
    services.assign(inquiry, timezone.localdate(), given["department"], given["person"], actor=user)


def _submit(inquiry: Inquiry, form: forms.ReplyForm, user: User) -> None:
    services.submit(inquiry, timezone.localdate(), form.words, actor=user)


def _approve(inquiry: Inquiry, form: forms.VerbForm, user: User) -> None:
    services.approve(inquiry, timezone.localdate(), actor=user)


def _return(inquiry: Inquiry, form: forms.ReturnForm, user: User) -> None:
    services.send_back(inquiry, timezone.localdate(), form.cleaned_data["remark"], actor=user)


def _transfer(inquiry: Inquiry, form: forms.TransferForm, user: User) -> None:
    services.transfer(inquiry, timezone.localdate(), form.cleaned_data["to"], actor=user)


def _dismiss(inquiry: Inquiry, form: forms.DismissForm, user: User) -> None:
    services.dismiss(inquiry, timezone.localdate(), form.cleaned_data["ground"], actor=user)


def _hide(inquiry: Inquiry, form: forms.HideForm, user: User) -> None:
    services.hide(inquiry, timezone.localdate(), form.cleaned_data["reason"], actor=user)


VERBS = {
    verb.slug: verb
    for verb in (
        Verb("assigned", "assign", "分办", forms.AssignForm, _assign, "已分办。", "group"),
        Verb("submitted", "reply", "拟答复，送审", forms.ReplyForm, _submit, "已送审，由另一人审核。", "edit"),
        Verb("replied", "approve", "审核通过并答复", forms.NothingForm, _approve, "已答复。", "check"),
        Verb("returned", "return", "退回修改", forms.ReturnForm, _return, "已退回。", "rotate"),
        Verb("transferred", "transfer", "转办", forms.TransferForm, _transfer, "已转办，在本机关办结。", "redirect"),
        Verb("dismissed", "dismiss", "认定为无效留言", forms.DismissForm, _dismiss, "已办结，不予答复。", "cross"),
        Verb("hidden", "hide", "撤下公开答复", forms.HideForm, _hide, "已撤下，网站上不再显示。", "no-view"),
    )
}
BY_EVENT = {verb.kind: verb for verb in VERBS.values()}


@method_decorator(never_cache, name="dispatch")
class VerbView(UnfinishedMixin, CaseMixin, TemplateView):
    """One verb. A reply may be kept without being sent for review."""

    template_name = "inquiries/staff/form.html"

    @cached_property
    def verb(self) -> Verb:
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    @cached_property
    def hindrance(self) -> str | None:
        """Why this person may not do it, before anything is typed."""
        if not self.is_own:
            return "这条留言属于另一机关"
        return hindrance(EVENTS[self.verb.kind], self.case, actor_in(self.user))

    def get_page_title(self) -> str:
        return self.verb.label

    @cached_property
    def latest(self) -> Draft | None:
        """What was drafted last: unfinished, in review, or sent back."""
        return self.inquiry.drafts.first()

    def form(self) -> forms.VerbForm:
        given = self.request.POST if self.request.method == "POST" else None
        more = {"draft": self.latest} if self.verb.form is forms.ReplyForm else {}
        return self.verb.form(given, inquiry=self.inquiry, **more)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.hindrance:
            messages.error(request, f"不能{self.verb.label}：{self.hindrance}。")
            return redirect(self.case_url)
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if self.hindrance:
            return self.unfinished(form, f"不能{self.verb.label}：{self.hindrance}。", 409)
        if not form.is_valid():
            return self.unfinished(form, "请按各处提示填写。", 422)
        keep = isinstance(form, forms.ReplyForm) and request.POST.get("action") == "keep"
        try:
            if isinstance(form, forms.ReplyForm) and keep:
                services.save_draft(self.inquiry, form.words, actor=self.user)
            else:
                self.verb.act(self.inquiry, form, self.user)
        except NotPermittedError as error:
            return self.unfinished(form, str(error), 409)
        done = "草稿已保存，还没有送审。" if keep else self.verb.done
        messages.success(request, f"{self.inquiry.number}：{done}")
        return redirect(self.case_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"label": self.verb.label, "verb": self.verb}
        if self.may_open and self.verb.slug in ("reply", "approve", "return"):
            context |= {"draft": self.latest, "shows_message": True, "keeps": self.verb.slug == "reply"}
        return context


@method_decorator(never_cache, name="dispatch")
class RegisterView(UnfinishedMixin, StaffMixin, TemplateView):
    """登记留言 from a letter, the hotline, the mailbox."""

    template_name = "inquiries/staff/form.html"

    def get_page_title(self) -> str:
        return "登记留言"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_clerk(self.user, self.agency):
            messages.error(request, "留言由本机关的经办登记。")
            return redirect("inquiries:list")
        return self.render_to_response(self.get_context_data(form=forms.RegisterForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.RegisterForm(request.POST)
        if not is_clerk(self.user, self.agency):
            return self.unfinished(form, "留言由本机关的经办登记。", 409)
        if not form.is_valid():
            return self.unfinished(form, "请按各处提示填写。", 422)
        try:
            inquiry = services.register(self.agency, actor=self.user, **form.cleaned_data)
        except NotPermittedError as error:
            return self.unfinished(form, str(error), 409)
        messages.success(request, f"{inquiry.number}：已登记，请分办。")
        return redirect(case_address(inquiry.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": "登记"}


@method_decorator(never_cache, name="dispatch")
class FindView(UnfinishedMixin, StaffMixin, TemplateView):
    """按留言人查找: by the whole name or number, sent by POST and kept in no address."""

    template_name = "inquiries/staff/find.html"

    def get_page_title(self) -> str:
        return "按留言人查找"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_clerk(self.user, self.agency):
            messages.error(request, "按留言人查找由本机关的经办办理。")
            return redirect("inquiries:list")
        return self.render_to_response(self.get_context_data(form=forms.FindForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.FindForm(request.POST)
        if not is_clerk(self.user, self.agency):
            return self.unfinished(form, "按留言人查找由本机关的经办办理。", 409)
        if not form.is_valid():
            return self.unfinished(form, "请按提示填写。", 422)
        found = self._found(form.cleaned_data["who"])
        services.record_search(found, self.user)
        return self.render_to_response(self.get_context_data(form=form, found=found, asked=True))

    def _found(self, who: str) -> list[Inquiry]:
        numbers: set[int] = set()
        meta: Any = Asker._meta
        for name in ("name_index", "contact_index"):
            same = {f"{name}__in": meta.get_field(name).candidates(who)}
            numbers |= set(Asker.objects.filter(agency=self.agency, **same).values_list("pk", flat=True)[:100])
        return list(Inquiry.objects.filter(agency=self.agency, asker__in=numbers).order_by("-received_on", "-pk")[:100])
