"""This part's work on a schedule: files that waited too long go; clerks are reminded to confirm receipt."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from gongkai.notices.schedule import Job

from .papers import purge, sweep
from .telling import remind_to_confirm


def _purge(now: datetime) -> str:
    return f"清除 {purge(now)} 个暂存文件"


def _sweep(now: datetime) -> str:
    return f"清除 {sweep(now)} 个无主文件"


def _remind(now: datetime) -> str:
    return f"提醒确认收到：{remind_to_confirm(now)} 条"


INTAKE_JOBS = (
    Job("applications.held", "清除申请页面的暂存文件", _purge, every=timedelta(minutes=10)),
    Job("applications.sweep", "清除无主的案卷文件", _sweep, at=(time(3, 50),)),
    Job("applications.confirm", "提醒与申请人确认收到", _remind, at=(time(8, 40),)),
)
