"""What people said of the year: every answer is kept, the latest counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import Agency


class Answer(models.Model):
    """What somebody entered for a field of a year's sheet; never changed, a later one takes its place."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    field = models.CharField("项目", max_length=40)
    value = models.CharField("内容", max_length=200, blank=True)
    entered_at = models.DateTimeField("填写时间", default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )

    class Meta:
        verbose_name = "报表填写"
        verbose_name_plural = "报表填写"
        indexes = [models.Index(fields=["agency", "year", "field"], name="worksheet_answer_year")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} {self.field}"
