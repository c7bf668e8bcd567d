"""What can happen to a 更正 request. Words are told by their digest: they are in the record, encrypted."""

from __future__ import annotations

from gongkai.law.receipt import Channel
from gongkai.law.retention import Kept
from gongkai.ledger.events import Event

from ..models import ApplicantKind
from .models import Finding, Told

STREAM = "applications.correction"


class Received(Event):
    """收到, under its number."""

    kind = "received"
    title = "收到"
    number: str
    applicant_kind: ApplicantKind
    channel: Channel
    digest: str


class Verified(Event):
    """核实: what the office found, in words of that digest."""

    kind = "verified"
    title = "核实"
    finding: Finding
    digest: str
    by: int | None = None


class Reopened(Event):
    """退回重新核实."""

    kind = "reopened"
    title = "退回重新核实"
    reason: str
    by: int | None = None


class Corrected(Event):
    """予以更正."""

    kind = "corrected"
    title = "予以更正"
    digest: str
    by: int | None = None


class Refused(Event):
    """不予更正, for reasons of that digest."""

    kind = "refused"
    title = "不予更正"
    digest: str
    by: int | None = None


class Forwarded(Event):
    """转送 to the organ that may correct it."""

    kind = "forwarded"
    title = "转送"
    to: str
    by: int | None = None


class Pointed(Event):
    """告知 to turn to the organ that may correct it."""

    kind = "pointed"
    title = "告知向有权机关提出"
    to: str
    by: int | None = None


class WasTold(Event):
    """告知 the person of the result."""

    kind = "told"
    title = "告知"
    how: Told


class Erased(Event):
    """清除: personal data was kept long enough; ``files`` went with it."""

    kind = "erased"
    title = "清除个人信息"
    what: Kept
    files: tuple[int, ...] = ()


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (Received, Verified, Reopened, Corrected, Refused, Forwarded, Pointed, WasTold, Erased)
}
