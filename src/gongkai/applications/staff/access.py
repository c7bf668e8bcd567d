"""Who may see and open what. What may happen to an application is :mod:`gongkai.applications.transitions` alone.

Whoever belongs to the agency (or supervises it) sees its applications, with personal data masked. It is opened by those
who work on the case: the clerks, the leader, and the departments that the case was assigned to.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import Role, actor_in
from gongkai.ledger.events import Event

from ..case import Case
from ..models import Application
from ..transitions import permitted

_OPENS_ALL = frozenset({Role.CLERK, Role.LEADER})
_OPENS_OWN = frozenset({Role.HANDLER, Role.REVIEWER})
_OVERSEES = frozenset({Role.SECURITY_OFFICER, Role.LEADER})


def own_or_404(request: HttpRequest, pk: int) -> Application:
    """An application of an agency whose records the reader may see; 404 for any other."""
    found = (
        Application.objects.filter(pk=pk, agency__in=visible_agencies(request.user))
        .select_related("agency", "applicant", "lead")
        .first()
    )
    if found is None:
        raise Http404
    return found


def acts_for(user: User, application: Application, case: Case) -> list[type[Event]]:
    """What this person may do with it now, in the order of the table; nothing with another agency's."""
    return permitted(case, actor_in(user)) if user.agency_id == application.agency_id else []


def may_open(user: User, application: Application, case: Case) -> bool:
    """Whether a person may open the applicant's data and the files of a case."""
    if user.agency_id != application.agency_id:
        return False
    actor = actor_in(user)
    if actor.roles & _OPENS_ALL:
        return True
    mine = actor.department in case.work.departments or (actor.in_office and Role.REVIEWER in actor.roles)
    return bool(actor.roles & _OPENS_OWN) and mine


def oversees(user: User, agency: Agency) -> bool:
    """Whether a person sees who opened whose personal data: the officer for it and the leader of the agency."""
    return user.agency_id == agency.pk and bool(actor_in(user).roles & _OVERSEES)


def is_officer(user: User, agency: Agency) -> bool:
    """Whether a person answers for personal data of an agency, and so for how long it is kept."""
    return user.agency_id == agency.pk and Role.SECURITY_OFFICER in actor_in(user).roles
