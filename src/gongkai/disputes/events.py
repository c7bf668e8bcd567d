"""What can happen to a dispute; the date is the entry's. What people wrote is in documents, never in a payload."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from gongkai.ledger.events import Event

from .models import DisputeKind, DisputeResult, DocumentKind

STREAM = "disputes.dispute"

BodyKind = Literal["government", "superior", "court"]
BODY_KINDS: dict[BodyKind, str] = {"government": "人民政府", "superior": "上一级主管部门", "court": "人民法院"}
Session = Literal["hearing", "opinion", "trial"]
SESSIONS: dict[Session, str] = {"hearing": "听证", "opinion": "听取意见", "trial": "开庭"}
# What became of the judgment of the first instance.
Appeal = Literal["", "upheld", "withdrawn", "changed", "remanded"]
APPEALS: dict[str, str] = {
    "upheld": "驳回上诉，维持原判",
    "withdrawn": "准予撤回上诉",
    "changed": "改判",
    "remanded": "撤销原判，发回重审",
}


class Filed(Event):
    """受理（立案） by the body; ``alleged`` are the kinds of errors of which the reply is accused."""

    kind = "filed"
    title = "受理"
    number: str
    group: DisputeKind
    application_number: str = ""
    body: str = ""
    body_kind: BodyKind | Literal[""] = ""
    alleged: tuple[str, ...] = ()
    earlier: int | None = None


class Notified(Event):
    """收到答复通知（应诉通知） with the copy of the claim: from that day the period for the answer runs.

    ``answer_by``: the day that the notice names, where it names one; it goes before what the law reckons.
    """

    kind = "notified"
    title = "收到答复（应诉）通知"
    simplified: bool = False
    answer_by: date | None = None


class DocumentFiled(Event):
    """存入材料: the file ``document``."""

    kind = "document_filed"
    title = "存入材料"
    document: int
    what: DocumentKind


class Answered(Event):
    """提交答复（答辩） with the document that is on file."""

    kind = "answered"
    title = "提交答复（答辩）"
    document: int


class SessionSet(Event):
    """收到听证（开庭）通知: it is ``on`` that day."""

    kind = "session_set"
    title = "听证（开庭）通知"
    on: date
    form: Session = "trial"


class Decided(Event):
    """收到决定（裁判）: how the review, or an instance of the suit, ended. ``errors``: why it was lost.

    ``appeal`` says in the second instance what became of the first judgment; remanded, nothing has ended.
    ``perform_by``: the day by which the organ is ordered to act.
    """

    kind = "decided"
    title = "收到决定（裁判）"
    ending: str = ""
    appeal: Appeal = ""
    decision_number: str = ""
    perform_by: date | None = None
    errors: tuple[str, ...] = ()

    @model_validator(mode="after")
    def ends_unless_remanded(self) -> Self:
        if (self.appeal == "remanded") == bool(self.ending):
            raise ValueError("发回重审的没有裁判结果，其他的须有")
        return self


class Appealed(Event):
    """上诉: the suit goes to the second instance; it stays one dispute."""

    kind = "appealed"
    title = "上诉"
    by: Literal["agency", "other"]
    number: str = ""
    body: str = ""


class Concluded(Event):
    """审结, with the result of table 四."""

    kind = "concluded"
    title = "审结"
    result: DisputeResult


class Performed(Event):
    """履行: what the decision orders was done, by a new reply or by another application that was opened for it."""

    kind = "performed"
    title = "履行"
    document_number: str = ""
    application: int | None = None


class Archived(Event):
    """归档."""

    kind = "archived"
    title = "归档"
    volume: str = ""


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Filed,
        Notified,
        DocumentFiled,
        Answered,
        SessionSet,
        Decided,
        Appealed,
        Concluded,
        Performed,
        Archived,
    )
}
