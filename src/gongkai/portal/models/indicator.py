"""Statistical indicators and the calendar of their releases (统计数据发布日程)."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import Agency


class Indicator(models.Model):
    """A statistical indicator that data releases carry values of. Those with a place on the home page are headlines."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    name = models.CharField("指标名称", max_length=60)
    unit = models.CharField("计量单位", max_length=20)
    method = models.TextField("指标解释和统计方法", blank=True)
    headline = models.PositiveSmallIntegerField(
        "首页位置", null=True, blank=True, help_text="1 至 4 在首页显示；不在首页显示的空着。"
    )

    class Meta:
        verbose_name = "统计指标"
        verbose_name_plural = "统计指标"
        ordering = ["agency", "headline", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], name="portal_indicator_name", violation_error_message="已有同名的指标。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"


class ReleasePlan(models.Model):
    """When a figure will be released, announced beforehand; nobody reads it a minute earlier."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="指标"
    )
    title = models.CharField("发布内容", max_length=120)
    period = models.CharField("数据时期", max_length=7, blank=True)
    release_at = models.DateTimeField("发布时间")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "数据发布日程"
        verbose_name_plural = "数据发布日程"
        ordering = ["release_at"]
        indexes = [models.Index(fields=["agency", "release_at"], name="portal_releaseplan_time")]

    def __str__(self) -> str:
        return self.title
