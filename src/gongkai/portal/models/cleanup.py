"""规范性文件清理: the two-yearly clean-up of documents, which ends in four published lists."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.bureau.models import AgencyRecord

from .item import Item
from .publication import Publication


class Conclusion(models.TextChoices):
    """What a clean-up concludes of a document: the four published lists."""

    IN_FORCE = "in_force", "继续有效"
    TO_AMEND = "to_amend", "拟修改"
    REPEAL = "repeal", "废止"
    LAPSED = "lapsed", "失效"


class Cleanup(AgencyRecord):
    """One clean-up. ``as_of`` is the day whose documents it goes through; ``item`` the list that publishes its end."""

    title = models.CharField("名称", max_length=120)
    as_of = models.DateField("清理截止日", help_text="清理这一天现行有效的文件。")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="发起人"
    )
    item = models.OneToOneField(
        Item, models.PROTECT, null=True, editable=False, related_name="cleanup", verbose_name="清理结果"
    )

    class Meta(AgencyRecord.Meta):
        verbose_name = "文件清理"
        verbose_name_plural = "文件清理"

    def __str__(self) -> str:
        return self.title


class CleanupEntry(models.Model):
    """A document that a clean-up goes through, and what was concluded of it."""

    cleanup = models.ForeignKey(Cleanup, models.CASCADE, related_name="entries", verbose_name="文件清理")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+", verbose_name="文件")
    conclusion = models.CharField("清理意见", max_length=10, choices=Conclusion.choices, blank=True)
    until = models.DateField("新的有效期至", null=True, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="提出人"
    )

    class Meta:
        verbose_name = "清理意见"
        verbose_name_plural = "清理意见"
        ordering = ["cleanup", "publication__formed_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["cleanup", "publication"], name="portal_cleanupentry_once")]

    def __str__(self) -> str:
        return f"《{self.publication}》{self.get_conclusion_display()}"
