"""栏目维护责任清单: who keeps which column, from when until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.bureau.models import Department

from .column import Column


class Duty(models.Model):
    """A department and a keeper responsible for a column over a period; ``until`` is the last day, empty while it
    lasts. At most one holds for a column at a time; the earlier ones are the history.
    """

    column = models.ForeignKey(Column, models.PROTECT, related_name="duties", verbose_name="栏目")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="责任处室")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="duties", verbose_name="责任人")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="替补责任人"
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="登记人"
    )

    class Meta:
        verbose_name = "栏目维护责任"
        verbose_name_plural = "栏目维护责任"
        ordering = ["column", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["column"], condition=models.Q(until=None), name="portal_duty_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="portal_duty_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column}：{self.keeper.get_full_name() or self.keeper}"
