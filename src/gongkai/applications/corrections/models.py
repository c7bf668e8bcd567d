"""更正 requests: who asks, which record, what is wrong with it, and what was done. Words are encrypted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import AgencyRecord
from gongkai.ledger.fields import BlindIndexField, EncryptedTextField
from gongkai.ledger.sealed import SealedFile

from ..models import CHANNELS, ApplicantKind


class Status(models.TextChoices):
    """Where a request stands; derived from its events."""

    RECEIVED = "received", "待核实"
    VERIFIED = "verified", "待决定"
    DECIDED = "decided", "待告知"
    DONE = "done", "已办结"


class Finding(models.TextChoices):
    """What the office found when it looked into it."""

    TRUE = "true", "记录不准确，属实"
    UNTRUE = "untrue", "记录准确，或者证据不足"
    ELSEWHERE = "elsewhere", "不属于本机关职能范围"


class Result(models.TextChoices):
    """What was decided (Article 41)."""

    CORRECTED = "corrected", "予以更正"
    REFUSED = "refused", "不予更正"
    FORWARDED = "forwarded", "转送有权更正的机关"
    POINTED = "pointed", "告知向有权更正的机关提出"


class Told(models.TextChoices):
    """How the person wants to be told."""

    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    PHONE = "phone", "电话"
    PICK_UP = "pick_up", "当面领取"


class Correction(AgencyRecord):
    """One request. From ``status`` to ``told_on`` the columns are a projection of the events."""

    number = models.CharField("编号", max_length=20)
    # The digest of the form it was sent with: sent twice, it is one request.
    form_digest = models.CharField("表单", max_length=64, null=True, editable=False)
    # A salted hash of the query code, which nobody can read again.
    code = models.CharField("查询码", max_length=120, blank=True, default="", editable=False)
    name = EncryptedTextField("姓名或者名称", default="")
    id_type = models.CharField("证件名称", max_length=20, blank=True, default="")
    id_number = EncryptedTextField("证件号码", blank=True, default="")
    phone = EncryptedTextField("联系电话", blank=True, default="")
    email = EncryptedTextField("电子邮箱", blank=True, default="")
    address = EncryptedTextField("通信地址", blank=True, default="")
    postcode = EncryptedTextField("邮政编码", blank=True, default="")
    contact = EncryptedTextField("联系人", blank=True, default="")
    representative = EncryptedTextField("法定代表人或者负责人", blank=True, default="")
    id_index = BlindIndexField(source="id_number", verbose_name="证件号码检索")
    record_name = EncryptedTextField("哪一份记录", default="")
    wrong = EncryptedTextField("不准确之处", default="")
    right = EncryptedTextField("应当怎样更正", default="")
    told_by = models.CharField("告知方式", max_length=10, choices=Told.choices)
    verification = EncryptedTextField("核实情况", blank=True, default="")
    answer = EncryptedTextField("处理意见", blank=True, default="")

    status = models.CharField("状态", max_length=10, choices=Status.choices)
    kind = models.CharField("类型", max_length=20, choices=ApplicantKind.choices)
    channel = models.CharField("收到渠道", max_length=20, choices=CHANNELS)
    received_on = models.DateField("收到日期")
    finding = models.CharField("核实结果", max_length=10, choices=Finding.choices, blank=True, default="")
    result = models.CharField("处理结果", max_length=10, choices=Result.choices, blank=True, default="")
    other_body = models.CharField("有权更正的机关", max_length=100, blank=True, default="")
    decided_on = models.DateField("决定日期", null=True)
    told_on = models.DateField("告知日期", null=True)
    erased_at = models.DateTimeField("清除时间", null=True, editable=False)

    class Meta(AgencyRecord.Meta):
        verbose_name = "更正"
        verbose_name_plural = "更正"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="correction_number"),
            models.UniqueConstraint(fields=["agency", "form_digest"], name="correction_form_once"),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "received_on"], name="correction_status"),
            models.Index(fields=["agency", "-received_on", "-id"], name="correction_received"),
            models.Index(fields=["agency", "decided_on", "result"], name="correction_decided"),
            models.Index(
                fields=["agency", "told_on"], name="correction_to_erase", condition=models.Q(erased_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CorrectionFileKind(models.TextChoices):
    """What a file is."""

    ID_PROOF = "id_proof", "身份证明"
    EVIDENCE = "evidence", "证据材料"
    WORK = "work", "核实材料"


class CorrectionFile(SealedFile):
    """A file of a request."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="files", verbose_name="更正")
    kind = models.CharField("类别", max_length=10, choices=CorrectionFileKind.choices)

    class Meta:
        verbose_name = "更正材料"
        verbose_name_plural = "更正材料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class CorrectionAccess(models.Model):
    """Who opened whose personal data, when and why."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="accesses", verbose_name="更正")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查阅人")
    what = models.CharField("查阅内容", max_length=60)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "个人信息查阅记录（更正）"
        verbose_name_plural = "个人信息查阅记录（更正）"
        ordering = ["-at"]
        indexes = [models.Index(fields=["correction", "-at"], name="correction_access")]

    def __str__(self) -> str:
        return f"{self.user} {self.what}"
