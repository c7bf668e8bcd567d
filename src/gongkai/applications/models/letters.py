"""What letters are made from and how they leave by mail: templates, series of numbers, the outbox for applicants."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.law.letters import letters
from gongkai.ledger.fields import EncryptedTextField

from .papers import Letter


class LetterTemplate(models.Model):
    """An agency's own template of a kind of letter. Versions only ever come after one another; the last is in use.

    One without content stands for the template that comes with the program.
    """

    agency = models.ForeignKey("bureau.Agency", models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    code = models.CharField("文书种类", max_length=40)
    version = models.PositiveIntegerField("版本")
    content = models.BinaryField("模板文件", default=b"", editable=False)
    digest = models.CharField("摘要", max_length=64, editable=False)
    note = models.CharField("说明", max_length=100, blank=True, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="上传人"
    )
    added_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        verbose_name = "文书模板"
        verbose_name_plural = "文书模板"
        ordering = ["agency", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code", "version"], name="application_template_version")
        ]

    def __str__(self) -> str:
        return f"{letters()[self.code].title} 第 {self.version} 版"


class NumberSeries(models.Model):
    """How an agency writes the number 文号 of a family of letters: 温统信公〔{year}〕{number}号."""

    agency = models.ForeignKey("bureau.Agency", models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    family = models.CharField("文书类别", max_length=20)
    pattern = models.CharField("文号格式", max_length=40)

    class Meta:
        verbose_name = "文号"
        verbose_name_plural = "文号"
        constraints = [models.UniqueConstraint(fields=["agency", "family"], name="application_number_series")]

    def __str__(self) -> str:
        return self.pattern


class Dispatch(models.Model):
    """A letter on its way by mail: taken out of here by the worker, tried again, and proved by what the server said.

    The content is the letter's file, by reference; the address is encrypted and emptied once it was used for good.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待发出"
        FAILED = "failed", "将重试"
        SENT = "sent", "对方服务器已接收"
        GIVEN_UP = "given_up", "发送失败"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="dispatches", verbose_name="文书")
    address = EncryptedTextField("收件地址", default="", editable=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次发送", default=timezone.now)
    last_error = models.CharField("错误", max_length=120, blank=True, default="")
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="发件人"
    )
    queued_at = models.DateTimeField("交发时间", default=timezone.now)
    accepted_at = models.DateTimeField("接收时间", null=True)

    class Meta:
        verbose_name = "文书邮件"
        verbose_name_plural = "文书邮件"
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="application_dispatch_due",
                condition=models.Q(state__in=["waiting", "failed"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                name="application_dispatch_once",
                condition=models.Q(state__in=["waiting", "failed", "sent"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.get_state_display()}"
