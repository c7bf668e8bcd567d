"""更正 at the desk: a list with its numbers, registering what came in by hand, one page each, a page for each verb."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.masking import mask_person
from gongkai.bureau.models import User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError, Role, actor_in
from gongkai.law.receipt import Channel
from gongkai.ledger.models import Entry
from gongkai.ledger.vault import LostFileError

from ..corrections import events, services
from ..corrections.case import Case
from ..corrections.forms import CorrectionForm
from ..corrections.models import (
    Correction,
    CorrectionAccess,
    CorrectionFile,
    CorrectionFileKind,
    Finding,
    Result,
    Told,
)
from ..corrections.queries import OPEN, aim, counts, may_open, of_agency, own_or_404
from ..corrections.transitions import TABLE
from ..intake.papers import UnusableFileError, checked
from .base import StaffMixin
from .forms.base import UploadField, line, text
from .matters import ListMixin, MatterForm, MatterVerb, MatterVerbView, choice, day_field, timeline, verbs

Given = Mapping[str, Any]


class VerifyForm(MatterForm):
    """核实."""

    finding = choice("核实结果", Finding.choices)
    words = text("核实的经过和依据", "查了哪些记录，问了谁，依据是什么。", longest=4000)
    file = UploadField("核实材料", "可以不附，加密保存。", required=False)


class AnswerForm(MatterForm):
    """What the person is told."""

    words = text("处理意见", "告知申请人的话：更正了什么，或者为什么不更正。", longest=4000)


class ElsewhereForm(AnswerForm):
    """Which organ may correct it."""

    to = line("有权更正的机关", longest=100)
    field_order = ("to", "words")


class ReasonForm(MatterForm):
    """退回重新核实."""

    reason = text("理由", "不要写申请人的姓名等个人信息。")


class ToldForm(MatterForm):
    """告知."""

    day = day_field("告知日期")
    how = choice("告知方式", Told.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("how", self.matter.told_by)


def _verify(matter: Correction, user: User, given: Given, day: date) -> None:
    services.verify(matter, day, Finding(given["finding"]), given["words"], actor=user)
    content, name = given["file"]
    if content:
        services.add_file(matter, content, name, user)


VERBS = verbs(
    MatterVerb("verify", events.Verified, "核实", VerifyForm, _verify, "已登记，送审核人员决定。"),
    MatterVerb(
        "correct",
        events.Corrected,
        "予以更正",
        AnswerForm,
        lambda matter, user, given, day: services.correct(matter, day, given["words"], actor=user),
        "已决定，请改正记录并告知申请人。",
        "审核属实的，应当予以更正并告知申请人（条例第四十一条）。",
    ),
    MatterVerb(
        "refuse",
        events.Refused,
        "不予更正",
        AnswerForm,
        lambda matter, user, given, day: services.refuse(matter, day, given["words"], actor=user),
        "已决定，请告知申请人并说明理由。",
    ),
    MatterVerb(
        "forward",
        events.Forwarded,
        "转送",
        ElsewhereForm,
        lambda matter, user, given, day: services.forward(matter, day, given["to"], given["words"], actor=user),
        "已决定转送，请告知申请人。",
        "转送有权更正的机关处理，并告知申请人（条例第四十一条）。",
    ),
    MatterVerb(
        "point",
        events.Pointed,
        "告知向有权机关提出",
        ElsewhereForm,
        lambda matter, user, given, day: services.point(matter, day, given["to"], given["words"], actor=user),
        "已决定，请告知申请人。",
    ),
    MatterVerb(
        "reopen",
        events.Reopened,
        "退回重新核实",
        ReasonForm,
        lambda matter, user, given, day: services.reopen(matter, day, given["reason"], actor=user),
        "已退回。",
    ),
    MatterVerb(
        "tell",
        events.WasTold,
        "登记告知",
        ToldForm,
        lambda matter, user, given, day: services.tell(matter, day, Told(given["how"]), actor=user),
        "已登记，本件办结。",
    ),
)


class ListView(ListMixin, TemplateView):
    """The requests of the agency; ``?state=all`` with those that are over."""

    template_name = "applications/staff/corrections/list.html"
    page_title = "更正"
    header_icon = "edit"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": "更正", "sublabel": self.agency.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_all, year = self.request.GET.get("state") == "all", timezone.localdate().year
        found = of_agency(self.agency)
        numbers = counts(self.agency, year)
        leaf = self.leaf(found if is_all else found.filter(status__in=OPEN))
        return super().get_context_data(**kwargs) | {
            "leaf": leaf,
            "rows": [(each, aim(each)) for each in leaf],
            "is_all": is_all,
            "today": timezone.localdate(),
            "year": year,
            "numbers": [("收到", numbers["received"]), *((each.label, numbers[each.value]) for each in Result)],
            "may_register": self.user.agency_id == self.agency.pk and Role.CLERK in actor_in(self.user).roles,
        }


class RegisterForm(CorrectionForm):
    """The same request, typed in by a clerk."""

    channel = forms.ChoiceField(label="收到渠道", choices=[(each.value, each.label) for each in Channel])
    day = day_field("收到日期", "当面提交之日、签收之日或者确认之日。")
    field_order = ("channel", "day")


class RegisterView(StaffMixin, FormView):
    """登记 a request that came over the counter, by post or by fax."""

    template_name = "applications/staff/corrections/new.html"
    form_class = RegisterForm
    page_title = "登记更正请求"
    header_icon = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.user.agency_id is None or Role.CLERK not in actor_in(self.user).roles:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("corrections:list"), "label": "更正"}, {"url": "", "label": "登记"}]

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        papers = []
        for name in ("id_proof", "evidence"):
            upload = form.cleaned_data.get(name)
            if upload is None:
                continue
            content = upload.read()
            try:
                papers.append(services.Paper(content, checked(content, upload.name), CorrectionFileKind(name)))
            except UnusableFileError as error:
                form.add_error(name, str(error))
        if form.errors:
            return self.form_invalid(form)
        agency = self.user.agency
        assert agency is not None
        given = form.cleaned_data
        try:
            made = services.receive(
                agency,
                given["day"],
                form.person(),
                form.asks(),
                papers,
                channel=Channel(given["channel"]),
                actor=self.user,
            )
        except NotPermittedError as refused:
            form.add_error("evidence" if not papers else None, str(refused))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, f"已登记为 {made.number}。")
        return redirect("corrections:one", made.pk)

    def form_invalid(self, form: RegisterForm) -> HttpResponse:
        messages.error(self.request, "请按各处提示填写。")
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OneMixin(StaffMixin):
    """A page about the request of ``kwargs['pk']``."""

    header_icon = "edit"

    @cached_property
    def correction(self) -> Correction:
        return own_or_404(self.request, self.kwargs["pk"])

    @cached_property
    def agency(self) -> Any:
        return self.correction.agency

    @cached_property
    def folded(self) -> Case:
        return services.case_of(self.correction)

    @property
    def url(self) -> str:
        return reverse("corrections:one", args=[self.correction.pk])

    def hindrance(self, verb: MatterVerb) -> str | None:
        if self.user.agency_id != self.correction.agency_id:
            return "这件更正属于另一机关"
        return TABLE.hindrance(verb.event, self.folded, actor_in(self.user), "own")

    def crumbs(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("corrections:list"), "label": "更正"}]
        number, title = self.correction.number, self.get_page_title()
        if title == number:
            return [*trail, {"url": "", "label": number}]
        return [*trail, {"url": self.url, "label": number}, {"url": "", "label": title}]


@method_decorator(never_cache, name="dispatch")
class OneView(OneMixin, TemplateView):
    """One request; who asks is masked until somebody opens it for a reason."""

    template_name = "applications/staff/corrections/one.html"
    is_open = False

    def get_page_title(self) -> str:
        return self.correction.number

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.correction
        works = may_open(self.user, one)
        return super().get_context_data(**kwargs) | {
            "one": one,
            "masked": mask_person(one.name),
            "is_open": self.is_open,
            "may_open": works,
            "aim": aim(one),
            "acts": [verb for verb in VERBS.values() if self.hindrance(verb) is None],
            "files": list(one.files.all()) if works else [],
            "lines": timeline(events.STREAM, one.pk, events.EVENTS, _details),
            "today": timezone.localdate(),
        }


def _details(entry: Entry) -> tuple[str, ...]:
    data = entry.data
    told = [str(Finding(data["finding"]).label)] if "finding" in data else []
    told += [str(Told(data["how"]).label)] if "how" in data else []
    return (*told, *(data[name] for name in ("to", "reason") if data.get(name)))


class OpenView(OneView):
    """查看申请人信息: shown in answer to this POST alone, for a reason that is recorded."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_open(self.user, self.correction):
            return HttpResponse("申请人信息由本机关办理更正的人员查看。", status=403)
        reason = " ".join(request.POST.get("reason", "").split())
        if not reason or len(reason) > 40:
            messages.error(request, "请写明查看的理由（40 字以内），如：告知结果。")
            return self.render_to_response(self.get_context_data(), status=422)
        CorrectionAccess.objects.create(correction=self.correction, user=self.user, what=f"申请人信息：{reason}"[:60])
        self.is_open = True
        return self.render_to_response(self.get_context_data())


