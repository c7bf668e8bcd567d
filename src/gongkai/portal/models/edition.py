"""What was sent for review and, once approved, is served: immutable, and kept so by the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from gongkai.bureau.models import Agency

from .item import Item


class ImmutableError(TypeError):
    """Somebody tried to change or delete an edition."""

    def __init__(self) -> None:
        super().__init__("送审的清样不能修改或者删除；要改动内容，请修改信息后重新送审。")


class EditionQuerySet(models.QuerySet["Edition"]):
    """Reads and additions only; the database refuses the rest as well (:mod:`gongkai.portal.gate`)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise ImmutableError

    def delete(self) -> NoReturn:
        raise ImmutableError


class Edition(models.Model):
    """A clean proof (清样) of an item: exactly what a reviewer approves and the public then reads.

    ``content`` is canonical JSON (:mod:`gongkai.portal.snapshot`) and ``digest`` its SHA-256, which the database
    checks. An edition becomes public only through an ``approved`` event of the ledger that names this digest.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    item = models.ForeignKey(Item, models.PROTECT, related_name="editions", verbose_name="信息")
    round = models.PositiveSmallIntegerField("第几次送审")
    content = models.TextField("内容")
    digest = models.CharField("摘要", max_length=64)
    submitted_at = models.DateTimeField("送审时间")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="送审人"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "清样"
        verbose_name_plural = "清样"
        constraints = [models.UniqueConstraint(fields=["item", "round"], name="portal_edition_round")]

    def __str__(self) -> str:
        return f"{self.data['title']}（第 {self.round} 次送审）"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; refused for one that is there."""
        if self.pk is not None:
            raise ImmutableError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise ImmutableError

    @property
    def data(self) -> Mapping[str, Any]:
        """The content, parsed."""
        parsed: Mapping[str, Any] = json.loads(self.content)
        return parsed


class StoredFile(models.Model):
    """A file that an edition names, kept under the digest of its content so that it cannot be exchanged."""

    digest = models.CharField("摘要", max_length=64, primary_key=True)
    path = models.CharField("存放位置", max_length=120)
    size = models.PositiveBigIntegerField("大小（字节）")
    media_type = models.CharField("类型", max_length=100)
    # What search reads of it; null until somebody has read it out.
    text = models.TextField("文字内容", null=True, editable=False)

    class Meta:
        verbose_name = "已发布文件"
        verbose_name_plural = "已发布文件"

    def __str__(self) -> str:
        return self.digest[:12]
