"""Reviews and suits. From ``number`` on the columns are a projection of their events."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import AgencyRecord
from gongkai.ledger.fields import EncryptedTextField
from gongkai.ledger.sealed import SealedFile


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


class Status(models.TextChoices):
    """Where a dispute stands; derived from its events."""

    FILED = "filed", "已受理"
    ANSWERING = "answering", "待答复（答辩）"
    HEARING = "hearing", "审理中"
    JUDGED = "judged", "已裁判、待生效"
    PERFORMING = "performing", "已审结、待履行"
    CONCLUDED = "concluded", "已审结"
    ARCHIVED = "archived", "已归档"


class DocumentKind(models.TextChoices):
    """What a file of a dispute is."""

    CLAIM = "claim", "申请书（起诉状、上诉状）副本"
    NOTICE = "notice", "答复通知书（应诉通知书）"
    ANSWER = "answer", "答复书（答辩状）"
    EVIDENCE = "evidence", "证据、依据"
    HEARING = "hearing", "听证（庭审）材料"
    DECISION = "decision", "决定书（裁判文书）"
    PERFORMANCE = "performance", "履行情况材料"
    OTHER = "other", "其他材料"


class Dispute(AgencyRecord):
    """One review or suit over a reply, or over silence; an appeal (二审) is a stage of its suit.

    ``claims`` is what is asked for and on what grounds: of somebody's own, so encrypted and out of the ledger.
    ``due_on`` is what is due next as it stands: the answer, an appeal, or what the decision orders.
    """

    application = models.ForeignKey(
        "applications.Application", models.PROTECT, null=True, blank=True, related_name="disputes", verbose_name="申请"
    )
    claims = EncryptedTextField("请求和理由", blank=True, default="", db_default="")
    note = models.TextField("备注", blank=True, default="")

    number = models.CharField("案号", max_length=60)
    application_number = models.CharField("申请编号", max_length=60, blank=True, default="")
    kind = models.CharField("类别", max_length=20, choices=DisputeKind.choices)
    filed_on = models.DateField("受理日期")
    concluded_on = models.DateField("审结日期", null=True)
    result = models.CharField("结果", max_length=20, choices=DisputeResult.choices, blank=True, default="")
    body = models.CharField("审理机关", max_length=100, blank=True, default="", db_default="")
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.FILED, db_default="filed")
    is_appeal = models.BooleanField("二审", default=False, db_default=False)
    due_on = models.DateField("期限", null=True)
    due_provisional = models.BooleanField("期限暂定", default=False, db_default=False)
    hearing_on = models.DateField("听证（开庭）日期", null=True)
    ending = models.CharField("裁判结果", max_length=40, blank=True, default="", db_default="")
    errors = models.CharField("错误类型", max_length=300, blank=True, default="", db_default="")
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", db_index=False, verbose_name="此前的复议"
    )

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
            models.Index(fields=["agency", "status", "due_on"], name="dispute_due"),
            models.Index(
                fields=["agency", "hearing_on"], name="dispute_hearing", condition=models.Q(hearing_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DisputeFile(SealedFile):
    """A document of a dispute; read through :mod:`gongkai.disputes.files`, which records who did."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="files", verbose_name="案件")
    kind = models.CharField("类别", max_length=20, choices=DocumentKind.choices)

    class Meta:
        verbose_name = "复议诉讼材料"
        verbose_name_plural = "复议诉讼材料"
        ordering = ["dispute", "pk"]

    def __str__(self) -> str:
        return f"{self.label} #{self.pk}"

    @property
    def label(self) -> str:
        """What kind of document it is."""
        return str(self.get_kind_display())


class FileAccess(models.Model):
    """Who opened a document of a dispute, or took its evidence bundle, and when."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="accesses", verbose_name="案件")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查阅人")
    what = models.CharField("查阅内容", max_length=60)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "复议诉讼材料查阅记录"
        verbose_name_plural = "复议诉讼材料查阅记录"
        ordering = ["-at"]
        indexes = [models.Index(fields=["dispute", "-at"], name="dispute_access")]

    def __str__(self) -> str:
        return f"{self.user} {self.what}"
