"""Channels other than the site, what appeared in them, who read and who adopted it."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import Agency, AgencyRecord


class Kind(models.TextChoices):
    """What a channel is. Press conferences have a table of their own and are no channel."""

    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "政务微博"
    GAZETTE = "gazette", "政府公报"
    MEDIA = "media", "新闻媒体"
    OTHER = "other", "其他渠道"


class ReadsDefinition(models.TextChoices):
    """What a number of reads counts: WeChat's older interface gave times, the newer one gives persons."""

    TIMES = "times", "阅读次数"
    READERS = "readers", "阅读人数"


class Level(models.TextChoices):
    """The level of a body that took over what the agency published."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "市级"


class Channel(models.Model):
    """An account, a gazette, a newspaper: something that the agency's information appears in."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="机关")
    kind = models.CharField("渠道类别", max_length=12, choices=Kind.choices)
    name = models.CharField("渠道名称", max_length=60)
    account = models.CharField("账号", max_length=60, blank=True)

    class Meta:
        verbose_name = "公开渠道"
        verbose_name_plural = "公开渠道"
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "name"], name="channels_channel_name")]

    def __str__(self) -> str:
        return self.name


class Appearance(AgencyRecord):
    """One item (条) that appeared in a channel.

    ``issue`` (期) is the mailing or the number of the gazette that it was part of, ``item`` its place there.
    ``reads`` is what the channel had counted when the row was written, in the sense of ``reads_definition``.
    """

    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="appearances", db_index=False, verbose_name="渠道"
    )
    title = models.CharField("标题", max_length=300)
    published_on = models.DateField("发布日期")
    issue = models.CharField("期", max_length=40, blank=True)
    item = models.PositiveSmallIntegerField("条", null=True, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    reads = models.PositiveBigIntegerField("阅读量", null=True, blank=True)
    reads_definition = models.CharField(
        "阅读量口径", max_length=8, choices=ReadsDefinition.choices, default=ReadsDefinition.TIMES
    )

    class Meta(AgencyRecord.Meta):
        verbose_name = "渠道发布信息"
        verbose_name_plural = "渠道发布信息"
        indexes = [
            models.Index(fields=["agency", "published_on", "channel"], name="channels_appearance_when"),
            models.Index(fields=["channel", "published_on"], name="channels_appearance_channel"),
        ]

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """A higher body published an item of the agency on its own channel (转发录用)."""

    appearance = models.ForeignKey(Appearance, models.CASCADE, related_name="adoptions", verbose_name="信息")
    level = models.CharField("级别", max_length=12, choices=Level.choices)
    adopter = models.CharField("录用单位", max_length=100)
    adopted_on = models.DateField("录用日期", null=True, blank=True)

    class Meta:
        verbose_name = "转发录用"
        verbose_name_plural = "转发录用"
        constraints = [
            models.UniqueConstraint(fields=["appearance", "level", "adopter"], name="channels_adoption_once")
        ]

    def __str__(self) -> str:
        return f"{self.adopter}：{self.appearance_id}"


class DailyReaders(models.Model):
    """How many persons had read an item by the end of a day, as the channel counted it then."""

    appearance = models.ForeignKey(
        Appearance, models.CASCADE, related_name="daily_readers", db_index=False, verbose_name="信息"
    )
    day = models.DateField("统计日期")
    count = models.PositiveBigIntegerField("累计阅读人数")

    class Meta:
        verbose_name = "每日阅读人数"
        verbose_name_plural = "每日阅读人数"
        constraints = [models.UniqueConstraint(fields=["appearance", "day"], name="channels_readers_day")]

    def __str__(self) -> str:
        return f"{self.appearance_id} {self.day}: {self.count}"


class SubscriberCount(AgencyRecord):
    """How many subscribers a channel had at the end of a day."""

    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="subscriber_counts", db_index=False, verbose_name="渠道"
    )
    counted_on = models.DateField("统计日期")
    count = models.PositiveBigIntegerField("订阅数")
    new = models.PositiveIntegerField("新关注", null=True, blank=True)
    left = models.PositiveIntegerField("取消关注", null=True, blank=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "订阅数"
        verbose_name_plural = "订阅数"
        constraints = [
            *AgencyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["channel", "counted_on"], name="channels_subscribers_day"),
        ]
        indexes = [models.Index(fields=["agency", "counted_on"], name="channels_subscribers_when")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.counted_on}: {self.count}"
