"""Every morning: whoever has a message in hand is told when it is due soon, the leader when it is late, and again,
long before it has been left so long that an inspection fails the site.

Each stage is told once to each person; what is closed, or has moved, is settled. Only numbers, dates and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.inquiries import alarm
from gongkai.law.wording import chinese_day
from gongkai.notices.models import Notice
from gongkai.notices.services import notify, settle

from .models import Inquiry, Stage, Status
from .telling import address_of

KEY = "inquiries.due"
# Working days before the last one on which people are told; a practice of ours, not a rule of law.
STAGES = (5, 2, 0)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell of a message; ``what`` is the last part of its key. ``to_leader``: besides who works on it."""

    inquiry: Inquiry
    what: str
    subject: str
    text: str
    to_leader: bool = False
    urgent: bool = False

    @property
    def key(self) -> str:
        return f"{KEY}:{self.inquiry.pk}:{self.what}"


def remind(now: datetime) -> str:
    """Tell everybody who must know how the messages stand. A job; says how many notices are new."""
    today, told = timezone.localdate(now), 0
    living = Inquiry.objects.filter(status=Status.OPEN).defer("text", "reply", "subject")
    current: set[str] = set()
    for agency in Agency.objects.filter(pk__in=living.values("agency")):
        found = [each for one in living.filter(agency=agency) for each in reminders(one, today)]
        current |= {each.key for each in found}
        told += _tell(agency, found)
    open_keys = Notice.objects.filter(settled_at=None, key__startswith=f"{KEY}:")
    for key in set(open_keys.values_list("key", flat=True).distinct()) - current:
        settle(key)
    return f"新提醒 {told} 条"


def reminders(inquiry: Inquiry, today: date) -> Iterator[Reminder]:
    """What is to be told of an open message on a day; told again and again until it is no longer so."""
    due, number = inquiry.due_on, inquiry.number
    limit = alarm(inquiry.received_on)
    if today >= limit.tell_on:
        text = f"{chinese_day(inquiry.received_on)}收到，还没有办结。{limit}。"
        yield Reminder(inquiry, "alarm", f"留言 {number} 长期未办结", text, to_leader=True, urgent=True)
    if due is None:
        return
    if due < today:
        text = f"办理期限{chinese_day(due)}已过，逾期 {(today - due).days} 天，请立即办理。"
        yield Reminder(inquiry, f"{due}:late", f"留言 {number} 已逾期", text, to_leader=True, urgent=True)
        return
    left = working_calendar().working_days_between(today, due)
    stage = min((each for each in STAGES if left <= each), default=None)
    if stage is not None:
        when = "今天到期" if due == today else f"还剩 {left} 个工作日"
        text = f"办理期限是{chinese_day(due)}，{when}。"
        yield Reminder(inquiry, f"{due}:{stage}", f"留言 {number}：{when}", text, urgent=stage == 0)


@transaction.atomic
def _tell(agency: Agency, found: list[Reminder]) -> int:
    users = User.objects.filter(agency=agency, is_active=True).prefetch_related("groups")
    staff = [(user, {group.name for group in user.groups.all()}) for user in users]
    return sum(
        notify(
            [user for user, names in staff if _concerns(each, user, names)],
            each.subject,
            each.text,
            url=address_of(each.inquiry),
            key=each.key,
            urgent=each.urgent,
        )
        for each in found
    )


def _concerns(told: Reminder, user: User, names: set[str]) -> bool:
    """Clerks always; those of the department who have it in hand, or who are to review it; the leader when late."""
    inquiry = told.inquiry
    if Role.CLERK.label in names or (told.to_leader and Role.LEADER.label in names):
        return True
    if inquiry.lead_id is None or user.department_id != inquiry.lead_id:
        return False
    if inquiry.stage == Stage.REVIEW:
        return Role.REVIEWER.label in names
    return Role.HANDLER.label in names and inquiry.handler_id in (None, user.pk)
