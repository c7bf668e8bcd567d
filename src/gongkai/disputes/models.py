"""Reviews and suits; the columns from ``kind`` on are a projection of their events."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import AgencyRecord


class DisputeKind(models.TextChoices):
    """The three groups of table 四."""

    REVIEW = "review", "行政复议"
    SUIT_DIRECT = "suit_direct", "未经复议直接起诉"
    SUIT_AFTER_REVIEW = "suit_after_review", "复议后起诉"


class DisputeResult(models.TextChoices):
    """The results of table 四; a dispute that is not concluded has none (尚未审结)."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class Dispute(AgencyRecord):
    """One review or suit over a reply, or over silence."""

    application = models.ForeignKey(
        "applications.Application", models.PROTECT, null=True, blank=True, related_name="disputes", verbose_name="申请"
    )
    note = models.TextField("备注", blank=True, default="")

    number = models.CharField("案号", max_length=60)
    application_number = models.CharField("申请编号", max_length=60, blank=True, default="")
    kind = models.CharField("类别", max_length=20, choices=DisputeKind.choices)
    filed_on = models.DateField("受理日期")
    concluded_on = models.DateField("审结日期", null=True)
    result = models.CharField("结果", max_length=20, choices=DisputeResult.choices, blank=True, default="")

    class Meta(AgencyRecord.Meta):
        verbose_name = "复议诉讼"
        verbose_name_plural = "复议诉讼"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.CheckConstraint(
                name="dispute_concluded_with_result",
                condition=models.Q(concluded_on__isnull=True, result="")
                | (models.Q(concluded_on__isnull=False) & ~models.Q(result="")),
            ),
            models.CheckConstraint(
                name="dispute_concluded_after_filed",
                condition=models.Q(concluded_on__isnull=True) | models.Q(concluded_on__gte=models.F("filed_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "concluded_on", "kind", "result", "filed_on"], name="dispute_concluded"),
            models.Index(fields=["agency", "filed_on"], name="dispute_filed"),
        ]

    def __str__(self) -> str:
        return self.number
