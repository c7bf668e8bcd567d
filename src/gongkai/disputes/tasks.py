"""This room's work on a schedule: what is due is told in the morning; files of nothing are swept away."""

from __future__ import annotations

from datetime import datetime, time

from gongkai.notices.schedule import Job

from .files import sweep
from .reminders import remind


def _sweep(now: datetime) -> str:
    return f"清除 {sweep(now)} 个无主文件"


JOBS = (
    Job("disputes.due", "复议诉讼期限提醒", remind, at=(time(8, 5),)),
    Job("disputes.sweep", "清除无主的复议诉讼材料", _sweep, at=(time(3, 55),)),
)
