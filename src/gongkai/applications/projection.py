"""Project events onto the columns of an application: used by the services, by import and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.law.outcomes import outcome
from gongkai.ledger.models import Entry

from .case import Case
from .deadlines import due
from .events import STREAM
from .models import Application, Status

_CHUNK = 1000
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


FIELDS: tuple[str, ...] = Projected._fields


def fold(entries: Any) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in entries:
        case.apply(kind, day, payload)
    return case


def project(case: Case) -> Projected:
    """The columns of a registered case. Raises :class:`LawError` when its clock contradicts itself."""
    last, provisional = due(case)
    status: Status | None = case.status
    if case.received_on is None or status is None:
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
    )


def cases(agency: Agency) -> Iterator[tuple[int, Case]]:
    """Every case of an agency as its events leave it, by the id of its application, in order of id."""
    entries = Entry.objects.filter(agency=agency, stream=STREAM).order_by("stream_id", "position")
    for stream_id, events in groupby(entries.iterator(_CHUNK), key=lambda entry: entry.stream_id):
        yield stream_id, fold((event.kind, event.occurred_on, event.data) for event in events)


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every case again and say, in Chinese, what differed; with ``write`` set it right."""
    differences: list[str] = []
    with transaction.atomic():
        seen = 0
        wrong: list[Application] = []
        stored = Application.objects.filter(agency=agency).defer("requested", "note").order_by("pk")
        by_id = {application.pk: application for application in stored.iterator(_CHUNK)}
        for pk, case in cases(agency):
            application = by_id.get(pk)
            if application is None:
                differences.append(f"台账中的申请 {case.number} 没有对应的登记，须从备份恢复申请人资料。")
                continue
            seen += 1
            if found := _difference(application, project(case)):
                differences.append(found)
                wrong.append(application)
        if seen < len(by_id):
            differences.append(f"{agency.name}：有 {len(by_id) - seen} 件申请在台账中没有记录。")
        if write and wrong:
            Application.objects.bulk_update(wrong, FIELDS, batch_size=_CHUNK // 4)
    return differences


def _difference(application: Application, projected: Projected) -> str:
    """Set the columns of an application to what they should be; says which were not."""
    wrong = []
    for name in FIELDS:
        should, stored = getattr(projected, name), getattr(application, name)
        if should != stored:
            label = getattr(Application._meta.get_field(name), "verbose_name", name)
            wrong.append(f"{label}存为“{stored or ''}”，按台账应为“{should or ''}”")
            setattr(application, name, should)
    return f"申请 {projected.number}：{'；'.join(wrong)}。" if wrong else ""
