"""Every morning: who handles an application is told before it is due, the leader when it is overdue.

Each stage is told once to each person. What is done, or has moved, is settled. Only numbers, dates and links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.errors import LawError
from gongkai.law.wording import chinese_day
from gongkai.ledger.models import Entry
from gongkai.notices.models import Notice
from gongkai.notices.services import notify, settle

from .case import Case
from .consultations import consultations
from .deadlines import correction_limit
from .events import STREAM
from .models import Application, Stage, Status
from .projection import fold
from .queries import OPEN

# Working days before the due date on which people are told; a practice of ours, not a rule of law.
STAGES = (5, 2, 0)
# On which working day after receipt somebody is reminded that a correction must be asked for soon, if at all.
CORRECTION_LEAD = 2
KEY = "applications.due"
_EARLY = (Stage.NEW, Stage.ASSIGNED, Stage.WORKING)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell of an application. ``what`` is the last part of its key; ``roles`` are who is told."""

    application: Application
    what: str
    subject: str
    text: str
    roles: frozenset[Role]
    urgent: bool = False

    @property
    def key(self) -> str:
        return f"{KEY}:{self.application.pk}:{self.what}"


def remind(now: datetime) -> str:
    """Tell everybody who must know how the open applications stand. A job; says how many notices are new."""
    today, told = timezone.localdate(now), 0
    for agency in Agency.objects.filter(pk__in=Application.objects.filter(status__in=OPEN).values("agency")):
        told += _remind(agency, today)
    settle_closed()
    return f"新提醒 {told} 条"


@transaction.atomic
def _remind(agency: Agency, today: date) -> int:
    applications = list(Application.objects.filter(agency=agency, status__in=OPEN).select_related("lead"))
    cases = cases_of(applications)
    found = [each for one in applications for each in reminders(one, cases[one.pk], today)]
    settle_past(agency, {each.key for each in found})
    people = People(agency)
    return sum(
        notify(
            people.of(each.application, cases[each.application.pk], each.roles),
            each.subject,
            each.text,
            url=reverse("applications:case", args=[each.application.pk]),
            key=each.key,
            urgent=each.urgent,
        )
        for each in found
    )


def reminders(application: Application, case: Case, today: date) -> Iterator[Reminder]:
    """What is to be told of an open application on a day; told again and again until it is no longer so."""
    yield from _due(application, today)
    yield from _correction(application, case, today)
    yield from _consulted(application, case, today)
    yield from _asked(application, case, today)


def _due(application: Application, today: date) -> Iterator[Reminder]:
    due = application.due_on
    if application.status != Status.HANDLING or due is None:
        return
    number = application.number
    if due < today:
        late = (today - due).days
        text = f"答复期限{chinese_day(due)}已过，超期 {late} 天。请立即答复，并说明超期的原因。"
        roles = frozenset({Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER})
        yield Reminder(application, f"{due}:late", f"申请 {number} 已超期", text, roles, urgent=True)
        return
    left = working_calendar().working_days_between(today, due)
    stage = min((each for each in STAGES if left <= each), default=None)
    if stage is None:
        return
    when = "今天到期" if due == today else f"还剩 {left} 个工作日"
    roles = frozenset({Role.CLERK, Role.HANDLER, *([Role.REVIEWER] if stage <= 2 else [])})
    text = f"答复期限{chinese_day(due)}，{when}，现在{application.get_stage_display()}。"
    yield Reminder(application, f"{due}:{stage}", f"申请 {number} {when}", text, roles, urgent=stage == 0)


def _correction(application: Application, case: Case, today: date) -> Iterator[Reminder]:
    """Article 30: whoever wants a correction must ask for it within 7 working days of receipt."""
    if case.correction_requested_on is not None or application.stage not in _EARLY:
        return
    try:
        _, last = correction_limit(application.received_on)
    except LawError:
        return  # received before there was such a rule
    left = working_calendar().working_days_between(today, last) if today <= last else -1
    if 0 <= left <= CORRECTION_LEAD:
        text = f"申请内容不明确的，至{chinese_day(last)}可以要求补正，只能告知一次；内容明确的不必理会。"
        subject = f"申请 {application.number}：要求补正的期限将满"
        yield Reminder(application, "correction", subject, text, frozenset({Role.CLERK, Role.HANDLER}))


