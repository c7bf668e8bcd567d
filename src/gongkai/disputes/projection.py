"""Project events onto the columns of a dispute: used by the services, by import and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.bureau.calendar import working_calendar
from gongkai.ledger.rebuilding import Projection, Told

from .case import Case
from .events import STREAM
from .models import Dispute

FIELDS = (
    "number",
    "application_number",
    "kind",
    "filed_on",
    "concluded_on",
    "result",
    "body",
    "status",
    "is_appeal",
    "due_on",
    "due_provisional",
    "hearing_on",
    "ending",
    "errors",
    "earlier_id",
)


def fold(entries: Iterable[Told]) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in entries:
        case.apply(kind, day, payload)
    return case


def columns_of(case: Case) -> dict[str, Any]:
    """The columns of a filed case. Raises :class:`~gongkai.law.errors.LawError` for a period without a rule."""
    if case.status is None:
        raise ValueError("a case that is not filed has no projection")
    due_on, provisional = case.due(working_calendar())
    values = (
        case.number,
        case.application_number,
        case.group,
        case.filed_on,
        case.concluded_on,
        case.result,
        case.body,
        case.status.value,
        case.is_appeal,
        due_on,
        provisional,
        case.session_on if case.concluded_on is None else None,
        case.ending,
        ",".join(case.errors),
        case.earlier,
    )
    return dict(zip(FIELDS, values, strict=True))


def project(events: Iterable[Told]) -> dict[str, Any]:
    """The columns that a stream of (kind, date, payload) leaves."""
    return columns_of(fold(events))


rebuild = Projection(STREAM, Dispute, project, "案件", "件", bulky=("claims", "note")).rebuild
