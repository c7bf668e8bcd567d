"""The classes that an open application falls into on a given day: the same for a number and for the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q, Subquery

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Actor, Role

from .models import Application, Assignment, Letter, Stage, Status, Submission

# Working days before the due date from which an application is marked: a practice of ours, not a rule of law.
WARNED = 5
# The clock stands still (Articles 30 and 33, and the fee rules): there is no day to miss.
PAUSED = (Status.AWAITING_CORRECTION, Status.CONSULTING, Status.AWAITING_FEE)
OPEN = (Status.HANDLING, *PAUSED)
UNDERWAY = tuple(stage for stage in Stage if stage not in (Stage.DONE, Stage.ARCHIVED))


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


# --- What waits for whom -------------------------------------------------------------------------------


class Waiting(StrEnum):
    """What waits to be done, by the hands that do it: the same for a number on the desk and for the list behind it."""

    TO_ASSIGN = "to_assign"
    TO_SIGN_FOR = "to_sign_for"
    MINE = "mine"
    TO_REVIEW = "to_review"
    TO_SIGN = "to_sign"
    TO_SEND = "to_send"
    UNPROVEN = "unproven"
    TO_ARCHIVE = "to_archive"
    SUSPECTED = "suspected"

    @property
    def label(self) -> str:
        return _WAITING[self]


_WAITING = {
    Waiting.TO_ASSIGN: "待分办",
    Waiting.TO_SIGN_FOR: "待本处室签收",
    Waiting.MINE: "本处室在办",
    Waiting.TO_REVIEW: "待审核",
    Waiting.TO_SIGN: "待签发",
    Waiting.TO_SEND: "待发出",
    Waiting.UNPROVEN: "没有送达凭证",
    Waiting.TO_ARCHIVE: "待归档",
    Waiting.SUSPECTED: "疑似垃圾，待判断",
}


def waiting(what: Waiting, actor: Actor) -> Q:
    """The condition that an application waits for something. ``TO_SIGN_FOR`` and ``MINE`` are of the actor's
    department; ``TO_REVIEW`` too, unless the actor is of the disclosure office, which reviews every reply.
    """
    department = actor.department
    match what:
        case Waiting.TO_ASSIGN:
            return Q(stage=Stage.NEW, status__in=OPEN)
        case Waiting.TO_SIGN_FOR:
            own = Assignment.objects.filter(department=department, is_signed_for=False)
            return Q(pk__in=own.values("application"), status__in=OPEN)
        case Waiting.MINE:
            own = Assignment.objects.filter(department=department, is_signed_for=True)
            return Q(pk__in=own.values("application"), status__in=OPEN)
        case Waiting.TO_REVIEW:
            found = Q(stage=Stage.REVIEW)
            return found if actor.in_office else found & Q(lead=department)
        case Waiting.TO_SIGN:
            return Q(stage=Stage.SIGNING)
        case Waiting.TO_SEND:
            return Q(stage=Stage.SIGNED)
        case Waiting.UNPROVEN:
            letters = Letter.objects.filter(sent_on__isnull=False, served_on=None)
            return Q(pk__in=letters.values("application"))
        case Waiting.TO_ARCHIVE:
            return Q(stage=Stage.DONE)
        case Waiting.SUSPECTED:
            marked = Submission.objects.filter(judgement="").exclude(suspicion="")
            return Q(pk__in=marked.values("application"))


# Who is shown which of them on the first screen.
WAITING_BY_ROLE: Mapping[Role, tuple[Waiting, ...]] = {
    Role.CLERK: (Waiting.TO_ASSIGN, Waiting.TO_SEND, Waiting.UNPROVEN, Waiting.TO_ARCHIVE, Waiting.SUSPECTED),
    Role.HANDLER: (Waiting.TO_SIGN_FOR, Waiting.MINE, Waiting.TO_SEND),
    Role.REVIEWER: (Waiting.TO_SIGN_FOR, Waiting.TO_REVIEW),
    Role.LEADER: (Waiting.TO_SIGN,),
}


def waiting_for(agency: Agency, actor: Actor) -> list[tuple[Waiting, int]]:
    """How much waits for a person in their own agency; one query, each number in it read off an index of its own."""
    kinds = [kind for kind in Waiting if any(kind in WAITING_BY_ROLE.get(role, ()) for role in actor.roles)]
    if not kinds:
        return []
    working = Application.objects.filter(agency=agency).exclude(stage=Stage.ARCHIVED).order_by()
    counted = {
        kind.value: Subquery(working.filter(waiting(kind, actor)).values("agency").annotate(n=Count("pk")).values("n"))
        for kind in kinds
    }
    found = Agency.objects.filter(pk=agency.pk).values(**counted).get()
    return [(kind, found[kind.value] or 0) for kind in kinds]
