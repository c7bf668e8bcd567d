"""What may be no application at all. Nobody is turned away: it is registered, and a clerk judges."""

from __future__ import annotations

import re

from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, Role, roles_of

from ..models import Judgement, Submission, Suspicion

FASTEST = 4.0  # seconds: who pastes a prepared text still has to choose, attach and check
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MOSTLY = 0.5


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


def judge(submission: Submission, judgement: Judgement, user: User) -> Submission:
    """Say what a submission that was marked 疑似垃圾 is. What is no application is still answered, as one that asks
    for nothing that is government information; nothing disappears. Raises :class:`NotPermittedError`."""
    if not submission.suspicion or judgement == Judgement.NONE:
        raise NotPermittedError("这件申请没有被标为疑似垃圾。")
    if user.agency_id != submission.application.agency_id or Role.CLERK not in roles_of(user):
        raise NotPermittedError("疑似垃圾须由本机关经办人判断。")
    submission.judgement, submission.judged_by, submission.judged_at = judgement, user, timezone.now()
    submission.save(update_fields=["judgement", "judged_by", "judged_at"])
    return submission
