"""What letters do on a schedule."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.notices.schedule import Job


def _deliver(now: datetime) -> str:
    from .posting import deliver  # here: it loads what prints letters, which a process that asks for jobs may not need

    return deliver(now)


LETTER_JOBS = (Job("applications.letters", "发出文书邮件", _deliver, every=timedelta(minutes=1)),)
