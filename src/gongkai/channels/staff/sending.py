"""Sending on: what the site published lately, to which channels, how each stands, what people do with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import actor_of
from gongkai.bureau.staff import names_of
from gongkai.ledger.models import Entry

from .. import articles, delivery, services
from ..case import Case
from ..events import EVENTS, STREAM
from ..models import MOVING, Kind, Sending, Status
from ..package import package_of
from ..projection import fold
from ..transitions import hindrance, permitted
from ..wechat.pictures import PictureError
from .base import FormPage, StaffMixin
from .forms import ByHandForm, NothingForm, ReasonForm, SendForm

DAYS, MOST = 30, 60
SPANS = (30, 90, 365, 0)  # days; 0 is all


class OffersView(StaffMixin, TemplateView):
    """What the site published lately, and where each went already."""

    template_name = "channels/staff/offers.html"
    above = (("channels:sendings", "渠道发布"),)

    def get_page_title(self) -> str:
        return "选用信息"

    @cached_property
    def days(self) -> int:
        said = self.request.GET.get("days", "")
        return int(said) if said in {str(each) for each in SPANS} else DAYS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        since = timezone.localdate() - timedelta(days=self.days) if self.days else date.min
        offers = articles.recent(self.agency.pk, since, MOST)
        sent: defaultdict[int, list[Sending]] = defaultdict(list)
        items = [each.item for each in offers]
        for each in Sending.objects.filter(agency=self.agency, item__in=items).select_related("channel").order_by("pk"):
            sent[each.item].append(each)
        return super().get_context_data(**kwargs) | {
            "days": self.days,
            "choices": SPANS,
            "most": MOST,
            "offers": [(each, sent.get(each.item, [])) for each in offers],
            "may_write": self.may_write,
        }


class SendView(FormPage):
    """One article to channels."""

    template_name = "channels/staff/send.html"
    above = (("channels:sendings", "渠道发布"), ("channels:offers", "选用信息"))
    label = "选定"

    def get_page_title(self) -> str:
        return "选择渠道"

    @cached_property
    def article(self) -> articles.Article:
        found = articles.article(self.agency.pk, self.kwargs["item"])
        if found is None:
            raise Http404
        return found

    def form(self) -> SendForm:
        live = Sending.objects.filter(agency=self.agency, item=self.article.item)
        gone = (Status.FAILED, Status.CANCELLED, Status.REMOVED)
        taken = set(live.exclude(status__in=gone).values_list("channel", flat=True))
        return SendForm(*self.given(), agency=self.agency, article=self.article, taken=taken)

    def act(self, form: SendForm) -> str:
        given = form.cleaned_data
        made = services.choose(
            self.article,
            given["channels"],
            title=given["title"],
            author=given["author"],
            digest=given["digest"],
            actor=self.user,
        )
        messages.success(
            self.request, f"已选定 {len(made)} 个渠道。接口发布的，几分钟内自动进行；人工发布的，请下载发布包。"
        )
        return reverse("channels:sending", args=[made[0].pk]) if len(made) == 1 else reverse("channels:sendings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"article": self.article}


class SendingMixin(StaffMixin):
    """A page about the sending of ``kwargs['pk']``; 404 when the reader may not see it."""

    above = (("channels:sendings", "渠道发布"),)

    @cached_property
    def sending(self) -> Sending:
        found = (
            Sending.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
            .select_related("agency", "channel__wechat", "appearance")
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Agency:
        return self.sending.agency

    @cached_property
    def entries(self) -> list[Entry]:
        return list(Entry.objects.of_stream(STREAM, self.sending.pk))

    @cached_property
    def case(self) -> Case:
        return fold((each.kind, each.occurred_on, each.data) for each in self.entries)

    @property
    def is_own(self) -> bool:
        return self.user.agency_id == self.sending.agency_id

    @property
    def url(self) -> str:
        return reverse("channels:sending", args=[self.sending.pk])


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in the address."""

    kind: str
    slug: str
    label: str
    form: type[django_forms.Form]
    act: Callable[[Sending, Any, User], Any]
    done: str


def _by_hand(sending: Sending, given: Any, user: User) -> Any:
    return services.published_by_hand(
        sending, given["published_on"], given["url"], issue=given["issue"], item=given["item"], actor=user
    )


