"""What the pages of the back office share: whose applications, breadcrumbs, names of people, how a list counts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from gongkai.bureau.models import Agency
from gongkai.bureau.staff import AgencyPageMixin
from gongkai.law.clock import Deadline
from gongkai.law.errors import LawError

from ..case import Case
from ..deadlines import explained
from ..models import Application
from .access import acts_for, may_open, own_or_404
from .told import Told, told_of


class StaffMixin(AgencyPageMixin):
    """A page about the applications of an agency: ``?agency=``, by default the reader's own; 404 for others."""

    header_icon = "form"

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows 工作台 in the breadcrumbs; the last one is this page."""
        return [list_crumb(), {"url": "", "label": self.get_page_title()}]


class CaseMixin(StaffMixin):
    """A page about the application of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def application(self) -> Application:
        return own_or_404(self.request, self.kwargs["pk"])

    @cached_property
    def agency(self) -> Agency:
        return self.application.agency

    @cached_property
    def told(self) -> Told:
        return told_of(self.application)

    @property
    def case(self) -> Case:
        return self.told.case

    @property
    def case_url(self) -> str:
        return case_address(self.application.pk)

    @cached_property
    def clock(self) -> Deadline | None:
        """When the reply is due and why: every page on which somebody does something explains it."""
        return clock_of(self.case)

    @cached_property
    def acts(self) -> frozenset[str]:
        """The kinds of events that this person may bring about now."""
        return frozenset(event.kind for event in acts_for(self.user, self.application, self.case))

    @cached_property
    def may_open(self) -> bool:
        return may_open(self.user, self.application, self.case)

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"applications:{name}", args=[self.application.pk, *args])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"application": self.application, "case": self.case, "case_url": self.case_url}

    def below(self, label: str) -> list[dict[str, Any]]:
        """The breadcrumbs of a page below that of the case."""
        return [list_crumb(), {"url": self.case_url, "label": self.application.number}, {"url": "", "label": label}]


def clock_of(case: Case) -> Deadline | None:
    """The period for the reply with its steps; ``None`` where the records contradict one another."""
    try:
        return explained(case)
    except LawError:
        return None


def list_crumb() -> dict[str, Any]:
    return {"url": reverse("applications:list"), "label": "依申请公开"}


def case_address(pk: int) -> str:
    """The page of an application in the back office."""
    return reverse("applications:case", args=[pk])
