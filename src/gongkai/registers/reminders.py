"""Every morning: who decides on publishing is told of decisions that have to be published or withdrawn soon.

One notice a day's work, not one a decision: how many, by when, and the list. Nobody is named.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_day
from gongkai.notices.models import Notice
from gongkai.notices.services import notify, settle

from .clocks import NEAR, OPEN, TO_WITHDRAW, due
from .models import Decision

KEY = "registers.due"
_DECIDERS = {Role.REVIEWER.label, Role.LEADER.label}


def remind(now: datetime) -> str:
    """Tell of decisions whose limit is near or over. A job; says how many notices are new."""
    today, told, current = timezone.localdate(now), 0, set()
    waiting = Decision.objects.filter(OPEN | TO_WITHDRAW).defer("person", "summary", "explanation")
    for agency in Agency.objects.filter(pk__in=waiting.values("agency")):
        near = working_calendar().add_working_days(today, NEAR)
        found = [limit for each in waiting.filter(agency=agency) if (limit := due(each)) and limit.last <= near]
        if not found:
            continue
        late = sum(limit.last < today for limit in found)
        first = min(limit.last for limit in found)
        key = f"{KEY}:{agency.pk}:{first}:{len(found)}:{late}"
        current.add(key)
        told += _tell(agency, key, len(found), late, f"最早的期限是{chinese_day(first)}。")
    open_keys = Notice.objects.filter(settled_at=None, key__startswith=f"{KEY}:")
    for key in set(open_keys.values_list("key", flat=True).distinct()) - current:
        settle(key)
    return f"新提醒 {told} 条"


@transaction.atomic
def _tell(agency: Agency, key: str, count: int, late: int, text: str) -> int:
    users = User.objects.filter(agency=agency, is_active=True, groups__name__in=_DECIDERS).distinct()
    words = f"其中 {late} 件已逾期。" if late else ""
    subject = f"有 {count} 件处理决定应当公开或者撤下" + ("，已有逾期" if late else "")
    return notify(
        users, subject, text + words, url=f"{reverse('registers:decisions')}?due=near", key=key, urgent=late > 0
    )
