"""What every verb shares: lock the case, ask the table, append the event, project — all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock

from ..case import Case
from ..events import STREAM, Assigned, AssignmentReturned, Event, SignedFor
from ..models import Application
from ..projection import FIELDS, assign, fold, project
from ..telling import told
from ..transitions import refusal

_ASSIGNING = {Assigned.kind, SignedFor.kind, AssignmentReturned.kind}


@transaction.atomic
def act(application: Application, event: Event | Callable[[Case], Event], day: date, actor: User | None) -> Application:
    """Lock the case, ask the table, append the event, project. Raises :class:`NotPermittedError`.

    An event that depends on the case is given as a function of it.
    """
    case = locked_case(application)
    event = event if isinstance(event, Event) else event(case)
    require(case, event, day, actor)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    set_columns(application, case)
    record(application, event, day, actor)
    application.save(update_fields=FIELDS)
    if event.kind in _ASSIGNING:
        assign(application, case)
    told(application, event, case, actor)
    return application


def locked_case(application: Application) -> Case:
    lock(application.agency_id)
    Application.objects.select_for_update().values_list("pk").get(pk=application.pk)
    entries = Entry.objects.of_stream(STREAM, application.pk)
    return fold((entry.kind, entry.occurred_on, entry.data) for entry in entries)


def require(case: Case, event: Event, day: date, actor: User | None) -> None:
    reason = refusal(case, event, day, None if actor is None else actor_of(actor))
    if reason:
        raise NotPermittedError(f"{reason}。")


def set_columns(application: Application, case: Case) -> None:
    projected = project(case)
    for name in FIELDS:
        setattr(application, name, getattr(projected, name))


def record(application: Application, event: Event, day: date, actor: User | None) -> None:
    append(
        application.agency,
        STREAM,
        application.pk,
        event.kind,
        day,
        event.model_dump(mode="json"),
        actor_id=None if actor is None else actor.pk,
    )
