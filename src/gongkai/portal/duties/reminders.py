"""Every morning: keepers are told of columns that must be fed, and those above them of columns that were not.

A stage of a column is told once to each person; who takes over a duty is told what stands open. When a column has
been fed, what was told of it is settled.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.law.inspection import Freshness
from gongkai.law.wording import chinese_day
from gongkai.notices.models import Notice
from gongkai.notices.services import notify, settle

from ..models import Column
from .people import People
from .watch import Watched, watch

_LONGEST = 50  # characters of a name in a subject
_TOLD = (Freshness.BLANK, Freshness.LATE, Freshness.DUE_SOON)
_STAGES = ("soon", "today", "late", "long")


def remind(now: datetime) -> str:
    """Tell everybody who must know how the columns stand; says how many notices are new. A job."""
    day, told = timezone.localdate(now), 0
    for agency in Agency.objects.filter(pk__in=Column.objects.values("agency")):
        told += _remind(agency, day)
    return f"新提醒 {told} 条"


@transaction.atomic
def _remind(agency: Agency, day: date) -> int:
    watched = [each for each in watch(agency, day) if each.standing.freshness in _TOLD]
    settle_past(agency, "duty", {key_of(each) for each in watched})
    if not watched:
        return 0
    people = People(agency)
    return sum(_tell(each, people) for each in watched)


def key_of(watched: Watched) -> str:
    """What notices about a column are known by, until it is fed again."""
    return f"duty:{watched.column.pk}:{watched.standing.fed or 'blank'}"


def _tell(watched: Watched, people: People) -> int:
    stage = _stage(watched)
    if stage is None:
        return 0
    key, urgent = key_of(watched), stage == "long"
    recipients = _recipients(watched, stage, people)
    url = reverse("portal_duties:watch") + f"?column={watched.column.pk}"
    told = notify(recipients, _subject(watched, stage), _text(watched), url=url, key=f"{key}:{stage}", urgent=urgent)
    if told:
        for earlier in _STAGES[: _STAGES.index(stage)]:
            settle(f"{key}:{earlier}")
    return told


def _stage(watched: Watched) -> str | None:
    match watched.standing.freshness:
        case Freshness.BLANK:
            return "late" if watched.period is not None else "soon"
        case Freshness.LATE:
            return "long" if watched.standing.is_long else "late"
        case _:
            return "today" if watched.standing.days == 0 else "soon"


def _recipients(watched: Watched, stage: str, people: People) -> list[User]:
    found = people.keepers(watched.duty, with_deputy=stage != "soon")
    if stage in ("late", "long"):
        found = [*found, *people.above(watched.duty)]
    return [*found, *people.leaders()] if stage == "long" else found


def _subject(watched: Watched, stage: str) -> str:
    name, days = short(str(watched.column)), watched.standing.days
    if days is None:
        return f"空白栏目：{name}"
    if stage == "today":
        return f"今天应当更新栏目：{name}"
    return f"栏目已逾期 {-days} 天：{name}" if days < 0 else f"还有 {days} 天应当更新栏目：{name}"


def _text(watched: Watched) -> str:
    found = watched.standing
    if found.fed is None:
        return "栏目里还没有发布过信息。请尽快发布，或者停用这个栏目。"
    due = f"，应当在{chinese_day(found.due)}前更新" if found.due else ""
    return f"最近一次发布是{chinese_day(found.fed)}，更新周期 {watched.period}{due}。"


def short(name: str) -> str:
    """A name that fits into the subject of a notice."""
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def settle_past(agency: Agency, kind: str, current: set[str]) -> None:
    """Settle what an agency's people were told of a kind (the first part of a key) and that is so no longer.

    ``current`` are the keys, without their stage, of what still is.
    """
    open_keys = Notice.objects.filter(Q(settled_at=None), key__startswith=f"{kind}:", recipient__agency=agency)
    told = {key.rpartition(":")[0] for key in open_keys.values_list("key", flat=True).distinct()}
    for key in told - current:
        settle(key)
