"""What each audience may read of 更正 requests, and how many there were."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import Role, actor_in
from gongkai.law.limits import LimitKind, limit

from .models import Correction, Result, Status

OPEN = (Status.RECEIVED, Status.VERIFIED, Status.DECIDED)
_WORDS = ("name", "record_name", "wrong", "right", "verification", "answer", "id_number", "phone", "email", "address")
_OPENS = frozenset({Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER})


def of_agency(agency: Agency) -> QuerySet[Correction]:
    """The requests of an agency, the newest first; nothing personal is read."""
    return Correction.objects.filter(agency=agency).defer(*_WORDS).order_by("-received_on", "-pk")


def own_or_404(request: HttpRequest, pk: int) -> Correction:
    """A request of an agency whose records the reader may see; 404 for any other."""
    found = Correction.objects.filter(pk=pk, agency__in=visible_agencies(request.user)).select_related("agency").first()
    if found is None:
        raise Http404
    return found


def may_open(user: User, correction: Correction) -> bool:
    """Whether a person works on such requests and so may open what identifies whoever asked."""
    return user.agency_id == correction.agency_id and bool(actor_in(user).roles & _OPENS)


def aim(correction: Correction) -> date:
    """By when the office means to have told the person; the Regulation sets no period."""
    return limit(LimitKind.RECORD_CORRECTION, correction.received_on, working_calendar()).last


def counts(agency: Agency, year: int) -> dict[str, int]:
    """How many were received in a year and what became of those decided in it; one query. Not part of table 三."""
    own = Correction.objects.filter(agency=agency)
    decided = Q(decided_on__year=year)
    return own.aggregate(
        received=Count("pk", filter=Q(received_on__year=year)),
        **{result.value: Count("pk", filter=decided & Q(result=result)) for result in Result},
    )
