"""Records of statistical credit. From ``number`` on the columns are a projection of their events."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import AgencyRecord
from gongkai.law.credit import Grade
from gongkai.ledger.fields import EncryptedTextField


class Status(models.TextChoices):
    """Where a record stands; derived from its events. Whether it is shown is also a matter of the day."""

    DECIDED = "decided", "待公示"
    PUBLISHED = "published", "公示中"
    REPAIRING = "repairing", "公示中、移除申请待决定"
    ENDED = "ended", "公示期满"
    REMOVED = "removed", "已提前移除"
    REVOKED = "revoked", "认定已撤销"


class CreditRecord(AgencyRecord):
    """One decision on an enterprise's statistical credit (失信认定) with what the rules have published of it.

    ``representative`` is the name of the 法定代表人 or 主要负责人: published by the rules as long as the record is, but
    personal, so encrypted at rest and out of the ledger; it is erased when the record is no longer shown.
    ``public_until`` is the last day shown; pages compare it with the day, so no job has to run for a record to end.
    """

    representative = EncryptedTextField("法定代表人或者主要负责人", blank=True, default="")

    number = models.CharField("认定文号", max_length=60)
    enterprise = models.CharField("企业名称", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    address = models.CharField("地址", max_length=200)
    violation = models.TextField("违法行为")
    handling = models.TextField("处理情况")
    grade = models.CharField("等级", max_length=10, choices=[(each.value, each.label) for each in Grade])
    decided_on = models.DateField("认定日期")
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    publish_by = models.DateField("应当公示的期限")
    published_on = models.DateField("公示日期", null=True)
    removable_from = models.DateField("最早可以移除的日期", null=True)
    public_until = models.DateField("公示期满日期", null=True)
    verified_on = models.DateField("整改核实日期", null=True)
    closed_on = models.DateField("停止公示日期", null=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "统计信用记录"
        verbose_name_plural = "统计信用记录"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number", "credit_code"], name="credit_record_number"),
            models.CheckConstraint(
                name="credit_record_published",
                condition=models.Q(published_on=None, public_until=None, removable_from=None)
                | models.Q(published_on__isnull=False, public_until__isnull=False, removable_from__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-decided_on", "-id"], name="credit_decided"),
            models.Index(fields=["agency", "status", "publish_by"], name="credit_due"),
            models.Index(
                fields=["agency", "-published_on", "-id"],
                name="credit_shown",
                condition=models.Q(status__in=("published", "repairing")),
            ),
            models.Index(fields=["credit_code"], name="credit_code"),
        ]

    def __str__(self) -> str:
        return self.number
