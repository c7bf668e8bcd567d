"""What can happen to an application. The date it happened on is the entry's; personal data is never in a payload."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from gongkai.law.receipt import Channel
from gongkai.ledger.events import Event

from .models import ApplicantKind

STREAM = "applications.application"

Party = Literal["third_party", "other_organ"]
Answer = Literal["agreed", "refused", "silent"]


class Registered(Event):
    """登记; its date is the day of receipt of Article 31."""

    kind = "registered"
    title = "登记"
    number: str
    applicant_kind: ApplicantKind
    channel: Channel | Literal[""] = ""
    external_number: str = ""


class CorrectionRequested(Event):
    """补正告知 (Article 30); ``reply_by`` is the end of the reasonable period that it sets."""

    kind = "correction_requested"
    title = "要求补正"
    reply_by: date | None = None


class Corrected(Event):
    """收到补正; the period for the reply starts afresh (Article 30)."""

    kind = "corrected"
    title = "收到补正"


class Extended(Event):
    """延期答复告知 (Article 33): ``working_days`` more, once, agreed to by the head of the office.

    How many are allowed depends on the day of receipt: the transition table asks the law.
    """

    kind = "extended"
    title = "延期"
    working_days: int = Field(ge=1)


class ConsultationSent(Event):
    """征求意见 sent to a third party (Article 32) or to another organ (Article 34); numbered from 1 in the case."""

    kind = "consultation_sent"
    title = "征求意见"
    consultation: int = Field(default=1, ge=1)
    party: Party = "third_party"


class ConsultationReturned(Event):
    """The answer of the consulted, or the end of the wait for it (``silent``)."""

    kind = "consultation_returned"
    title = "收到意见"
    consultation: int = Field(default=1, ge=1)
    answer: Answer | Literal[""] = ""


class FeeNoticed(Event):
    """收费通知 (国办函〔2020〕109号); the amount in yuan where it is known."""

    kind = "fee_noticed"
    title = "收费通知"
    amount: Decimal | None = Field(default=None, ge=0)
    pay_by: date | None = None


class FeePaid(Event):
    """缴费; the period for the reply starts afresh."""

    kind = "fee_paid"
    title = "缴费"


class Decided(Event):
    """答复: the outcome of :mod:`gongkai.law.outcomes` and what was on file when it was decided."""

    kind = "decided"
    title = "答复"
    outcome: str
    document_number: str = ""
    evidence: tuple[str, ...] = ()


class Withdrawn(Event):
    """申请人撤回申请; counted as 其他处理."""

    kind = "withdrawn"
    title = "撤回"


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Registered,
        CorrectionRequested,
        Corrected,
        Extended,
        ConsultationSent,
        ConsultationReturned,
        FeeNoticed,
        FeePaid,
        Decided,
        Withdrawn,
    )
}
