"""An application as its events leave it: a pure fold, the same for one case and for a hundred thousand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .models import Stage, Status
from .work import Work

Payload = Mapping[str, Any]

WITHDRAWN = "other.other.withdrawn"
MERGED = "other.other.merged"


@dataclass(slots=True)
class Case:
    """The state of one application. ``clock`` holds what bears on the period for the reply, in order:
    (kind, date, working days of an extension or 0), the kinds as ``gongkai deadline`` names them. ``work`` is how
    the office goes about it.
    """

    number: str = ""
    external_number: str = ""
    channel: str = ""
    applicant_kind: str = ""
    received_on: date | None = None
    last_on: date | None = None
    correction_requested_on: date | None = None
    corrected_on: date | None = None
    extended_on: date | None = None
    fee_noticed_on: date | None = None
    fee_paid_on: date | None = None
    consultations: dict[int, date] = field(default_factory=dict)
    returned: set[int] = field(default_factory=set)
    parties: dict[int, str] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    closed_on: date | None = None
    outcome: str = ""
    document_number: str = ""
    clock: list[tuple[str, date, int]] = field(default_factory=list)
    work: Work = field(default_factory=Work)

    @property
    def is_objected_to(self) -> bool:
        """Whether a third party has refused (Article 32): to publish all the same takes a public interest."""
        return any(
            answer == "refused" and self.parties.get(number) == "third_party" for number, answer in self.answers.items()
        )

    @property
    def stage(self) -> Stage | None:
        """Where the work stands; ``None`` before it is registered."""
        if self.received_on is None:
            return None
        return self.work.stage(closed=self.closed_on is not None)

    @property
    def status(self) -> Status | None:
        """``None`` before it is registered."""
        if self.received_on is None:
            return None
        if self.closed_on is not None:
            return Status.CLOSED
        if self.correction_requested_on is not None and self.corrected_on is None:
            return Status.AWAITING_CORRECTION
        if self.fee_noticed_on is not None and self.fee_paid_on is None:
            return Status.AWAITING_FEE
        if len(self.returned) < len(self.consultations):
            return Status.CONSULTING
        return Status.HANDLING

    def apply(self, kind: str, day: date, payload: Payload) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        if not self.work.apply(kind, payload):
            _APPLY[kind](self, day, payload)
        self.last_on = day if self.last_on is None else max(self.last_on, day)


def _registered(case: Case, day: date, payload: Payload) -> None:
    case.number = payload["number"]
    case.applicant_kind = payload["applicant_kind"]
    case.channel = payload.get("channel", "")
    case.external_number = payload.get("external_number", "")
    case.received_on = day


def _correction_requested(case: Case, day: date, payload: Payload) -> None:
    case.correction_requested_on = day


def _corrected(case: Case, day: date, payload: Payload) -> None:
    case.corrected_on = day
    case.clock.append(("corrected", day, 0))


def _extended(case: Case, day: date, payload: Payload) -> None:
    case.extended_on = day
    case.clock.append(("extended", day, payload["working_days"]))


def _consultation_sent(case: Case, day: date, payload: Payload) -> None:
    case.consultations[payload["consultation"]] = day
    case.parties[payload["consultation"]] = payload["party"]
    case.clock.append(("consult-sent", day, 0))


def _consultation_returned(case: Case, day: date, payload: Payload) -> None:
    case.returned.add(payload["consultation"])
    case.answers[payload["consultation"]] = payload["answer"]
    case.clock.append(("consult-returned", day, 0))


def _fee_noticed(case: Case, day: date, payload: Payload) -> None:
    case.fee_noticed_on = day
    case.clock.append(("fee-noticed", day, 0))


def _fee_paid(case: Case, day: date, payload: Payload) -> None:
    case.fee_paid_on = day
    case.clock.append(("fee-paid", day, 0))


def _decided(case: Case, day: date, payload: Payload) -> None:
    case.closed_on = day
    case.outcome = payload["outcome"]
    case.document_number = payload.get("document_number", "")


def _withdrawn(case: Case, day: date, payload: Payload) -> None:
    case.closed_on = day
    case.outcome = WITHDRAWN


def _merged(case: Case, day: date, payload: Payload) -> None:
    case.closed_on = day
    case.outcome = MERGED


_APPLY: dict[str, Callable[[Case, date, Payload], None]] = {
    "registered": _registered,
    "correction_requested": _correction_requested,
    "corrected": _corrected,
    "extended": _extended,
    "consultation_sent": _consultation_sent,
    "consultation_returned": _consultation_returned,
    "fee_noticed": _fee_noticed,
    "fee_paid": _fee_paid,
    "decided": _decided,
    "withdrawn": _withdrawn,
    "merged": _merged,
}
