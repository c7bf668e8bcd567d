"""会商: a question to other bodies about one application; whom it was put to; what each answered; other bodies.

What people wrote is encrypted: it may touch on who applies. The columns of a state are projections of the events.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import Agency, AgencyRecord
from gongkai.ledger.fields import EncryptedTextField

from ..models import Application, CaseFile, Letter


class Trigger(models.TextChoices):
    """Why other bodies are asked (law.md §J)."""

    OTHER_MAKER = "other_maker", "信息由其他机关制作或者最初获取"
    JOINT = "joint", "信息由几个机关共同制作"
    INCONSISTENT = "inconsistent", "各机关发布的内容、口径不一致"
    AFFECTS_OTHERS = "affects_others", "公开可能影响其他机关的工作"
    SEVERAL_LEVELS = "several_levels", "同一申请人向几级机关提出"
    TIMING = "timing", "尚未发布，公开时间需要协调"


class Form(models.TextChoices):
    """How it is done."""

    LETTER = "letter", "公函"
    MEETING = "meeting", "会议"
    ONLINE = "online", "线上"


class Openness(models.TextChoices):
    """公开属性: an opinion, or what was agreed."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "可以依申请公开"
    PARTLY = "partly", "区分处理后公开"
    CLOSED = "closed", "不予公开"
    NOT_HELD = "not_held", "未制作、未保存该信息"


class Answerer(models.TextChoices):
    """Who answers the applicant."""

    OWN = "own", "由本机关答复"
    OTHER = "other", "由其他机关负责公开，本机关告知申请人"
    EACH = "each", "各机关分别答复所制作的部分"


class Status(models.TextChoices):
    """Where a coordination stands; derived from its events."""

    OPENED = "opened", "待发送"
    ASKED = "asked", "征求中"
    ANSWERED = "answered", "意见已齐"
    DISAGREED = "disagreed", "意见不一致"
    ESCALATED = "escalated", "已提请主管部门"
    CONCLUDED = "concluded", "结论待签批"
    DONE = "done", "已签批"
    ENDED = "ended", "已终止"


class Standing(models.TextChoices):
    """Where the answer of one body stands; derived from the events."""

    WAITING = "waiting", "待答复"
    DRAFTED = "drafted", "意见待签发"
    GIVEN = "given", "已答复"
    SILENT = "silent", "期满未答复"


class Coordination(AgencyRecord):
    """One 会商 of an agency about one of its applications.

    ``question`` is the office's own; ``shown`` what the bodies asked see of the request, without the applicant.
    From ``status`` on the columns are a projection of the events.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="coordinations", verbose_name="申请")
    number = models.CharField("编号", max_length=20)
    question = EncryptedTextField("会商事项", default="")
    shown = EncryptedTextField("所涉政府信息", default="")
    held_at = models.DateTimeField("会议时间", null=True, blank=True)
    place = models.CharField("会议地点、线上地址", max_length=200, blank=True, default="")
    conclusion = EncryptedTextField("结论", blank=True, default="")
    dispute = EncryptedTextField("分歧及理由", blank=True, default="")

    status = models.CharField("状态", max_length=10, choices=Status.choices)
    trigger = models.CharField("缘由", max_length=20, choices=Trigger.choices)
    form = models.CharField("形式", max_length=10, choices=Form.choices)
    opened_on = models.DateField("发起日期")
    reply_by = models.DateField("最迟答复日期", null=True)
    openness = models.CharField("公开属性", max_length=12, choices=Openness.choices, blank=True, default="")
    answerer = models.CharField("由谁答复", max_length=10, choices=Answerer.choices, blank=True, default="")
    escalated_to = models.CharField("提请的主管部门", max_length=100, blank=True, default="")
    concluded_on = models.DateField("结论日期", null=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "会商"
        verbose_name_plural = "会商"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="coordination_number"),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "reply_by"], name="coordination_status"),
            models.Index(fields=["agency", "-opened_on", "-id"], name="coordination_opened"),
        ]

    def __str__(self) -> str:
        return self.number


class OtherBody(models.Model):
    """A body outside the installation that people are referred to (Article 36(5)): how it is reached, and for what."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", db_index=False, verbose_name="机关")
    name = models.CharField("名称", max_length=100)
    office = models.CharField("政府信息公开工作机构", max_length=60, blank=True, default="")
    address = models.CharField("办公地址", max_length=200, blank=True, default="")
    postcode = models.CharField("邮政编码", max_length=6, blank=True, default="")
    telephone = models.CharField("联系电话", max_length=40, blank=True, default="")
    website = models.URLField("网站地址", blank=True, default="")
    keywords = models.CharField(
        "负责的事项", max_length=300, blank=True, default="", help_text="便于查找的词，以顿号分开，如：房价、房屋网签。"
    )

    class Meta:
        verbose_name = "其他机关"
        verbose_name_plural = "其他机关"
        ordering = ["agency", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], name="coordination_body_once", violation_error_message="名录中已有这个机关。"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Asked(models.Model):
    """One body that was asked, and its answer. ``agency`` is one of this installation, else ``body_name`` says who.

    ``people`` are those who took part. ``draft`` texts become the answer once they are signed. From ``standing`` on
    the columns are a projection of the events.
    """

    coordination = models.ForeignKey(Coordination, models.CASCADE, related_name="organs", verbose_name="会商")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="机关")
    body_name = models.CharField("名称", max_length=100)
    people = EncryptedTextField("参加人员", blank=True, default="")
    opinion = EncryptedTextField("意见", blank=True, default="")
    basis = EncryptedTextField("依据", blank=True, default="")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="公函")

    standing = models.CharField("状态", max_length=10, choices=Standing.choices)
    asked_on = models.DateField("发出日期")
    reply_by = models.DateField("答复期限")
    openness = models.CharField("意见的公开属性", max_length=12, choices=Openness.choices, blank=True, default="")
    answered_on = models.DateField("答复日期", null=True)

    class Meta:
        verbose_name = "征求意见的机关"
        verbose_name_plural = "征求意见的机关"
        ordering = ["coordination", "pk"]
        indexes = [
            models.Index(
                fields=["agency", "standing", "reply_by"],
                name="coordination_asked_body",
                condition=~models.Q(agency=None),
            )
        ]

    def __str__(self) -> str:
        return self.body_name


class SharedFile(models.Model):
    """A file of the case that the bodies asked may read, or that one of them sent (``asked``)."""

    coordination = models.ForeignKey(Coordination, models.CASCADE, related_name="files", verbose_name="会商")
    asked = models.ForeignKey(Asked, models.CASCADE, null=True, related_name="files", verbose_name="来自")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = "会商附件"
        verbose_name_plural = "会商附件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"会商附件 #{self.pk}"


class PassedOn(models.Model):
    """代为转送: an application whose text went to the right body with the applicant's consent (Article 36(5))."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="passed_on", verbose_name="申请")
    received = models.OneToOneField(
        Application, models.PROTECT, related_name="passed_from", verbose_name="转送后的申请"
    )
    consent = EncryptedTextField("申请人同意的情况", default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="转送人"
    )
    at = models.DateTimeField("转送时间", default=timezone.now)

    class Meta:
        verbose_name = "转送"
        verbose_name_plural = "转送"

    def __str__(self) -> str:
        return f"转送 #{self.pk}"
