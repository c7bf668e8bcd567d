"""The posts of the work system of Article 45 (登记、审核、办理、答复、归档), each a group of users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import User

_ACTOR = "_gongkai_actor"


class NotPermittedError(ValueError):
    """An act is not permitted to whoever asks, or not as things stand; the message says why in Chinese."""


class Role(models.TextChoices):
    """A role; the label is the name of its group."""

    CLERK = "clerk", "经办"
    HANDLER = "handler", "承办"
    REVIEWER = "reviewer", "审核"
    LEADER = "leader", "负责人"
    SECURITY_OFFICER = "security_officer", "安全员"


def roles_of(user: User) -> frozenset[Role]:
    """The roles that a user's groups give; one query."""
    names = set(user.groups.values_list("name", flat=True))
    return frozenset(role for role in Role if role.label in names)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: their number, roles, department, and whether that is the disclosure office (Article 4)."""

    pk: int
    roles: frozenset[Role]
    department: int | None = None
    in_office: bool = False


def actor_of(user: User) -> Actor:
    """Who acts; one query for the roles, and one each for department and agency where they are not loaded."""
    department = user.department
    office = user.agency.office if user.agency is not None else ""
    in_office = department is not None and department.name == office
    return Actor(user.pk, roles_of(user), department.pk if department else None, in_office)


def actor_in(user: User) -> Actor:
    """Who acts in a request: :func:`actor_of`, asked of the database once for the ``user`` of the request."""
    if not hasattr(user, _ACTOR):
        setattr(user, _ACTOR, actor_of(user))
    found: Actor = getattr(user, _ACTOR)
    return found
