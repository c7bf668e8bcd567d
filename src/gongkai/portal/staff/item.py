"""The page of an item: where it stands, what may be done with it, what happened, what the examination found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.staff import names_of
from gongkai.examination.finding import Severity
from gongkai.law.wording import chinese_day

from .. import examining
from ..case import Case
from ..events import STEPS, OverrideConfirmed, OverrideRequested
from ..models import Edition, Finding, Item, Override, Publication, Status
from ..transitions import STEP_ROLES
from .access import WRITERS, acts_for, roles_in
from .base import ItemMixin
from .timeline import Told, timeline, told_of
from .verbs import BY_EVENT, label_of


@dataclass(frozen=True, slots=True)
class Deed:
    """A button."""

    label: str
    url: str
    icon: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with what can be done about it."""

    finding: Finding
    override: Override | None
    requested_by: str
    confirmed_by: str
    mend_url: str
    pass_url: str
    confirm_url: str

    @property
    def is_blocking(self) -> bool:
        return self.finding.severity == Severity.BLOCK.name.lower()

    @property
    def is_passed(self) -> bool:
        return self.override is not None and self.override.confirmed_by_id is not None


def standing(item: Item, case: Case) -> str:
    """One sentence: where the item stands and who must act."""
    if case.step is not None:
        who = STEP_ROLES[case.step].label
        of = {
            "department": str(item.department or "未填写的承办处室"),
            "office": item.agency.office,
            "leader": "本机关",
        }
        return f"等待{STEPS[case.step]}：由{of[case.step]}的{who}办理，起草人和已经办理过前面步骤的人除外。"
    match case.status:
        case Status.DRAFT if case.approved:
            return "修改中：公众看到的仍是上次签发的内容，送审并签发之后才会替换。"
        case Status.DRAFT:
            return "草稿：公众看不到。写好之后送审。"
        case Status.PUBLISHED if case.live_from is not None and case.live_from > timezone.now():
            local = timezone.localtime(case.live_from)
            return f"已签发，将于{chinese_day(local.date())}{local:%H:%M}公开；在此之前任何人看不到。"
        case Status.PUBLISHED:
            return "已签发并公开。"
        case Status.WITHDRAWN:
            return "已从网站撤下，公众看不到。负责人可以恢复，起草人可以修改后重新送审。"
    return "已作废：从未公开，不能再修改和送审。"


class ItemView(ItemMixin, TemplateView):
    """The page. Its number of queries does not depend on how much happened."""

    template_name = "portal/staff/item.html"

    @cached_property
    def told(self) -> Told:
        return told_of(self.item)

    @property
    def case(self) -> Case:
        return self.told.case

    @cached_property
    def acts(self) -> frozenset[str]:
        return frozenset(event.kind for event in acts_for(self.user, self.item, self.case))

    def get_page_subtitle(self) -> str:
        return self.item.get_status_display()

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"portal_items:{name}", args=[self.item.pk, *args])

    def deeds(self) -> list[Deed]:
        """What this person may do now, in the order of the law's steps: exactly what the table permits."""
        found = []
        for event in acts_for(self.user, self.item, self.case):
            if event.kind == "edited":
                found.append(Deed("修改", self.address("edit"), "edit"))
            elif verb := BY_EVENT.get(event.kind):
                url = self.address("verb", verb.slug)
                found.append(Deed(label_of(verb, self.case), url, verb.icon, verb.is_grave))
        return found

    def findings(self) -> list[Found]:
        overrides = {each.fingerprint: each for each in Override.objects.filter(item=self.item)}
        names = names_of(
            number for each in overrides.values() for number in (each.requested_by_id, each.confirmed_by_id)
        )
        return [self._found(each, overrides.get(each.fingerprint), names) for each in self.item.findings.all()]

    def _found(self, finding: Finding, override: Override | None, names: dict[int | None, str]) -> Found:
        blocks = finding.severity == Severity.BLOCK.name.lower()
        asks = blocks and override is None and OverrideRequested.kind in self.acts
        confirms = (
            override is not None
            and override.confirmed_by_id is None
            and override.requested_by_id != self.user.pk
            and OverrideConfirmed.kind in self.acts
        )
        anchor = f"#block-{finding.anchor}-section" if finding.anchor else ""
        return Found(
            finding,
            override,
            names[override.requested_by_id] if override else "",
            names[override.confirmed_by_id] if override and override.confirmed_by_id else "",
            self.address("edit") + anchor if "edited" in self.acts else "",
            self.address("pass", finding.pk) if asks else "",
            self.address("confirm", override.pk) if override and confirms else "",
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case
        editions = Edition.objects.filter(item=self.item).order_by("-round")
        rows = list(editions.values("pk", "round", "digest", "submitted_at"))
        under_review = case.edition if case.step is not None else None
        return super().get_context_data(**kwargs) | {
            "agency": self.agency,
            "case": case,
            "standing": standing(self.item, case),
            "deeds": self.deeds(),
            "lines": timeline(self.told),
            "findings": self.findings(),
            "editions": [
                row | {"url": self.address("edition", row["pk"]), "is_public": row["pk"] == case.approved_edition}
                for row in rows
            ],
            "is_read": self.item.is_live and (case.live_from is None or case.live_from <= timezone.now()),
            "publication": Publication.objects.filter(item=self.item).first(),
            "proof_url": self.address("edition", under_review) if under_review else "",
            "difference_url": self.address("difference", under_review)
            if under_review and case.approved_edition
            else "",
            "preview_url": self.address("preview") if case.status is Status.DRAFT else "",
            "history_url": self.address("history") if "edited" in self.acts else "",
            "examine_url": self.address("examine") if self.may_examine else "",
        }

    @property
    def may_examine(self) -> bool:
        return may_examine(self)


def may_examine(page: ItemMixin) -> bool:
    """Whether this person may have the draft examined without sending it."""
    own = page.item.agency_id == page.user.agency_id and bool(WRITERS & roles_in(page.user))
    return own and page.item.status == Status.DRAFT


class ExamineView(ItemMixin, View):
    """审查: examine the draft as it stands, without sending it. Refused (403) for whoever does not write."""

    http_method_names = ("post",)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_examine(self):
            return HttpResponse("只有草稿可以审查，由本机关的起草、审核人员办理。", status=403)
        found = examining.examine_item(self.item)
        blocking = sum(1 for each in found if each.severity == Severity.BLOCK.name.lower())
        if not found:
            messages.success(request, "没有发现问题。")
        else:
            say = messages.error if blocking else messages.warning
            say(request, f"发现 {len(found)} 处，其中须处理的 {blocking} 处。")
        return redirect(f"{self.item_url}#findings")
