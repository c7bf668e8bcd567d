"""What can happen to a verdict of a person: it is said, once; a later one takes its place."""

from __future__ import annotations

from gongkai.law.indicators import Verdict
from gongkai.ledger.events import Event

STREAM = "oversight.assessment"


class Said(Event):
    """人工判断: what somebody found of an indicator, and on what."""

    kind = "said"
    title = "登记人工判断"
    number: str
    verdict: Verdict
    evidence: str


EVENTS: dict[str, type[Event]] = {Said.kind: Said}
