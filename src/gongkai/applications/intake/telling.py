"""Clerks are told what came in: its number and where it is, nothing of whom it is from."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.receipt import Channel
from gongkai.law.wording import chinese_date
from gongkai.ledger.models import Entry
from gongkai.notices.services import notify, settle

from ..events import STREAM, ReceiptConfirmed
from ..models import Application, Assignment, Status, Submission
from ..telling import KEY

# Article 31(2) and (3): where the day of receipt is that on which both sides confirm.
TO_CONFIRM = (Channel.INTERNET, Channel.FAX, Channel.ORDINARY_POST)


def clerks(agency: Agency) -> QuerySet[User]:
    """Who registers for an agency."""
    return User.objects.filter(agency=agency, is_active=True, groups__name=Role.CLERK.label)


def address_of(application: Application) -> str:
    """The page of an application in the back office."""
    return reverse("applications:case", args=[application.pk])


def tell_clerks(application: Application, submission: Submission) -> int:
    """Tell the clerks that an application came in. Gives how many are told."""
    due = f"答复期限 {chinese_date(application.due_on)}。" if application.due_on else ""
    confirm = "请与申请人确认收到。" if _is_to_confirm(application, submission) else ""
    marked = "系统标为疑似垃圾，请判断。" if submission.is_suspected else ""
    return notify(
        clerks(application.agency),
        f"收到政府信息公开申请 {application.number}",
        f"{Channel(application.channel).label}，{chinese_date(application.received_on)}收到。{due}{confirm}{marked}",
        url=address_of(application),
        key=f"applications:{application.pk}:received",
    )


def tell_corrected(application: Application, day: date) -> int:
    """Tell those who have it that the applicant has corrected an application."""
    return notify(
        having(application),
        f"申请 {application.number} 收到补正",
        f"申请人于{chinese_date(day)}在网上提交了补正，答复期限重新计算。",
        url=address_of(application),
        key=f"applications:{application.pk}:corrected",
    )


def tell_withdrawn(application: Application, day: date) -> int:
    """Tell those who have it that the applicant has taken it back; what they had to do is settled."""
    settle(f"{KEY}:{application.pk}")
    return notify(
        having(application),
        f"申请 {application.number} 已由申请人撤回",
        f"申请人于{chinese_date(day)}在网上撤回，本件已经办结，不必再办理；撤回的记录已存入案卷。",
        url=address_of(application),
        key=f"applications:{application.pk}:withdrawn",
    )


def having(application: Application) -> QuerySet[User]:
    """The clerks, and those who handle it in the departments that have it."""
    departments = Assignment.objects.filter(application=application).values("department")
    handlers = Q(groups__name=Role.HANDLER.label, department__in=departments)
    staff = User.objects.filter(agency=application.agency_id, is_active=True)
    return staff.filter(Q(groups__name=Role.CLERK.label) | handlers).distinct()


def unconfirmed(agency: Agency) -> QuerySet[Application]:
    """Open applications whose receipt both sides have not confirmed though Article 31 asks for it."""
    told = Entry.objects.filter(stream=STREAM, stream_id=OuterRef("pk"), kind=ReceiptConfirmed.kind)
    waiting = Application.objects.filter(agency=agency, channel__in=TO_CONFIRM, submission__confirmed_on=None)
    return waiting.filter(submission__isnull=False).exclude(status=Status.CLOSED).exclude(Exists(told))


def remind_to_confirm(now: datetime) -> int:
    """Tell the clerks, once each, of what came in before today and is not confirmed. Gives how many notices."""
    today, count = timezone.localdate(now), 0
    for agency in Agency.objects.all():
        for application in unconfirmed(agency).filter(received_on__lt=today).select_related("agency"):
            count += notify(
                clerks(agency),
                f"请与申请人确认收到申请 {application.number}",
                f"{Channel(application.channel).label}须双方确认收到之日（条例第三十一条）；确认后请登记并留存记录。",
                url=address_of(application),
                key=f"applications:{application.pk}:confirm",
            )
    return count


def _is_to_confirm(application: Application, submission: Submission) -> bool:
    return application.channel in TO_CONFIRM and submission.confirmed_on is None