class CodeView(OneView):
    """给出查询码: shown in answer to this POST alone, to be handed to whoever asked."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            code = services.renew_code(self.correction, self.user)
        except NotPermittedError as refused:
            return HttpResponse(str(refused), status=403)
        return self.render_to_response(self.get_context_data(code=code))


class VerbView(OneMixin, MatterVerbView):
    """One verb."""

    verbs = VERBS

    @property
    def matter(self) -> Correction:
        return self.correction

    @property
    def back_url(self) -> str:
        return self.url

    def why_not(self, verb: MatterVerb) -> str | None:
        return self.hindrance(verb)

    def get_page_subtitle(self) -> str:
        return self.correction.number

    def beside(self) -> dict[str, Any]:
        return {"aside": "applications/staff/corrections/words.html", "one": self.correction}


class FileView(View):
    """A file of a request; opening one is recorded, so it takes a POST."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        own = CorrectionFile.objects.filter(pk=pk, correction__agency__in=visible_agencies(user))
        file = own.select_related("correction").first()
        if file is None or not may_open(user, file.correction):
            raise Http404
        try:
            content = services.read_file(file, user)
        except LostFileError as lost:
            messages.error(request, str(lost))
            return redirect("corrections:one", file.correction_id)
        return as_file(content, file.name, file.media_type)
