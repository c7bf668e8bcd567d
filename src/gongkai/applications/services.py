"""The verbs of disclosure on application: each one transaction that locks the case, appends and projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, roles_of
from gongkai.law.receipt import Channel
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock, next_number

from .case import Case
from .deadlines import longest_extension
from .events import (
    STREAM,
    Answer,
    ConsultationReturned,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Decided,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    Party,
    Registered,
    Withdrawn,
)
from .models import Applicant, ApplicantKind, Application
from .projection import FIELDS, fold, project
from .transitions import refusal


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
    _require(case, event, received_on, actor)
    case.apply(event.kind, received_on, event.model_dump(mode="json"))
    application = Application(
        agency=agency,
        applicant=Applicant.objects.create(agency=agency, **asdict(applicant)),
        requested=requested,
        is_demo=agency.is_demo,
    )
    _set(application, case)
    application.save(force_insert=True)
    _append(application, event, received_on, actor)
    return application


def request_correction(
    application: Application, day: date, *, reply_by: date | None = None, actor: User | None = None
) -> Application:
    """Ask the applicant, once and within 7 working days of receipt, to make the request clear (Article 30)."""
    return _act(application, CorrectionRequested(reply_by=reply_by), day, actor)


def receive_correction(application: Application, day: date, *, actor: User | None = None) -> Application:
    """Take in the corrected application; the period starts afresh (Article 30)."""
    return _act(application, Corrected(), day, actor)


def extend(
    application: Application, day: date, *, working_days: int | None = None, actor: User | None = None
) -> Application:
    """Extend the period once, before it runs out, by ``working_days`` or by as many as are allowed (Article 33)."""
    days = longest_extension(application.received_on) if working_days is None else working_days
    return _act(application, Extended(working_days=days), day, actor)


def consult(
    application: Application, day: date, *, party: Party = "third_party", actor: User | None = None
) -> Application:
    """Ask a third party (Article 32) or another organ (Article 34); the clock stands until the answer."""
    return _act(
        application, lambda case: ConsultationSent(consultation=len(case.consultations) + 1, party=party), day, actor
    )


def return_consultation(
    application: Application, day: date, *, consultation: int, answer: Answer, actor: User | None = None
) -> Application:
    """Take in the answer to a consultation, or the end of the wait for it."""
    return _act(application, ConsultationReturned(consultation=consultation, answer=answer), day, actor)


def notice_fee(
    application: Application,
    day: date,
    *,
    amount: Decimal,
    pay_by: date | None = None,
    actor: User | None = None,
) -> Application:
    """Give notice of the fee for excessive requests, in yuan (Article 42; 国办函〔2020〕109号)."""
    return _act(application, FeeNoticed(amount=amount, pay_by=pay_by), day, actor)


def receive_fee(application: Application, day: date, *, actor: User | None = None) -> Application:
    """Take in the fee."""
    return _act(application, FeePaid(), day, actor)


def decide(
    application: Application,
    day: date,
    *,
    outcome: str,
    evidence: Iterable[str] = (),
    document_number: str = "",
    actor: User | None = None,
) -> Application:
    """Reply (Article 36). ``evidence`` names what is on file, as the outcome requires; ``day`` is that of dispatch."""
    event = Decided(outcome=outcome, document_number=document_number, evidence=tuple(evidence))
    return _act(application, event, day, actor)


def withdraw(application: Application, day: date, *, actor: User | None = None) -> Application:
    """End a case whose applicant has withdrawn the application."""
    return _act(application, Withdrawn(), day, actor)


# --- What the verbs share -----------------------------------------------------------------------------


@transaction.atomic
def _act(
    application: Application, event: Event | Callable[[Case], Event], day: date, actor: User | None
) -> Application:
    """Lock the case, ask the table, append the event, project. Raises :class:`NotPermittedError`.

    An event that depends on the case is given as a function of it.
    """
    case = _locked_case(application)
    event = event if isinstance(event, Event) else event(case)
    _require(case, event, day, actor)
    case.apply(event.kind, day, event.model_dump(mode="json"))
    _set(application, case)
    _append(application, event, day, actor)
    application.save(update_fields=FIELDS)
    return application


def _locked_case(application: Application) -> Case:
    lock(application.agency_id)
    Application.objects.select_for_update().values_list("pk").get(pk=application.pk)
    entries = Entry.objects.of_stream(STREAM, application.pk)
    return fold((entry.kind, entry.occurred_on, entry.data) for entry in entries)


def _require(case: Case, event: Event, day: date, actor: User | None) -> None:
    reason = refusal(case, event, day, None if actor is None else roles_of(actor))
    if reason:
        raise NotPermittedError(f"{reason}。")


def _set(application: Application, case: Case) -> None:
    projected = project(case)
    for name in FIELDS:
        setattr(application, name, getattr(projected, name))


def _append(application: Application, event: Event, day: date, actor: User | None) -> None:
    append(
        application.agency,
        STREAM,
        application.pk,
        event.kind,
        day,
        event.model_dump(mode="json"),
        actor_id=None if actor is None else actor.pk,
    )
