"""The page of a case: where it stands and why, what may be done, what happened, its papers and its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Department
from gongkai.bureau.staff import names_of
from gongkai.law.clock import Deadline
from gongkai.law.errors import LawError
from gongkai.law.outcomes import outcome
from gongkai.law.wording import chinese_day

from ..beside import panels
from ..case import Case
from ..consultations import consultations
from ..deadlines import explained
from ..events import MODES
from ..models import Access, Application, CaseFile, Delivery, Dispatch, Evidence, Letter, Provision, Stage, Status
from ..queries import days_left, urgency_of
from ..related import buttons_of, disputes_of
from .access import oversees
from .base import CaseMixin, case_address
from .masking import Shown, masked, masked_name, opened
from .told import RELATIONS, Names, lines
from .verbs import BY_EVENT, OTHERWISE, VERBS, WITHOUT_BUTTON

ACCESSES = 20  # of who opened personal data, on the page; the whole list is the officer's
_LATER = frozenset({"link", "confirm", "withdraw", "merge", "assign"})


def label_of(choices: type[TextChoices], value: str) -> str:
    """The words for a value; nothing for none."""
    return str(choices(value).label) if value in choices.values else ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A button. ``is_next``: what the case waits for."""

    label: str
    url: str
    icon: str
    is_grave: bool = False
    is_main: bool = False
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """The period as a bar: ``gone`` of ``whole`` working days, in words beside it, in a tone."""

    gone: int
    whole: int
    words: str
    tone: str
    due: date
    deadline: Deadline
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A department that has the case."""

    name: str
    is_lead: bool
    is_signed_for: bool


def standing(application: Application, case: Case) -> str:
    """One sentence: what is waited for."""
    match case.status:
        case Status.AWAITING_CORRECTION:
            return "等待申请人补正，期限不计算；收到补正的次日起重新计算。"
        case Status.AWAITING_FEE:
            return "等待申请人缴费；缴费的次日起重新计算。"
        case Status.CONSULTING:
            return "正在征求意见，期限停止计算；收到意见的次日起继续计算。"
        case Status.CLOSED:
            days = application.handled_days
            spent = f"，扣除等待的日子，实际办理 {days} 个工作日" if days is not None else ""
            ended = chinese_day(case.closed_on) if case.closed_on else ""
            return f"{ended}办结：{outcome(case.outcome).label}{spent}。"
        case _:
            return _WAITS.get(case.stage, "") if case.stage else ""


_WAITS = {
    Stage.NEW: "等待经办人员分办。",
    Stage.ASSIGNED: "等待主办处室签收。",
    Stage.WORKING: "处室承办，还没有拟出答复。",
    Stage.REVIEW: "答复已拟出，等待主办处室或者政府信息公开工作机构审核。",
    Stage.SIGNING: "答复已审核，等待负责人签发。",
    Stage.SIGNED: "答复已签发，等待发出；发出之日决定是否在期限之内。",
}


_NEXT = {
    Stage.NEW: "assigned",
    Stage.ASSIGNED: "signed_for",
    Stage.WORKING: "reply_drafted",
    Stage.REVIEW: "reply_reviewed",
    Stage.SIGNING: "reply_signed",
    Stage.SIGNED: "letter_sent",
}
_RESUMED_BY: Mapping[Status | None, str] = {
    Status.AWAITING_CORRECTION: "corrected",
    Status.CONSULTING: "consultation_returned",
    Status.AWAITING_FEE: "fee_paid",
}


def bar_of(application: Application, case: Case, today: date) -> Bar | None:
    """The period for the reply as it runs today; for a closed case, as it was on its last day."""
    try:
        deadline = explained(case)
    except LawError:
        return None
    calendar = working_calendar()
    received = case.received_on
    assert received is not None  # a case without receipt has no page
    upto = case.closed_on or today
    whole = max(calendar.working_days_between(received, deadline.due), 1)
    gone = min(max(calendar.working_days_between(received, upto), 0), whole) if upto >= received else 0
    if case.closed_on is not None:
        late = case.closed_on > deadline.due
        words = "逾期答复" if late else "在期限内答复"
        return Bar(gone, whole, words, "overdue" if late else "closed", deadline.due, deadline)
    urgency = urgency_of(application, today)
    paused = case.status in (Status.AWAITING_CORRECTION, Status.CONSULTING, Status.AWAITING_FEE)
    words = "停止计算" if paused else days_left(deadline.due, today)
    return Bar(gone, whole, words, urgency.value if urgency else "", deadline.due, deadline, paused)


@method_decorator(never_cache, name="dispatch")
class CaseView(CaseMixin, TemplateView):
    """The page. Its number of queries does not depend on how much happened."""

    template_name = "applications/staff/case.html"
    is_open = False

    def get_page_title(self) -> str:
        return self.application.number

    def get_page_subtitle(self) -> str:
        return self.application.get_status_display()

    def crumbs(self) -> list[dict[str, Any]]:
        return super().crumbs()

    # --- what may be done -----------------------------------------------------------------------------

    def deeds(self) -> list[Deed]:
        """What this person may do now, in the order of the law's steps: exactly what the table permits."""
        found = []
        unsent = self.unsent
        for kind in _order():
            if kind not in self.acts or kind in WITHOUT_BUTTON or (kind == "letter_sent" and not unsent):
                continue
            if verb := BY_EVENT.get(kind):
                url, is_next = self.address("verb", verb.slug), kind == self.next_kind
                is_main = is_next or verb.slug not in _LATER
                found.append(Deed(verb.label, url, verb.icon, verb.is_grave, is_main, is_next))
            else:
                label, icon = _PAGES[kind]
                is_next = kind == self.next_kind
                found.append(Deed(label, self.address(OTHERWISE[kind]), icon, is_main=True, is_next=is_next))
        if "evidence_filed" in self.acts:
            found.append(Deed("存入文件", self.address("file_add"), "upload"))
        if "linked" in self.acts and "merged" in self.acts:
            found.append(Deed("拆分（一事一申请）", self.address("split"), "copy"))
        return found + [Deed(each.label, each.url, "link") for each in buttons_of(self.application, self.user)]

    @cached_property
    def next_kind(self) -> str:
        """The event that the case waits for, whoever may bring it about: a letter that lies here goes out first."""
        if self.unsent:
            return "letter_sent"
        if self.case.status in _RESUMED_BY:
            return _RESUMED_BY[self.case.status]
        if self.case.stage is Stage.DONE:
            return "letter_served" if self.case.work.unproven else "archived"
        return _NEXT.get(self.case.stage, "") if self.case.stage else ""

    @cached_property
    def unsent(self) -> bool:
        draft = self.case.work.draft
        ready = draft is not None and draft.is_signed
        return any(
            letter.sent_on is None
            and letter.file_id is not None
            and (not letter.outcome or (ready and draft is not None and draft.letter == letter.pk))
            for letter in self.letters
        )

    # --- papers and people ----------------------------------------------------------------------------

    @cached_property
    def letters(self) -> list[Letter]:
        """Each with every time that it was mailed, the first at the top."""
        mailed = Prefetch("dispatches", Dispatch.objects.defer("address").order_by("queued_at"))
        return list(self.application.letters.defer("fields").prefetch_related(mailed))

    def mailings(self, letter: Letter) -> list[dict[str, Any]]:
        """How far a letter that goes by mail is; the last one that was given up may be tried again."""
        found = list(letter.dispatches.all())
        may = "letter_sent" in self.acts and letter.sent_on is None
        return [
            {
                "dispatch": each,
                "who": self.names.people.get(each.queued_by_id, ""),
                "again_url": self.address("mail_again", letter.pk)
                if may and each is found[-1] and each.state == Dispatch.State.GIVEN_UP
                else "",
            }
            for each in found
        ]

    @cached_property
    def evidence(self) -> list[Evidence]:
        return list(self.application.evidence.all())

    @cached_property
    def files(self) -> list[CaseFile]:
        return list(self.application.files.all())

    @cached_property
    def accesses(self) -> list[Access]:
        return list(self.application.accesses.all()[:ACCESSES]) if self.oversees else []

    @cached_property
    def oversees(self) -> bool:
        return oversees(self.user, self.agency)

    @cached_property
    def names(self) -> Names:
        """What the numbers on the page stand for: people, departments, applications; three queries."""
        people = {entry.actor_id for entry in self.told.entries}
        people |= {each.filed_by_id for each in self.evidence} | {each.drafted_by_id for each in self.letters}
        people |= {mailed.queued_by_id for each in self.letters for mailed in each.dispatches.all()}
        people |= {each.added_by_id for each in self.files} | {each.user_id for each in self.accesses}
        departments = dict(Department.objects.filter(agency=self.agency).values_list("pk", "name"))
        linked = {number for number, _ in self.case.work.links}
        linked |= {entry.data["into"] for entry in self.told.entries if entry.kind == "merged"}
        numbers = dict(Application.objects.filter(pk__in=linked).values_list("pk", "number"))
        return Names(names_of(people), departments, numbers)

    def people(self) -> list[Member]:
        work = self.case.work
        return [Member(self.names.department(pk), pk == work.lead, pk in work.signed_for) for pk in work.departments]

    def related(self) -> list[dict[str, str]]:
        return [
            {
                "number": self.names.application(pk),
                "relation": RELATIONS[relation],
                "url": case_address(pk),
            }
            for pk, relation in self.case.work.links
        ]

    def applicant(self) -> list[Shown]:
        return opened(self.application.applicant) if self.is_open else masked(self.application.applicant)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        names = self.names
        deeds = self.deeds()
        return super().get_context_data(**kwargs) | {
            "agency": self.agency,
            "standing": standing(self.application, self.case),
            "bar": bar_of(self.application, self.case, today),
            "main_deeds": [deed for deed in deeds if deed.is_main],
            "other_deeds": [deed for deed in deeds if not deed.is_main],
            "applicant": self.applicant(),
            "applicant_name": masked_name(self.application.applicant),
            "is_open": self.is_open,
            "reveal_url": self.address("reveal") if self.may_open and not self.is_open else "",
            "lines": lines(self.told, names),
            "people": self.people(),
            "consultations": consultations(self.case, today),
            "evidence": [
                {"record": each, "who": names.people.get(each.filed_by_id, ""), "text": each.text}
                for each in self.evidence
            ],
            "provision": label_of(Provision, self.application.provision),
            "delivery": label_of(Delivery, self.application.delivery),
            "reply_by": date.fromisoformat(self.case.work.reply_by) if self.case.work.reply_by else None,
            "letters": [
                {
                    "letter": each,
                    "outcome": outcome(each.outcome).label if each.outcome else "",
                    "mode": MODES.get(each.mode, ""),  # type: ignore[call-overload]
                    "mailings": self.mailings(each),
                    "who": names.people.get(each.drafted_by_id, ""),
                    "url": self.address("letter", each.pk) if each.file_id and self.may_open else "",
                    "is_current": self.case.work.draft is not None and self.case.work.draft.letter == each.pk,
                }
                for each in self.letters
            ],
            "files": [
                {
                    "file": each,
                    "who": names.people.get(each.added_by_id, ""),
                    "url": self.address("file", each.pk) if each.erased_at is None and self.may_open else "",
                    "redact_url": self.address("redact", each.pk) if self.may_redact(each) else "",
                }
                for each in self.files
                if each.kind != "letter"
            ],
            "panels": panels(self.request, self.application, self.case, self.user),
            "related": self.related(),
            "disputes": disputes_of(self.application),
            "accesses": [{"access": each, "who": names.people.get(each.user_id, "")} for each in self.accesses],
            "oversees": self.oversees,
        }

    def may_redact(self, file: CaseFile) -> bool:
        """Whether this file may be covered for partial release: what the office holds, not what the applicant sent."""
        drawable = file.media_type == "application/pdf" or file.media_type.startswith("image/")
        mine = "evidence_filed" in self.acts and self.may_open and file.erased_at is None
        return mine and drawable and file.kind == "evidence"


_PAGES = {"evidence_filed": ("存入材料", "folder-open-1"), "reply_drafted": ("拟答复", "edit")}


def _order() -> list[str]:
    """The kinds of events in the order of the verbs; evidence and the draft before the reply is reviewed."""
    kinds = [verb.event.kind for verb in VERBS.values()]
    at = kinds.index("reply_reviewed")
    return [*kinds[:at], "evidence_filed", "reply_drafted", *kinds[at:]]


class RevealView(CaseView):
    """查看申请人信息: shown in answer to this POST alone, for a reason that is recorded; never by an address."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = " ".join(request.POST.get("reason", "").split())
        if not self.may_open:
            return HttpResponse("申请人信息由经办人员、负责人和承办这件申请的处室查看。", status=403)
        if not reason or len(reason) > 40:
            messages.error(request, "请写明查看的理由（40 字以内），如：寄送答复。")
            return self.render_to_response(self.get_context_data(), status=422)
        Access.objects.create(application=self.application, user=self.user, what=f"申请人信息：{reason}"[:60])
        self.is_open = True
        return self.render_to_response(self.get_context_data())
