"""Every morning: records whose period is over end; what has to be published, verified or decided soon is told.

Only numbers, dates and links: neither an enterprise nor a person is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.law.wording import chinese_day
from gongkai.notices.models import Notice
from gongkai.notices.services import notify, settle

from .models import CreditRecord, Status
from .queries import SHOWN
from .services import end

KEY = "credit.due"
# Working days before the last one on which people are told; a practice of ours, not a rule of law.
STAGES = (5, 2, 0)
BEFORE_END = 30  # days before its end in which a record that is not mended is spoken of
_WRITERS = frozenset({Role.CLERK, Role.HANDLER})
_DECIDERS = frozenset({Role.REVIEWER, Role.LEADER})


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell of a record; ``what`` is the last part of its key."""

    record: CreditRecord
    what: str
    subject: str
    text: str
    roles: frozenset[Role]
    urgent: bool = False

    @property
    def key(self) -> str:
        return f"{KEY}:{self.record.pk}:{self.what}"


def end_what_is_over(now: datetime) -> str:
    """End every record whose last day has passed, each for itself. A job; says how many there were."""
    today, ended = timezone.localdate(now), 0
    for record in CreditRecord.objects.filter(status__in=SHOWN, public_until__lt=today).order_by("pk"):
        try:
            end(record, today)
        except NotPermittedError:
            # Somebody removed, revoked or extended it since it was read: then there is nothing to end.
            record.refresh_from_db()
            if record.status in SHOWN and record.public_until is not None and record.public_until < today:
                raise
            continue
        ended += 1
    return f"停止公示 {ended} 条"


def remind(now: datetime) -> str:
    """Tell whoever must know what statistical credit asks of them. A job; says how many notices are new."""
    today, told, current = timezone.localdate(now), 0, set()
    living = CreditRecord.objects.filter(status__in=(Status.DECIDED, *SHOWN)).defer("representative")
    for agency in Agency.objects.filter(pk__in=living.values("agency")):
        found = [each for record in living.filter(agency=agency) for each in reminders(record, today)]
        current |= {each.key for each in found}
        told += _tell(agency, found)
    open_keys = Notice.objects.filter(settled_at=None, key__startswith=f"{KEY}:")
    for key in set(open_keys.values_list("key", flat=True).distinct()) - current:
        settle(key)
    return f"新提醒 {told} 条"


@transaction.atomic
def _tell(agency: Agency, found: list[Reminder]) -> int:
    users = User.objects.filter(agency=agency, is_active=True).prefetch_related("groups")
    people = [(user, {group.name for group in user.groups.all()}) for user in users]
    return sum(
        notify(
            [user for user, names in people if names & {role.label for role in each.roles}],
            each.subject,
            each.text,
            url=reverse("credit:record", args=[each.record.pk]),
            key=each.key,
            urgent=each.urgent,
        )
        for each in found
    )


def reminders(record: CreditRecord, today: date) -> Iterator[Reminder]:
    """What is to be told of a record on a day; told again and again until it is no longer so."""
    number = record.number
    if record.status == Status.DECIDED:
        due = record.publish_by
        if due < today:
            text = f"公示期限{chinese_day(due)}已过，逾期 {(today - due).days} 天。请立即核对公示。"
            yield Reminder(record, f"{due}:late", f"{number}：公示已逾期", text, _WRITERS | _DECIDERS, urgent=True)
            return
        left = working_calendar().working_days_between(today, due)
        stage = min((each for each in STAGES if left <= each), default=None)
        if stage is not None:
            when = "今天到期" if due == today else f"还剩 {left} 个工作日"
            text = f"认定之后应当在{chinese_day(due)}以前公示，{when}。"
            yield Reminder(record, f"{due}:{stage}", f"{number}：公示{when}", text, _DECIDERS, urgent=stage == 0)
        return
    if record.status == Status.REPAIRING:
        text = "企业申请提前移除。请核对整改情况和最短公示期，作出移除或者不予移除的决定。"
        yield Reminder(record, "repair", f"{number}：移除申请待决定", text, _DECIDERS)
    until = record.public_until
    if until is not None and record.verified_on is None and today <= until <= today + timedelta(days=BEFORE_END):
        text = f"公示到{chinese_day(until)}期满自动停止。整改情况还没有核实；没有整改到位的，期满以前延长公示期。"
        yield Reminder(record, f"{until}:end", f"{number}：公示即将期满", text, _WRITERS | _DECIDERS)
