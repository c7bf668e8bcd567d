"""What the pages share: whose disputes, who may do and open what, breadcrumbs."""

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
from ..models import Dispute
from ..transitions import permitted
from .told import Told, told_of

_OPENS = frozenset({Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER})


def files_for(user: User, agency: Agency) -> bool:
    """Whether a person at the agency registers disputes."""
    return user.agency_id == agency.pk and Role.CLERK in actor_in(user).roles


def may_open(user: User, agency: Agency) -> bool:
    """Whether a person may open documents of the agency's disputes: whoever works on cases there."""
    return user.agency_id == agency.pk and bool(actor_in(user).roles & _OPENS)


class StaffMixin(AgencyPageMixin):
    """A page about the disputes of an agency: ``?agency=``, by default the reader's own; 404 for others."""

    header_icon = "doc-empty-inverse"

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows 工作台 in the breadcrumbs; the last one is this page."""
        return [list_crumb(), {"url": "", "label": self.get_page_title()}]


class CaseMixin(StaffMixin):
    """A page about the dispute of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def dispute(self) -> Dispute:
        found = (
            Dispute.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
            .select_related("agency", "earlier", "application")
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Agency:
        return self.dispute.agency

    @cached_property
    def told(self) -> Told:
        return told_of(self.dispute)

    @property
    def case(self) -> Case:
        return self.told.case

    @property
    def case_url(self) -> str:
        return case_address(self.dispute.pk)

    @property
    def is_own(self) -> bool:
        return self.user.agency_id == self.dispute.agency_id

    @cached_property
    def acts(self) -> list[str]:
        """The kinds of events that this person may bring about now, in the order of the table."""
        return [event.kind for event in permitted(self.case, actor_in(self.user))] if self.is_own else []

    @cached_property
    def may_open(self) -> bool:
        return may_open(self.user, self.agency)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"dispute": self.dispute, "case": self.case, "case_url": self.case_url}

    def below(self, label: str) -> list[dict[str, Any]]:
        """The breadcrumbs of a page below that of the case."""
        return [list_crumb(), {"url": self.case_url, "label": self.dispute.number}, {"url": "", "label": label}]


def list_crumb() -> dict[str, Any]:
    return {"url": reverse("disputes:list"), "label": "复议诉讼"}


def case_address(pk: int) -> str:
    """The page of a dispute in the back office."""
    return reverse("disputes:case", args=[pk])
