"""The working copy of what is published: written, examined and reviewed here, never read by the public.

What the public reads is an :class:`~gongkai.portal.models.Edition`, cut from an item when it is sent for review.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.locks import BaseLock
from wagtail.models import LockableMixin, PreviewableMixin, RevisionMixin

from gongkai.bureau.models import AgencyRecord, Department

from ..blocks import BodyBlock
from .column import Column, Kind
from .indicator import Indicator


class ItemType(models.TextChoices):
    """What an item is; decides which particulars it has and how its page looks."""

    ARTICLE = "article", "动态、一般信息"
    NOTICE = "notice", "通知公告"
    DOCUMENT = "document", "政策文件"
    INTERPRETATION = "interpretation", "政策解读"
    RELEASE = "release", "数据发布"
    PAGE = "page", "单页（概况、指南、说明）"
    LINK = "link", "链接"


class Openness(models.TextChoices):
    """公开属性, settled when a text is drafted (Articles 13 to 16). Only what is 主动公开 can be published."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class DocumentClass(models.TextChoices):
    """Rows of table 二 and other documents. The codes of the first two are those of the table."""

    RULES = "rules", "规章"
    NORMATIVE_DOCUMENTS = "normative_documents", "行政规范性文件"
    OTHER = "other", "其他文件"


class Status(models.TextChoices):
    """Where the working copy stands; whether an edition of it is public is another matter (``is_live``)."""

    DRAFT = "draft", "草稿"
    DEPARTMENT = "department", "待部门初审"
    OFFICE = "office", "待公开机构审查"
    LEADER = "leader", "待负责人签发"
    PUBLISHED = "published", "已签发"
    WITHDRAWN = "withdrawn", "已撤下"
    DISCARDED = "discarded", "已作废"


IN_REVIEW = frozenset({Status.DEPARTMENT, Status.OFFICE, Status.LEADER})


