"""How an application comes in, is linked to others, and ends without a reply."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.law.receipt import Channel
from gongkai.ledger.services import lock, next_number

from ..case import Case
from ..events import Registered, Withdrawn
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
        is_demo=agency.is_demo,
    )
    set_columns(application, case)
    application.save(force_insert=True)
    record(application, event, received_on, actor)
    return application


def withdraw(application: Application, day: date, *, actor: User | None = None) -> Application:
    """End a case whose applicant has withdrawn the application."""
    return act(application, Withdrawn(), day, actor)
