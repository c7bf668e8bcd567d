"""The fact of publishing: counted in the annual report and the work sheet, listed on the site."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import Agency, AgencyRecord, Department

from .column import Column, Kind
from .edition import Edition
from .indicator import Indicator
from .item import DocumentClass, Item, ItemType


class Publication(AgencyRecord):
    """One item published on the site: the fact of it. Withdrawal takes it off the site; it stays published then.

    What came from an Excel ledger is counted only. What has an ``edition`` is shown, from ``live_from`` until it is
    withdrawn; its particulars repeat those of the edition so that lists can be narrowed, and the database accepts no
    edition that the ledger does not call approved (:mod:`gongkai.portal.gate`). Whether a document is in force
    follows from its dates on the day that somebody looks (:mod:`gongkai.law.validity`).
    """

    column = models.ForeignKey(Column, models.PROTECT, related_name="publications", verbose_name="栏目")
    kind = models.CharField("信息类别", max_length=24, choices=Kind.choices)
    title = models.CharField("标题", max_length=300)
    published_on = models.DateField("发布日期")
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=60, blank=True)

    item = models.OneToOneField(
        Item, models.PROTECT, null=True, blank=True, editable=False, related_name="publication", verbose_name="信息"
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="清样"
    )
    live_from = models.DateTimeField("公开时刻", null=True, blank=True, editable=False)
    first_column = models.ForeignKey(
        Column, models.PROTECT, null=True, editable=False, related_name="+", db_index=False, verbose_name="一级栏目"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="承办处室"
    )
    type = models.CharField("信息类型", max_length=20, choices=ItemType.choices, blank=True, editable=False)
    category = models.CharField("公开依据", max_length=40, blank=True, editable=False)
    topic = models.CharField("主题分类", max_length=40, blank=True, editable=False)
    genre = models.CharField("体裁分类", max_length=20, blank=True, editable=False)
    document_class = models.CharField(
        "文件类别", max_length=20, choices=DocumentClass.choices, blank=True, editable=False
    )
    formed_on = models.DateField("成文日期", null=True, editable=False)
    effective_on = models.DateField("施行日期", null=True, editable=False)
    expires_on = models.DateField("有效期至", null=True, editable=False)
    amended_on = models.DateField("修改日期", null=True, editable=False)
    repealed_on = models.DateField("废止日期", null=True, editable=False)
    ended_on = models.DateField("失去效力日期", null=True, editable=False)
    ended_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="ends", verbose_name="据以处理的文件"
    )
    interprets = models.ForeignKey(
        Item, models.PROTECT, null=True, editable=False, related_name="published_interpretations", verbose_name="解读"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, editable=False, related_name="publications", verbose_name="指标"
    )
    period = models.CharField("数据时期", max_length=7, blank=True, editable=False)
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True, editable=False)
    growth = models.DecimalField("同比增长（%）", max_digits=9, decimal_places=2, null=True, editable=False)

    SHOWN = models.Q(edition__isnull=False, withdrawn_on=None)

    class Meta(AgencyRecord.Meta):
        verbose_name = "主动公开信息"
        verbose_name_plural = "主动公开信息"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("published_on")),
                name="portal_publication_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(edition=None, item=None, live_from=None)
                | models.Q(edition__isnull=False, item__isnull=False, live_from__isnull=False),
                name="portal_publication_whole",
            ),
            models.UniqueConstraint(
                fields=["agency", "index_number"],
                condition=models.Q(edition__isnull=False) & ~models.Q(index_number=""),
                name="portal_publication_own_index",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "published_on", "kind"], name="portal_publication_kind"),
            models.Index(fields=["agency", "published_on", "column"], name="portal_publication_column"),
            models.Index(fields=["agency", "index_number"], name="portal_publication_index_no"),
            models.Index(fields=["agency", "document_number"], name="portal_publication_doc_no"),
            # What the pages of the site ask for, newest first.
            models.Index(
                fields=["agency", "column", "-live_from"],
                name="portal_shown_column",
                condition=models.Q(edition__isnull=False, withdrawn_on=None),
            ),
            models.Index(
                fields=["agency", "first_column", "-live_from"],
                name="portal_shown_first",
                condition=models.Q(edition__isnull=False, withdrawn_on=None),
            ),
            models.Index(
                fields=["agency", "category", "-live_from"],
                name="portal_shown_category",
                condition=models.Q(edition__isnull=False, withdrawn_on=None),
            ),
            models.Index(
                fields=["agency", "-live_from"],
                name="portal_shown",
                condition=models.Q(edition__isnull=False, withdrawn_on=None),
            ),
            models.Index(
                fields=["agency", "document_class", "formed_on"],
                name="portal_publication_document",
                condition=~models.Q(document_class=""),
            ),
            models.Index(
                fields=["agency", "expires_on"],
                name="portal_publication_expires",
                condition=models.Q(expires_on__isnull=False),
            ),
            models.Index(
                fields=["indicator", "-period"],
                name="portal_publication_series",
                condition=models.Q(indicator__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page on the site; where it has none here, the address in the ledger."""
        return f"/art/{self.item_id}.html" if self.item_id else self.url


class OldAddress(models.Model):
    """An address of a former site that leads to an item or a column here for good."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", db_index=False, verbose_name="机关")
    path = models.CharField("原地址", max_length=500)
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="old_addresses")
    column = models.ForeignKey(Column, models.CASCADE, null=True, blank=True, related_name="old_addresses")

    class Meta:
        verbose_name = "原网站地址"
        verbose_name_plural = "原网站地址"
        constraints = [
            models.UniqueConstraint(fields=["agency", "path"], name="portal_oldaddress_path"),
            models.CheckConstraint(
                condition=models.Q(item__isnull=False, column=None) | models.Q(item=None, column__isnull=False),
                name="portal_oldaddress_target",
            ),
        ]

    def __str__(self) -> str:
        return self.path
