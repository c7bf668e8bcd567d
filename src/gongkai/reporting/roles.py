"""Who may do what with a report. Seeing is :mod:`.queries`; this is for acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.bureau.roles import Role, roles_of

if TYPE_CHECKING:
    from gongkai.bureau.models import Agency, User

# The office drafts, the head of the agency answers for it (国办公开办函〔2021〕30号: 分管领导为第一责任人).
MAY_EDIT = frozenset({Role.CLERK, Role.REVIEWER, Role.LEADER})
MAY_PUBLISH = frozenset({Role.LEADER})


def may_edit(user: User, agency: Agency) -> bool:
    """Whether a user may write the prose of their own agency's report."""
    return _may(user, agency, MAY_EDIT)


def may_publish(user: User, agency: Agency) -> bool:
    """Whether a user may publish their own agency's report."""
    return _may(user, agency, MAY_PUBLISH)


def _may(user: User, agency: Agency, roles: frozenset[Role]) -> bool:
    """Supervising opens records of the bodies below for reading, not their reports for writing."""
    if not user.is_active:
        return False
    return user.is_superuser or (user.agency_id == agency.pk and bool(roles & roles_of(user)))
