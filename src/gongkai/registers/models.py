"""The registers that Article 20 asks for and table 二 counts. Dates decide; no total is ever typed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.bureau.models import AgencyRecord
from gongkai.ledger.fields import BlindIndexField, EncryptedTextField


class DocumentKind(models.TextChoices):
    """Article 20(一): the rows of the first block of table 二."""

    RULES = "rules", "规章"
    NORMATIVE_DOCUMENTS = "normative_documents", "行政规范性文件"


class ItemKind(models.TextChoices):
    """Article 20(五)(六)(八): the rows of table 二 that count items; the codes are the rows' own."""

    PERMITS = "permits", "行政许可"
    OTHER_SERVICES = "other_services", "其他对外管理服务事项"
    PENALTIES = "penalties", "行政处罚"
    COERCION = "coercion", "行政强制"
    FEES = "fees", "行政事业性收费"


class DecisionKind(models.TextChoices):
    """What a decision is about: the rows of table 二 that count decisions (处理决定)."""

    PERMITS = "permits", "行政许可"
    OTHER_SERVICES = "other_services", "其他对外管理服务事项"
    PENALTIES = "penalties", "行政处罚"
    COERCION = "coercion", "行政强制"


class PartyKind(models.TextChoices):
    """Who a decision is addressed to (行政相对人)."""

    NATURAL_PERSON = "natural_person", "自然人"
    ORGANIZATION = "organization", "法人或者其他组织"


class Entry(AgencyRecord):
    """A record that the public may read once a named person has published it on this site.

    ``shown_digest`` is that of the content which ``shown_by`` saw: content that changes is public no longer
    (:mod:`gongkai.registers.publishing`), until somebody publishes it again.
    """

    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="登记人"
    )
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="审核公开人"
    )
    shown_on = models.DateField("在本网站公开的日期", null=True, editable=False)
    shown_digest = models.CharField(
        "公开内容的摘要", max_length=64, blank=True, default="", db_default="", editable=False
    )

    class Meta(AgencyRecord.Meta):
        abstract = True
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(shown_by=None, shown_on=None, shown_digest="")
                | models.Q(shown_by__isnull=False, shown_on__isnull=False) & ~models.Q(shown_digest=""),
                name="%(app_label)s_%(class)s_shown",
            ),
        ]


class Document(AgencyRecord):
    """A rule (规章) or an administrative normative document (行政规范性文件) that the agency made.

    ``ended_on`` follows from ``repealed_on`` and ``valid_until`` (:func:`gongkai.law.validity.ended_on`). A document
    that ended stays public, marked; ``withdrawn_on`` is the day it was taken off the site.
    """

    kind = models.CharField("类别", max_length=20, choices=DocumentKind.choices)
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=60, blank=True)
    unified_number = models.CharField("统一编号", max_length=60, blank=True)
    made_on = models.DateField("成文日期")
    published_on = models.DateField("公开日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    ended_on = models.DateField("失去效力日期", null=True, editable=False)
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "规章和行政规范性文件"
        verbose_name_plural = "规章和行政规范性文件"
        indexes = [
            models.Index(fields=["agency", "kind", "made_on"], name="registers_document_made"),
            models.Index(fields=["agency", "document_number"], name="registers_document_number"),
        ]

    def __str__(self) -> str:
        return self.title


class ServiceItem(Entry):
    """An item that the agency may permit, serve, punish, coerce or charge for (事项), while it is valid.

    ``valid_from`` is its first day and ``valid_until`` its last; without the latter it is still valid.
    """

    kind = models.CharField("事项类别", max_length=20, choices=ItemKind.choices)
    code = models.CharField("事项编码", max_length=60, blank=True)
    name = models.CharField("事项名称", max_length=200)
    basis = models.CharField("依据", max_length=300, blank=True)
    valid_from = models.DateField("列入日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)

    class Meta(Entry.Meta):
        abstract = False
        verbose_name = "事项"
        verbose_name_plural = "事项"
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "kind", "name", "valid_from"], name="registers_item_name"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="registers_item_dates",
            ),
        ]
        indexes = [models.Index(fields=["agency", "valid_from", "valid_until", "kind"], name="registers_item_valid")]

    def __str__(self) -> str:
        return self.name


class Decision(Entry):
    """A permit granted or refused, a penalty or a measure of coercion decided (处理决定).

    The name of a natural person is personal data and is encrypted; that of an organisation is not. ``withheld`` says
    why a decision is not published; ``explanation`` is what the public reads in the place of one that was withdrawn.
    """

    kind = models.CharField("决定类别", max_length=20, choices=DecisionKind.choices)
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="事项"
    )
    document_number = models.CharField("决定书文号", max_length=60)
    decided_on = models.DateField("决定日期")
    party_kind = models.CharField("行政相对人类别", max_length=20, choices=PartyKind.choices)
    organization = models.CharField("单位名称", max_length=100, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    person = EncryptedTextField("自然人姓名", blank=True, default="")
    person_index = BlindIndexField(source="person", verbose_name="自然人姓名检索")
    summary = models.TextField("决定内容", blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    explanation = models.TextField("撤下的说明", blank=True, default="", db_default="")
    withheld = models.CharField("不予公开的理由", max_length=300, blank=True, default="", db_default="")

    class Meta(Entry.Meta):
        abstract = False
        verbose_name = "处理决定"
        verbose_name_plural = "处理决定"
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(party_kind=PartyKind.NATURAL_PERSON, organization="", credit_code="")
                | models.Q(party_kind=PartyKind.ORGANIZATION, person=""),
                name="registers_decision_party",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "decided_on", "kind"], name="registers_decision_when"),
            models.Index(fields=["agency", "document_number"], name="registers_decision_number"),
            models.Index(
                fields=["agency", "-decided_on", "-id"],
                name="registers_decision_public",
                condition=models.Q(shown_on__isnull=False),
            ),
            models.Index(
                fields=["agency", "kind", "decided_on"],
                name="registers_decision_due",
                condition=models.Q(published_on=None, revoked_on=None, withheld=""),
            ),
            models.Index(fields=["credit_code"], name="registers_decision_credit", condition=~models.Q(credit_code="")),
            models.Index(
                fields=["person_index"], name="registers_decision_person", condition=~models.Q(person_index="")
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


class FeeReceipt(Entry):
    """Money received for a fee item (行政事业性收费): one payment, or the sum of a period on its last day; in yuan."""

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="receipts", verbose_name="收费项目")
    received_on = models.DateField("收费日期")
    number = models.CharField("票据号", max_length=60, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)

    class Meta(Entry.Meta):
        abstract = False
        verbose_name = "收费"
        verbose_name_plural = "收费"
        indexes = [models.Index(fields=["agency", "received_on"], name="registers_receipt_when")]

    def __str__(self) -> str:
        return f"{self.received_on} {self.amount}"


class Procurement(Entry):
    """A project of centralised government procurement (政府集中采购); the amount in yuan."""

    name = models.CharField("项目名称", max_length=300)
    number = models.CharField("项目编号", max_length=60, blank=True)
    purchased_on = models.DateField("采购日期")
    amount = models.DecimalField("采购金额（元）", max_digits=16, decimal_places=2)
    supplier = models.CharField("供应商", max_length=100, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)

    class Meta(Entry.Meta):
        abstract = False
        verbose_name = "政府集中采购"
        verbose_name_plural = "政府集中采购"
        indexes = [models.Index(fields=["agency", "purchased_on"], name="registers_procurement_when")]

    def __str__(self) -> str:
        return self.name
