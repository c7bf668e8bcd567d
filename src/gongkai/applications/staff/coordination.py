"""会商 at the desk of the office that leads it: lists, one page each, and a page for each verb."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.law.clock import Deadline
from gongkai.law.wording import chinese_date
from gongkai.ledger.models import Entry

from .. import vault
from ..coordination import events, services
from ..coordination.case import Case
from ..coordination.models import Answerer, Asked, Coordination, Form, Openness, SharedFile, Standing, Trigger
from ..coordination.queries import RUNNING, incoming, of_agency, own_or_404, waiting_for
from ..coordination.transitions import TABLE
from ..models import Application
from . import coordination_forms as forms
from .access import may_open
from .access import own_or_404 as own_application_or_404
from .base import CaseMixin, StaffMixin, case_address, clock_of
from .matters import Line, ListMixin, MatterVerb, MatterVerbView, timeline, verbs
from .told import told_of

Given = Mapping[str, Any]


def _share(matter: Coordination, user: User, given: Given, day: date) -> None:
    services.share(matter, given["shared"], actor=user)


def _record(matter: Asked, user: User, given: Given, day: date) -> None:
    services.record_opinion(matter, day, Openness(given["openness"]), given["opinion"], given["basis"], actor=user)
    content, name = given["file"]
    if content:
        services.add_answer_file(matter, content, name, user)


VERBS = verbs(
    MatterVerb(
        "ask",
        events.Asked,
        "征求意见",
        forms.AskForm,
        lambda matter, user, given, day: services.ask(
            matter,
            day,
            given["to"],
            reply_by=given["reply_by"],
            people=given["people"],
            officer=user.get_full_name() or user.username,
            actor=user,
        ),
        "已发出。征求意见期间不计入答复期限。",
        "征求其他机关意见所需时间不计入答复期限（条例第三十三条）；每个机关各计一次，都答复之后继续计算。",
    ),
    MatterVerb("share", events.Asked, "提供文件", forms.ShareForm, _share, "对方可以打开这些文件了。"),
    MatterVerb(
        "disagree",
        events.Disagreed,
        "意见不一致",
        forms.DisagreeForm,
        lambda matter, user, given, day: services.disagree(matter, day, given["dispute"], actor=user),
        "已登记，请负责人提请主管部门。",
    ),
    MatterVerb(
        "escalate",
        events.Escalated,
        "提请主管部门",
        forms.EscalateForm,
        lambda matter, user, given, day: services.escalate(matter, day, given["to"], actor=user),
        "已登记。主管部门有了意见之后，形成结论。",
    ),
    MatterVerb(
        "conclude",
        events.Concluded,
        "形成结论",
        forms.ConcludeForm,
        lambda matter, user, given, day: services.conclude(
            matter, day, Openness(given["openness"]), Answerer(given["answerer"]), given["conclusion"], actor=user
        ),
        "结论已送负责人签批。",
        "结果以书面形式确定；会商不改变法定的答复期限。",
    ),
    MatterVerb(
        "sign-off",
        events.SignedOff,
        "签批结论",
        forms.SureForm,
        lambda matter, user, given, day: services.sign_off(matter, day, given["digest"], actor=user),
        "已签批。",
    ),
    MatterVerb(
        "send-back",
        events.SentBack,
        "退回结论",
        forms.ReasonForm,
        lambda matter, user, given, day: services.send_back(matter, day, given["reason"], actor=user),
        "已退回，重新形成结论。",
    ),
    MatterVerb(
        "end",
        events.Ended,
        "终止会商",
        forms.ReasonForm,
        lambda matter, user, given, day: services.end(matter, day, given["reason"], actor=user),
        "已终止，不再等待答复。",
        is_grave=True,
    ),
)
# About one of the bodies asked.
ORGAN_VERBS = verbs(
    MatterVerb("record", events.OpinionRecorded, "登记意见", forms.RecordForm, _record, "已登记，申请的期限继续计算。"),
    MatterVerb(
        "end-wait",
        events.WaitEnded,
        "期满未答复",
        forms.DayOnlyForm,
        lambda matter, user, given, day: services.end_wait(matter, day, actor=user),
        "已登记，申请的期限继续计算。",
        "期满未答复的后果由本地规定；条例对会商没有规定。",
    ),
)


class ListView(ListMixin, TemplateView):
    """The 会商 that the agency leads; ``?state=all`` with those that are over."""

    template_name = "applications/staff/coordination/list.html"
    page_title = "会商"
    header_icon = "group"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": "会商", "sublabel": self.agency.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_all = self.request.GET.get("state") == "all"
        found = of_agency(self.agency)
        return super().get_context_data(**kwargs) | {
            "leaf": self.leaf(found if is_all else found.filter(status__in=RUNNING)),
            "is_all": is_all,
            "today": timezone.localdate(),
            "waiting": waiting_for(self.agency).count(),
            "tab": "own",
            "agency": self.agency,
        }


class IncomingView(ListMixin, TemplateView):
    """What other agencies ask of the reader's own; what waits first."""

    template_name = "applications/staff/coordination/incoming.html"
    page_title = "收到的会商"
    header_icon = "group"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": "收到的会商"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.user.agency is None:
            raise Http404
        is_all = self.request.GET.get("state") == "all"
        found = incoming(self.user.agency) if is_all else waiting_for(self.user.agency)
        return super().get_context_data(**kwargs) | {
            "leaf": self.leaf(found),
            "is_all": is_all,
            "today": timezone.localdate(),
            "tab": "incoming",
        }


