"""Who may do what at the desk. Seeing is :mod:`gongkai.bureau.queries`; this is for acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.bureau.roles import Role, roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from gongkai.bureau.models import Agency, User


def may_import(user: User | AnonymousUser, agency: Agency) -> bool:
    """Whether a user may bring ledgers into an agency's records: its clerks (登记), and the administrator."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or (user.agency_id == agency.pk and Role.CLERK in roles_of(user))
