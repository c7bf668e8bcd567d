"""How an application came in: what proves it, what the applicant looks it up by; files that wait for a form."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.spam import words_of
from gongkai.ledger.fields import EncryptedTextField

from .application import Application


class Provision(models.TextChoices):
    """提供方式: in which form the information is wanted (Article 29(三))."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子文档"
    DISC = "disc", "光盘等电子介质"
    INSPECTION = "inspection", "查阅、抄录"


class Delivery(models.TextChoices):
    """获取途径: by which way it is wanted (Article 29(三))."""

    PORTAL = "portal", "网上查询下载"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    FAX = "fax", "传真"
    PICK_UP = "pick_up", "自行领取"
    ON_SITE = "on_site", "当场查阅、抄录"


class IdType(models.TextChoices):
    """证件名称: what proves who somebody is (Article 29(一))."""

    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    HONG_KONG_MACAO = "hong_kong_macao", "港澳居民来往内地通行证、居住证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证、居住证"
    FOREIGNER = "foreigner", "外国人永久居留身份证"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    OTHER = "other", "其他有效证件"


class Judgement(models.TextChoices):
    """What a clerk found of a submission that was marked 疑似垃圾."""

    NONE = "", "未判断"
    GENUINE = "genuine", "是申请"
    SPAM = "spam", "不是申请"


class Submission(models.Model):
    """How one application came in. ``token_digest`` is of the form it was sent by: the same form sent twice is one
    application. ``code`` is a salted hash of the query code (查询码), which nobody can read again.

    ``arrived_on``, ``confirmed_on`` and ``unreachable`` are what :func:`gongkai.law.receipt.receipt` reckons from.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="submission", verbose_name="申请")
    token_digest = models.CharField("表单标识", max_length=64, unique=True, null=True, editable=False)
    code = models.CharField("查询码", max_length=120, blank=True, default="", editable=False)
    submitted_at = models.DateTimeField("收件时间", default=timezone.now)
    arrived_on = models.DateField("收到材料之日")
    confirmed_on = models.DateField("双方确认之日", null=True, blank=True)
    unreachable = models.BooleanField("曾经无法联系", default=False)
    is_oral = models.BooleanField("口头申请", default=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="登记人"
    )
    suspicion = models.CharField("疑似垃圾的原因", max_length=60, blank=True, default="")
    judgement = models.CharField("判断", max_length=10, choices=Judgement.choices, blank=True, default="")
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="判断人"
    )
    judged_at = models.DateTimeField("判断时间", null=True)

    class Meta:
        verbose_name = "收件记录"
        verbose_name_plural = "收件记录"
        indexes = [
            models.Index(
                fields=["application"],
                name="submission_suspected",
                condition=~models.Q(suspicion="") & models.Q(judgement=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.submitted_at:%Y-%m-%d %H:%M}"

    @property
    def suspicions(self) -> list[str]:
        """Why it is marked 疑似垃圾, in words."""
        return words_of(self.suspicion)

    @property
    def is_suspected(self) -> bool:
        """Marked 疑似垃圾 and not judged yet."""
        return bool(self.suspicion) and not self.judgement


class HeldFile(models.Model):
    """A file that was chosen in a form which came back: kept encrypted for an hour, so that it need not be chosen
    again. Like :class:`CaseFile` it has a key of its own."""

    token_digest = models.CharField("表单标识", max_length=64, editable=False)
    name = EncryptedTextField("文件名", default="")
    key = EncryptedTextField("密钥", default="", editable=False)
    path = models.CharField("存放位置", max_length=120, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）", editable=False)
    created_at = models.DateTimeField("存入时间", default=timezone.now)

    class Meta:
        verbose_name = "暂存文件"
        verbose_name_plural = "暂存文件"
        indexes = [models.Index(fields=["created_at"], name="held_file_age")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class SuggestionUse(models.Model):
    """What suggesting public documents did while one form was filled in; nothing in it leads to a person.

    ``shown`` and ``opened`` count documents; ``submitted``: an application was sent all the same.
    """

    agency = models.ForeignKey("bureau.Agency", models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    key = models.CharField("标识", max_length=64, unique=True, editable=False)
    day = models.DateField("日期")
    shown = models.PositiveSmallIntegerField("提示的信息数", default=0)
    opened = models.PositiveSmallIntegerField("打开的信息数", default=0)
    submitted = models.BooleanField("仍然提交", default=False)

    class Meta:
        verbose_name = "已公开信息提示"
        verbose_name_plural = "已公开信息提示"
        indexes = [models.Index(fields=["agency", "day"], name="suggestion_use_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.shown}/{self.opened}"
