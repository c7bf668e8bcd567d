"""Who is told what of an item, in the transaction of the verb: whoever must act next, and whoever wrote the text.

What is recorded of the past (with a moment of its own) tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_day
from gongkai.notices.services import notify, settle

from .case import Case
from .events import STEPS, Step
from .models import Item
from .transitions import STEP_ROLES

_LONGEST = 60  # characters of a title in a subject


def address_of(item: Item) -> str:
    """The page of an item in the back office."""
    return f"/admin/portal/items/{item.pk}/"


def reviewers(agency: Agency, step: Step, department: int | None) -> QuerySet[User]:
    """Who may pass a step, before it is asked who wrote the text."""
    people = User.objects.filter(agency=agency, is_active=True, groups__name=STEP_ROLES[step].label)
    if step == "department":
        return people.filter(department=department) if department else people.none()
    if step == "office":
        return people.filter(department__name=agency.office)
    return people


def waits(item: Item, case: Case, at: datetime | None) -> None:
    """The item has come to a step: its reviewers are told; what was told of the step before is settled."""
    step = case.step
    if at is not None or step is None:
        return
    settle(_key(item))
    wrote = {*case.authors, case.submitted_by, *case.passed.values()}
    people = [user for user in reviewers(item.agency, step, case.department) if user.pk not in wrote]
    _tell(people, item, case, step, f"请审查（{STEPS[step]}）：{_name(item)}", "")


def returned(item: Item, case: Case, at: datetime | None) -> None:
    """Those who wrote the text are told that it came back. The opinion stands on the page."""
    if at is None:
        settle(_key(item))
        _tell(_authors(case), item, case, "returned", f"退回修改：{_name(item)}", "审查意见见信息页面。")


def approved(item: Item, case: Case, wrote: Iterable[int], at: datetime | None) -> None:
    """Those who wrote the text are told that it is public, or from when it will be."""
    if at is not None or case.live_from is None:
        return
    settle(_key(item))
    live = timezone.localtime(case.live_from)
    when = "已经公开。" if live <= timezone.now() else f"将于{chinese_day(live.date())}{live:%H:%M}公开。"
    people = _people({*wrote, case.submitted_by, case.created_by})
    _tell(people, item, case, "approved", f"已签发：{_name(item)}", when)


def withdrawn(item: Item, case: Case, at: datetime | None) -> None:
    """Those who wrote the text and the leaders of the agency are told that it is off the site."""
    if at is not None:
        return
    leaders = User.objects.filter(agency_id=item.agency_id, groups__name=Role.LEADER.label)
    told = {user.pk: user for user in [*_authors(case), *leaders]}
    what = f"withdrawn:{timezone.now():%Y%m%dT%H%M%S}"
    _tell(told.values(), item, case, what, f"已撤下：{_name(item)}", "撤下的理由见信息页面。", urgent=True)


def settled(item: Item, at: datetime | None) -> None:
    """Nobody needs to act on the item any more."""
    if at is None:
        settle(_key(item))


def _authors(case: Case) -> Iterable[User]:
    return _people({*case.authors, case.submitted_by, case.created_by})


def _people(numbers: Iterable[int | None]) -> list[User]:
    return list(User.objects.filter(pk__in=[number for number in numbers if number is not None]))


def _tell(
    people: Iterable[User], item: Item, case: Case, what: str, subject: str, text: str, *, urgent: bool = False
) -> None:
    key = f"{_key(item)}:{case.round}:{what}"
    notify(people, subject, text, url=address_of(item), key=key, urgent=urgent)


def _key(item: Item) -> str:
    return f"portal.item:{item.pk}"


def _name(item: Item) -> str:
    title = " ".join(item.title.split())
    return f"《{title if len(title) <= _LONGEST else title[: _LONGEST - 1] + '…'}》"
