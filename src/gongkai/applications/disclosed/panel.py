"""What the page of a case says of the log."""

from __future__ import annotations

from gongkai.bureau.models import User
from gongkai.bureau.roles import Role, actor_in

from ..beside import Panel
from ..case import Case
from ..models import Application
from .models import Demand, Disclosed
from .publishing import address_of
from .services import may_be_told


def entry_of(application: Application, case: Case, user: User) -> Panel | None:
    """The entry of a case and how many others ask for the same; two queries."""
    works = user.agency_id == application.agency_id and bool(actor_in(user).roles & {Role.CLERK, Role.HANDLER})
    entry = Disclosed.objects.filter(application=application).defer("wanted", "answered").first()
    demand = Demand.objects.filter(cases=application).first()
    may_propose = works and entry is None and may_be_told(application)
    if entry is None and demand is None and not may_propose:
        return None
    address = address_of(entry.item) if entry is not None else ""
    context = {"entry": entry, "demand": demand, "may_propose": may_propose, "address": address}
    return Panel("公开目录", "applications/staff/disclosed/panel.html", context)
