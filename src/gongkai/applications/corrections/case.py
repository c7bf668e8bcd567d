"""A 更正 request as its events leave it: a pure fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.ledger.rebuilding import Told

from .models import Result, Status

_RESULTS = {result.value for result in Result}


@dataclass(slots=True)
class Case:
    """The state of one request. ``verified_by``: whoever found it does not decide it."""

    number: str = ""
    kind: str = ""
    channel: str = ""
    received_on: date | None = None
    last_on: date | None = None
    finding: str = ""
    verified_by: int | None = None
    result: str = ""
    other_body: str = ""
    decided_on: date | None = None
    told_on: date | None = None
    erased: set[str] = field(default_factory=set)

    @property
    def status(self) -> str | None:
        """``None`` before it is received."""
        if self.received_on is None:
            return None
        if self.told_on is not None:
            return Status.DONE.value
        if self.decided_on is not None:
            return Status.DECIDED.value
        return Status.VERIFIED.value if self.finding else Status.RECEIVED.value

    def apply(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        if kind == "received":
            self.number, self.kind, self.channel = payload["number"], payload["applicant_kind"], payload["channel"]
            self.received_on = day
        elif kind == "verified":
            self.finding, self.verified_by = payload["finding"], payload["by"]
        elif kind == "reopened":
            self.finding, self.verified_by = "", None
        elif kind in _RESULTS:
            self.result, self.decided_on, self.other_body = kind, day, payload.get("to", "")
        elif kind == "told":
            self.told_on = day
        elif kind == "erased":
            self.erased.add(payload["what"])
        else:
            raise KeyError(kind)
        self.last_on = day if self.last_on is None else max(self.last_on, day)

    def columns(self) -> dict[str, Any]:
        """The projection on :class:`~.models.Correction`."""
        return {
            "number": self.number,
            "status": self.status,
            "kind": self.kind,
            "channel": self.channel,
            "received_on": self.received_on,
            "finding": self.finding,
            "result": self.result,
            "other_body": self.other_body,
            "decided_on": self.decided_on,
            "told_on": self.told_on,
        }


def fold(events: Iterable[Told]) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in events:
        case.apply(kind, day, payload)
    return case
