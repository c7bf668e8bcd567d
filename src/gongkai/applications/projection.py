"""Project events onto the columns of an application: used by the services, by import and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from gongkai.bureau.models import Agency
from gongkai.law.outcomes import outcome
from gongkai.ledger.models import Entry
from gongkai.ledger.rebuilding import Projection, Told
from gongkai.ledger.services import lock

from .case import Case
from .deadlines import due
from .events import STREAM
from .handling import handled_days
from .models import Application, Assignment, Stage, Status

# Rows are stored as the newer, finer form names them; the 2019 form adds up 其他处理.
_FORM = "2021"


class Projected(NamedTuple):
    """The columns of an application that its events determine."""

    number: str
    external_number: str
    channel: str
    applicant_kind: str
    received_on: date
    due_on: date
    due_provisional: bool
    status: str
    correction_requested_on: date | None
    corrected_on: date | None
    extended_on: date | None
    closed_on: date | None
    outcome: str
    outcome_row: str
    document_number: str
    stage: str
    lead_id: int | None
    handled_days: int | None


FIELDS: tuple[str, ...] = Projected._fields


def fold(entries: Iterable[Told]) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in entries:
        case.apply(kind, day, payload)
    return case


def project(case: Case) -> Projected:
    """The columns of a registered case. Raises :class:`LawError` when its clock contradicts itself."""
    last, provisional = due(case)
    status: Status | None = case.status
    stage: Stage | None = case.stage
    if case.received_on is None or status is None or stage is None:
        raise ValueError("a case that is not registered has no projection")
    return Projected(
        case.number,
        case.external_number,
        case.channel,
        case.applicant_kind,
        case.received_on,
        last,
        provisional,
        status.value,
        case.correction_requested_on,
        case.corrected_on,
        case.extended_on,
        case.closed_on,
        case.outcome,
        outcome(case.outcome).row(_FORM) if case.outcome else "",
        case.document_number,
        stage.value,
        case.work.lead,
        handled_days(case),
    )


def _columns(events: Iterable[Told]) -> Mapping[str, Any]:
    return project(fold(events))._asdict()


_columns_of = Projection(STREAM, Application, _columns, "申请", "件", bulky=("title", "reference", "requested", "note"))


def assign(application: Application, case: Case) -> bool:
    """Bring the assignments of an application up to date with its events; whether any differed."""
    should = {each: (each == case.work.lead, each in case.work.signed_for) for each in case.work.departments}
    known = {each.department_id: each for each in Assignment.objects.filter(application=application)}
    if {pk: (each.is_lead, each.is_signed_for) for pk, each in known.items()} == should:
        return False
    Assignment.objects.filter(application=application).delete()
    Assignment.objects.bulk_create(
        Assignment(application=application, department_id=pk, is_lead=is_lead, is_signed_for=is_signed_for)
        for pk, (is_lead, is_signed_for) in should.items()
    )
    return True


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every application of an agency again and say, in Chinese, what differed; with ``write`` set it right."""
    differences = _columns_of.rebuild(agency, write=write)
    with transaction.atomic():
        lock(agency.pk)
        differing = []
        assigned = Assignment.objects.filter(application__agency=agency).values("application")
        told = Entry.objects.filter(agency=agency, stream=STREAM, kind="assigned").values("stream_id")
        for application in Application.objects.filter(agency=agency).filter(Q(pk__in=assigned) | Q(pk__in=told)):
            entries = Entry.objects.of_stream(STREAM, application.pk)
            if assign(application, fold((e.kind, e.occurred_on, e.data) for e in entries)):
                differing.append(f"申请 {application.number}：分办情况与台账不符。")
        transaction.set_rollback(not write)
    return differences + differing
