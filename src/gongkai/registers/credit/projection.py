"""Project events onto the columns of a record: used by the services and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.bureau.calendar import working_calendar
from gongkai.law.credit import publish_by
from gongkai.ledger.rebuilding import Projection, Told

from .case import CONTENT, Case
from .events import STREAM
from .models import CreditRecord

FIELDS = (
    *CONTENT,
    "decided_on",
    "status",
    "publish_by",
    "published_on",
    "removable_from",
    "public_until",
    "verified_on",
    "closed_on",
)


def fold(entries: Iterable[Told]) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in entries:
        case.apply(kind, day, payload)
    return case


def columns_of(case: Case) -> dict[str, Any]:
    """The columns of a registered record. Raises :class:`~gongkai.law.errors.LawError` for a day without rules."""
    if case.status is None or case.decided_on is None:
        raise ValueError("a record that is not registered has no projection")
    shown = case.display
    return {
        **case.content,
        "decided_on": case.decided_on,
        "status": case.status.value,
        "publish_by": publish_by(case.decided_on, working_calendar()).last,
        "published_on": case.published_on,
        "removable_from": shown.removable_from if shown else None,
        "public_until": shown.last if shown else None,
        "verified_on": case.verified_on,
        "closed_on": case.closed_on,
    }


def project(events: Iterable[Told]) -> dict[str, Any]:
    """The columns that a stream of (kind, date, payload) leaves."""
    return columns_of(fold(events))


rebuild = Projection(STREAM, CreditRecord, project, "统计信用记录", "条", bulky=("representative",)).rebuild
