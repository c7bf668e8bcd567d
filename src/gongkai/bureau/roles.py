"""The posts of the work system of Article 45 (登记、审核、办理、答复、归档), each a group of users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import User


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
