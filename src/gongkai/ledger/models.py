"""The ledger: what happened and when, appended and never edited; and the counters that hand out numbers."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from gongkai.bureau.models import Agency


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete an entry of the ledger."""

    def __init__(self) -> None:
        super().__init__("台账只能追加，不能修改或者删除；更正请另记一条。")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads only; the database refuses the rest as well (:mod:`gongkai.ledger.triggers`)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def of_stream(self, stream: str, stream_id: int) -> EntryQuerySet:
        """The entries of one case in the order in which they were recorded."""
        return self.filter(stream=stream, stream_id=stream_id).order_by("position")


class Entry(models.Model):
    """One event of one case, linked to the entry before it in the chain of its agency.

    ``occurred_on`` is the date in the world, ``recorded_at`` the moment it was written down. ``payload`` is
    canonical JSON without personal data: what stands here cannot be erased. ``digest`` is SHA-256 over all of
    it and the ``previous`` digest (:mod:`gongkai.ledger.chain`).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    position = models.PositiveBigIntegerField("序号")
    stream = models.CharField("事项类别", max_length=40)
    stream_id = models.PositiveBigIntegerField("事项")
    kind = models.CharField("事件", max_length=40)
    occurred_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("记录时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="记录人"
    )
    payload = models.TextField("内容")
    previous = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "台账记录"
        verbose_name_plural = "台账记录"
        constraints = [models.UniqueConstraint(fields=["agency", "position"], name="ledger_entry_position")]
        indexes = [models.Index(fields=["stream", "stream_id", "position"], name="ledger_entry_stream")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.position} {self.stream} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: entries are appended by :func:`gongkai.ledger.services.append`."""
        raise AppendOnlyError

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    @property
    def data(self) -> dict[str, Any]:
        """The payload, parsed."""
        parsed: dict[str, Any] = json.loads(self.payload)
        return parsed


class Chain(models.Model):
    """The head of an agency's chain; locked by whoever appends, so that hundreds of agencies append at once."""

    agency = models.OneToOneField(Agency, models.PROTECT, primary_key=True, related_name="+")
    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "台账链"
        verbose_name_plural = "台账链"

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.position}"


class Counter(models.Model):
    """The last number handed out in a series of an agency (e.g. applications of a year)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    series = models.CharField(max_length=60)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"
        constraints = [models.UniqueConstraint(fields=["agency", "series"], name="ledger_counter_series")]

    def __str__(self) -> str:
        return f"{self.series}: {self.value}"
