"""Columns of the site and what was published in them."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import Agency, AgencyRecord


class Kind(models.TextChoices):
    """What a publication is, in the words of the annual website work sheet (政府网站工作年度报表)."""

    OVERVIEW = "overview", "概况类信息"
    NEWS = "news", "政务动态信息"
    CATALOGUE = "catalogue", "信息公开目录信息"
    INTERPRETATION = "interpretation", "政策解读材料"
    INTERPRETATION_PRODUCT = "interpretation_product", "政策解读产品"
    COMMENTARY = "commentary", "媒体评论文章"
    RESPONSE = "response", "回应公众关注"
    OTHER = "other", "其他信息"


class Column(models.Model):
    """A column of the site (栏目), at any depth. ``first_level`` repeats the name of its topmost column."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    code = models.CharField("栏目代码", max_length=40, blank=True)
    name = models.CharField("栏目名称", max_length=60)
    first_level = models.CharField("一级栏目", max_length=60)
    kind = models.CharField("所载信息类别", max_length=24, choices=Kind.choices, default=Kind.OTHER)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["agency", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "parent", "name"], name="portal_column_name"),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=models.Q(parent=None), name="portal_column_first_level"
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.parent_id is None else f"{self.first_level} / {self.name}"


class Publication(AgencyRecord):
    """One item published on the site: the fact of it. Withdrawal takes it off the site; it stays published then."""

    column = models.ForeignKey(Column, models.PROTECT, related_name="publications", verbose_name="栏目")
    kind = models.CharField("信息类别", max_length=24, choices=Kind.choices)
    title = models.CharField("标题", max_length=300)
    published_on = models.DateField("发布日期")
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=60, blank=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "主动公开信息"
        verbose_name_plural = "主动公开信息"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("published_on")),
                name="portal_publication_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "published_on", "kind"], name="portal_publication_kind"),
            models.Index(fields=["agency", "published_on", "column"], name="portal_publication_column"),
            models.Index(fields=["agency", "index_number"], name="portal_publication_index_no"),
            models.Index(fields=["agency", "document_number"], name="portal_publication_doc_no"),
        ]

    def __str__(self) -> str:
        return self.title
