"""The verbs of messages from the public: each one transaction that appends an event and updates the projection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role, roles_of
from gongkai.ledger.services import append, lock, next_number

from .case import Case
from .events import STREAM, Event, Registered, Replied, Transferred
from .models import Asker, Inquiry, PrivateReason, Source
from .transitions import refusal


def register(
    agency: Agency,
    *,
    received_on: date,
    subject: str,
    source: str = Source.WEBSITE,
    text: str = "",
    name: str = "",
    contact: str = "",
    actor: User | None = None,
) -> Inquiry:
    """Register a message under the next number of its year. Raises :class:`NotPermittedError`."""
    with transaction.atomic():
        lock(agency.pk)
        number = _free_number(agency, received_on.year)
        event = Registered(number=number, source=Source(source))
        case = Case()
        _check(case, event, received_on, actor)
        case.apply(event.kind, received_on, event.model_dump(mode="json"))
        asker = Asker.objects.create(agency=agency, name=name, contact=contact) if name or contact else None
        inquiry = Inquiry.objects.create(
            agency=agency, asker=asker, subject=subject, text=text, is_demo=agency.is_demo, **case.columns()
        )
        append(
            agency,
            STREAM,
            inquiry.pk,
            event.kind,
            received_on,
            event.model_dump(mode="json"),
            actor_id=actor.pk if actor else None,
        )
    return inquiry


def reply(
    inquiry: Inquiry, day: date, text: str, *, public: bool, reason: str = "", actor: User | None = None
) -> Inquiry:
    """Answer a message, in public or with the reason why not. Raises :class:`NotPermittedError`."""
    if public == bool(reason):
        raise NotPermittedError("不公开答复须选择理由；公开答复不用。")
    event = Replied(public=public, reason=PrivateReason(reason) if reason else "")
    return _happen(inquiry, event, day, actor, {"reply": text})


def transfer(inquiry: Inquiry, day: date, to: str, *, actor: User | None = None) -> Inquiry:
    """Hand a message to the body that is to answer it. Raises :class:`NotPermittedError`."""
    return _happen(inquiry, Transferred(to=to), day, actor, {})


def case_of(inquiry: Inquiry) -> Case:
    """The case as the projection has it, without a query."""
    return Case(
        inquiry.number,
        inquiry.source,
        inquiry.received_on,
        inquiry.closed_on,
        inquiry.closing,
        inquiry.private_reason,
    )


def _happen(inquiry: Inquiry, event: Event, day: date, actor: User | None, also: dict[str, str]) -> Inquiry:
    with transaction.atomic():
        lock(inquiry.agency_id)
        locked = Inquiry.objects.select_for_update(of=("self",)).select_related("agency").get(pk=inquiry.pk)
        case = case_of(locked)
        _check(case, event, day, actor)
        payload = event.model_dump(mode="json")
        case.apply(event.kind, day, payload)
        for name, value in {**case.columns(), **also}.items():
            setattr(locked, name, value)
        locked.save()
        append(locked.agency, STREAM, locked.pk, event.kind, day, payload, actor_id=actor.pk if actor else None)
    return locked


def _check(case: Case, event: Event, day: date, actor: User | None) -> None:
    roles: Iterable[Role] | None = roles_of(actor) if actor else None
    reason = refusal(case, event, day, roles)
    if reason:
        raise NotPermittedError(reason)


def _free_number(agency: Agency, year: int) -> str:
    """The next number that no imported message has taken."""
    while True:
        number = f"LY{year}{next_number(agency, f'inquiries/{year}'):05d}"
        if not Inquiry.objects.filter(agency=agency, number=number).exists():
            return number
