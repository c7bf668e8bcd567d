"""What may be no application or message at all. Nobody is turned away: it is registered, and a clerk judges."""

from __future__ import annotations

import re

from django.db import models

FASTEST = 4.0  # seconds: who pastes a prepared text still has to choose, attach and check
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MOSTLY = 0.5


class Suspicion(models.TextChoices):
    """Why what came in may be spam. It is registered all the same: a clerk judges, not a program."""

    HONEYPOT = "honeypot", "填写了网页上看不见的栏目"
    TOO_FAST = "too_fast", "填写时间过短"
    FLOOD = "flood", "同一网络短时间内多次提交"
    LINKS = "links", "内容主要是网址"


def suspicions(text: str, *, trap: str = "", age: float | None = None, is_flood: bool = False) -> tuple[Suspicion, ...]:
    """What speaks against a submission. ``trap``: what stands in the field that no person sees; ``age``: seconds
    since the form was handed out, ``None`` where there was none.
    """
    links = sum(map(len, _ADDRESS.findall(text)))
    told = {
        Suspicion.HONEYPOT: bool(trap.strip()),
        Suspicion.TOO_FAST: age is not None and age < FASTEST,
        Suspicion.FLOOD: is_flood,
        Suspicion.LINKS: bool(text) and links > _MOSTLY * len(text),
    }
    return tuple(suspicion for suspicion, is_so in told.items() if is_so)


def words_of(kept: str) -> list[str]:
    """Suspicions as they are kept (by commas), in words."""
    return [str(Suspicion(code).label) for code in kept.split(",") if code]
