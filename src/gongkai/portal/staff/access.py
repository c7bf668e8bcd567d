"""Who may do what in the back office of the portal, as Wagtail asks it: by role and agency, not by permissions.

What may happen to an item is decided by :mod:`gongkai.portal.transitions` alone. The policies here only say who may
open an editor and who keeps lists; the administrator of the installation writes and publishes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Collection
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import Role, actor_in, roles_of

from ..case import Case
from ..models import Column, Indicator, Item, Publication, ReleasePlan, WatchWord
from ..transitions import BY_EVENT, permitted

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from gongkai.ledger.events import Event

WRITERS = BY_EVENT["edited"].roles
# Columns, word lists and the calendar of releases: those who answer for what is published.
KEEPERS = frozenset({Role.REVIEWER, Role.LEADER})
_ROLES = "_gongkai_roles"


def roles_in(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles of whoever sent the request; asked of the database once a request."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if not hasattr(user, _ROLES):
        setattr(user, _ROLES, roles_of(user))
    found: frozenset[Role] = getattr(user, _ROLES)
    return found


def acts_for(user: User, item: Item, case: Case) -> list[type[Event]]:
    """What this person may do with the item now, in the order of the table; nothing with another agency's."""
    return permitted(case, actor_in(user)) if user.agency_id == item.agency_id else []


def writes_for(user: User | AnonymousUser, agency: Agency) -> bool:
    """Whether a user writes items of an agency."""
    return user.is_authenticated and user.agency_id == agency.pk and bool(WRITERS & roles_in(user))


def keeps_for(user: User | AnonymousUser, agency: Agency) -> bool:
    """Whether a user keeps the columns and lists of an agency."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or (user.agency_id == agency.pk and bool(KEEPERS & roles_in(user)))


def own_item_or_404(request: HttpRequest, pk: object) -> Item:
    """An item of an agency whose records the reader may see, with its relations; 404 for any other."""
    found = (
        Item.objects.filter(pk=str(pk), agency__in=visible_agencies(request.user))
        .select_related("agency", "column__parent", "department", "interprets", "indicator", "latest_revision")
        .first()
        if str(pk).isdecimal()
        else None
    )
    if found is None:
        raise Http404
    return found


class RolePolicy(BasePermissionPolicy):
    """Permissions that follow from roles. ``of_agency`` is the lookup of the agency from a record."""

    of_agency = "agency"
    roles: frozenset[Role] = frozenset()
    actions: frozenset[str] = frozenset()
    for_administrator = False

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action not in self.actions or not user.is_active:
            return False
        if self.for_administrator and user.is_superuser:
            return True
        return getattr(user, "agency_id", None) is not None and bool(self.roles & roles_in(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        records: QuerySet[Any] = self.model._default_manager.all()
        if not self.user_has_any_permission(user, actions):
            return records.none()
        return records.filter(self.within(user))

    def within(self, user: Any) -> Q:
        """The condition that a record is the user's to handle."""
        if self.for_administrator and user.is_superuser:
            return Q()
        return Q(**{self.of_agency: user.agency_id})

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        if not self.actions & frozenset(actions):
            return User.objects.none()
        condition = Q(groups__name__in=[role.label for role in self.roles])
        if self.for_administrator:
            condition |= Q(is_superuser=True)
        return User.objects.filter(condition, is_active=True).distinct()


class ItemPolicy(RolePolicy):
    """Items are written by those who may write; nobody deletes, locks or publishes them the way Wagtail would."""

    roles = WRITERS
    actions = frozenset({"add", "change"})

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action) and getattr(instance, "agency_id", None) == user.agency_id


class ChosenPolicy(RolePolicy):
    """What is only chosen from: earlier documents."""

    roles = WRITERS
    actions = frozenset({"view", "choose"})


class KeptPolicy(RolePolicy):
    """Lists that an agency keeps for itself."""

    roles = KEEPERS
    actions = frozenset({"add", "change", "delete", "view"})
    for_administrator = True


class ColumnPolicy(KeptPolicy):
    """Columns are retired, never deleted: addresses of the site depend on them."""

    actions = frozenset({"add", "change", "view"})


class MediaPolicy(RolePolicy):
    """Pictures and files of the library: of those who put them there and of their agency.

    Everything lies in one collection; whose it is follows from who uploaded it.
    """

    of_agency = "uploaded_by_user__agency"
    roles = WRITERS
    actions = frozenset({"add", "change", "delete", "choose", "view"})
    for_administrator = True

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Collection]:
        allowed = self.user_has_any_permission(user, actions)
        return Collection.objects.filter(depth=1) if allowed else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Collection]:
        return self.collections_user_has_any_permission_for(user, [action])


def register_policies() -> None:
    """Tell Wagtail. Called when the app is ready, before anything asks."""
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    policy_registry.register(Item, ItemPolicy(Item))
    policy_registry.register(Publication, ChosenPolicy(Publication))
    policy_registry.register(Column, ColumnPolicy(Column))
    for model in (WatchWord, Indicator, ReleasePlan):
        policy_registry.register(model, KeptPolicy(model))
    for model in (get_image_model(), get_document_model()):
        policy_registry.register(model, MediaPolicy(model), exact_class=True)
