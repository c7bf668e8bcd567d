"""Every morning: clerks and handlers are told what a dispute asks of the office soon, the leader what is late.

Each stage is told once to each person; what is done, or has moved, is settled. Only numbers, dates and links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_day
from gongkai.notices.models import Notice
from gongkai.notices.services import notify, settle

from .models import Dispute, Status
from .queries import DUE, OPEN

KEY = "disputes.due"
# Working days before the last one on which people are told; a practice of ours, not a rule of law.
STAGES = (5, 2, 0)
_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
_ALL = _OFFICE | {Role.LEADER}


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell of a dispute; ``what`` is the last part of its key."""

    dispute: Dispute
    what: str
    subject: str
    text: str
    roles: frozenset[Role]
    urgent: bool = False

    @property
    def key(self) -> str:
        return f"{KEY}:{self.dispute.pk}:{self.what}"


def remind(now: datetime) -> str:
    """Tell everybody who must know how the disputes stand. A job; says how many notices are new."""
    today, told = timezone.localdate(now), 0
    for agency in Agency.objects.filter(pk__in=_living().values("agency")):
        told += _remind(agency, today)
    _settle({each.key for one in _living() for each in reminders(one, today)})
    return f"新提醒 {told} 条"


def _living() -> QuerySet[Dispute]:
    return Dispute.objects.filter(status__in=(*OPEN, Status.PERFORMING)).defer("claims", "note")


@transaction.atomic
def _remind(agency: Agency, today: date) -> int:
    found = [each for one in _living().filter(agency=agency) for each in reminders(one, today)]
    users = User.objects.filter(agency=agency, is_active=True).prefetch_related("groups")
    people = [(user, {group.name for group in user.groups.all()}) for user in users]
    return sum(
        notify(
            [user for user, names in people if names & {role.label for role in each.roles}],
            each.subject,
            each.text,
            url=reverse("disputes:case", args=[each.dispute.pk]),
            key=each.key,
            urgent=each.urgent,
        )
        for each in found
    )


def reminders(dispute: Dispute, today: date) -> Iterator[Reminder]:
    """What is to be told of a dispute on a day; told again and again until it is no longer so."""
    yield from _due(dispute, today)
    on = dispute.hearing_on
    if on is not None and dispute.status in OPEN and today <= on:
        left = working_calendar().working_days_between(today, on)
        if left <= STAGES[0]:
            stage = "today" if on == today else "soon"
            text = f"{dispute.body or '审理机关'}，{chinese_day(on)}。请安排出庭（到场）人员，备好证据。"
            subject = f"{dispute.number}：{'今天' if on == today else '快要'}听证（开庭）"
            yield Reminder(dispute, f"session:{on}:{stage}", subject, text, _OFFICE, urgent=on == today)


def _due(dispute: Dispute, today: date) -> Iterator[Reminder]:
    due, what = dispute.due_on, DUE.get(dispute.status)
    if due is None or what is None:
        return
    if due < today:
        if dispute.status == Status.JUDGED:
            text = "各方没有上诉的，请登记生效（审结），年报表四才会计入；有上诉的，请登记上诉。"
            yield Reminder(dispute, f"{due}:judged", f"{dispute.number}：上诉期已满", text, _OFFICE)
            return
        text = f"{what}的期限{chinese_day(due)}已过，逾期 {(today - due).days} 天。请立即办理，并说明原因。"
        yield Reminder(dispute, f"{due}:late", f"{dispute.number}：{what}已逾期", text, _ALL, urgent=True)
        return
    left = working_calendar().working_days_between(today, due)
    stage = min((each for each in STAGES if left <= each), default=None)
    if stage is None:
        return
    when = "今天到期" if due == today else f"还剩 {left} 个工作日"
    text = f"{what}的期限是{chinese_day(due)}，{when}。"
    if dispute.status == Status.ANSWERING:
        text += "逾期不提出答复（答辩）、不提交证据的，视为没有证据。"
    roles = _ALL if dispute.status == Status.JUDGED or stage == 0 else _OFFICE
    yield Reminder(dispute, f"{due}:{stage}", f"{dispute.number}：{what}，{when}", text, roles, urgent=stage == 0)


def _settle(current: set[str]) -> None:
    """Settle what was told and is so no longer."""
    open_keys = Notice.objects.filter(settled_at=None, key__startswith=f"{KEY}:")
    for key in set(open_keys.values_list("key", flat=True).distinct()) - current:
        settle(key)
