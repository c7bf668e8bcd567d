"""The read gate of agencies: who may see whose records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Case, QuerySet, When

from .models import Agency

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import User


def visible_agencies(user: User | AnonymousUser) -> QuerySet[Agency]:
    """The agencies whose internal records a user may read.

    Their own; with the bodies below it when they are supervising (Article 47); every one for the
    administrator of the installation; none for a visitor or an account without an agency.
    """
    agencies: QuerySet[Agency] = Agency.objects.all()
    if not user.is_authenticated or not user.is_active:
        return agencies.none()
    if user.is_superuser:
        return agencies
    if user.agency is None:
        return agencies.none()
    if user.supervising:
        return agencies.filter(path__startswith=user.agency.path)
    return agencies.filter(pk=user.agency_id)


def may_see(user: User | AnonymousUser, agency: Agency) -> bool:
    """Whether :func:`visible_agencies` has this agency."""
    return visible_agencies(user).filter(pk=agency.pk).exists()


_SEES = "_sees_an_agency"


def sees_an_agency(user: User | AnonymousUser) -> bool:
    """Whether :func:`visible_agencies` has any; asked once a request, however many entries of a menu ask it."""
    known: bool | None = getattr(user, _SEES, None)
    if known is None:
        known = visible_agencies(user).exists()
        setattr(user, _SEES, known)
    return known


def site_agency() -> Agency | None:
    """Whose public site this is: the agency of ``GONGKAI_SITE_AGENCY``; without it the topmost one that has a site of
    its own (网站标识码), or where none has the topmost one registered first.
    """
    agencies = Agency.objects.all()
    if settings.GONGKAI_SITE_AGENCY:
        return agencies.filter(code=settings.GONGKAI_SITE_AGENCY).first()
    without_site = Case(When(site_code="", then=1), default=0)
    return agencies.order_by(without_site, "path").first()
