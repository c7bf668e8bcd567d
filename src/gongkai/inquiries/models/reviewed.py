"""What is written here to be published: a FAQ entry, a survey, an interview. Nobody publishes what they wrote."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from gongkai.bureau.models import AgencyRecord


class State(models.TextChoices):
    """Where a text stands; derived from its events."""

    DRAFT = "draft", "草稿"
    REVIEW = "review", "待审核"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


class Reviewed(AgencyRecord):
    """Base of a text with a working copy, the columns of each kind, and ``shown``: what was reviewed and is read.

    From ``number`` on the columns are a projection of the events (:mod:`gongkai.inquiries.reviewed`).
    ``results_on`` is the day on which a result was published first.
    """

    stream: ClassVar[str]
    noun: ClassVar[str]
    series: ClassVar[str]

    shown = models.JSONField("公开的内容", null=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="编辑人"
    )
    remark = models.CharField("退回意见", max_length=500, blank=True, default="")
    number = models.CharField("编号", max_length=40)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    published_on = models.DateField("首次发布日期", null=True)
    results_on = models.DateField("公布结果日期", null=True)
    is_public = models.BooleanField("公开中", default=False)

    class Meta(AgencyRecord.Meta):
        abstract = True
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="%(app_label)s_%(class)s_number"),
        ]
        indexes = [models.Index(fields=["agency", "is_public", "published_on"], name="%(class)s_public")]

    def __str__(self) -> str:
        return self.number

    def content(self) -> dict[str, Any]:
        """Everything that would be read, as it stands now."""
        raise NotImplementedError

    @property
    def has_result(self) -> bool:
        """Whether what would be read says what came of it."""
        return False
