"""What each audience reads of messages: the public what was answered, the staff what is near or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Avg, Count, Max, Min, Q, QuerySet
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Actor, Role

from .models import Answer, Closing, Inquiry, Stage, Status

NEAR = 5  # working days before the last one from which a period is marked


def public_answers(agency: Agency) -> QuerySet[Answer]:
    """What anybody may read, the newest first."""
    return Answer.objects.filter(agency=agency, is_shown=True).order_by("-published_on", "-pk")


def answer_years(agency: Agency) -> list[int]:
    """The years in which something was answered in public, the latest first; one query."""
    found = Answer.objects.filter(agency=agency, is_shown=True).aggregate(
        first=Min("published_on"), last=Max("published_on")
    )
    return [] if found["first"] is None else list(range(found["last"].year, found["first"].year - 1, -1))


@dataclass(frozen=True, slots=True)
class Standing:
    """How messages of a year were answered, in the terms of the website work sheet."""

    year: int
    closed: int
    public: int
    mean_days: float | None


def standing_of_year(agency: Agency, year: int) -> Standing:
    """Of a year, or of the latest before it in which any was closed; two queries."""
    last = Inquiry.objects.filter(agency=agency, closed_on__lte=date(year, 12, 31)).aggregate(last=Max("closed_on"))
    year = last["last"].year if last["last"] else year
    closed = Inquiry.objects.filter(agency=agency).filter(Scope.of(agency, year).during("closed_on"))
    found = closed.aggregate(n=Count("*"), public=Count("pk", filter=Q(closing=Closing.PUBLIC)), mean=Avg("days"))
    return Standing(year, found["n"], found["public"], found["mean"])


class Urgency(StrEnum):
    """How near what is due is."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"

    @property
    def label(self) -> str:
        return {"overdue": "已逾期", "due_soon": "快到期"}[self.value]


def of_urgency(urgency: Urgency, today: date) -> Q:
    """The condition that an open message is so near its last day."""
    if urgency is Urgency.OVERDUE:
        return Q(status=Status.OPEN, due_on__lt=today)
    return Q(status=Status.OPEN, due_on__gte=today, due_on__lte=working_calendar().add_working_days(today, NEAR))


def urgency_of(inquiry: Inquiry, today: date) -> Urgency | None:
    """The same of one message."""
    if inquiry.due_on is None or inquiry.status != Status.OPEN:
        return None
    if inquiry.due_on < today:
        return Urgency.OVERDUE
    return Urgency.DUE_SOON if inquiry.due_on <= working_calendar().add_working_days(today, NEAR) else None


def days_left(inquiry: Inquiry, today: date) -> str:
    """How long there is, in words; nothing for a closed message."""
    due = inquiry.due_on
    if due is None or inquiry.status != Status.OPEN:
        return ""
    if due < today:
        return f"已逾期 {(today - due).days} 天"
    return "今天到期" if due == today else f"还剩 {working_calendar().working_days_between(today, due)} 个工作日"


def waiting_for(actor: Actor) -> Q:
    """The condition that a message waits for what this person does with messages."""
    found = Q(pk__in=())
    if Role.CLERK in actor.roles:
        found |= Q(stage=Stage.NEW)
    if Role.HANDLER in actor.roles:
        found |= Q(stage=Stage.HANDLING, lead=actor.department) & (Q(handler=None) | Q(handler=actor.pk))
    if Role.LEADER in actor.roles or (Role.REVIEWER in actor.roles and actor.in_office):
        found |= Q(stage=Stage.REVIEW)
    elif Role.REVIEWER in actor.roles:
        found |= Q(stage=Stage.REVIEW) & (Q(lead=None) | Q(lead=actor.department))
    return found


def received_years(agency: Agency) -> list[int]:
    """The years in which messages came in, this one among them, the latest first; one query."""
    found = Inquiry.objects.filter(agency=agency).aggregate(first=Min("received_on"), last=Max("received_on"))
    this = timezone.localdate().year
    first, last = (found["first"].year, found["last"].year) if found["first"] else (this, this)
    return list(range(max(last, this), first - 1, -1))
