"""Entries of the disclosure log, and matters that several applicants ask for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import Agency, AgencyRecord
from gongkai.ledger.fields import EncryptedTextField

from ..models import Application

COLUMN = "依申请公开目录"


class Status(models.TextChoices):
    """Where an entry stands; derived from its events. Whether the public reads it is a matter of the site."""

    PROPOSED = "proposed", "待审核"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "可以公开"
    DRAFTED = "drafted", "已生成草稿"
    DROPPED = "dropped", "不公开"


class Disclosed(AgencyRecord):
    """One answered application as the log tells it. The words are encrypted until they are on the site: what has not
    been looked at yet may name somebody. ``item`` is the draft of the site. ``status``, ``digest`` and ``item`` are a
    projection of the events.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="disclosed", verbose_name="申请")
    title = EncryptedTextField("标题", default="")
    wanted = EncryptedTextField("申请的内容", default="")
    answered = EncryptedTextField("答复的内容", default="")
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    digest = models.CharField("摘要", max_length=64, editable=False)
    item = models.PositiveBigIntegerField("网站信息", null=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "公开目录"
        verbose_name_plural = "公开目录"
        indexes = [
            models.Index(fields=["agency", "status", "-id"], name="disclosed_status"),
            models.Index(fields=["agency", "item"], name="disclosed_item", condition=models.Q(item__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"公开目录 #{self.pk}"


class DemandState(models.TextChoices):
    """What was decided about a matter that several people ask for."""

    OPEN = "open", "待处理"
    DRAFTED = "drafted", "已生成草稿"
    DROPPED = "dropped", "不纳入主动公开"


class Demand(models.Model):
    """Applications of several people for the same information, grouped around the first (Article 44).

    ``applicants``: how many different ones; ``decided_applicants`` how many there were when somebody decided: more of
    them open it again.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    first = models.OneToOneField(Application, models.PROTECT, related_name="demand", verbose_name="最早的申请")
    cases = models.ManyToManyField(Application, related_name="demands", verbose_name="申请")
    applicants = models.PositiveSmallIntegerField("申请人数")
    last_on = models.DateField("最近收到")
    found_at = models.DateTimeField("发现时间", default=timezone.now)
    state = models.CharField("处理", max_length=10, choices=DemandState.choices, default=DemandState.OPEN)
    reason = models.CharField("理由", max_length=300, blank=True, default="")
    item = models.PositiveBigIntegerField("网站信息", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="处理人"
    )
    decided_applicants = models.PositiveSmallIntegerField("处理时的申请人数", default=0)

    class Meta:
        verbose_name = "多人申请的信息"
        verbose_name_plural = "多人申请的信息"
        indexes = [models.Index(fields=["agency", "state", "-applicants", "-last_on"], name="disclosed_demand_state")]

    def __str__(self) -> str:
        return f"多人申请的信息 #{self.pk}"
