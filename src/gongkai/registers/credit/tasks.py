"""This room's work on a schedule: what is over ends just after midnight; what is due is told in the morning."""

from __future__ import annotations

from datetime import time

from gongkai.notices.schedule import Job

from .reminders import end_what_is_over, remind

JOBS = (
    Job("credit.end", "统计信用公示期满停止", end_what_is_over, at=(time(0, 5),)),
    Job("credit.due", "统计信用公示提醒", remind, at=(time(8, 10),)),
)
