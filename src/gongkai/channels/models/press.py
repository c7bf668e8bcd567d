"""Press conferences: who said what, what was asked and answered, and what was released with it."""

from __future__ import annotations

from django.db import models

from gongkai.bureau.models import AgencyRecord


class PressConference(AgencyRecord):
    """A press conference that the agency held or spoke at (新闻发布会)."""

    held_on = models.DateField("日期")
    topic = models.CharField("主题", max_length=300)
    host = models.CharField("主办单位", max_length=100, blank=True)
    speakers = models.CharField("发布人", max_length=300, blank=True)
    head_spoke = models.BooleanField("主要负责人出席", default=False)
    summary = models.TextField("内容摘要", blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    is_public = models.BooleanField("在网站公开", default=False, db_default=False, editable=False)

    class Meta(AgencyRecord.Meta):
        verbose_name = "新闻发布会"
        verbose_name_plural = "新闻发布会"
        indexes = [models.Index(fields=["agency", "held_on"], name="channels_press_conference_when")]

    def __str__(self) -> str:
        return self.topic


class PressQuestion(models.Model):
    """A question and what was answered. ``asker`` is the medium, not the person."""

    conference = models.ForeignKey(
        PressConference, models.CASCADE, related_name="questions", db_index=False, verbose_name="发布会"
    )
    order = models.PositiveSmallIntegerField("序号")
    asker = models.CharField("提问媒体", max_length=100, blank=True)
    question = models.TextField("提问", max_length=2000)
    speaker = models.CharField("答问人", max_length=100, blank=True)
    answer = models.TextField("回答", max_length=10_000)

    class Meta:
        verbose_name = "答问"
        verbose_name_plural = "答问"
        ordering = ["conference", "order"]
        constraints = [models.UniqueConstraint(fields=["conference", "order"], name="channels_question_order")]

    def __str__(self) -> str:
        return self.question[:40]


class PressLink(models.Model):
    """Something published with it: the release on the site, or a report elsewhere."""

    conference = models.ForeignKey(
        PressConference, models.CASCADE, related_name="links", db_index=False, verbose_name="发布会"
    )
    title = models.CharField("标题", max_length=300)
    url = models.CharField("链接", max_length=500)

    class Meta:
        verbose_name = "相关链接"
        verbose_name_plural = "相关链接"
        ordering = ["conference", "pk"]
        constraints = [models.UniqueConstraint(fields=["conference", "url"], name="channels_presslink_once")]

    def __str__(self) -> str:
        return self.title
