"""What the pages share: whose records, who may do what, breadcrumbs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import actor_in
from gongkai.bureau.staff import AgencyPageMixin
from gongkai.ledger.models import Entry

from ..case import Case
from ..events import STREAM, Decided
from ..models import CreditRecord
from ..projection import fold
from ..transitions import BY_EVENT


def registers_for(user: User, agency: Agency) -> bool:
    """Whether a person at the agency registers decisions."""
    return user.agency_id == agency.pk and bool(BY_EVENT[Decided.kind].roles & actor_in(user).roles)


class StaffMixin(AgencyPageMixin):
    """A page about the credit records of an agency: ``?agency=``, by default the reader's own; 404 for others."""

    header_icon = "warning"


class RecordMixin(StaffMixin):
    """A page about the record of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def record(self) -> CreditRecord:
        found = CreditRecord.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
        record = found.select_related("agency").first()
        if record is None:
            raise Http404
        return record

    @cached_property
    def agency(self) -> Agency:
        return self.record.agency

    @cached_property
    def entries(self) -> list[Entry]:
        return list(Entry.objects.of_stream(STREAM, self.record.pk))

    @cached_property
    def case(self) -> Case:
        return fold((entry.kind, entry.occurred_on, entry.data) for entry in self.entries)

    @property
    def is_own(self) -> bool:
        return self.user.agency_id == self.record.agency_id

    @property
    def record_url(self) -> str:
        return address_of(self.record.pk)

    def below(self, label: str) -> list[dict[str, Any]]:
        """The breadcrumbs of a page below that of the record."""
        return [list_crumb(), {"url": self.record_url, "label": self.record.number}, {"url": "", "label": label}]


def list_crumb() -> dict[str, Any]:
    return {"url": reverse("credit:list"), "label": "统计信用公示"}


def address_of(pk: int) -> str:
    """The page of a record in the back office."""
    return reverse("credit:record", args=[pk])