class ReviewLock(BaseLock):
    """Nobody edits what is under review: whoever sent it recalls it first, or the reviewer returns it."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return f"{self.object.get_status_display()}，不能修改。需要修改的，先撤回送审或者由审查人退回。"

    def get_locked_by(self, user: Any) -> str:
        return "审查中"

    def get_description(self, user: Any) -> str:
        return "审查期间任何人不能修改。"


class Item(PreviewableMixin, LockableMixin, RevisionMixin, ClusterableModel, AgencyRecord):
    """A text on its way to the public: article, notice, document, interpretation, data release, page or link.

    ``status``, ``round``, ``is_live`` and ``authors`` are projections of its events (:mod:`gongkai.portal.case`).
    """

    column = models.ForeignKey(Column, models.PROTECT, related_name="items", verbose_name="栏目")
    type = models.CharField("信息类型", max_length=20, choices=ItemType.choices, default=ItemType.ARTICLE)
    title = models.CharField("标题", max_length=300)
    summary = models.TextField("内容概述", max_length=1500, blank=True)
    body = StreamField(BodyBlock(), verbose_name="正文", blank=True)
    link = models.URLField("链接地址", max_length=500, blank=True, help_text="只有“链接”类信息才填。")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办处室"
    )
    source = models.CharField("来源", max_length=100, blank=True, help_text="空着时为本机关。")
    keywords = models.CharField("关键词", max_length=100, blank=True)
    kind = models.CharField(
        "信息类别", max_length=24, choices=Kind.choices, blank=True, help_text="空着时按栏目；用于网站工作年度报表。"
    )

    openness = models.CharField("公开方式", max_length=12, choices=Openness.choices, default=Openness.PROACTIVE)
    openness_reason = models.CharField(
        "不主动公开的理由", max_length=300, blank=True, help_text="依申请公开、不予公开的须写明理由和条款。"
    )
    basis = models.CharField("公开依据", max_length=40, blank=True, help_text="空着时按栏目。")
    topic = models.CharField("主题分类", max_length=40, blank=True)
    genre = models.CharField("体裁分类", max_length=20, blank=True)
    issuer = models.CharField("发文机关", max_length=100, blank=True, help_text="空着时为本机关。")
    document_number = models.CharField("文号", max_length=60, blank=True, help_text="例如：温统〔2020〕12号。")
    formed_on = models.DateField("成文日期", null=True, blank=True)
    release_at = models.DateTimeField(
        "发布时间", null=True, blank=True, help_text="未到这一分钟，任何人看不到；空着时签发后立即发布。"
    )

    document_class = models.CharField("文件类别", max_length=20, choices=DocumentClass.choices, blank=True)
    unified_number = models.CharField("统一编号", max_length=60, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True, help_text="有效期的最后一天；没有规定的空着。")
    interprets = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name="所解读的文件",
    )

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="指标"
    )
    period = models.CharField(
        "数据时期",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?\Z", "写作 2020、2020-11 或者 2020-Q3。")],
        help_text="年 2020，月 2020-11，季 2020-Q3。",
    )
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True, blank=True)
    growth = models.DecimalField("同比增长（%）", max_digits=9, decimal_places=2, null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="拟稿人"
    )
    updated_at = models.DateTimeField("最后修改", auto_now=True)
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False)
    round = models.PositiveSmallIntegerField("送审次数", default=0, editable=False)
    is_live = models.BooleanField("已公开", default=False, editable=False)

    # What an edition of another time must not bring back.
    PROJECTED = ("status", "round", "is_live", "created_by_id")

    class Meta(AgencyRecord.Meta):
        verbose_name = "信息"
        verbose_name_plural = "信息"
        indexes = [
            models.Index(fields=["agency", "status", "-updated_at"], name="portal_item_status"),
            models.Index(fields=["agency", "column", "-updated_at"], name="portal_item_column"),
            models.Index(fields=["agency", "type", "-updated_at"], name="portal_item_type"),
            models.Index(fields=["agency", "department", "-updated_at"], name="portal_item_department"),
            models.Index(fields=["agency", "-updated_at"], name="portal_item_updated"),
            models.Index(fields=["agency", "document_number"], name="portal_item_number"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        """Whether it is approved and nobody can read it before the moment of its release."""
        is_approved = self.status == Status.PUBLISHED and self.is_live
        return is_approved and self.release_at is not None and self.release_at > timezone.now()

    def clean(self) -> None:
        super().clean()
        faults: dict[str, str] = {}
        if self.openness != Openness.PROACTIVE and not self.openness_reason:
            faults["openness_reason"] = "依申请公开、不予公开的，请写明理由和条款。"
        if self.type == ItemType.LINK and not self.link:
            faults["link"] = "“链接”类信息请填写链接地址。"
        if self.effective_on and self.expires_on and self.expires_on < self.effective_on:
            faults["expires_on"] = "有效期截止日早于施行日期，请核对。"
        if self.interprets_id is not None and self.interprets_id == self.pk:
            faults["interprets"] = "不能解读自己。"
        if self.indicator_id is not None and not self.period:
            faults["period"] = "选择了指标的，请填写数据时期。"
        if faults:
            raise ValidationError(faults)

    def get_lock(self) -> BaseLock | None:
        return ReviewLock(self) if self.status in IN_REVIEW else super().get_lock()

    def with_content_json(self, content: Any) -> Any:
        """An earlier revision of the text; where the item stands is not part of it."""
        found = super().with_content_json(content)
        for name in self.PROJECTED:
            setattr(found, name, getattr(self, name))
        return found

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "portal/article.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The page as the public would see it, cut from the text as it stands in the editor."""
        from ..snapshot import cut, shown

        return {**super().get_preview_context(request, mode_name), **shown(cut(self, keep_files=False).content, self)}


class Ordered(models.Model):
    """Rows of an item that its editor puts in order; what Wagtail's ``Orderable`` is, typed."""

    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order"]


class Attachment(Ordered):
    """A file that is published with an item."""

    item = ParentalKey(Item, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey("wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name="文件")
    title = models.CharField("名称", max_length=200, blank=True, help_text="空着时为文件的标题。")

    class Meta(Ordered.Meta):
        verbose_name = "附件"
        verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.title or self.document.title


class EffectKind(models.TextChoices):
    """What a document, or the list that ends a clean-up, does to an earlier document."""

    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "宣布失效"
    AMENDED = "amended", "修改"
    CONTINUED = "continued", "继续有效"


class Effect(Ordered):
    """What an item does to a published document once it is public itself: both pages then link to each other.

    ``on`` is the day from which it holds; ``until`` the new last day of a document that continues.
    """

    item = ParentalKey(Item, on_delete=models.CASCADE, related_name="effects")
    target = models.ForeignKey("portal.Publication", models.PROTECT, related_name="+", verbose_name="原文件")
    kind = models.CharField("处理", max_length=10, choices=EffectKind.choices)
    on = models.DateField("自何日起")
    until = models.DateField("新的有效期至", null=True, blank=True, help_text="继续有效的可以写明新的有效期。")

    class Meta(Ordered.Meta):
        verbose_name = "对原文件的处理"
        verbose_name_plural = "对原文件的处理"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}《{self.target}》"
