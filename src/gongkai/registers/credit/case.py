"""A record of statistical credit as its events leave it: a pure fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.law.credit import Display, Longer, display

from .models import Status

Payload = Mapping[str, Any]
CONTENT = ("number", "enterprise", "credit_code", "address", "violation", "handling", "grade")


@dataclass(slots=True)
class Case:
    """The state of one record."""

    content: dict[str, str] = field(default_factory=dict)
    decided_on: date | None = None
    last_on: date | None = None
    published_on: date | None = None
    longer: Longer | None = None
    longer_since: date | None = None
    verified_on: date | None = None
    applied_on: date | None = None
    closed_on: date | None = None
    status: Status | None = None
    explanation: str = ""

    @property
    def display(self) -> Display | None:
        """How long it is shown, by the rules of its decision; ``None`` before it is published.

        Raises :class:`~gongkai.law.errors.LawError` for a day without rules.
        """
        if self.decided_on is None or self.published_on is None:
            return None
        return display(self.decided_on, self.published_on, self.longer, self.longer_since)

    def apply(self, kind: str, day: date, payload: Payload) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        _APPLY[kind](self, day, payload)
        self.last_on = day if self.last_on is None else max(self.last_on, day)

    def _decided(self, day: date, payload: Payload) -> None:
        self.decided_on, self.status = day, Status.DECIDED
        self._amended(day, payload)

    def _amended(self, day: date, payload: Payload) -> None:
        self.content = {name: payload[name] for name in CONTENT}

    def _published(self, day: date, payload: Payload) -> None:
        self.published_on, self.status = day, Status.PUBLISHED

    def _verified(self, day: date, payload: Payload) -> None:
        self.verified_on = day

    def _repair_applied(self, day: date, payload: Payload) -> None:
        self.applied_on, self.status = day, Status.REPAIRING

    def _repair_refused(self, day: date, payload: Payload) -> None:
        self.applied_on, self.status = None, Status.PUBLISHED

    def _extended(self, day: date, payload: Payload) -> None:
        self.longer, self.longer_since = Longer(payload["longer"]), day
        if self.longer is Longer.AGAIN:  # whatever was mended, it has happened again
            self.verified_on = None

    def _removed(self, day: date, payload: Payload) -> None:
        self.closed_on, self.status = day, Status.REMOVED

    def _ended(self, day: date, payload: Payload) -> None:
        self.closed_on, self.status = day, Status.ENDED

    def _revoked(self, day: date, payload: Payload) -> None:
        self.closed_on, self.status, self.explanation = day, Status.REVOKED, payload["explanation"]


_APPLY = {
    "decided": Case._decided,
    "amended": Case._amended,
    "published": Case._published,
    "verified": Case._verified,
    "repair_applied": Case._repair_applied,
    "repair_refused": Case._repair_refused,
    "removed": Case._removed,
    "extended": Case._extended,
    "ended": Case._ended,
    "revoked": Case._revoked,
}
