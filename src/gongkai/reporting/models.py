"""Annual reports: drafts whose prose a clerk edits, published ones that are frozen, earlier ones read from files."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.annual.forms import FORMS, Form
from gongkai.annual.read import read_bytes
from gongkai.annual.report import Report
from gongkai.bureau.models import Agency


class FrozenError(TypeError):
    """Somebody tried to change or delete a published report."""

    def __init__(self) -> None:
        super().__init__("已发布的年度报告不能修改或者删除；更正请另发新的一版。")


class State(models.TextChoices):
    """Where a report stands."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"


class AnnualReport(models.Model):
    """The report of an agency for a year, in one version.

    ``prose`` holds the bound text of each part by its number ("0" is the preamble): the words are the clerk's,
    the numbers are placeholders (:mod:`gongkai.annual.prose`) and computed whenever it is shown. Publishing
    freezes the whole report as JSON with its SHA-256 ``digest``; a correction is a new version.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次", default=1)
    form_code = models.CharField("格式", max_length=4, choices=[(f.code, f.document) for f in FORMS.values()])
    prose = models.JSONField("文字", default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    frozen = models.TextField("发布内容", blank=True, default="", editable=False)
    digest = models.CharField("摘要", max_length=64, blank=True, default="", editable=False)
    edited_at = models.DateTimeField("修改时间", default=timezone.now)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="修改人"
    )
    published_at = models.DateTimeField("发布时间", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="发布人"
    )

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        constraints = [
            # It also serves as the index on agency and year.
            models.UniqueConstraint(fields=["agency", "year", "version"], name="reporting_report_version"),
            models.UniqueConstraint(
                fields=["agency", "year"], condition=models.Q(state="draft"), name="reporting_one_draft"
            ),
            models.CheckConstraint(
                name="reporting_published_is_frozen",
                condition=models.Q(state="draft", frozen="", digest="", published_at=None)
                | (
                    ~models.Q(frozen="")
                    & ~models.Q(digest="")
                    & models.Q(state="published", published_at__isnull=False)
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "year"], name="reporting_report_public")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} 第{self.version}版"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises :class:`FrozenError` for a report that the database holds as published."""
        if self.pk and AnnualReport.objects.filter(pk=self.pk, state=State.PUBLISHED).exists():
            raise FrozenError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises :class:`FrozenError` for a published report."""
        if self.state == State.PUBLISHED:
            raise FrozenError
        return super().delete(*args, **kwargs)

    @property
    def form(self) -> Form:
        return FORMS[self.form_code]

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def intact(self) -> bool:
        """Whether the frozen report still has the digest that it was published with."""
        return sha256(self.frozen.encode()).hexdigest() == self.digest

    def as_published(self) -> Report:
        """The report as it was published. Raises ``ValueError`` for a draft."""
        if not self.is_published:
            raise ValueError("a draft has not been published")
        return read_bytes(self.frozen.encode(), "frozen.json")


class PublishedReport(models.Model):
    """A report of an earlier year read from its published file: what this year's is checked against."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    file_name = models.CharField("文件名", max_length=255)
    file_digest = models.CharField("文件摘要", max_length=64)
    content = models.TextField("内容", editable=False)
    imported_at = models.DateTimeField("导入时间", default=timezone.now)

    class Meta:
        verbose_name = "历年年度报告"
        verbose_name_plural = "历年年度报告"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="reporting_earlier_year")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} {self.file_name}"

    def as_read(self) -> Report:
        """The report as it was read."""
        return read_bytes(self.content.encode(), "content.json")
