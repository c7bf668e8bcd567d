"""The page of a message: where it stands and by when, what may be done, the draft, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from gongkai.bureau.masking import mask_mail, mask_middle, mask_person
from gongkai.bureau.roles import Role, actor_in
from gongkai.bureau.staff import names_of
from gongkai.law.inquiries import alarm
from gongkai.law.wording import chinese_day

from ..drafting import findings, words_of
from ..models import Asker, PrivateReason
from ..queries import days_left, urgency_of
from ..services import open_asker
from .base import CaseMixin
from .told import lines
from .verbs import BY_EVENT

ACCESSES = 20


@dataclass(frozen=True, slots=True)
class Deed:
    """A button."""

    label: str
    url: str
    icon: str


def masked(asker: Asker | None) -> list[tuple[str, str]]:
    """What is shown of who asked before anybody opens it."""
    if asker is None:
        return []
    contact = mask_mail(asker.contact) if "@" in asker.contact else mask_middle(asker.contact, 3, 2)
    return [(label, text) for label, text in (("姓名", mask_person(asker.name)), ("联系方式", contact)) if text]


@method_decorator(never_cache, name="dispatch")
class CaseView(CaseMixin, TemplateView):
    """The page. Its number of queries does not depend on how much happened. POST opens who asked, which is
    recorded."""

    template_name = "inquiries/staff/case.html"

    def get_page_title(self) -> str:
        return self.inquiry.number

    def get_page_subtitle(self) -> str:
        return ""

    def crumbs(self) -> list[dict[str, Any]]:
        return [*super().crumbs()[:1], {"url": "", "label": self.inquiry.number}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_open:
            return HttpResponse("留言人的信息由本机关的经办、承办处室、审核人员和负责人查看。", status=403)
        asker = open_asker(self.inquiry, self.user)
        opened = [("姓名", asker.name), ("联系方式", asker.contact)] if asker else []
        return self.render_to_response(self.get_context_data(opened=[each for each in opened if each[1]]))

    def deeds(self) -> list[Deed]:
        pk = self.inquiry.pk
        return [
            Deed(verb.label, reverse("inquiries:verb", args=[pk, verb.slug]), verb.icon)
            for kind in self.acts
            if (verb := BY_EVENT.get(kind))
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, inquiry = timezone.localdate(), self.inquiry
        urgency = urgency_of(inquiry, today)
        drafts = list(inquiry.drafts.all()) if self.may_open else []
        people = names_of((each.drafted_by_id for each in drafts), with_posts=False)
        return super().get_context_data(**kwargs) | {
            "left": days_left(inquiry, today),
            "tone": urgency.value if urgency else "",
            "due": chinese_day(inquiry.due_on) if inquiry.due_on else "",
            "why": self._why() if inquiry.due_on else [],
            "masked": masked(inquiry.asker),
            "arrival": getattr(inquiry, "arrival", None),
            "answer": getattr(inquiry, "answer", None),
            "reason": PrivateReason(inquiry.private_reason).label if inquiry.private_reason else "",
            "handler": names_of([inquiry.handler_id])[inquiry.handler_id] if inquiry.handler_id else "",
            "deeds": self.deeds(),
            "may_open": self.may_open,
            "writes": self.is_own and bool(actor_in(self.user).roles & {Role.CLERK, Role.HANDLER}),
            "drafts": [
                (
                    each,
                    people.get(each.drafted_by_id, ""),
                    PrivateReason(each.reason).label if each.reason else "",
                    findings(inquiry, words_of(each)) if each.pk == self.case.draft else [],
                )
                for each in drafts
            ],
            "lines": lines(self.told),
            "accesses": list(inquiry.accesses.select_related("user")[:ACCESSES]) if self.is_own else [],
        }

    def _why(self) -> list[str]:
        """How the last day was reached."""
        received = self.inquiry.received_on
        level = self.case.working_days
        told = [f"{chinese_day(received)}收到，收到之日不计算在内。"]
        if level:
            told.append(f"第 {level} 个工作日是期限的最后一天（本机关留言办理规定，待核对）。")
        return [*told, f"{alarm(received)}。"]
