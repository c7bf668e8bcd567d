"""Due dates that a notice of holidays moved: which, from when to when; the clerks are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_date
from gongkai.notices.services import notify

from .models import Application
from .queries import OPEN

_LISTED = 100  # in one notice; the list of open applications has them all
Dates = Mapping[int, date | None]


@dataclass(frozen=True, slots=True)
class Moved:
    """An application whose due date is another now."""

    number: str
    before: date | None
    after: date | None

    def __str__(self) -> str:
        words = [chinese_date(each) if each else "未定" for each in (self.before, self.after)]
        return f"{self.number}：{words[0]} → {words[1]}"


def due_dates(agency: Agency) -> Dates:
    """The due dates of what is open, to be compared later."""
    return dict(Application.objects.filter(agency=agency, status__in=OPEN).values_list("pk", "due_on"))


def moved(agency: Agency, before: Dates) -> list[Moved]:
    """What is open and has another due date than before, the one that is due first at the top."""
    rows = Application.objects.filter(agency=agency, status__in=OPEN).order_by("due_on", "pk")
    now = rows.values_list("pk", "number", "due_on")
    return [Moved(number, before[pk], due) for pk, number, due in now if due != before.get(pk, due)]


def tell(agency: Agency, found: Iterable[Moved], reference: str, now: datetime | None = None) -> int:
    """Tell the clerks of an agency which due dates a notice moved; gives how many people are told."""
    each = list(found)
    if not each:
        return 0
    lines = [str(one) for one in each[:_LISTED]]
    if len(each) > _LISTED:
        lines.append(f"……另有 {len(each) - _LISTED} 件")
    at = timezone.localtime(now or timezone.now())
    return notify(
        User.objects.filter(agency=agency, is_active=True, groups__name=Role.CLERK.label),
        f"放假安排变动，{len(each)} 件申请的答复期限已重算",
        f"{reference}\n" + "\n".join(lines),
        url=reverse("applications:list") + "?urgency=open",
        key=f"applications.moved:{agency.pk}:{at:%Y%m%dT%H%M%S}",
    )
