"""The verbs of disputes, each one transaction: lock the case, ask the table, append the event, project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.law.disputes import ending as ending_of
from gongkai.law.errors import LawError
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock
from gongkai.ledger.vault import seal

from .case import Case
from .events import (
    STREAM,
    Answered,
    Appeal,
    Appealed,
    Archived,
    BodyKind,
    Concluded,
    Decided,
    DocumentFiled,
    Event,
    Filed,
    Notified,
    Performed,
    Session,
    SessionSet,
)
from .models import Dispute, DisputeFile, DisputeKind, DisputeResult, DocumentKind
from .projection import FIELDS, columns_of, fold
from .transitions import refusal

FOLDER = "disputes"


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
    body: str = "",
    body_kind: BodyKind | str = "",
    alleged: Iterable[str] = (),
    earlier: Dispute | None = None,
    claims: str = "",
    note: str = "",
    source_key: str | None = None,
    actor: User | None = None,
    imported: bool = False,
) -> Dispute:
    """Record that a review or suit has been accepted (受理、立案) on ``day``. Raises :class:`NotPermittedError`.

    ``imported``: from a ledger, which asks for no role and need not know everything.
    """
    if day > timezone.localdate():
        raise NotPermittedError("受理日期在今天之后。")
    if application is not None:
        application_number = application_number or application.number
        if day < application.received_on:
            raise NotPermittedError(f"受理日期早于收到申请之日（{application.received_on}）。")
    if earlier is not None and earlier.agency_id != agency.pk:
        raise NotPermittedError("此前的复议不是本机关的案件。")
    lock(agency.pk)
    event = Filed(
        number=number,
        group=kind,
        application_number=application_number,
        body=body.strip(),
        body_kind=body_kind,  # type: ignore[arg-type]  # pydantic says no to any other
        alleged=tuple(alleged),
        earlier=None if earlier is None else earlier.pk,
    )
    case = Case()
    _require(case, event, day, None if imported else actor)
    dispute = Dispute(
        agency=agency,
        application_id=None if application is None else application.pk,
        claims=claims,
        note=note,
        source_key=source_key,
        is_demo=agency.is_demo,
    )
    case.apply(event.kind, day, event.model_dump(mode="json"))
    _set(dispute, case)
    dispute.save(force_insert=True)
    _append(dispute, event, day, actor)
    return dispute


def notify(
    dispute: Dispute,
    day: date,
    *,
    simplified: bool = False,
    answer_by: date | None = None,
    actor: User | None = None,
) -> Dispute:
    """Record that the copy of the claim was received: the period for the answer begins."""
    return _act(dispute, [Notified(simplified=simplified, answer_by=answer_by)], day, actor)


@transaction.atomic
def add_document(
    dispute: Dispute, day: date, kind: DocumentKind, content: bytes, name: str, *, actor: User | None = None
) -> DisputeFile:
    """Put a document on file, encrypted."""
    if not content:
        raise NotPermittedError("请选择文件。")
    kept = seal(DisputeFile, content, name, FOLDER, actor, dispute=dispute, kind=kind)
    _act(dispute, [DocumentFiled(document=kept.pk, what=kind)], day, actor)
    return kept


@transaction.atomic
def answer(dispute: Dispute, day: date, content: bytes, name: str, *, actor: User | None = None) -> Dispute:
    """Record that the answer (答复书、答辩状) was handed in, with the document itself."""
    kept = add_document(dispute, day, DocumentKind.ANSWER, content, name, actor=actor)
    return _act(dispute, [Answered(document=kept.pk)], day, actor)


def set_session(dispute: Dispute, day: date, on: date, form: Session, *, actor: User | None = None) -> Dispute:
    """Record the notice of a hearing (听证、开庭) on a day to come."""
    return _act(dispute, [SessionSet(on=on, form=form)], day, actor)


def decide(
    dispute: Dispute,
    day: date,
    *,
    ending: str = "",
    appeal: Appeal = "",
    decision_number: str = "",
    perform_by: date | None = None,
    errors: Iterable[str] = (),
    actor: User | None = None,
) -> Dispute:
    """Record how a review, or an instance of a suit, ended. What cannot be appealed is concluded with it."""
    try:
        event = Decided(
            ending=ending,
            appeal=appeal,
            decision_number=decision_number,
            perform_by=perform_by,
            errors=tuple(errors),
        )
        final = bool(ending) and (ending_of(ending).forum == "review" or bool(appeal))
        follows = [Concluded(result=DisputeResult(ending_of(ending).cell))] if final else []
    except (LawError, ValueError) as error:
        raise NotPermittedError("请选择裁判结果；发回重审的，不选裁判结果。") from error
    return _act(dispute, [event, *follows], day, actor)


def appeal(
    dispute: Dispute, day: date, *, by: str, number: str = "", body: str = "", actor: User | None = None
) -> Dispute:
    """Record that the suit goes to the second instance."""
    event = Appealed(by=by, number=number.strip(), body=body.strip())  # type: ignore[arg-type]
    return _act(dispute, [event], day, actor)


def conclude(
    dispute: Dispute, day: date, result: DisputeResult, *, actor: User | None = None, imported: bool = False
) -> Dispute:
    """Record the result of a review or suit (审结), once: a judgment has taken effect, or a ledger says so."""
    return _act(dispute, [Concluded(result=result)], day, actor, imported=imported)


def perform(
    dispute: Dispute,
    day: date,
    *,
    document_number: str = "",
    application: Challenged | None = None,
    actor: User | None = None,
) -> Dispute:
    """Record that what was ordered was done: a new reply, or the application that was opened for it."""
    pk = None if application is None else application.pk
    return _act(dispute, [Performed(document_number=document_number.strip(), application=pk)], day, actor)


def archive(dispute: Dispute, day: date, *, volume: str = "", actor: User | None = None) -> Dispute:
    """File the dispute away."""
    return _act(dispute, [Archived(volume=volume.strip())], day, actor)


def case_of(dispute: Dispute) -> Case:
    """The case as its events leave it; one query."""
    return fold((e.kind, e.occurred_on, e.data) for e in Entry.objects.of_stream(STREAM, dispute.pk))


@transaction.atomic
def _act(
    dispute: Dispute, events: Iterable[Event], day: date, actor: User | None, *, imported: bool = False
) -> Dispute:
    lock(dispute.agency_id)
    Dispute.objects.select_for_update().values_list("pk").get(pk=dispute.pk)
    case = case_of(dispute)
    for event in events:
        _require(case, event, day, None if imported else actor)
        case.apply(event.kind, day, event.model_dump(mode="json"))
        _append(dispute, event, day, actor)
    _set(dispute, case)
    dispute.save(update_fields=FIELDS)
    return dispute


def _require(case: Case, event: Event, day: date, actor: User | None) -> None:
    reason = refusal(case, event, day, None if actor is None else actor_of(actor))
    if reason:
        raise NotPermittedError(f"{reason}。")


def _set(dispute: Dispute, case: Case) -> None:
    try:
        columns = columns_of(case)
    except LawError as error:
        raise NotPermittedError(str(error)) from error
    for name, value in columns.items():
        setattr(dispute, name, value)


def _append(dispute: Dispute, event: Event, day: date, actor: User | None) -> None:
    actor_id = None if actor is None else actor.pk
    append(dispute.agency, STREAM, dispute.pk, event.kind, day, event.model_dump(mode="json"), actor_id=actor_id)
