"""What each audience reads of disputes: lists by urgency, the disputes of an application, why cases were lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency
from gongkai.law.disputes import Error, errors
from gongkai.law.wording import chinese_day

from .models import Dispute, DisputeKind, DisputeResult, Status

OPEN = (Status.FILED, Status.ANSWERING, Status.HEARING, Status.JUDGED)
# Where something is due from us, and what that is.
DUE: dict[str, str] = {
    Status.ANSWERING: "提交答复（答辩）",
    Status.JUDGED: "上诉期满",
    Status.PERFORMING: "履行决定（裁判）",
}
NEAR = 5  # working days before the last one from which a period is marked


class Urgency(StrEnum):
    """How near what is due is."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"

    @property
    def label(self) -> str:
        return {"overdue": "已逾期", "due_soon": "快到期"}[self.value]


def of_urgency(urgency: Urgency, today: date) -> Q:
    """The condition that something is due from us and so near. A time to appeal that passes is no lateness."""
    near = working_calendar().add_working_days(today, NEAR)
    if urgency is Urgency.OVERDUE:
        return Q(status__in=(Status.ANSWERING, Status.PERFORMING), due_on__lt=today)
    return Q(status__in=tuple(DUE), due_on__gte=today, due_on__lte=near)


def urgency_of(dispute: Dispute, today: date) -> Urgency | None:
    """The same of one dispute."""
    if dispute.due_on is None or dispute.status not in DUE:
        return None
    if dispute.due_on < today:
        return None if dispute.status == Status.JUDGED else Urgency.OVERDUE
    near = working_calendar().add_working_days(today, NEAR)
    return Urgency.DUE_SOON if dispute.due_on <= near else None


def days_left(dispute: Dispute, today: date) -> str:
    """How long there is for what is due next, in words; nothing where nothing is due."""
    if dispute.due_on is None or dispute.status not in DUE:
        return ""
    what, calendar = DUE[dispute.status], working_calendar()
    if dispute.due_on == today:
        return f"{what}：今天到期"
    if dispute.due_on > today:
        return f"{what}：还剩 {calendar.working_days_between(today, dispute.due_on)} 个工作日"
    if dispute.status == Status.JUDGED:
        return "上诉期已满，请登记审结或者上诉"
    return f"{what}：已逾期 {(today - dispute.due_on).days} 天"


def applications_named(agency: Agency, numbers: Collection[str]) -> dict[str, Any]:
    """The agency's applications by the number of their registration and by that of another ledger."""
    named = set(numbers) - {""}
    # Applications are a room of the same floor, known here only as what a dispute refers to.
    model: Any = Dispute.application.field.related_model
    ours = model.objects.filter(agency=agency).defer("title", "reference", "requested", "note")
    found = {a.number: a for a in ours.filter(number__in=named)}
    return found | {a.external_number: a for a in ours.filter(external_number__in=named)}


def open_among(applications: Collection[int]) -> set[int]:
    """Which of these applications are under dispute still, or have something to be done after one."""
    living = Dispute.objects.filter(application__in=applications, status__in=(*OPEN, Status.PERFORMING))
    return set(living.values_list("application_id", flat=True).distinct())


def standing(dispute: Dispute) -> str:
    """Where a dispute stands, in a few words."""
    words = str(Status(dispute.status).label)
    if dispute.is_appeal and dispute.status in OPEN:
        words = f"二审，{words}"
    if dispute.result:
        words += f"（{DisputeResult(dispute.result).label}）"
    if dispute.due_on is not None and dispute.status in DUE:
        words += f"，{DUE[dispute.status]}：{chinese_day(dispute.due_on)}"
    return words


@dataclass(frozen=True, slots=True)
class Lesson:
    """A kind of error and the disputes of a span of years that were lost for it."""

    error: Error
    count: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """What was lost and why. ``unnamed`` lost cases say no reason (imported ledgers)."""

    concluded: int
    lost: QuerySet[Dispute]
    lost_count: int
    by_error: tuple[Lesson, ...]
    by_department: tuple[tuple[str, int], ...]
    unnamed: int


def lessons(agency: Agency, first: date, last: date) -> Lessons:
    """What an agency lost between two days and why, most often first. Three queries however many there are."""
    concluded = Dispute.objects.filter(agency=agency, concluded_on__gte=first, concluded_on__lte=last)
    lost = concluded.filter(result=DisputeResult.CORRECTED)
    rows = list(lost.values_list("errors", "application__lead__name"))
    codes = Counter(code for named, _ in rows for code in named.split(",") if code)
    departments = Counter(name or "没有关联的承办处室" for _, name in rows)
    return Lessons(
        concluded.count(),
        lost.select_related("application__lead").order_by("-concluded_on", "-pk"),
        len(rows),
        tuple(
            Lesson(error, codes[code])
            for code, error in sorted(errors().items(), key=lambda e: -codes[e[0]])
            if codes[code]
        ),
        tuple(departments.most_common()),
        sum(not named for named, _ in rows),
    )


def reviews_of(agency: Agency) -> QuerySet[Dispute]:
    """The reviews after which a suit may be brought, the newest first."""
    return Dispute.objects.filter(agency=agency, kind=DisputeKind.REVIEW).order_by("-filed_on", "-pk")
