"""The outbox: notices, how each goes out, what each person chose; and the history of the work done on a schedule.

A notice holds no personal data of anybody but its recipient's name to them: numbers, dates and links, never who applied
or what they wrote. It stands on the desk, in mails and in text messages, which leave the program.
"""

from __future__ import annotations

from datetime import time
from uuid import uuid4

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Channel(models.TextChoices):
    """A way out of the program; the desk shows every notice whatever goes out. WeChat is left out: it wants an
    enterprise account (企业微信) of the bureau, and its messages pass through servers that are not its own.
    """

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"


class Notice(models.Model):
    """Something that one person is told.

    ``key`` says what it is about, from the general to the particular (``duty:12:2020-03-02:due``); the same is never
    told to the same person twice. Nobody sees it before ``not_before``. ``settled_at``: what it was about is done.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name="收件人"
    )
    subject = models.CharField("标题", max_length=120)
    text = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=300, blank=True)
    # On PostgreSQL an index on text brings a second one, which searches by prefix.
    key = models.CharField("标识", max_length=150, db_index=True)
    urgent = models.BooleanField("紧急", default=False)
    created_at = models.DateTimeField("登记时间", default=timezone.now)
    not_before = models.DateTimeField("提醒时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        verbose_name_plural = "提醒"
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notices_notice_once")]
        indexes = [
            models.Index(fields=["recipient", "-not_before", "-id"], name="notices_notice_recent"),
            models.Index(
                fields=["recipient", "-not_before", "-id"],
                condition=Q(read_at=None, settled_at=None),
                name="notices_notice_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_unread(self) -> bool:
        return self.read_at is None and self.settled_at is None


class Delivery(models.Model):
    """A notice on its way out by one channel.

    ``next_try_at`` is when to look at it again: after it was held back, after a failure, or, while somebody is
    sending it, when they are taken for dead. ``last_error`` is the kind of error, never the text or an address.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        SENT = "sent", "已发出"
        FAILED = "failed", "没有发出，将重试"
        GIVEN_UP = "given_up", "多次没有发出，已放弃"
        DROPPED = "dropped", "不必再发"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", db_index=False, verbose_name="提醒")
    channel = models.CharField("方式", max_length=10, choices=Channel.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次发出", default=timezone.now)
    last_error = models.CharField("错误", max_length=120, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)

    class Meta:
        verbose_name = "发出"
        verbose_name_plural = "发出"
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once")]
        indexes = [
            models.Index(
                fields=["channel", "next_try_at"],
                condition=Q(state__in=["waiting", "failed"]),
                name="notices_delivery_due",
            ),
            models.Index(fields=["state"], condition=Q(state="given_up"), name="notices_delivery_given_up"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Preference(models.Model):
    """What a member of staff chose; who has chosen nothing gets the defaults.

    Nothing that is not urgent goes out from ``quiet_from`` to ``quiet_until`` (equal: never quiet), nor, with
    ``working_days_only``, on a day that is not worked: it waits for the next working morning.
    """

    class Wanted(models.TextChoices):
        ALL = "all", "全部"
        URGENT = "urgent", "只发紧急的"
        NONE = "none", "不发"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    email = models.CharField("电子邮件", max_length=10, choices=Wanted.choices, default=Wanted.ALL)
    sms = models.CharField("短信", max_length=10, choices=Wanted.choices, default=Wanted.URGENT)
    mobile = models.CharField(
        "手机号码",
        max_length=11,
        blank=True,
        validators=[RegexValidator(r"^1[3-9]\d{9}$", "请填写 11 位的手机号码，如 13800000000。")],
    )
    quiet_from = models.TimeField("免打扰，从", default=time(20))
    quiet_until = models.TimeField("到次日", default=time(8))
    working_days_only = models.BooleanField("只在工作日发", default=True)

    class Meta:
        verbose_name = "提醒方式"
        verbose_name_plural = "提醒方式"

    def __str__(self) -> str:
        return f"{self.email} {self.sms}"

    def wants(self, channel: str, *, urgent: bool) -> bool:
        """Whether they want such a notice by a channel."""
        chosen = self.email if channel == Channel.EMAIL else self.sms
        return chosen == self.Wanted.ALL or (chosen == self.Wanted.URGENT and urgent)


class ScheduledRun(models.Model):
    """One run of a job that was due at a moment; unique, so that of several workers one does it.

    Who runs it holds it until ``lease_until``; after that they are taken for dead and another takes it over.
    ``note`` is what the job said of itself, ``error`` the kind and place of an error, without its message.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        RUNNING = "running", "正在运行"
        DONE = "done", "完成"
        FAILED = "failed", "出错，将重试"
        GIVEN_UP = "given_up", "没有完成"

    job = models.CharField("任务", max_length=60)
    due_at = models.DateTimeField("应当运行的时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    worker = models.CharField("进程", max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    started_at = models.DateTimeField("开始时间", null=True)
    lease_until = models.DateTimeField("最迟", null=True)
    next_try_at = models.DateTimeField("下次重试", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    note = models.CharField("结果", max_length=200, blank=True)
    error = models.CharField("错误", max_length=200, blank=True)

    class Meta:
        verbose_name = "后台任务的运行"
        verbose_name_plural = "后台任务的运行"
        constraints = [models.UniqueConstraint(fields=["job", "due_at"], name="notices_run_once")]
        indexes = [models.Index(fields=["-due_at"], name="notices_run_recent")]

    def __str__(self) -> str:
        return f"{self.job} {self.due_at:%Y-%m-%d %H:%M} {self.state}"


class Heartbeat(models.Model):
    """A worker and when it was last alive, for ``gongkai doctor``."""

    worker = models.CharField("进程", max_length=80, primary_key=True)
    seen_at = models.DateTimeField("最近一次", db_index=True)

    class Meta:
        verbose_name = "后台进程"
        verbose_name_plural = "后台进程"

    def __str__(self) -> str:
        return self.worker
