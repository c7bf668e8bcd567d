"""A message as its events leave it: a pure fold, the same for one message and for a hundred thousand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import Closing, Status


@dataclass(slots=True)
class Case:
    """The state of one message."""

    number: str = ""
    source: str = ""
    received_on: date | None = None
    closed_on: date | None = None
    closing: str = ""
    private_reason: str = ""

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

    def apply(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        if kind == "registered":
            self.number, self.source, self.received_on = payload["number"], payload["source"], day
        elif kind == "replied":
            self.closed_on = day
            self.closing = Closing.PUBLIC.value if payload["public"] else Closing.PRIVATE.value
            self.private_reason = payload["reason"]
        elif kind == "transferred":
            self.closed_on, self.closing = day, Closing.TRANSFERRED.value
        else:
            raise KeyError(kind)

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
        }
