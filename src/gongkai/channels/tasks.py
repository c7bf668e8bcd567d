"""This room's work on a schedule: sendings go on, and the figures of yesterday are fetched after eight."""

from __future__ import annotations

from datetime import time, timedelta

from gongkai.notices.schedule import Job

from .collecting import collect
from .delivery import deliver

JOBS = (
    Job("channels.deliver", "向公众号发布", deliver, every=timedelta(minutes=1)),
    # Again at noon and in the evening: WeChat may still be counting in the morning.
    Job("channels.collect", "收取公众号统计数据", collect, at=(time(8, 15), time(12, 15), time(18, 15))),
)
