"""Who is told what of an application, in the transaction of the verb: whoever must act next. Numbers and links only."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.bureau.models import User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_day
from gongkai.notices.services import notify, settle

from .case import Case
from .events import Event
from .models import Application

KEY = "applications.turn"
# What each event asks of whom; events that are not here hand nothing to anybody.
_NEXT: dict[str, tuple[str, Role]] = {
    "assigned": ("请签收", Role.HANDLER),
    "assignment_returned": ("被退回，请重新分办", Role.CLERK),
    "reply_drafted": ("的答复请审核", Role.REVIEWER),
    "reply_reviewed": ("的答复请签发", Role.LEADER),
    "reply_returned": ("的答复被退回修改", Role.HANDLER),
    "reply_signed": ("的答复已签发，请发出", Role.CLERK),
    "corrected": ("已收到补正，请继续办理", Role.HANDLER),
    "consultation_returned": ("已收到意见，请继续办理", Role.HANDLER),
}


def told(application: Application, event: Event, case: Case, actor: User | None) -> None:
    """Tell whoever must act next; what was told of the turn before is settled. The system itself tells nobody."""
    if actor is None:
        return
    key = f"{KEY}:{application.pk}"
    if event.kind in _NEXT or event.kind in ("decided", "withdrawn", "merged"):
        settle(key)
    if event.kind not in _NEXT:
        return
    words, role = _NEXT[event.kind]
    due = f"答复期限{chinese_day(application.due_on)}。" if application.due_on else ""
    notify(
        (user for user in _people(application, case, event, role) if user.pk != actor.pk),
        f"申请 {application.number} {words}",
        due,
        url=reverse("applications:case", args=[application.pk]),
        key=f"{key}:{event.kind}:{case.work.turns}-{len(case.returned)}",
    )


def _people(application: Application, case: Case, event: Event, role: Role) -> Iterable[User]:
    found = User.objects.filter(agency=application.agency_id, is_active=True, groups__name=role.label)
    if role is Role.HANDLER:
        return found.filter(department__in=case.work.departments)
    if role is Role.REVIEWER:
        return _reviewers(found, application, case)
    return found


def _reviewers(found: QuerySet[User], application: Application, case: Case) -> Iterable[User]:
    """Those of the leading department and of the disclosure office, but not whoever drafted it."""
    office = application.agency.office
    return [
        user
        for user in found.select_related("department").exclude(pk__in=case.work.drafters)
        if user.department_id == case.work.lead or (user.department is not None and user.department.name == office)
    ]
