"""This room's own work."""

from __future__ import annotations

from datetime import datetime, time

from django.db import connection

from .schedule import Job
from .worker import forget


def measure_tables(now: datetime) -> None:
    """Let SQLite count how much its tables and indexes tell apart, on a thousand rows each; it is done in a blink.

    Without, it takes the first index that fits, and pages slow down as records grow. PostgreSQL does so by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


JOBS = (
    Job("notices.forget", "清理后台任务的历史", forget, at=(time(3, 30),)),
    Job("notices.measure", "更新数据库的统计", measure_tables, at=(time(3, 40),)),
)
