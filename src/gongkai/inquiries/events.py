"""What can happen to a message. The date it happened on is the entry's; the asker and their words are in no payload."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from gongkai.ledger.events import Event

from .models import InvalidGround, PrivateReason, Rating, Source

STREAM = "inquiries.inquiry"


class Registered(Event):
    """登记; its date is the day the message came in. ``working_days`` is the service level that it was promised."""

    kind = "registered"
    title = "登记"
    number: str
    source: Source
    working_days: int | None = None


class Assigned(Event):
    """分办 to a department and, if need be, a person in it."""

    kind = "assigned"
    title = "分办"
    department: int
    person: int | None = None


class Submitted(Event):
    """送审: a draft by its number, with the digest of what it says, by whom."""

    kind = "submitted"
    title = "送审"
    draft: int
    digest: str
    by: int | None = None


class Returned(Event):
    """退回修改; why is said with the draft."""

    kind = "returned"
    title = "退回修改"
    draft: int


class Replied(Event):
    """答复, which closes the message. A reply that is not public has a reason; one that was reviewed has a draft."""

    kind = "replied"
    title = "审核并答复"
    public: bool
    reason: PrivateReason | Literal[""] = ""
    draft: int | None = None
    digest: str = ""

    @model_validator(mode="after")
    def reason_if_private(self) -> Self:
        if self.public == bool(self.reason):
            raise ValueError("不公开的答复须有理由，公开的答复没有")
        return self


class Transferred(Event):
    """转有关单位办理, which closes the message here; ``to`` is the body that answers."""

    kind = "transferred"
    title = "转办"
    to: str = ""


class Dismissed(Event):
    """认定无效留言, which closes the message without a reply; a ledger does not say why."""

    kind = "dismissed"
    title = "认定为无效留言"
    ground: InvalidGround | Literal[""] = ""


class Hidden(Event):
    """撤下公开: the public reply is taken from the site; that it was public stays counted."""

    kind = "hidden"
    title = "撤下公开答复"
    reason: PrivateReason


class Rated(Event):
    """评价 by the asker, once."""

    kind = "rated"
    title = "评价"
    rating: Rating


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (Registered, Assigned, Submitted, Returned, Replied, Transferred, Dismissed, Hidden, Rated)
}
