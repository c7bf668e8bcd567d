"""What can happen to the keeping of a column. The case is the column; people are named by their number."""

from __future__ import annotations

from datetime import date

from gongkai.ledger.events import Event

STREAM = "portal.duty"


class Assigned(Event):
    """指定责任人: from ``since`` on these keep the column, and whoever kept it before no longer does.

    With the same ``since`` as the one before it corrects it. ``handed_from``: whose duty it was, when a person
    handed over what they kept.
    """

    kind = "assigned"
    title = "指定责任人"
    by: int | None
    department: int
    keeper: int
    deputy: int | None
    since: date
    handed_from: int | None = None


class Ended(Event):
    """责任终止: ``until`` is the last day; nobody follows."""

    kind = "ended"
    title = "责任终止"
    by: int | None
    until: date


EVENTS: dict[str, type[Event]] = {event.kind: event for event in (Assigned, Ended)}
