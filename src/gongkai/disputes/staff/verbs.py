"""What can be done with a dispute, each on a page of its own. A table, and one view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.bureau.staff import UnfinishedMixin
from gongkai.law.disputes import ending as ending_of

from .. import services
from ..case import Case
from ..models import Dispute, DisputeKind, DisputeResult, DocumentKind
from ..transitions import hindrance
from . import forms
from .base import CaseMixin, StaffMixin, case_address, files_for

Act = Callable[[Dispute, forms.VerbForm, User], Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with a dispute: the event it brings about, what it asks, what it does."""

    kind: str
    slug: str
    label: str
    form: type[forms.VerbForm]
    act: Act
    done: str
    icon: str = "check"


def _keep(dispute: Dispute, form: forms.VerbForm, name: str, kind: DocumentKind, user: User) -> None:
    content, called = form.cleaned_data.get(name) or (b"", "")
    if content:
        services.add_document(dispute, form.cleaned_data["day"], kind, content, called, actor=user)


def _notify(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    given = form.cleaned_data
    services.notify(
        dispute,
        given["day"],
        simplified=bool(given.get("simplified")),
        answer_by=given["answer_by"],
        actor=user,
    )
    _keep(dispute, form, "notice_file", DocumentKind.NOTICE, user)


def _answer(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    content, name = form.cleaned_data["answer_file"]
    services.answer(dispute, form.cleaned_data["day"], content, name, actor=user)


def _session(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    given = form.cleaned_data
    services.set_session(dispute, given["day"], given["on"], given["form"], actor=user)


def _decide(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    given = form.cleaned_data
    _keep(dispute, form, "decision_file", DocumentKind.DECISION, user)
    services.decide(
        dispute,
        given["day"],
        ending=given["ending"],
        appeal=given.get("appeal") or "",
        decision_number=given["decision_number"].strip(),
        perform_by=given["perform_by"],
        errors=given["errors_found"],
        actor=user,
    )


def _appeal(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    given = form.cleaned_data
    services.appeal(dispute, given["day"], by=given["by"], number=given["number"], body=given["body"], actor=user)


def _conclude(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    cell = ending_of(form.case.ending).cell
    services.conclude(dispute, form.cleaned_data["day"], DisputeResult(cell), actor=user)


def _perform(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    given = form.cleaned_data
    _keep(dispute, form, "performance_file", DocumentKind.PERFORMANCE, user)
    application = getattr(form, "application", None)
    services.perform(
        dispute, given["day"], document_number=given["document_number"], application=application, actor=user
    )


def _document(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    given = form.cleaned_data
    services.add_document(dispute, given["day"], DocumentKind(given["kind"]), *given["file"], actor=user)


def _archive(dispute: Dispute, form: forms.VerbForm, user: User) -> None:
    services.archive(dispute, form.cleaned_data["day"], volume=form.cleaned_data["volume"], actor=user)


VERBS = {
    verb.slug: verb
    for verb in (
        Verb("notified", "notify", "登记收到通知", forms.NotifyForm, _notify, "已登记，答复期限自次日起算。", "mail"),
        Verb("answered", "answer", "提交答复（答辩）", forms.AnswerForm, _answer, "已登记。", "upload"),
        Verb("session_set", "session", "登记听证（开庭）", forms.SessionForm, _session, "已登记。", "calendar-alt"),
        Verb("decided", "decide", "登记决定（裁判）", forms.DecideForm, _decide, "已登记。", "doc-full"),
        Verb("appealed", "appeal", "登记上诉", forms.AppealForm, _appeal, "已登记，进入二审。", "arrow-up"),
        Verb("concluded", "conclude", "登记生效（审结）", forms.ConcludeForm, _conclude, "已审结。"),
        Verb("performed", "perform", "登记履行", forms.PerformForm, _perform, "已登记。"),
        Verb("document_filed", "document", "存入材料", forms.DocumentForm, _document, "已加密存入。", "upload"),
        Verb("archived", "archive", "归档", forms.ArchiveForm, _archive, "已归档。", "folder"),
    )
}
BY_EVENT = {verb.kind: verb for verb in VERBS.values()}


@method_decorator(never_cache, name="dispatch")
class VerbView(UnfinishedMixin, CaseMixin, TemplateView):
    """One verb."""

    template_name = "disputes/staff/form.html"

    @cached_property
    def verb(self) -> Verb:
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    @cached_property
    def hindrance(self) -> str | None:
        """Why this person may not do it, before anything is typed."""
        if not self.is_own:
            return "这件案件属于另一机关"
        from ..events import EVENTS

        return hindrance(EVENTS[self.verb.kind], self.case, actor_in(self.user))

    def get_page_title(self) -> str:
        return self.verb.label

    def get_page_subtitle(self) -> str:
        return self.dispute.number

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.verb.label)

    def form(self) -> forms.VerbForm:
        return self.verb.form(*self.given(), agency=self.agency, dispute=self.dispute, case=self.case)

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
        try:
            with transaction.atomic():
                self.verb.act(self.dispute, form, self.user)
        except NotPermittedError as error:
            return self.unfinished(form, str(error), 409)
        messages.success(request, f"{self.dispute.number}：{self.verb.done}")
        return redirect(self.case_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": self.verb.label}


@method_decorator(never_cache, name="dispatch")
class FileView(UnfinishedMixin, StaffMixin, TemplateView):
    """登记复议诉讼; ``?application=`` names the application it is over."""

    template_name = "disputes/staff/form.html"

    def get_page_title(self) -> str:
        return "登记复议诉讼"

    def form(self) -> forms.FileForm:
        named = {"application_number": self.request.GET.get("application", "")}
        return forms.FileForm(*self.given(), agency=self.agency, case=Case(), initial=named)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not files_for(self.user, self.agency):
            messages.error(request, "复议诉讼由本机关的经办登记。")
            return redirect("disputes:list")
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if not files_for(self.user, self.agency):
            return self.unfinished(form, "复议诉讼由本机关的经办登记。", 409)
        if not form.is_valid():
            return self.unfinished(form, "请按各处提示填写。", 422)
        given = form.cleaned_data
        try:
            with transaction.atomic():
                dispute = services.file(
                    self.agency,
                    given["day"],
                    number=given["number"].strip(),
                    kind=DisputeKind(given["kind"]),
                    application=form.application,
                    body=given["body"],
                    body_kind=given["body_kind"],
                    alleged=given["alleged"],
                    earlier=given["earlier"],
                    claims=given["claims"].strip(),
                    actor=self.user,
                )
                _keep(dispute, form, "claim_file", DocumentKind.CLAIM, self.user)
        except NotPermittedError as error:
            return self.unfinished(form, str(error), 409)
        messages.success(request, f"{dispute.number}：已登记。收到答复（应诉）通知后请登记，答复期限自收到次日起算。")
        return redirect(case_address(dispute.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": "登记"}
