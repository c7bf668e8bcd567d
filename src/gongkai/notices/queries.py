"""What a person may read: their own notices, from the moment they are meant for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongkai.bureau.models import User

from .models import Notice

UNREAD = Q(read_at=None, settled_at=None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notices a person has, and how many of them they have not read."""

    all: int
    unread: int
    urgent: int


def recent(user: User, now: datetime | None = None) -> QuerySet[Notice]:
    """A person's notices, the latest first."""
    shown = Notice.objects.filter(recipient=user, not_before__lte=now or timezone.now())
    return shown.order_by("-not_before", "-pk")


def unread(user: User, now: datetime | None = None) -> QuerySet[Notice]:
    """Those that they have not read and that are not settled, the latest first."""
    return recent(user, now).filter(UNREAD)


def first_unread(user: User, number: int = 5) -> list[Notice]:
    """The first few for the desk, urgent ones before the others; one query."""
    return list(unread(user).order_by("-urgent", "-not_before", "-pk")[:number])


def unread_count(user: User) -> int:
    """The number beside the bell; one query."""
    return unread(user).count()


def counts(user: User) -> Counts:
    """All, unread, and unread and urgent; one query."""
    found = recent(user).aggregate(
        all=Count("pk"), unread=Count("pk", filter=UNREAD), urgent=Count("pk", filter=UNREAD & Q(urgent=True))
    )
    return Counts(**found)
