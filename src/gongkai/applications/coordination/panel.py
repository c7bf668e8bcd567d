"""What the page of a case shows of its 会商."""

from __future__ import annotations

from gongkai.bureau.models import User
from gongkai.bureau.roles import Role, actor_in

from ..beside import Panel
from ..case import Case
from ..models import Application
from .models import PassedOn
from .queries import of_application


def coordinations_of(application: Application, case: Case, user: User) -> Panel | None:
    """The 会商 of a case, with the ways to begin one and to find the right body; three queries."""
    works = user.agency_id == application.agency_id and bool(actor_in(user).roles & {Role.CLERK, Role.HANDLER})
    found = of_application(application)
    passed = PassedOn.objects.filter(application=application).select_related("received__agency").first()
    may_begin = works and case.closed_on is None
    if not found and passed is None and not may_begin:
        return None
    context = {"coordinations": found, "passed": passed, "may_begin": may_begin}
    return Panel("会商和转送", "applications/staff/coordination/panel.html", context)
