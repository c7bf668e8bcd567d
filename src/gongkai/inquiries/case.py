"""A message as its events leave it: a pure fold, the same for one message and for a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.bureau.calendar import working_calendar
from gongkai.law.inquiries import due, service_level

from .models import Closing, Stage, Status


@dataclass(slots=True)
class Case:
    """The state of one message."""

    number: str = ""
    source: str = ""
    received_on: date | None = None
    closed_on: date | None = None
    closing: str = ""
    private_reason: str = ""
    working_days: int | None = None
    stage: Stage | None = None
    department: int | None = None
    person: int | None = None
    draft: int | None = None
    digest: str = ""
    submitted_by: int | None = None
    rating: str = ""
    hidden_on: date | None = None
    last_on: date | None = None

    @property
    def status(self) -> Status | None:
        """``None`` before it is registered."""
        if self.received_on is None:
            return None
        return Status.OPEN if self.closed_on is None else Status.CLOSED

    @property
    def days(self) -> int | None:
        """Calendar days from receipt to closing, 0 on the same day; ``None`` while it is open."""
        if self.received_on is None or self.closed_on is None:
            return None
        return (self.closed_on - self.received_on).days

    @property
    def due_on(self) -> date | None:
        """By when it is to be answered, by the service level it came under; ``None`` once it is closed."""
        if self.received_on is None or self.closed_on is not None:
            return None
        level = self.working_days or service_level(self.received_on).number
        return due(self.received_on, level, working_calendar())

    def apply(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        match kind:
            case "registered":
                self.number, self.source, self.received_on = payload["number"], payload["source"], day
                self.working_days, self.stage = payload.get("working_days"), Stage.NEW
            case "assigned":
                self.department, self.person, self.stage = payload["department"], payload["person"], Stage.HANDLING
            case "submitted":
                self.draft, self.digest, self.submitted_by = payload["draft"], payload["digest"], payload["by"]
                self.stage = Stage.REVIEW
            case "returned":
                self.draft, self.digest, self.submitted_by = None, "", None
                self.stage = Stage.HANDLING
            case "replied":
                self._close(day, Closing.PUBLIC if payload["public"] else Closing.PRIVATE)
                self.private_reason = payload["reason"]
            case "transferred":
                self._close(day, Closing.TRANSFERRED)
            case "dismissed":
                self._close(day, Closing.DISMISSED)
            case "hidden":
                self.hidden_on = day
            case "rated":
                self.rating = payload["rating"]
            case _:
                raise KeyError(kind)
        self.last_on = day

    def _close(self, day: date, closing: Closing) -> None:
        self.closed_on, self.closing, self.stage = day, closing.value, Stage.CLOSED

    @property
    def told(self) -> tuple[Any, ...]:
        """What a ledger of messages can say of one."""
        return self.number, self.source, self.received_on, self.closed_on, self.closing, str(self.private_reason)

    def columns(self) -> dict[str, Any]:
        """The projection: what :class:`~gongkai.inquiries.models.Inquiry` keeps of the events."""
        return {
            "number": self.number,
            "source": self.source,
            "received_on": self.received_on,
            "status": None if self.status is None else self.status.value,
            "closed_on": self.closed_on,
            "closing": self.closing,
            "private_reason": self.private_reason,
            "days": self.days,
            "stage": None if self.stage is None else self.stage.value,
            "due_on": self.due_on,
            "lead_id": self.department,
            "handler_id": self.person,
            "rating": self.rating,
            "hidden_on": self.hidden_on,
        }


def fold(events: Iterable[tuple[str, date, Mapping[str, Any]]]) -> Case:
    """The case that some events leave."""
    case = Case()
    for kind, day, payload in events:
        case.apply(kind, day, payload)
    return case
