"""The verbs of disputes: file and conclude, each one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock

from .events import STREAM, Concluded, Event, Filed
from .models import Dispute, DisputeKind, DisputeResult
from .projection import FIELDS, project


class Challenged(Protocol):
    """The application whose reply, or lack of one, is disputed."""

    pk: Any
    number: Any
    received_on: Any


@transaction.atomic
def file(
    agency: Agency,
    day: date,
    *,
    number: str,
    kind: DisputeKind,
    application: Challenged | None = None,
    application_number: str = "",
    note: str = "",
    source_key: str | None = None,
    actor: User | None = None,
) -> Dispute:
    """Record that a review or suit has been accepted (受理、立案) on ``day``."""
    if day > timezone.localdate():
        raise NotPermittedError("受理日期在今天之后。")
    if application is not None:
        application_number = application_number or application.number
        if day < application.received_on:
            raise NotPermittedError(f"受理日期早于收到申请之日（{application.received_on}）。")
    lock(agency.pk)
    event = Filed(number=number, group=kind, application_number=application_number)
    dispute = Dispute(
        agency=agency,
        application_id=None if application is None else application.pk,
        note=note,
        source_key=source_key,
        is_demo=agency.is_demo,
    )
    _set(dispute, [(event.kind, day, event.model_dump(mode="json"))])
    dispute.save(force_insert=True)
    _append(dispute, event, day, actor)
    return dispute


@transaction.atomic
def conclude(dispute: Dispute, day: date, result: DisputeResult, *, actor: User | None = None) -> Dispute:
    """Record the result of a review or suit (审结), once."""
    lock(dispute.agency_id)
    Dispute.objects.select_for_update().values_list("pk").get(pk=dispute.pk)
    events = [(e.kind, e.occurred_on, e.data) for e in Entry.objects.of_stream(STREAM, dispute.pk)]
    if any(kind == Concluded.kind for kind, _, _ in events):
        raise NotPermittedError("此案已经审结。")
    if day < events[0][1]:
        raise NotPermittedError(f"审结日期早于受理日期（{events[0][1]}）。")
    if day > timezone.localdate():
        raise NotPermittedError("审结日期在今天之后。")
    event = Concluded(result=result)
    _set(dispute, [*events, (event.kind, day, event.model_dump(mode="json"))])
    _append(dispute, event, day, actor)
    dispute.save(update_fields=FIELDS)
    return dispute


def _set(dispute: Dispute, events: list[tuple[str, date, dict[str, object]]]) -> None:
    for name, value in project(events).items():
        setattr(dispute, name, value)


def _append(dispute: Dispute, event: Event, day: date, actor: User | None) -> None:
    actor_id = None if actor is None else actor.pk
    append(dispute.agency, STREAM, dispute.pk, event.kind, day, event.model_dump(mode="json"), actor_id=actor_id)
