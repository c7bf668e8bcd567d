"""The classes that an open application falls into on a given day: the same for a number and for the list behind it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Q

from gongkai.bureau.calendar import working_calendar

from .models import Application, Status

# Working days before the due date from which an application is marked: a practice of ours, not a rule of law.
WARNED = 5
# The clock stands still (Articles 30 and 33, and the fee rules): there is no day to miss.
PAUSED = (Status.AWAITING_CORRECTION, Status.CONSULTING, Status.AWAITING_FEE)
OPEN = (Status.HANDLING, *PAUSED)


class Urgency(StrEnum):
    """Where an application that is not closed stands on a day; every open one is in exactly one class."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_TIME = "in_time"
    PAUSED = "paused"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Urgency.OVERDUE: "已超期",
    Urgency.DUE_SOON: f"{WARNED} 个工作日内到期",
    Urgency.IN_TIME: "期限内",
    Urgency.PAUSED: "暂停计算期限",
}


def warned_until(today: date) -> date:
    """The last due date that is marked as near on a day."""
    return working_calendar().add_working_days(today, WARNED)


def of_urgency(urgency: Urgency, today: date) -> Q:
    """The condition that an application is of a class on a day."""
    running = Q(status=Status.HANDLING)
    return {
        Urgency.OVERDUE: running & Q(due_on__lt=today),
        Urgency.DUE_SOON: running & Q(due_on__gte=today, due_on__lte=warned_until(today)),
        Urgency.IN_TIME: running & (Q(due_on__gt=warned_until(today)) | Q(due_on=None)),
        Urgency.PAUSED: Q(status__in=PAUSED),
    }[urgency]


def urgency_of(application: Application, today: date) -> Urgency | None:
    """The class of one application as its columns say; ``None`` when it is closed."""
    if application.status == Status.CLOSED:
        return None
    if application.status in PAUSED:
        return Urgency.PAUSED
    if application.due_on is None or application.due_on > warned_until(today):
        return Urgency.IN_TIME
    return Urgency.OVERDUE if application.due_on < today else Urgency.DUE_SOON


def days_left(due: date, today: date) -> str:
    """How long there is until the due date, or how long ago it was, in words."""
    if due < today:
        return f"已超期 {(today - due).days} 天"
    if due == today:
        return "今天到期"
    return f"还剩 {working_calendar().working_days_between(today, due)} 个工作日"
