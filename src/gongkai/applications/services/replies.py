"""The reply: drafted, reviewed, signed, sent, served, filed away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.bureau.models import User

from ..events import Decided
from ..models import Application
from .acting import act


def decide(
    application: Application,
    day: date,
    *,
    outcome: str,
    evidence: Iterable[str] = (),
    document_number: str = "",
    actor: User | None = None,
) -> Application:
    """Reply (Article 36). ``evidence`` names what is on file, as the outcome requires; ``day`` is that of dispatch."""
    event = Decided(outcome=outcome, document_number=document_number, evidence=tuple(evidence))
    return act(application, event, day, actor)
