"""This room's own work."""

from __future__ import annotations

from datetime import time

from .schedule import Job
from .worker import forget

JOBS = (Job("notices.forget", "清理后台任务的历史", forget, at=(time(3, 30),)),)
