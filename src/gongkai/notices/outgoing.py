"""Take out of the outbox what is due. Of several workers each person is served by one at a time.

A delivery is claimed in a short transaction, handed over outside of it, and marked in another: a slow or dead mail
server holds no lock. Who is killed in between has perhaps sent it: it is tried again after ``LEASE``, under the same
Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from gongkai.bureau.models import User

from .models import Delivery, Notice, Preference
from .quiet import calendar_of_work, sendable_from
from .running import kind_and_place
from .transports import TRANSPORTS, NotSentError, Transport

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
# After each failure, in minutes; who fails once more is given up, after about four days.
PAUSES = (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)
OPEN = (Delivery.State.WAITING, Delivery.State.FAILED)


@dataclass(slots=True)
class Outcome:
    """How many messages went out in one pass, how many did not."""

    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What one person is sent in one message."""

    address: str
    deliveries: list[Delivery]


def send_due(
    transports: Sequence[Transport] = TRANSPORTS,
    *,
    clock: Callable[[], datetime] = timezone.now,
    stopping: Callable[[], bool] = lambda: False,
) -> Outcome:
    """One pass over what is due. What a transport that is not configured would take stays as it is."""
    outcome = Outcome()
    for transport in transports:
        if not transport.missing():
            _send_by(transport, clock, stopping, outcome)
    return outcome


def _send_by(
    transport: Transport, clock: Callable[[], datetime], stopping: Callable[[], bool], outcome: Outcome
) -> None:
    now, seen = clock(), set[int]()
    while not stopping():
        person = _next_person(transport, now, seen)
        if person is None:
            return
        seen.add(person)
        claimed = _claim(transport, person, clock())
        if claimed is None:
            continue
        try:
            _hand_over(transport, claimed)
        except NotSentError as error:
            outcome.failed += 1
            _mark_failed(claimed, error, clock())
            logger.warning("%s: not sent, %s", transport.channel.value, error.kind)
            if error.down:
                return
        else:
            outcome.sent += 1
            _of(claimed).update(state=Delivery.State.SENT, sent_at=clock(), last_error="")


def _next_person(transport: Transport, now: datetime, seen: set[int]) -> int | None:
    due = _due(transport, now).exclude(notice__recipient__in=seen)
    person: int | None = due.order_by("next_try_at").values_list("notice__recipient", flat=True).first()
    return person


def _due(transport: Transport, now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel=transport.channel, state__in=OPEN, next_try_at__lte=now)


@transaction.atomic
def _claim(transport: Transport, person: int, now: datetime) -> _Claimed | None:
    """What is due to a person now, kept from other workers for ``LEASE``; nothing when another is at it, when it is
    quiet, or when nothing needs to be sent any more.
    """
    user = User.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=person).first()
    if user is None:
        return None
    due = list(_due(transport, now).filter(notice__recipient=user).select_related("notice"))
    chosen = Preference.objects.filter(user=user).first() or Preference(user=user)
    address = transport.address(user, chosen) if user.is_active else ""
    needless = [each for each in due if not address or not _is_wanted(each.notice, chosen, transport)]
    _mark(needless, state=Delivery.State.DROPPED)
    due = [each for each in due if each not in needless]
    opens = sendable_from(now, chosen, calendar_of_work()) if due else now
    held = [each for each in due if opens > now and not each.notice.urgent]
    _mark(held, next_try_at=opens)
    taken = [each for each in due if each not in held]
    _mark(taken, next_try_at=now + LEASE, attempts=F("attempts") + 1)
    for each in taken:
        each.attempts += 1
    return _Claimed(address, taken) if taken else None


def _is_wanted(notice: Notice, chosen: Preference, transport: Transport) -> bool:
    """Whether it still needs to be sent: not when it was read on the desk, or when what it was about is done."""
    told = notice.read_at is not None or notice.settled_at is not None
    return not told and chosen.wants(transport.channel, urgent=notice.urgent)


def _hand_over(transport: Transport, claimed: _Claimed) -> None:
    notices = [each.notice for each in claimed.deliveries]
    reference = f"gongkai.{min(each.pk for each in claimed.deliveries).hex}"
    try:
        transport.send(transport.compose(claimed.address, notices, reference))
    except NotSentError:
        raise
    except Exception as error:  # noqa: BLE001  one message that nobody can send must not keep the others in
        raise NotSentError(kind_and_place(error)) from None


def _mark_failed(claimed: _Claimed, error: NotSentError, now: datetime) -> None:
    for each in claimed.deliveries:
        over = error.for_good or each.attempts > len(PAUSES)
        pause = timedelta(minutes=PAUSES[min(each.attempts, len(PAUSES)) - 1])
        state = Delivery.State.GIVEN_UP if over else Delivery.State.FAILED
        Delivery.objects.filter(pk=each.pk).update(state=state, next_try_at=now + pause, last_error=error.kind[:120])


def _of(claimed: _Claimed) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk__in=[each.pk for each in claimed.deliveries])


def _mark(deliveries: list[Delivery], **values: object) -> None:
    if deliveries:
        Delivery.objects.filter(pk__in=[each.pk for each in deliveries]).update(**values)


def try_again() -> int:
    """Put back what was given up, e.g. once the mail server has been mended. Gives how many."""
    given_up = Delivery.objects.filter(state=Delivery.State.GIVEN_UP)
    return given_up.update(state=Delivery.State.WAITING, attempts=0, next_try_at=timezone.now())
