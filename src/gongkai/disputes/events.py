"""What can happen to a dispute; the date is the entry's."""

from __future__ import annotations

from gongkai.ledger.events import Event

from .models import DisputeKind, DisputeResult

STREAM = "disputes.dispute"


class Filed(Event):
    """受理（立案）."""

    kind = "filed"
    title = "受理"
    number: str
    group: DisputeKind
    application_number: str = ""


class Concluded(Event):
    """审结, with the result of table 四."""

    kind = "concluded"
    title = "审结"
    result: DisputeResult


EVENTS: dict[str, type[Event]] = {event.kind: event for event in (Filed, Concluded)}