VERBS = {
    verb.slug: verb
    for verb in (
        Verb("published", "link", "回填链接", ByHandForm, _by_hand, "已登记发布，计入渠道发布信息。"),
        Verb(
            "retried",
            "retry",
            "重新提交",
            NothingForm,
            lambda sending, given, user: services.retry(sending, actor=user),
            "几分钟内重新排版、提交。",
        ),
        Verb(
            "left_to_people",
            "by-hand",
            "改为人工发布",
            ReasonForm,
            lambda sending, given, user: services.leave_to_people(sending, given["reason"], actor=user),
            "请下载发布包，发布后回填链接。",
        ),
        Verb(
            "removed",
            "remove",
            "从渠道删除",
            ReasonForm,
            lambda sending, given, user: delivery.withdraw(sending, given["reason"], actor=user),
            "已删除；曾经发布的事实仍然计数。",
        ),
        Verb(
            "cancelled",
            "cancel",
            "取消",
            ReasonForm,
            lambda sending, given, user: services.cancel(sending, given["reason"], actor=user),
            "已取消。",
        ),
    )
}
_HINTS = {
    "removed": "由接口发布的，会同时从微信删除，不能恢复；人工发布的，请先在平台上删除。",
    "retried": "以网站上现在公开的内容重新排版、提交。",
}


@method_decorator(never_cache, name="dispatch")
class SendingView(SendingMixin, TemplateView):
    """Where it stands, what may be done, what happened."""

    template_name = "channels/staff/sending.html"

    def get_page_title(self) -> str:
        return self.sending.number

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = {event.kind for event in permitted(self.case, actor_of(self.user))} if self.is_own else set()
        people = names_of((each.actor_id for each in self.entries), with_posts=False)
        return super().get_context_data(**kwargs) | {
            "sending": self.sending,
            "is_moving": self.sending.status in MOVING,
            "deeds": [
                (verb.label, reverse("channels:sending_verb", args=[self.sending.pk, verb.slug]))
                for verb in VERBS.values()
                if verb.kind in kinds
            ],
            "may_pack": self.is_own and self.sending.status == Status.BY_HAND,
            "lines": [
                (EVENTS[each.kind].title, people.get(each.actor_id, "系统"), each, _details(each))
                for each in self.entries
            ],
        }


def _details(entry: Entry) -> list[str]:
    data = entry.data
    found = [str(data.get("reason") or "")]
    if entry.kind == "chosen" and data["altered"]:
        found.append("标题或者摘要与签发的不同")
    if entry.kind == "rendered":
        found.append(f"图片 {data['pictures']} 张")
    if entry.kind in {"drafted", "published"} and (data.get("found") or data.get("by_hand")):
        found.append("中断后在微信找到，没有重复建立" if entry.kind == "drafted" else "人工发布")
    if entry.kind == "published":
        found.append(data["url"])
    return [each for each in found if each]


class VerbView(SendingMixin, FormPage):
    """One verb."""

    template_name = "channels/staff/form.html"

    @cached_property
    def verb(self) -> Verb:
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    @property
    def label(self) -> str:  # type: ignore[override]
        return self.verb.label

    @property
    def back(self) -> str:
        return self.url

    def get_page_title(self) -> str:
        return f"{self.verb.label}：{self.sending.number}"

    @cached_property
    def is_allowed(self) -> bool:
        return self._refused() == ""

    def _refused(self) -> str:
        if not self.is_own:
            return "这件属于另一机关。"
        told = hindrance(EVENTS[self.verb.kind], self.case, actor_of(self.user))
        return f"{told}。" if told else ""

    def form(self) -> django_forms.Form:
        if self.verb.form is ByHandForm:
            needs = self.sending.channel.kind in {Kind.WECHAT, Kind.WEIBO}
            return ByHandForm(*self.given(), needs_address=needs)
        return self.verb.form(*self.given())

    def act(self, form: Any) -> str:
        self.verb.act(self.sending, form.cleaned_data, self.user)
        messages.success(self.request, f"{self.sending.number}：{self.verb.done}")
        return self.url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"hint": _HINTS.get(self.verb.kind, "")}


@method_decorator(never_cache, name="dispatch")
class PackageView(SendingMixin, View):
    """The package for publishing by hand."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        article = articles.article(self.sending.agency_id, self.sending.item)
        account = getattr(self.sending.channel, "wechat", None)
        try:
            if article is None:
                raise PictureError(delivery.WITHDRAWN)
            author = self.sending.author or (account.author if account is not None else "")
            content = package_of(self.sending, article, author)
        except PictureError as error:
            messages.error(request, str(error))
            return redirect(self.url)
        return as_file(content, f"发布包-{self.sending.number}.zip", "application/zip")