class OpenView(CaseMixin, TemplateView):
    """发起会商 about an application."""

    template_name = "applications/staff/coordination/open.html"
    page_title = "发起会商"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("发起会商")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        own = own_application_or_404(request, kwargs["pk"])
        if own.agency_id != self.request.user.agency_id:  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", forms.OpenForm(matter=self.application, user=self.user))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.OpenForm(request.POST, matter=self.application, user=self.user)
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        given = form.cleaned_data
        try:
            made = services.open_coordination(
                self.application,
                form.happened_on,
                question=given["question"],
                shown=given["shown"],
                trigger=Trigger(given["trigger"]),
                form=Form(given["form"]),
                held_at=forms.local_moment(given["held_at"]),
                place=given["place"],
                actor=self.user,
            )
        except NotPermittedError as refused:
            messages.error(request, str(refused))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(request, f"{made.number} 已建立，请选择征求哪些机关的意见。")
        return redirect(reverse("coordination:verb", args=[made.pk, "ask"]))


class OneMixin(StaffMixin):
    """A page about the 会商 of ``kwargs['pk']``."""

    header_icon = "group"

    @cached_property
    def coordination(self) -> Coordination:
        found = own_or_404(self.request, self.kwargs["pk"])
        found.looked_at = services.case_of(found).digest  # type: ignore[attr-defined]
        return found

    @cached_property
    def agency(self) -> Any:
        return self.coordination.agency

    @cached_property
    def folded(self) -> Case:
        return services.case_of(self.coordination)

    @cached_property
    def clock(self) -> Deadline | None:
        """When the reply to the application is due, for the office that answers it."""
        return clock_of(told_of(self.coordination.application).case)

    @property
    def url(self) -> str:
        return reverse("coordination:one", args=[self.coordination.pk])

    def hindrance(self, verb: MatterVerb) -> str | None:
        side = services.side_of(self.coordination, self.user)
        if side is None:
            return "这件会商属于另一机关"
        return TABLE.hindrance(verb.event, self.folded, actor_in(self.user), side)

    def crumbs(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("coordination:list"), "label": "会商"}]
        here = {"url": "", "label": self.get_page_title()}
        one = {"url": self.url, "label": self.coordination.number}
        return [*trail, here] if here["label"] == one["label"] else [*trail, one, here]


