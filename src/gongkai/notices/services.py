"""What the other rooms say to staff, and what staff do with it. The rows are the outbox: what a transaction told is
told when it commits, and not at all when it does not. A worker (:mod:`.worker`) takes them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.bureau.models import User

from .models import Channel, Delivery, Notice, Preference

_KEY = re.compile(r"[\w.@+-]+(:[\w.@+-]+)*", re.ASCII)


def notify(
    recipients: Iterable[User],
    subject: str,
    text: str,
    *,
    url: str = "",
    key: str,
    urgent: bool = False,
    not_before: datetime | None = None,
) -> int:
    """Put a notice for each recipient into the outbox, within the caller's transaction. Gives how many are new.

    The desk shows it from ``not_before`` on (at once when it is not given), and mail or text messages go out as each
    person has chosen; ``urgent`` ones at any hour. ``key`` says what it is about in parts from the general to the
    particular, joined by ``:`` (ASCII): the same key is never told to the same person twice, and :func:`settle`
    takes its beginning. ``url`` is a path of this site. Accounts that are not active are left out.

    Neither subject nor text may hold personal data of those whom a matter is about: numbers, dates and titles
    only; they leave the program. Raises ``ValueError`` for a key, subject or address that cannot be one.
    """
    if not _KEY.fullmatch(key) or len(key) > 150:
        raise ValueError(f"not a key of a notice: {key!r}")
    if not subject.strip() or "\n" in subject or len(subject) > 120:
        raise ValueError("the subject of a notice is one line of at most 120 characters")
    if url and (not url.startswith("/") or url.startswith("//") or "\\" in url or len(url) > 300):
        raise ValueError(f"not a path of this site: {url!r}")
    people = {user.pk: user for user in recipients if user.is_active}
    if not people:
        return 0
    now = timezone.now()
    first = not_before or now
    notices = [
        Notice(
            recipient=user,
            subject=subject,
            text=text,
            url=url,
            key=key,
            urgent=urgent,
            created_at=now,
            not_before=first,
        )
        for user in people.values()
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        # The database says which of them it took: another transaction may have told the same meanwhile.
        taken = set(Notice.objects.filter(pk__in=[notice.pk for notice in notices]).values_list("pk", flat=True))
        chosen = {each.pk: each for each in Preference.objects.filter(pk__in=people)}
        deliveries = [
            Delivery(notice=notice, channel=channel, next_try_at=first)
            for notice in notices
            if notice.pk in taken
            for channel in _channels(people[notice.recipient_id], chosen.get(notice.recipient_id), urgent=urgent)
        ]
        Delivery.objects.bulk_create(deliveries)
    return len(taken)


def _channels(user: User, chosen: Preference | None, *, urgent: bool) -> list[Channel]:
    """The ways by which a person gets such a notice: what they want and have an address for."""
    wishes = chosen or Preference(user=user)
    addresses = {Channel.EMAIL: user.email, Channel.SMS: wishes.mobile}
    return [channel for channel in Channel if addresses[channel] and wishes.wants(channel, urgent=urgent)]


def settle(key_prefix: str) -> int:
    """What notices were about has been done: they leave everybody's unread list, and what has not gone out stays in.

    ``duty:12`` settles ``duty:12`` and ``duty:12:2020-03-02:due``, and not ``duty:120``. Gives how many.
    """
    prefix = key_prefix.rstrip(":")
    if not _KEY.fullmatch(prefix):
        raise ValueError(f"not the beginning of a key: {key_prefix!r}")
    return Notice.objects.filter(_under(prefix), settled_at=None).update(settled_at=timezone.now())


def _under(prefix: str) -> Q:
    if connection.vendor == "sqlite":
        # LIKE is deaf to case there and uses no index; keys are ASCII, compared byte by byte.
        below = Q(key__gte=f"{prefix}:", key__lt=f"{prefix};")
    else:
        below = Q(key__startswith=f"{prefix}:")
    return below | Q(key=prefix)


def mark_read(user: User, ids: Iterable[UUID | str] | None = None) -> int:
    """The person has read these notices, or every unread one; other people's are left alone. Gives how many."""
    now = timezone.now()
    notices = Notice.objects.filter(recipient=user, read_at=None, not_before__lte=now)
    notices = notices.filter(settled_at=None) if ids is None else notices.filter(pk__in=list(ids))
    return notices.update(read_at=now)


def choose(chosen: Preference) -> None:
    """Keep what a person chose; what waits for them is looked at again at once, under the new choice."""
    with transaction.atomic():
        chosen.save()
        waiting = Delivery.objects.filter(notice__recipient=chosen.user, state=Delivery.State.WAITING, attempts=0)
        waiting.filter(notice__not_before__lte=timezone.now()).update(next_try_at=timezone.now())
