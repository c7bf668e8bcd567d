"""The work of the log on a schedule."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.notices.schedule import Job

from .demands import look


def _look(now: datetime) -> str:
    today = timezone.localdate(now)
    return f"新的 {sum(look(agency, today) for agency in Agency.objects.all())} 项"


JOBS = (Job("disclosed.demands", "查找多人申请的信息（条例第四十四条）", _look, at=(time(3, 10),)),)
