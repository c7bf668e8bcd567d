"""What the pages share: whose messages, who may do and open what, breadcrumbs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import Role, actor_in
from gongkai.bureau.staff import AgencyPageMixin

from ..case import Case
from ..models import Inquiry
from ..transitions import permitted
from .told import Told, told_of

_OPENS_ALL = frozenset({Role.CLERK, Role.LEADER})
_OPENS_OWN = frozenset({Role.HANDLER, Role.REVIEWER})


def is_clerk(user: User, agency: Agency) -> bool:
    """Whether a person at the agency registers messages."""
    return user.agency_id == agency.pk and Role.CLERK in actor_in(user).roles


def may_open(user: User, inquiry: Inquiry, case: Case) -> bool:
    """Whether a person may read a message and open who asked: clerks, the leader, and those it was assigned to."""
    if user.agency_id != inquiry.agency_id:
        return False
    actor = actor_in(user)
    if actor.roles & _OPENS_ALL:
        return True
    mine = case.department is not None and actor.department == case.department
    return bool(actor.roles & _OPENS_OWN) and (mine or (actor.in_office and Role.REVIEWER in actor.roles))


class StaffMixin(AgencyPageMixin):
    """A page about the messages of an agency: ``?agency=``, by default the reader's own; 404 for others."""

    header_icon = "comment"

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows 工作台 in the breadcrumbs; the last one is this page."""
        return [list_crumb(), {"url": "", "label": self.get_page_title()}]


class CaseMixin(StaffMixin):
    """A page about the message of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def inquiry(self) -> Inquiry:
        found = (
            Inquiry.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
            .select_related("agency", "asker", "lead", "arrival", "answer", "handler")
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Agency:
        return self.inquiry.agency

    @cached_property
    def told(self) -> Told:
        return told_of(self.inquiry)

    @property
    def case(self) -> Case:
        return self.told.case

    @property
    def case_url(self) -> str:
        return case_address(self.inquiry.pk)

    @property
    def is_own(self) -> bool:
        return self.user.agency_id == self.inquiry.agency_id

    @cached_property
    def acts(self) -> list[str]:
        """The kinds of events that this person may bring about now, in the order of the table."""
        return [event.kind for event in permitted(self.case, actor_in(self.user))] if self.is_own else []

    @cached_property
    def may_open(self) -> bool:
        return may_open(self.user, self.inquiry, self.case)

    def get_page_subtitle(self) -> str:
        return self.inquiry.number

    def crumbs(self) -> list[dict[str, Any]]:
        return [
            list_crumb(),
            {"url": self.case_url, "label": self.inquiry.number},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"inquiry": self.inquiry, "case": self.case, "back": self.case_url}


def list_crumb() -> dict[str, Any]:
    return {"url": reverse("inquiries:list"), "label": "群众留言"}


def case_address(pk: int) -> str:
    """The page of a message in the back office."""
    return reverse("inquiries:case", args=[pk])
