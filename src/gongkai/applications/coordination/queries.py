"""What each audience may read of a 会商: the office that leads everything, the body asked only what it is asked."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies

from ..models import Application
from .models import Asked, Coordination, Standing, Status

RUNNING = (Status.OPENED, Status.ASKED, Status.ANSWERED, Status.DISAGREED, Status.ESCALATED, Status.CONCLUDED)
WAITING = (Standing.WAITING, Standing.DRAFTED)
# What a list needs; not what people wrote.
_TEXTS = ("question", "shown", "conclusion", "dispute")
_ANSWERS = ("people", "opinion", "basis")


def of_agency(agency: Agency) -> QuerySet[Coordination]:
    """The 会商 that an agency leads, the newest first, with whom they ask; two queries."""
    organs = Asked.objects.defer(*_ANSWERS)
    found = Coordination.objects.filter(agency=agency).select_related("application").defer(*_TEXTS)
    found = found.defer("application__requested", "application__title", "application__reference")
    return found.prefetch_related(Prefetch("organs", organs)).order_by("-opened_on", "-pk")


def incoming(agency: Agency) -> QuerySet[Asked]:
    """What an agency is asked by others, what waits first. Nothing of the application."""
    found = Asked.objects.filter(agency=agency).select_related("coordination", "coordination__agency").defer(*_ANSWERS)
    return found.defer(*(f"coordination__{name}" for name in _TEXTS)).order_by("answered_on", "reply_by", "pk")


def waiting_for(agency: Agency) -> QuerySet[Asked]:
    """What an agency has not answered yet; the desk counts these."""
    return incoming(agency).filter(standing__in=WAITING).exclude(coordination__status=Status.ENDED)


def of_application(application: Application) -> list[Coordination]:
    """Every 会商 about an application; two queries."""
    return list(application.coordinations.prefetch_related("organs").order_by("pk"))


def own_or_404(request: HttpRequest, pk: int) -> Coordination:
    """A 会商 of an agency whose records the reader may see; 404 for any other."""
    visible = visible_agencies(request.user)
    found = Coordination.objects.filter(pk=pk, agency__in=visible)
    one = found.select_related("agency", "application", "application__agency", "application__applicant").first()
    if one is None:
        raise Http404
    return one


def asked_or_404(user: User, pk: int) -> Asked:
    """What the reader's own agency is asked; 404 for anything else. The application is not loaded with it."""
    own = Asked.objects.filter(agency__in=[user.agency_id] if user.agency_id is not None else [])
    one = own.filter(pk=pk).select_related("coordination", "coordination__agency").first()
    if one is None:
        raise Http404
    return one
