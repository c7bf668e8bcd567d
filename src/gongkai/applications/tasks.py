"""The work of this room on a schedule; each part names its own."""

from __future__ import annotations

from datetime import time

from gongkai.notices.schedule import Job

from .intake.tasks import INTAKE_JOBS
from .letters.tasks import LETTER_JOBS
from .reminders import remind
from .retention import erase_due

_DESK_JOBS = (
    Job("applications.due", "答复期限提醒", remind, at=(time(8, 0),)),
    Job("applications.retention", "按保存期限清除个人信息", erase_due, at=(time(4, 0),)),
)
JOBS = (
    *INTAKE_JOBS,
    *_DESK_JOBS,
    *LETTER_JOBS,
)
