"""``gongkai doctor`` says when reminders do not go out and when nobody works in the background."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.notices.models import Delivery, Heartbeat, ScheduledRun
from gongkai.notices.services import notify
from gongkai.project import health


def test_doctor_says_when_nobody_works(keeper: User) -> None:
    assert health.background().sound, "before the first start there is nothing to miss"
    notify([keeper], "事项", "", key="a")
    assert not health.background().sound
    now = timezone.now()
    beat = Heartbeat.objects.create(worker="w", seen_at=now)
    assert health.background().sound
    beat.seen_at -= timedelta(minutes=10)
    beat.save()
    assert "已停止" in health.background().answer
    ScheduledRun.objects.create(job="a.a", due_at=now, state="running", lease_until=now + timedelta(minutes=5))
    assert health.background().sound, "it is at a job"
    ScheduledRun.objects.create(job="b.b", due_at=now, state="given_up")
    assert "没有完成：b.b" in health.background().answer


@pytest.mark.parametrize(
    ("host", "told", "state", "hours", "sound", "said"),
    [
        ("", False, "waiting", 0, True, "没有设置 EMAIL_URL"),
        ("", True, "waiting", 0, False, "1 条没有发出"),
        ("mail.example.cn", True, "waiting", 0, True, "1 条没有发出"),
        ("mail.example.cn", True, "waiting", 1, False, "1 条没有发出"),
        ("mail.example.cn", True, "failed", 0, True, "1 条没有发出"),
        ("mail.example.cn", True, "given_up", 0, False, "放弃了 1 条"),
        ("mail.example.cn", True, "sent", 9, True, "电子邮件已设置"),
    ],
)
def test_doctor_says_when_reminders_do_not_go_out(
    keeper: User, host: str, told: bool, state: str, hours: int, sound: bool, said: str
) -> None:
    if told:
        notify([keeper], "事项", "", key="a")
        Delivery.objects.update(state=state, next_try_at=timezone.now() - timedelta(hours=hours))
    with override_settings(EMAIL_HOST=host):
        found = health.reminders()
    assert found.sound is sound
    assert said in found.answer
    assert bool(found.advice) is not sound
