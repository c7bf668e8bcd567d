"""How an application comes in, is linked to others, and ends without a reply."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.receipt import Channel
from gongkai.ledger.services import lock, next_number

from ..case import Case
from ..events import Linked, Merged, ReceiptConfirmed, Registered, Withdrawn
from ..models import Applicant, ApplicantKind, Application
from .acting import act, record, require, set_columns


@dataclass(frozen=True, slots=True)
class Person:
    """Who applies, as they state it (Article 29(一)). Held encrypted in :class:`Applicant` only."""

    kind: ApplicantKind
    name: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    id_type: str = ""
    postcode: str = ""
    fax: str = ""
    contact: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What tells the information apart beside its description, and how it is wanted (Article 29(二) and (三)).

    ``provision`` and ``delivery`` are values of :class:`Provision` and :class:`Delivery`, or empty.
    """

    title: str = ""
    reference: str = ""
    provision: str = ""
    delivery: str = ""
    accepts_other: bool = False
    needs_help: bool = False


def number_of(year: int, count: int) -> str:
    """The registration number of the ``count``-th application received in a year."""
    return f"{year}-{count:05d}"


def series_of(year: int) -> str:
    """The counter of the applications received in a year."""
    return f"applications-{year}"


@transaction.atomic
def register(
    agency: Agency,
    received_on: date,
    applicant: Person,
    requested: str,
    *,
    channel: Channel,
    external_number: str = "",
    wanted: Wanted = Wanted(),
    actor: User | None = None,
) -> Application:
    """Register an application on its day of receipt (Article 31) and start the clock."""
    lock(agency.pk)
    number = number_of(received_on.year, next_number(agency, series_of(received_on.year)))
    event = Registered(number=number, applicant_kind=applicant.kind, channel=channel, external_number=external_number)
    case = Case()
    require(case, event, received_on, actor)
    case.apply(event.kind, received_on, event.model_dump(mode="json"))
    application = Application(
        agency=agency,
        applicant=Applicant.objects.create(agency=agency, **asdict(applicant)),
        requested=requested,
        **asdict(wanted),
        is_demo=agency.is_demo,
    )
    set_columns(application, case)
    application.save(force_insert=True)
    record(application, event, received_on, actor)
    return application


def withdraw(application: Application, day: date, *, actor: User | None = None) -> Application:
    """End a case whose applicant has withdrawn the application."""
    return act(application, Withdrawn(), day, actor)


def confirm_receipt(application: Application, day: date, how: str, *, actor: User | None = None) -> Application:
    """Record that both sides confirmed the receipt (Article 31); it does not move the day of receipt."""
    return act(application, ReceiptConfirmed(how=how), day, actor)


@transaction.atomic
def link(
    application: Application,
    day: date,
    other: Application,
    relation: Literal["repeat", "similar", "split", "related"],
    *,
    actor: User | None = None,
) -> Application:
    """Link an application to another of the agency; ``repeat`` only to one that was answered (Article 36(6))."""
    if other.agency_id != application.agency_id or other.pk == application.pk:
        raise NotPermittedError("只能关联本机关的另一件申请。")
    if relation == "repeat" and other.closed_on is None:
        raise NotPermittedError(f"{other.number} 还没有答复，不能作为重复申请的依据。")
    return act(application, Linked(other=other.pk, relation=relation), day, actor)


@transaction.atomic
def merge(application: Application, day: date, into: Application, *, actor: User | None = None) -> Application:
    """End an application that is answered together with another one that is still open."""
    if into.agency_id != application.agency_id or into.pk == application.pk or into.closed_on is not None:
        raise NotPermittedError("只能并入本机关另一件在办的申请。")
    return act(application, Merged(into=into.pk), day, actor)
