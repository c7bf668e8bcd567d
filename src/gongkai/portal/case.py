"""An item as its events leave it: a pure fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .events import Step
from .models import Route, Status

_STATUS: dict[Step, Status] = {"department": Status.DEPARTMENT, "office": Status.OFFICE, "leader": Status.LEADER}


@dataclass(slots=True)
class Pass:
    """Somebody's first signature under an override, and the second; each with a reason."""

    requested_by: int
    rule: str
    reason: str
    confirmed_by: int | None = None
    confirmed_reason: str = ""


@dataclass(slots=True)
class Case:
    """Where one item stands.

    ``authors`` wrote at it since it was last approved; ``passed`` are the steps of this round with who passed them;
    ``digest`` is the proof under review, ``approved`` that which may be read; ``is_live`` whether it may.
    """

    exists: bool = False
    created_by: int | None = None
    status: Status = Status.DRAFT
    round: int = 0
    authors: set[int] = field(default_factory=set)
    submitted_by: int | None = None
    route: Route = Route.THREE
    department: int | None = None
    edition: int | None = None
    digest: str = ""
    passed: dict[Step, int | None] = field(default_factory=dict)
    approved: str = ""
    approved_edition: int | None = None
    index_number: str = ""
    live_from: datetime | None = None
    withdrawn_on: date | None = None
    overrides: dict[str, Pass] = field(default_factory=dict)
    last_on: date | None = None

    @property
    def is_live(self) -> bool:
        return bool(self.approved) and self.withdrawn_on is None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of this round in order."""
        return tuple(self.route.value.split("+"))  # type: ignore[arg-type]

    @property
    def step(self) -> Step | None:
        """The step that has the item before it; ``None`` when it is not under review."""
        return next((step for step, status in _STATUS.items() if status is self.status), None)

    @property
    def is_last_step(self) -> bool:
        return self.step == self.steps[-1]

    def apply(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        handler = _APPLY[kind]
        handler(self, day, payload)
        self.last_on = day

    def columns(self) -> dict[str, Any]:
        """The projection: what :class:`~gongkai.portal.models.Item` keeps of the events."""
        return {
            "status": self.status.value,
            "round": self.round,
            "is_live": self.is_live,
            "created_by_id": self.created_by,
        }

    def _edited(self, day: date, payload: Mapping[str, Any]) -> None:
        if not self.exists:
            self.exists, self.created_by = True, payload["by"]
        self.status = Status.DRAFT
        if payload["by"] is not None:
            self.authors.add(payload["by"])

    def _submitted(self, day: date, payload: Mapping[str, Any]) -> None:
        self.round += 1
        self.submitted_by, self.route = payload["by"], Route(payload["route"])
        self.department, self.edition, self.digest = payload["department"], payload["edition"], payload["digest"]
        self.passed = {}
        self.status = _STATUS[self.steps[0]]

    def _reviewed(self, day: date, payload: Mapping[str, Any]) -> None:
        self.passed[payload["step"]] = payload["by"]
        following = self.steps[self.steps.index(payload["step"]) + 1 :]
        if following:
            self.status = _STATUS[following[0]]

    def _approved(self, day: date, payload: Mapping[str, Any]) -> None:
        self.status = Status.PUBLISHED
        self.approved, self.approved_edition = payload["digest"], payload["edition"]
        self.index_number = payload["index_number"]
        self.live_from = datetime.fromisoformat(payload["live_from"])
        self.withdrawn_on = None
        self.authors.clear()
        self.overrides.clear()

    def _returned(self, day: date, payload: Mapping[str, Any]) -> None:
        self.status = Status.DRAFT

    def _withdrawn(self, day: date, payload: Mapping[str, Any]) -> None:
        if payload["before_live"]:  # as if it had not been approved, but for its index number
            self.approved, self.approved_edition, self.live_from = "", None, None
            self.status = Status.DRAFT if self.status is Status.PUBLISHED else self.status
            return
        self.withdrawn_on = date.fromisoformat(payload["on"])
        if self.status is Status.PUBLISHED:
            self.status = Status.WITHDRAWN

    def _restored(self, day: date, payload: Mapping[str, Any]) -> None:
        self.withdrawn_on = None
        if self.status is Status.WITHDRAWN:
            self.status = Status.PUBLISHED

    def _unmoved(self, day: date, payload: Mapping[str, Any]) -> None:
        """Told by the columns of the publication (:mod:`gongkai.portal.projection`)."""

    def _override_requested(self, day: date, payload: Mapping[str, Any]) -> None:
        self.overrides[payload["fingerprint"]] = Pass(payload["by"], payload["rule"], payload["reason"])

    def _override_confirmed(self, day: date, payload: Mapping[str, Any]) -> None:
        signed = self.overrides[payload["fingerprint"]]
        signed.confirmed_by, signed.confirmed_reason = payload["by"], payload["reason"]

    def _discarded(self, day: date, payload: Mapping[str, Any]) -> None:
        self.status = Status.DISCARDED


_APPLY = {
    "edited": Case._edited,
    "submitted": Case._submitted,
    "reviewed": Case._reviewed,
    "approved": Case._approved,
    "returned": Case._returned,
    "recalled": Case._returned,
    "withdrawn": Case._withdrawn,
    "restored": Case._restored,
    "validity_changed": Case._unmoved,
    "validity_restored": Case._unmoved,
    "override_requested": Case._override_requested,
    "override_confirmed": Case._override_confirmed,
    "discarded": Case._discarded,
}
