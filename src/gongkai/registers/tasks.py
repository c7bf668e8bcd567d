"""This room's work on a schedule: what is due is told in the morning."""

from __future__ import annotations

from datetime import time

from gongkai.notices.schedule import Job

from .reminders import remind

JOBS = (Job("registers.due", "处理决定公开和撤下提醒", remind, at=(time(8, 15),)),)
