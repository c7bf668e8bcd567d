"""What the page of a case shows of how it came in, and of what came before it."""

from __future__ import annotations

from gongkai.bureau.models import User
from gongkai.bureau.roles import Role, actor_in
from gongkai.law.receipt import Channel, receipt

from ..beside import Panel
from ..case import Case
from ..intake.duplicates import alike
from ..models import Application, Judgement, Status, Submission
from .access import may_open


def arrival_of(application: Application, case: Case, user: User) -> Panel | None:
    """How it came in: the day of receipt and why, whether both sides confirmed, 疑似垃圾; one query."""
    submission = Submission.objects.select_related("taken_by", "judged_by").filter(application=application).first()
    if submission is None or not application.channel:
        return None
    found = receipt(
        Channel(application.channel),
        submission.arrived_on,
        confirmed=submission.confirmed_on,
        unreachable=submission.unreachable,
    )
    confirmed = case.work.is_confirmed
    works = user.agency_id == application.agency_id and Role.CLERK in actor_in(user).roles
    context = {
        "submission": submission,
        "receipt": found,
        # What the law wants confirmed and has been confirmed since is no warning any more.
        "warnings": () if confirmed and submission.confirmed_on is None else found.warnings,
        "is_confirmed": confirmed,
        "may_judge": works and submission.is_suspected,
        "judgements": [(value, label) for value, label in Judgement.choices if value],
        "works": works,
    }
    return Panel("收件", "applications/staff/arrival.html", context)


def alike_of(application: Application, case: Case, user: User) -> Panel | None:
    """What may be the same, with what was answered, for those who work on the case; two queries."""
    if application.status == Status.CLOSED or not may_open(user, application, case):
        return None
    linked = {other for other, _ in case.work.links}
    found = [each for each in alike(application) if each.application.pk not in linked]
    context = {"alike": found, "may_link": True, "inside": True}
    return Panel("可能相同或者相近的申请", "applications/staff/includes/alike.html", context) if found else None