class OneView(OneMixin, TemplateView):
    """One 会商: how it stands, what to do next, who was asked and what they said, what happened."""

    template_name = "applications/staff/coordination/one.html"

    def get_page_title(self) -> str:
        return self.coordination.number

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, today = self.coordination, timezone.localdate()
        organs = list(one.organs.select_related("letter").prefetch_related("files__file"))
        names = {organ.pk: organ.body_name for organ in organs}
        acts = [verb for verb in VERBS.values() if self.hindrance(verb) is None]
        waits = {verb.slug for verb in ORGAN_VERBS.values() if self.hindrance(verb) is None}
        return super().get_context_data(**kwargs) | {
            "one": one,
            "case_url": case_address(one.application_id),
            "acts": acts,
            "organs": [
                (organ, [ORGAN_VERBS[slug] for slug in ORGAN_VERBS if slug in waits and _applies(slug, organ, today)])
                for organ in organs
            ],
            "shared": list(one.files.filter(asked=None).select_related("file")),
            "lines": self.lines(names),
            "today": today,
        }

    def lines(self, names: Mapping[int, str]) -> list[Line]:
        return timeline(events.STREAM, self.coordination.pk, events.EVENTS, lambda entry: details(entry, names))


def _applies(slug: str, organ: Asked, today: date) -> bool:
    if organ.standing not in (Standing.WAITING, Standing.DRAFTED):
        return False
    return organ.agency_id is None if slug == "record" else organ.reply_by < today


def details(entry: Entry, names: Mapping[int, str]) -> tuple[str, ...]:
    """What an event says beside its title."""
    data = entry.data
    told = [names.get(data["organ"], "")] if "organ" in data else []
    if "reply_by" in data:
        told.append(f"请在{chinese_date(date.fromisoformat(data['reply_by']))}之前答复")
    if data.get("openness"):
        told.append(str(Openness(data["openness"]).label))
    if data.get("answerer"):
        told.append(str(Answerer(data["answerer"]).label))
    told += [data[name] for name in ("reason", "to") if data.get(name)]
    return tuple(told)


class VerbView(OneMixin, MatterVerbView):
    """One verb of the office that leads."""

    verbs = VERBS

    @property
    def matter(self) -> Coordination:
        return self.coordination

    @property
    def back_url(self) -> str:
        return self.url

    def why_not(self, verb: MatterVerb) -> str | None:
        return self.hindrance(verb)

    def get_page_subtitle(self) -> str:
        return self.coordination.number

    def beside(self) -> dict[str, Any]:
        if self.verb.slug not in {"conclude", "sign-off", "send-back", "disagree", "escalate"}:
            return {}
        return {"before": self.coordination, "organs": list(self.coordination.organs.all())}


class OrganVerbView(VerbView):
    """A verb about one of the bodies asked."""

    verbs = ORGAN_VERBS

    @cached_property
    def asked(self) -> Asked:
        found: Asked = get_object_or_404(Asked, pk=self.kwargs["organ"], coordination=self.coordination)
        return found

    @property
    def matter(self) -> Any:
        return self.asked

    def get_page_subtitle(self) -> str:
        return f"{self.coordination.number}　{self.asked.body_name}"


class FileView(View):
    """A file of a 会商; opening one is recorded, so it takes a POST. The office reads all of them, a body that
    was asked what was given to it and what it sent itself."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        found = SharedFile.objects.select_related("file", "coordination", "asked")
        shared = get_object_or_404(found, pk=pk)
        if not _may_read(user, shared):
            raise Http404
        try:
            content = vault.read(shared.file, user)
        except vault.LostFileError as lost:
            messages.error(request, str(lost))
            return redirect(reverse("coordination:list"))
        return as_file(content, shared.file.name, shared.file.media_type)


def _may_read(user: User, shared: SharedFile) -> bool:
    coordination = shared.coordination
    if user.agency_id is None:
        return False
    if coordination.agency_id == user.agency_id:
        application = Application.objects.get(pk=coordination.application_id)
        return may_open(user, application, told_of(application).case)
    if shared.asked is not None:
        return shared.asked.agency_id == user.agency_id
    return Asked.objects.filter(coordination=coordination, agency_id=user.agency_id).exists()
