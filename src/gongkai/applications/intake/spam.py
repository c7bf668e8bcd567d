"""A clerk judges what was marked 疑似垃圾 (:mod:`gongkai.bureau.spam`)."""

from __future__ import annotations

from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, Role, roles_of

from ..models import Judgement, Submission


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
