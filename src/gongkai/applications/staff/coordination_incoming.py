"""会商 at the desk of the body that is asked: it sees the question and what it is about, never who applies."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from gongkai.bureau.roles import actor_in

from ..coordination import events, services
from ..coordination.case import Case
from ..coordination.models import Asked, Openness
from ..coordination.queries import asked_or_404
from ..coordination.transitions import TABLE
from . import coordination_forms as forms
from .base import StaffMixin
from .matters import MatterVerb, MatterVerbView, verbs


def _add_file(matter: Asked, user: Any, given: Any, day: Any) -> None:
    content, name = given["file"]
    services.add_answer_file(matter, content, name, user)


INCOMING_VERBS = verbs(
    MatterVerb(
        "draft",
        events.OpinionDrafted,
        "拟写意见",
        forms.OpinionForm,
        lambda matter, user, given, day: services.draft_opinion(
            matter, day, Openness(given["openness"]), given["opinion"], given["basis"], actor=user
        ),
        "已送审核人员签发。",
        "写明基本事实、意见和依据；签发之后对方才能看到。",
    ),
    MatterVerb("file", events.OpinionDrafted, "附文件", forms.FileForm, _add_file, "已附上，签发之后一并提供。"),
    MatterVerb(
        "give",
        events.OpinionGiven,
        "签发意见",
        forms.SureForm,
        lambda matter, user, given, day: services.give_opinion(matter, day, given["digest"], actor=user),
        "意见已签发并送出。",
    ),
    MatterVerb(
        "return",
        events.OpinionReturned,
        "退回修改意见",
        forms.ReasonForm,
        lambda matter, user, given, day: services.return_opinion(matter, day, given["reason"], actor=user),
        "已退回拟稿人。",
    ),
)


class AskedMixin(StaffMixin):
    """A page about what the reader's own agency is asked; 404 for everybody else."""

    header_icon = "group"

    @cached_property
    def asked(self) -> Asked:
        found = asked_or_404(self.user, self.kwargs["pk"])
        found.looked_at = self._case_of(found).organs[found.pk].digest  # type: ignore[attr-defined]
        return found

    @cached_property
    def agency(self) -> Any:
        return self.asked.agency

    def _case_of(self, asked: Asked) -> Case:
        if not hasattr(self, "_folded"):
            self._folded = services.case_of(asked.coordination)
        return self._folded

    @property
    def url(self) -> str:
        return reverse("coordination:incoming_one", args=[self.asked.pk])

    def hindrance(self, verb: MatterVerb) -> str | None:
        case = self._case_of(self.asked)
        if case.status == "ended":
            return "会商已经终止，不需要答复"
        return TABLE.hindrance(verb.event, case, actor_in(self.user), "asked", case.organs[self.asked.pk].standing)

    def crumbs(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("coordination:incoming"), "label": "收到的会商"}]
        number, title = self.asked.coordination.number, self.get_page_title()
        if title == number:
            return [*trail, {"url": "", "label": number}]
        return [*trail, {"url": self.url, "label": number}, {"url": "", "label": title}]


class IncomingOneView(AskedMixin, TemplateView):
    """What is asked, by when, and what has been answered."""

    template_name = "applications/staff/coordination/incoming_one.html"

    def get_page_title(self) -> str:
        return self.asked.coordination.number

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, case = self.asked, self._case_of(self.asked)
        shared = asked.coordination.files.select_related("file")
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "one": asked.coordination,
            "openness": Openness(case.organs[asked.pk].openness).label if case.organs[asked.pk].openness else "",
            "acts": [verb for verb in INCOMING_VERBS.values() if self.hindrance(verb) is None],
            "given": list(shared.filter(asked=None)),
            "sent": list(shared.filter(asked=asked)),
            "is_done": case.is_signed_off,
            "today": timezone.localdate(),
        }


class IncomingVerbView(AskedMixin, MatterVerbView):
    """One verb of the body that is asked."""

    verbs = INCOMING_VERBS

    @property
    def matter(self) -> Asked:
        return self.asked

    @property
    def back_url(self) -> str:
        return self.url

    def why_not(self, verb: MatterVerb) -> str | None:
        return self.hindrance(verb)

    def get_page_subtitle(self) -> str:
        return self.asked.coordination.number

    def beside(self) -> dict[str, Any]:
        drafted = self._case_of(self.asked).organs[self.asked.pk].openness
        label = Openness(drafted).label if drafted else ""
        return {"answer": self.asked, "answer_openness": label, "one": self.asked.coordination}
