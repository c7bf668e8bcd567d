"""Project events onto the columns of an application: used by the services, by import and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from gongkai.law.outcomes import outcome
from gongkai.ledger.rebuilding import Projection, Told

from .case import Case
from .deadlines import due
from .events import STREAM
from .models import Application, Status

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


def _columns(events: Iterable[Told]) -> Mapping[str, Any]:
    return project(fold(events))._asdict()


rebuild = Projection(STREAM, Application, _columns, "申请", "件", bulky=("requested", "note")).rebuild