def _consulted(application: Application, case: Case, today: date) -> Iterator[Reminder]:
    for each in consultations(case, today):
        if not each.is_open or each.limit is None or each.days_left > STAGES[1]:
            continue
        state = "已满" if each.is_over else f"至{chinese_day(each.limit.last)}届满"
        subject = f"申请 {application.number}：第 {each.number} 次征求意见的期限{'已满' if each.is_over else '将满'}"
        text = f"征求{each.party}意见的期限{state}。{each.silence}。收到意见或者期满之后请登记，期限随即继续计算。"
        what = f"consultation:{each.number}:{'over' if each.is_over else 'soon'}"
        yield Reminder(application, what, subject, text, frozenset({Role.CLERK, Role.HANDLER}))


def _asked(application: Application, case: Case, today: date) -> Iterator[Reminder]:
    """The day by which the departments were asked for their part."""
    by = date.fromisoformat(case.work.reply_by) if case.work.reply_by else None
    if by is None or case.stage not in (Stage.ASSIGNED, Stage.WORKING):
        return
    left = working_calendar().working_days_between(today, by) if today <= by else -1
    if left > 1:
        return
    words = "已过" if left < 0 else "将到"
    subject = f"申请 {application.number}：内部期限{words}"
    text = f"请各处室于{chinese_day(by)}前提出意见。"
    yield Reminder(application, f"asked:{by}:{'over' if left < 0 else 'soon'}", subject, text, _DEPARTMENTS)


_DEPARTMENTS = frozenset({Role.HANDLER})


def cases_of(applications: Iterable[Application]) -> dict[int, Case]:
    """The cases of several applications; one query for every few hundred."""
    wanted = [each.pk for each in applications]
    told: dict[int, list[tuple[str, date, dict[str, object]]]] = {pk: [] for pk in wanted}
    for at in range(0, len(wanted), 500):
        block = wanted[at : at + 500]
        for entry in Entry.objects.filter(stream=STREAM, stream_id__in=block).order_by("position"):
            told[entry.stream_id].append((entry.kind, entry.occurred_on, entry.data))
    return {pk: fold(entries) for pk, entries in told.items()}


class People:
    """Who is told of an agency's applications: clerks and leaders of all, others of what their department has."""

    def __init__(self, agency: Agency) -> None:
        users = User.objects.filter(agency=agency, is_active=True).prefetch_related("groups")
        self._users = [(user, frozenset(group.name for group in user.groups.all())) for user in users]
        self._office = agency.office

    def of(self, application: Application, case: Case, roles: frozenset[Role]) -> list[User]:
        departments = set(case.work.departments)
        return [user for user, names in self._users if self._is_told(user, names, departments, roles)]

    def _is_told(self, user: User, names: frozenset[str], departments: set[int], roles: frozenset[Role]) -> bool:
        mine = {role for role in roles if role.label in names}
        return bool(mine & {Role.CLERK, Role.LEADER}) or (bool(mine) and user.department_id in departments)


def settle_past(agency: Agency, current: set[str]) -> None:
    """Settle what an agency's people were told and that is so no longer."""
    open_keys = Notice.objects.filter(Q(settled_at=None), key__startswith=f"{KEY}:", recipient__agency=agency)
    for key in set(open_keys.values_list("key", flat=True).distinct()) - current:
        settle(key)


def settle_closed() -> None:
    """Settle what was told of agencies that have no open application any more."""
    with_open = Application.objects.filter(status__in=OPEN).values("agency")
    left = Notice.objects.filter(settled_at=None, key__startswith=f"{KEY}:").exclude(recipient__agency__in=with_open)
    for key in set(left.values_list("key", flat=True).distinct()):
        settle(key)
