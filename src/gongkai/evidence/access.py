"""Who may take a bundle away: it holds everything of the case, the applicant's data with it."""

from __future__ import annotations

from gongkai.applications.models import Application
from gongkai.bureau.models import User
from gongkai.bureau.roles import Role, actor_in

_TAKES = frozenset({Role.CLERK, Role.LEADER})


def may_take(user: User, application: Application) -> bool:
    """The clerks and the leader of the agency, who answer to the tribunal."""
    return user.agency_id == application.agency_id and bool(actor_in(user).roles & _TAKES)
