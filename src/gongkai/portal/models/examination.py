"""What the pre-publication examination found, who let it pass, and the words that it looks for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.examination.finding import Severity

from .item import Item

_SEVERITIES = [(severity.name.lower(), severity.value) for severity in Severity]


class Finding(models.Model):
    """Something that the latest examination of an item found. ``fingerprint`` is an HMAC of what was found and
    where, so that an override holds for this and nothing else; the excerpt is masked.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="findings", verbose_name="信息")
    rule = models.CharField("规则", max_length=30)
    severity = models.CharField("程度", max_length=10, choices=_SEVERITIES)
    place = models.CharField("位置", max_length=200)
    message = models.TextField("说明")
    excerpt = models.CharField("摘录（已遮盖）", max_length=300, blank=True)
    anchor = models.CharField(max_length=60, blank=True)
    fingerprint = models.CharField(max_length=64)
    order = models.PositiveIntegerField()

    class Meta:
        verbose_name = "审查发现"
        verbose_name_plural = "审查发现"
        ordering = ["item", "order"]

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


class Override(models.Model):
    """A blocking finding let pass by two named people, each with a reason; projected from the item's events."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="overrides", verbose_name="信息")
    fingerprint = models.CharField(max_length=64)
    rule = models.CharField("规则", max_length=30)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="申请放行人"
    )
    reason = models.CharField("申请放行的理由", max_length=300)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="同意放行人"
    )
    confirmed_reason = models.CharField("同意放行的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "放行"
        verbose_name_plural = "放行"
        constraints = [models.UniqueConstraint(fields=["item", "fingerprint"], name="portal_override_finding")]

    def __str__(self) -> str:
        return f"{self.rule}：{self.reason}"


class WatchWord(models.Model):
    """A sensitive or wrong word (错敏词) that the examination looks for. Belongs to an agency, or to everybody."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="机关", help_text="空着时通用。"
    )
    pattern = models.CharField("词语", max_length=60)
    replacement = models.CharField("应为", max_length=60, blank=True)
    advice = models.CharField("说明", max_length=200, blank=True)
    severity = models.CharField("程度", max_length=10, choices=_SEVERITIES, default="warn")
    added_at = models.DateTimeField("添加时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "错敏词"
        verbose_name_plural = "错敏词"
        ordering = ["pattern"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "pattern"],
                name="portal_watchword_pattern",
                violation_error_message="词表中已有这个词。",
            ),
            models.UniqueConstraint(
                fields=["pattern"],
                condition=models.Q(agency=None),
                name="portal_watchword_common",
                violation_error_message="通用词表中已有这个词。",
            ),
        ]

    def __str__(self) -> str:
        return self.pattern
