"""Every morning: who answers for a document is told before it lapses, and that it has; the office of the clean-up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.validity import expiry_notice
from gongkai.law.wording import chinese_day
from gongkai.notices.services import notify, settle

from ..duties.people import People
from ..duties.queries import duties_on
from ..duties.reminders import settle_past, short
from ..models import Duty, Publication
from .queries import cleanup_due, documents

# For so many days after it lapsed a document is spoken of: a worker that was down says it later, not never.
_AFTER = 7


def remind(now: datetime) -> str:
    """Tell of documents that lapse soon or have lapsed, and of the clean-up; says how many notices are new. A job."""
    day, told = timezone.localdate(now), 0
    agencies = Publication.objects.exclude(document_class="").values("agency")
    for agency in Agency.objects.filter(pk__in=agencies):
        told += _remind(agency, day)
    return f"新提醒 {told} 条"


@transaction.atomic
def _remind(agency: Agency, day: date) -> int:
    notice = expiry_notice(day)
    found = list(
        documents(agency)
        .filter(expires_on__gte=day - timedelta(days=_AFTER), expires_on__lte=day + timedelta(days=max(notice)))
        .exclude(repealed_on__lte=day)
        .select_related("item")
        .only("title", "column", "department", "expires_on", "item__created_by")
    )
    due = cleanup_due(agency)
    settle_past(agency, "validity", {_key(each) for each in found})
    settle_past(agency, "cleanup", {_key_of_cleanup(agency, due)} if due else set())
    if not found and due is None:
        return 0
    people, duties = People(agency), duties_on(agency, day)
    told = sum(_tell(each, duties.get(each.column_id), people, day, notice) for each in found)
    return told + (_tell_of_cleanup(agency, people, due, day, notice) if due is not None else 0)


def _key(document: Publication) -> str:
    return f"validity:{document.pk}:{document.expires_on}"


def _tell(document: Publication, duty: Duty | None, people: People, day: date, notice: tuple[int, ...]) -> int:
    """One stage: the narrowest that is reached, so that a worker that was down says it once."""
    if document.expires_on is None:
        return 0
    left = (document.expires_on - day).days
    stage = "lapsed" if left < 0 else str(min(days for days in notice if left <= days))
    author = document.item.created_by_id if document.item is not None else None
    recipients = [*people.keepers(duty, with_deputy=False), *people.active(author)]
    if left <= min(notice):
        recipients += [*people.reviewers_of(document.department_id), *people.office()]
    name, until = f"《{short(document.title)}》", chinese_day(document.expires_on)
    if left < 0:
        subject, text = f"文件已经失效：{name}", f"有效期至{until}。网站上已经标明“失效”。"
    else:
        subject = f"文件{'今天' if left == 0 else f'还有 {left} 天'}到期：{name}"
        text = f"有效期至{until}。需要继续执行的，请在届满之前重新公布并写明新的有效期；不需要的，届满后自动失效。"
    url = reverse("portal_validity:documents") + f"?document={document.pk}"
    told = notify(recipients, subject, text, url=url, key=f"{_key(document)}:{stage}")
    if told:
        for earlier in notice:
            if str(earlier) != stage and (left < 0 or earlier > int(stage)):
                settle(f"{_key(document)}:{earlier}")
    return told


def _tell_of_cleanup(agency: Agency, people: People, due: date, day: date, notice: tuple[int, ...]) -> int:
    left = (due - day).days
    if left > max(notice):
        return 0
    stage = "late" if left < 0 else str(min(days for days in notice if left <= days))
    recipients = [*people.office(), *(people.leaders() if left < 0 else [])]
    subject = f"文件清理已逾期 {-left} 天" if left < 0 else f"还有 {left} 天应当完成文件清理"
    text = f"规范性文件每两年全面清理一次，下一次应当在{chinese_day(due)}前完成。"
    key = f"{_key_of_cleanup(agency, due)}:{stage}"
    return notify(recipients, subject, text, url=reverse("portal_validity:cleanups"), key=key)


def _key_of_cleanup(agency: Agency, due: date) -> str:
    return f"cleanup:{agency.pk}:{due}"
