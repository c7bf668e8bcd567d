"""What can happen to an application. The date it happened on is the entry's; personal data is never in a payload."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from gongkai.law.receipt import Channel
from gongkai.law.retention import Kept
from gongkai.ledger.events import Event

from .models import ApplicantKind

STREAM = "applications.application"

Party = Literal["third_party", "other_organ", "co_maker"]
Answer = Literal["agreed", "refused", "silent"]
PARTIES: dict[str, str] = {"third_party": "第三方", "other_organ": "其他行政机关", "co_maker": "共同制作机关"}
ANSWERS: dict[str, str] = {"agreed": "同意公开", "refused": "不同意公开", "silent": "期满没有答复", "": "意见见来件"}
# How a letter reaches whoever it is for; what proves that it did differs (:mod:`.transitions`).
Mode = Literal["hand", "signed_post", "email", "pick_up", "portal"]
MODES: dict[Mode, str] = {
    "hand": "当面送达",
    "signed_post": "邮寄（挂号、快递）",
    "email": "电子邮件",
    "pick_up": "自行领取",
    "portal": "网上查询下载",
}


class Registered(Event):
    """登记; its date is the day of receipt of Article 31."""

    kind = "registered"
    title = "登记"
    number: str
    applicant_kind: ApplicantKind
    channel: Channel | Literal[""] = ""
    external_number: str = ""


class ReceiptConfirmed(Event):
    """双方确认收到 (Article 31(2) and (3)); kept beside the day of receipt, which it does not move (案例26)."""

    kind = "receipt_confirmed"
    title = "与申请人确认收到"
    how: str = ""


class Assigned(Event):
    """分办: one department leads, others assist; each signs for it or returns it with a reason."""

    kind = "assigned"
    title = "分办"
    lead: int
    assisting: tuple[int, ...] = ()
    reply_by: date | None = None


class SignedFor(Event):
    """签收 by a department that the application was assigned to."""

    kind = "signed_for"
    title = "签收"
    department: int


class AssignmentReturned(Event):
    """退回分办 with the reason: the department is not the right one."""

    kind = "assignment_returned"
    title = "退回分办"
    department: int
    reason: str


class EvidenceFiled(Event):
    """存入材料: a record of the kind ``evidence`` (:func:`gongkai.law.outcomes.evidence_kinds`) is on file."""

    kind = "evidence_filed"
    title = "存入材料"
    evidence: str
    record: int


class ReplyDrafted(Event):
    """拟出答复: a letter of an outcome, as the version of that digest."""

    kind = "reply_drafted"
    title = "拟出答复"
    outcome: str
    letter: int
    digest: str
    by: int | None = None


class ReplyReviewed(Event):
    """审核通过."""

    kind = "reply_reviewed"
    title = "审核通过"
    digest: str
    opinion: str = ""
    by: int | None = None


class ReplyReturned(Event):
    """退回修改 by whoever reviews or signs."""

    kind = "reply_returned"
    title = "退回修改"
    opinion: str
    by: int | None = None


class ReplySigned(Event):
    """签发: the letter has its number and its date."""

    kind = "reply_signed"
    title = "签发"
    digest: str
    document_number: str
    by: int | None = None


class LetterSent(Event):
    """发出文书; the date of dispatch decides whether a reply is in time."""

    kind = "letter_sent"
    title = "发出文书"
    letter: int
    code: str
    mode: Mode
    tracking: str = ""


class LetterServed(Event):
    """送达: with the proof of it on file."""

    kind = "letter_served"
    title = "送达"
    letter: int
    proof: int


class ReasonsAsked(Event):
    """要求说明理由: number or frequency of applications clearly exceed what is reasonable (Article 35)."""

    kind = "reasons_asked"
    title = "要求说明理由"


class ReasonsGiven(Event):
    """收到理由, or the end of the wait for them."""

    kind = "reasons_given"
    title = "收到理由"
    reasonable: bool


class Linked(Event):
    """关联: another application of the same kind, applicant or matter; ``repeat`` for the same information."""

    kind = "linked"
    title = "关联申请"
    other: int
    relation: Literal["repeat", "similar", "split", "related"]


class Merged(Event):
    """并案办理: answered together with another application; counted as 其他处理."""

    kind = "merged"
    title = "并案"
    into: int


class Archived(Event):
    """归档 (Article 45): nothing follows but disputes."""

    kind = "archived"
    title = "归档"
    volume: str = ""


class Erased(Event):
    """清除个人信息: what of it, and which files, when it had been kept long enough (个人信息保护法 art. 19)."""

    kind = "erased"
    title = "清除个人信息"
    what: Kept
    files: tuple[int, ...] = ()


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
        ReceiptConfirmed,
        Assigned,
        SignedFor,
        AssignmentReturned,
        EvidenceFiled,
        ReplyDrafted,
        ReplyReviewed,
        ReplyReturned,
        ReplySigned,
        LetterSent,
        LetterServed,
        ReasonsAsked,
        ReasonsGiven,
        Linked,
        Merged,
        Archived,
        Erased,
    )
}
