"""The work of 会商 on a schedule."""

from __future__ import annotations

from datetime import datetime, time

from gongkai.notices.schedule import Job

from .telling import remind


def _remind(now: datetime) -> str:
    return f"提醒 {remind(now)} 条"


JOBS = (Job("coordination.remind", "会商答复期限提醒", _remind, at=(time(8, 40),)),)
