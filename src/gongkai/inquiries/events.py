"""What can happen to a message. The date it happened on is the entry's; the asker and their words are in no payload."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from gongkai.ledger.events import Event

from .models import PrivateReason, Source

STREAM = "inquiries.inquiry"


class Registered(Event):
    """登记; its date is the day the message came in."""

    kind = "registered"
    title = "登记"
    number: str
    source: Source


class Replied(Event):
    """答复, which closes the message. A reply that is not public has a reason."""

    kind = "replied"
    title = "答复"
    public: bool
    reason: PrivateReason | Literal[""] = ""

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


EVENTS: dict[str, type[Event]] = {event.kind: event for event in (Registered, Replied, Transferred)}
