"""Who is told what of a message: numbers, dates and links, nothing of whom it is from or what it says."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_day
from gongkai.notices.services import notify, settle

from .models import Arrival, Draft, Inquiry

KEY = "inquiries"


def people(agency: Agency, *roles: Role) -> QuerySet[User]:
    """Whoever has one of these roles at an agency."""
    named = User.objects.filter(agency=agency, is_active=True, groups__name__in=[role.label for role in roles])
    return named.distinct()


def address_of(inquiry: Inquiry) -> str:
    """The page of a message in the back office."""
    return reverse("inquiries:case", args=[inquiry.pk])


def tell_arrived(inquiry: Inquiry, arrival: Arrival) -> int:
    """The clerks: a message came in."""
    marked = "系统标为疑似垃圾，请判断。" if arrival.suspicion else ""
    return _tell(people(inquiry.agency, Role.CLERK), inquiry, "received", "收到群众留言", f"请分办。{marked}")


def tell_assigned(inquiry: Inquiry) -> None:
    """Whoever is to answer it."""
    if inquiry.handler_id is not None:
        whom = User.objects.filter(pk=inquiry.handler_id)
    else:
        whom = people(inquiry.agency, Role.HANDLER).filter(department=inquiry.lead_id)
    _tell(whom, inquiry, f"assigned:{inquiry.lead_id}:{inquiry.handler_id or 0}", "请办理群众留言", "")


def tell_review(inquiry: Inquiry) -> None:
    """Reviewers of the department and the office, without whoever sent it; the leader where there are none."""
    number = inquiry.drafts.exclude(submitted_at=None).values_list("pk", "drafted_by").first()
    assert number is not None, "sent just now"
    own = Q(department=inquiry.lead_id) | Q(department__name=inquiry.agency.office)
    reviewers = people(inquiry.agency, Role.REVIEWER).filter(own).exclude(pk=number[1])
    whom = reviewers if reviewers.exists() else people(inquiry.agency, Role.LEADER).exclude(pk=number[1])
    _tell(whom, inquiry, f"review:{number[0]}", "群众留言的答复待审核", "")


def tell_returned(inquiry: Inquiry, draft: Draft) -> None:
    """Whoever drafted it."""
    settle(f"{KEY}:{inquiry.pk}:review")
    whom = User.objects.filter(pk__in=[draft.drafted_by_id])
    _tell(whom, inquiry, f"returned:{draft.pk}", "群众留言的答复被退回", "退回意见见留言页面。")


def tell_done(inquiry: Inquiry) -> None:
    """It is closed: nobody need be reminded any more."""
    settle(f"{KEY}:{inquiry.pk}")
    settle(f"{KEY}.due:{inquiry.pk}")


def _tell(whom: QuerySet[User], inquiry: Inquiry, what: str, subject: str, more: str) -> int:
    due = f"办理期限 {chinese_day(inquiry.due_on)}。" if inquiry.due_on else ""
    key = f"{KEY}:{inquiry.pk}:{what}"
    return notify(whom, f"{subject} {inquiry.number}", f"{due}{more}", url=address_of(inquiry), key=key)
