"""What can happen to a 会商. What people wrote is told by its digest: the words are in the record, encrypted."""

from __future__ import annotations

from datetime import date

from gongkai.ledger.events import Event

from .models import Answerer, Form, Openness, Trigger

STREAM = "applications.coordination"
PASSING = "applications.passing"


class Opened(Event):
    """发起会商."""

    kind = "opened"
    title = "发起会商"
    number: str
    application: int
    trigger: Trigger
    form: Form
    digest: str


class Asked(Event):
    """A body is asked; ``consultation`` is its number in the case, whose clock stands (Article 33)."""

    kind = "asked"
    title = "征求意见"
    organ: int
    agency: int | None = None
    reply_by: date
    consultation: int | None = None


class OpinionDrafted(Event):
    """The body that was asked has written its opinion; somebody else signs it."""

    kind = "opinion_drafted"
    title = "拟出意见"
    organ: int
    openness: Openness
    digest: str
    by: int | None = None


class OpinionReturned(Event):
    """退回 to whoever wrote it."""

    kind = "opinion_returned"
    title = "退回修改意见"
    organ: int
    reason: str
    by: int | None = None


class OpinionGiven(Event):
    """The opinion is signed and sent: the clock of the case runs again."""

    kind = "opinion_given"
    title = "签发意见"
    organ: int
    openness: Openness
    digest: str
    by: int | None = None


class OpinionRecorded(Event):
    """The opinion of a body outside, as it came in."""

    kind = "opinion_recorded"
    title = "登记意见"
    organ: int
    openness: Openness
    digest: str


class WaitEnded(Event):
    """期满未答复: nobody waits longer for it."""

    kind = "wait_ended"
    title = "期满未答复"
    organ: int


class Disagreed(Event):
    """The bodies do not agree, for reasons of that digest."""

    kind = "disagreed"
    title = "意见不一致"
    digest: str


class Escalated(Event):
    """提请主管部门 to decide."""

    kind = "escalated"
    title = "提请主管部门"
    to: str


class Concluded(Event):
    """形成结论: 公开属性, who answers, in words of that digest."""

    kind = "concluded"
    title = "形成结论"
    openness: Openness
    answerer: Answerer
    digest: str
    by: int | None = None


class SignedOff(Event):
    """签批."""

    kind = "signed_off"
    title = "签批结论"
    digest: str
    by: int | None = None


class SentBack(Event):
    """退回: the conclusion is to be written again."""

    kind = "sent_back"
    title = "退回结论"
    reason: str
    by: int | None = None


class Ended(Event):
    """终止: there is nothing to agree on any more."""

    kind = "ended"
    title = "终止会商"
    reason: str


class PassedOn(Event):
    """代为转送, with the applicant's consent; a stream of its own."""

    kind = "passed_on"
    title = "代为转送"
    application: int
    agency: int
    received: int


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Opened,
        Asked,
        OpinionDrafted,
        OpinionReturned,
        OpinionGiven,
        OpinionRecorded,
        WaitEnded,
        Disagreed,
        Escalated,
        Concluded,
        SignedOff,
        SentBack,
        Ended,
    )
}
