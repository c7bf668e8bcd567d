"""Applications and applicants. What an application's events say is projected into columns for lists and figures."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import AgencyRecord
from gongkai.law.receipt import Channel
from gongkai.ledger.fields import BlindIndexField, EncryptedTextField

CHANNELS = [(channel.value, channel.label) for channel in Channel]


class ApplicantKind(models.TextChoices):
    """Who applies: the columns of table 三 (申请人情况)."""

    NATURAL_PERSON = "natural_person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_WELFARE = "public_welfare", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER_ORGANIZATION = "other_organization", "其他法人或者组织"


class Status(models.TextChoices):
    """Where an application stands; derived from its events."""

    HANDLING = "handling", "办理中"
    AWAITING_CORRECTION = "awaiting_correction", "待补正"
    CONSULTING = "consulting", "征求意见中"
    AWAITING_FEE = "awaiting_fee", "待缴费"
    CLOSED = "closed", "已办结"


class Stage(models.TextChoices):
    """Where the work on an application stands (登记、审核、办理、答复、归档, Article 45); derived from its events."""

    NEW = "new", "待分办"
    ASSIGNED = "assigned", "待签收"
    WORKING = "working", "承办中"
    REVIEW = "review", "待审核"
    SIGNING = "signing", "待签发"
    SIGNED = "signed", "待发出"
    DONE = "done", "待归档"
    ARCHIVED = "archived", "已归档"


class Applicant(models.Model):
    """Who applied (Article 29(一)). Personal data: encrypted here, nowhere else, and so it can be erased.

    ``id_number`` of an organisation is its 统一社会信用代码; ``id_type`` says which document it is of.
    """

    agency = models.ForeignKey("bureau.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("申请人类型", max_length=20, choices=ApplicantKind.choices)
    name = EncryptedTextField("姓名或者名称", blank=True, default="")
    id_number = EncryptedTextField("证件号码", blank=True, default="")
    phone = EncryptedTextField("联系电话", blank=True, default="")
    address = EncryptedTextField("通信地址", blank=True, default="")
    email = EncryptedTextField("电子邮箱", blank=True, default="")
    id_type = models.CharField("证件名称", max_length=20, blank=True, default="", db_default="")
    postcode = EncryptedTextField("邮政编码", blank=True, default="", db_default="")
    fax = EncryptedTextField("传真", blank=True, default="", db_default="")
    contact = EncryptedTextField("联系人", blank=True, default="", db_default="")
    representative = EncryptedTextField("法定代表人或者负责人", blank=True, default="", db_default="")
    id_index = BlindIndexField(source="id_number", verbose_name="证件号码检索")
    name_index = BlindIndexField(source="name", verbose_name="姓名检索")
    erased_at = models.DateTimeField("清除时间", null=True, editable=False)

    class Meta:
        verbose_name = "申请人"
        verbose_name_plural = "申请人"
        indexes = [
            models.Index(fields=["id_index"], name="applicant_id_index", condition=~models.Q(id_index="")),
            models.Index(fields=["name_index"], name="applicant_name_index", condition=~models.Q(name_index="")),
        ]

    def __str__(self) -> str:
        # Shown in lists and logs: never the name.
        return f"{self.get_kind_display()} #{self.pk}"


class Application(AgencyRecord):
    """One application (一事一申请).

    ``title``, ``reference`` and ``requested`` are the applicant's own text (Article 29(二)): encrypted, and out of the
    ledger; ``text_index`` finds the same text again. ``provision`` and ``delivery`` are what was asked for (Article
    29(三)). From ``external_number`` on the columns are a projection of the events
    (:mod:`gongkai.applications.projection`): nothing else writes them.
    """

    number = models.CharField("登记编号", max_length=20)
    applicant = models.OneToOneField(Applicant, models.PROTECT, related_name="application", verbose_name="申请人")
    title = EncryptedTextField("信息名称", blank=True, default="", db_default="")
    reference = EncryptedTextField("文号", blank=True, default="", db_default="")
    requested = EncryptedTextField("所需政府信息", blank=True, default="")
    text_index = BlindIndexField(source="requested", db_default="", verbose_name="内容检索")
    provision = models.CharField("提供方式", max_length=20, blank=True, default="", db_default="")
    delivery = models.CharField("获取途径", max_length=20, blank=True, default="", db_default="")
    accepts_other = models.BooleanField("也接受其他方式", default=False, db_default=False)
    needs_help = models.BooleanField("需要阅读、视听帮助", default=False, db_default=False)
    note = models.TextField("备注", blank=True, default="")

    external_number = models.CharField("收件编号", max_length=60, blank=True, default="")
    channel = models.CharField("收到渠道", max_length=20, choices=CHANNELS, blank=True, default="")
    applicant_kind = models.CharField("申请人类型", max_length=20, choices=ApplicantKind.choices)
    received_on = models.DateField("收到日期")
    due_on = models.DateField("答复期限", null=True)
    due_provisional = models.BooleanField("期限待定", default=False)
    status = models.CharField("状态", max_length=20, choices=Status.choices)
    stage = models.CharField("办理环节", max_length=10, choices=Stage.choices, default=Stage.NEW)
    lead = models.ForeignKey(
        "bureau.Department", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="主办处室"
    )
    correction_requested_on = models.DateField("补正通知日期", null=True)
    corrected_on = models.DateField("补正收到日期", null=True)
    extended_on = models.DateField("延期告知日期", null=True)
    closed_on = models.DateField("答复日期", null=True)
    outcome = models.CharField("办理结果", max_length=60, blank=True, default="")
    outcome_row = models.CharField("年报行次", max_length=60, blank=True, default="")
    document_number = models.CharField("答复文号", max_length=60, blank=True, default="")
    # Working days in which the office had it to work on: without the days on which somebody else was waited for.
    handled_days = models.PositiveSmallIntegerField("办理工作日", null=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "依申请公开"
        verbose_name_plural = "依申请公开"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="application_number"),
            models.CheckConstraint(
                name="application_closed_with_outcome",
                condition=models.Q(closed_on__isnull=True, outcome="", outcome_row="")
                | (models.Q(closed_on__isnull=False) & ~models.Q(outcome="") & ~models.Q(outcome_row="")),
            ),
            models.CheckConstraint(
                name="application_closed_after_received",
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("received_on")),
            ),
        ]
        indexes = [
            # Rows 一, 二 and 四 of table 三 and what was late; row 三. Both cover the columns counted by.
            models.Index(
                fields=["agency", "received_on", "applicant_kind", "closed_on", "due_on"], name="application_received"
            ),
            models.Index(
                fields=["agency", "closed_on", "outcome_row", "applicant_kind", "received_on"],
                name="application_closed",
            ),
            models.Index(fields=["agency", "status", "due_on"], name="application_due"),
            models.Index(fields=["agency", "due_on", "id"], name="application_by_due"),
            # All that is searched, so that a part of a number is looked for in it and not in the rows.
            models.Index(fields=["agency", "number", "external_number", "document_number"], name="application_search"),
            models.Index(fields=["agency", "stage", "due_on"], name="application_stage"),
            models.Index(fields=["lead", "stage", "due_on"], name="application_lead"),
            models.Index(fields=["text_index"], name="application_text_index", condition=~models.Q(text_index="")),
            models.Index(
                fields=["agency", "external_number"],
                name="application_external",
                condition=~models.Q(external_number=""),
            ),
            models.Index(fields=["agency", "channel", "received_on"], name="application_channel"),
            models.Index(
                fields=["agency", "closed_on", "handled_days", "outcome_row", "channel", "lead"],
                name="application_handled",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Assignment(models.Model):
    """A department that an application is assigned to; a projection, so that each finds what waits for it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments", verbose_name="申请")
    department = models.ForeignKey(
        "bureau.Department", models.PROTECT, related_name="+", db_index=False, verbose_name="处室"
    )
    is_lead = models.BooleanField("主办")
    is_signed_for = models.BooleanField("已签收")

    class Meta:
        verbose_name = "分办"
        verbose_name_plural = "分办"
        constraints = [
            models.UniqueConstraint(fields=["application", "department"], name="application_assignment_once")
        ]
        indexes = [models.Index(fields=["department", "is_signed_for", "application"], name="application_assignment")]

    def __str__(self) -> str:
        return f"{self.application} {self.department}"
