"""The portal's work on a schedule: what people are told of columns and documents in the morning."""

from __future__ import annotations

from datetime import time

from gongkai.notices.schedule import Job

from .duties import reminders as of_columns
from .validity import reminders as of_documents

JOBS = (
    Job("portal.columns", "栏目更新提醒", of_columns.remind, at=(time(8, 10),)),
    Job("portal.validity", "文件有效期和清理提醒", of_documents.remind, at=(time(8, 20),)),
)
