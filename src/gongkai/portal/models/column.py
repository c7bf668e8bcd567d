"""Columns of the site (栏目): where items are published, who reviews them, how often they must be fed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import Agency

from ..slugs import RESERVED, free_slug


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


class ColumnType(models.TextChoices):
    """What a column is for: decides how long it may stay without an update (检查指标, 国办秘函〔2019〕19号)."""

    NEWS = "news", "动态要闻"
    NOTICES = "notices", "通知公告"
    DOCUMENTS = "documents", "政策文件"
    INTERPRETATIONS = "interpretations", "政策解读"
    OVERVIEW = "overview", "概况"
    DATA = "data", "数据发布"
    SERVICES = "services", "办事服务"
    INTERACTION = "interaction", "互动交流"
    PLATFORM = "platform", "政府信息公开"
    CREDIT = "credit", "信用公示"
    OTHER = "other", "其他"


class Presentation(models.TextChoices):
    """What the page of a column shows."""

    LIST = "list", "列表"
    PAGE = "page", "单页（直接显示最新一条的正文）"
    LINKS = "links", "链接列表"


class Door(models.TextChoices):
    """The parts of the disclosure platform (国办公开办函〔2019〕61号), and the address each has on the site."""

    GUIDE = "zfxxgkzn", "政府信息公开指南"
    POLICIES = "zfxxgkzd", "政府信息公开制度"
    STATUTORY = "fdzdgknr", "法定主动公开内容"
    REPORTS = "zfxxgknb", "政府信息公开年报"
    APPLICATION = "ysqgk", "依申请公开"


class Route(models.TextChoices):
    """The steps of the review before publishing, in order; the codes of the steps are joined by a plus sign."""

    THREE = "department+office+leader", "部门初审、公开机构审查、负责人签发"
    DEPARTMENT_OFFICE = "department+office", "部门初审、公开机构审查"
    OFFICE_LEADER = "office+leader", "公开机构审查、负责人签发"


class Column(models.Model):
    """A column of the site (栏目), of the first or the second level.

    ``first_level`` repeats the name of its topmost column and ``path`` its whole address, both kept by :meth:`save`.
    A column with a ``door`` is a part of the disclosure platform and has the address that all sites give it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级栏目",
        help_text="一级栏目空着。",
    )
    code = models.CharField("栏目代码", max_length=40, blank=True)
    name = models.CharField("栏目名称", max_length=60)
    first_level = models.CharField("一级栏目", max_length=60, editable=False)
    slug = models.CharField(
        "网址中的名称",
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*\Z", "只能用小写字母、数字和连字符，以字母开头，例如 gzdt。")],
        help_text="空着时取栏目名称的拼音首字母。",
    )
    path = models.CharField("地址", max_length=90, default="", editable=False)
    door = models.CharField(
        "信息公开平台的组成部分", max_length=10, choices=Door.choices, blank=True, help_text="不属于平台的空着。"
    )
    type = models.CharField("栏目类型", max_length=20, choices=ColumnType.choices, default=ColumnType.OTHER)
    kind = models.CharField(
        "所载信息类别",
        max_length=24,
        choices=Kind.choices,
        default=Kind.OTHER,
        help_text="政府网站工作年度报表按此分类计数。",
    )
    presentation = models.CharField("页面形式", max_length=10, choices=Presentation.choices, default=Presentation.LIST)
    category = models.CharField(
        "公开依据", max_length=40, blank=True, help_text="条例第二十条、第二十一条中的一项；列入法定主动公开内容。"
    )
    update_days = models.PositiveSmallIntegerField(
        "更新周期（天）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text="超过这么多天没有发布即为逾期；不要求定期更新的空着。",
    )
    route = models.CharField("审查流程", max_length=30, choices=Route.choices, default=Route.THREE)
    description = models.CharField("栏目简介", max_length=200, blank=True)
    keywords = models.CharField("关键词", max_length=100, blank=True, help_text="以逗号分隔。")
    order = models.PositiveSmallIntegerField("排序", default=0)
    retired_on = models.DateField(
        "停用日期", null=True, blank=True, help_text="停用的栏目不再显示，已发布的信息仍可查阅。"
    )

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["agency", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "parent", "name"],
                name="portal_column_name",
                violation_error_message="上级栏目之下已有同名的栏目。",
            ),
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=models.Q(parent=None),
                name="portal_column_first_level",
                violation_error_message="已有同名的一级栏目。",
            ),
            models.UniqueConstraint(
                fields=["agency", "path"], name="portal_column_path", violation_error_message="已有栏目使用这个地址。"
            ),
            models.UniqueConstraint(
                fields=["agency", "door"],
                condition=~models.Q(door=""),
                name="portal_column_door",
                violation_error_message="平台的这一部分已有栏目。",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.parent_id is None else f"{self.first_level} / {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Column.objects.filter(pk=self.pk).values_list("name", "path").first() if self.pk else None
        self.place()
        super().save(*args, **kwargs)
        if before is not None and before != (self.name, self.path) and self.parent_id is None:
            for child in self.children.all():
                child.parent = self
                child.save()

    def clean(self) -> None:
        if self.parent is not None and self.parent.parent_id is not None:
            raise ValidationError({"parent": "栏目只有两级，请选择一个一级栏目。"})
        if self.parent is not None and self.pk is not None and self.parent_id == self.pk:
            raise ValidationError({"parent": "栏目不能是自己的上级。"})
        if self.parent is not None and self.pk is not None and self.children.exists():
            raise ValidationError({"parent": "本栏目有下级栏目，不能改为二级栏目。"})
        if self.parent is not None and self.parent.agency_id != self.agency_id:
            raise ValidationError({"parent": "上级栏目不属于同一机关。"})
        if not (self.parent_id or self.door) and self.slug in {*RESERVED, *Door.values}:
            raise ValidationError({"slug": f"网站自己使用地址 /{self.slug}/，请另取一个名称。"})
        if self.retired_on is not None:
            if self.retired_on > timezone.localdate():
                raise ValidationError({"retired_on": "停用随即生效，日期不能晚于今天；请到那一天再停用。"})
            if self.pk is not None and self.children.filter(retired_on=None).exists():
                raise ValidationError({"retired_on": "本栏目还有没有停用的下级栏目，请先停用或者移走它们。"})
        self.place()

    def place(self) -> None:
        """Set the first level and the address from the name, the parent and the door; choose a free slug."""
        self.first_level = self.parent.first_level if self.parent is not None else self.name
        siblings = Column.objects.filter(agency_id=self.agency_id, parent=self.parent_id).exclude(pk=self.pk)
        if not self.slug:
            taken = [*siblings.values_list("slug", flat=True), *Door.values]
            self.slug = self.door or free_slug(self.name, taken)
        self.path = self.door or (f"{self.parent.path}/{self.slug}" if self.parent is not None else self.slug)

    @property
    def url(self) -> str:
        """Its address on the site."""
        return f"/{self.path}/"
