"""常见问题, 征集调查, 在线访谈: their words, and what the public sends in answer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from gongkai.bureau.spam import words_of
from gongkai.ledger.fields import EncryptedTextField

from .handling import Answer
from .reviewed import Reviewed


class Faq(Reviewed):
    """常见问题: a question that comes again and again, with its answer."""

    stream, noun, series = "inquiries.faq", "常见问题", "WT"

    topic = models.CharField("分类", max_length=40, blank=True, default="")
    question = models.CharField("问题", max_length=200)
    answer = models.TextField("回答")
    # What of it is read, in columns of its own to be searched.
    shown_topic = models.CharField("公开的分类", max_length=40, blank=True, default="", editable=False)
    shown_text = models.TextField("公开的文字", blank=True, default="", editable=False)
    source = models.ForeignKey(
        Answer, models.SET_NULL, null=True, related_name="faqs", db_index=False, verbose_name="来自答复"
    )

    class Meta(Reviewed.Meta):
        verbose_name = "常见问题"
        verbose_name_plural = "常见问题"

    def content(self) -> dict[str, Any]:
        return {"title": self.question, "topic": self.topic, "answer": self.answer}


class Survey(Reviewed):
    """征集调查: opinions asked for between two days, then what came of them."""

    stream, noun, series = "inquiries.survey", "征集调查", "ZJ"

    title = models.CharField("标题", max_length=200)
    text = models.TextField("说明")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    question = models.CharField("选择题", max_length=200, blank=True, default="")
    options = models.TextField("选项", blank=True, default="")
    result = models.TextField("征集结果", blank=True, default="")
    used = models.TextField("意见采纳情况", blank=True, default="")

    class Meta(Reviewed.Meta):
        verbose_name = "征集调查"
        verbose_name_plural = "征集调查"
        constraints = [
            *Reviewed.Meta.constraints,
            models.CheckConstraint(
                name="inquiries_survey_days", condition=models.Q(closes_on__gte=models.F("opens_on"))
            ),
        ]
        indexes = [
            *Reviewed.Meta.indexes,
            models.Index(fields=["agency", "results_on"], name="inquiries_survey_results"),
        ]

    @property
    def choices(self) -> list[str]:
        """The options of the question, one a line."""
        return [line.strip() for line in self.options.splitlines() if line.strip()] if self.question else []

    @property
    def has_result(self) -> bool:
        return bool(self.result.strip())

    def content(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "title": self.title,
            "text": self.text,
            "opens_on": self.opens_on.isoformat(),
            "closes_on": self.closes_on.isoformat(),
            "question": self.question,
            "options": self.choices,
        }
        if self.has_result:
            told |= {"result": self.result, "used": self.used, "counts": self._counts(), "opinions": self._opinions()}
        return told

    def _opinions(self) -> int:
        return self.opinions.exclude(use=Use.INVALID).count()

    def _counts(self) -> list[list[Any]]:
        found = self.opinions.exclude(use=Use.INVALID).exclude(choice="").order_by().values_list("choice")
        counted = dict(found.annotate(number=models.Count("pk")))
        return [[option, counted.get(option, 0)] for option in self.choices]


class Use(models.TextChoices):
    """What became of an opinion."""

    WAITING = "", "未研究"
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    EXPLAINED = "explained", "不采纳，已说明"
    INVALID = "invalid", "无效"


class Opinion(models.Model):
    """An opinion that somebody sent; often names people, and so is encrypted."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="opinions", db_index=False, verbose_name="征集调查")
    token_digest = models.CharField("表单标识", max_length=64, unique=True, editable=False)
    text = EncryptedTextField("意见", blank=True, default="")
    choice = models.CharField("选择", max_length=100, blank=True, default="")
    received_on = models.DateField("收到日期")
    suspicion = models.CharField("疑似垃圾的原因", max_length=60, blank=True, default="")
    use = models.CharField("采纳情况", max_length=10, choices=Use.choices, blank=True, default="")

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["survey", "use"], name="inquiries_opinion_survey"),
            models.Index(fields=["received_on"], name="inquiries_opinion_received"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def suspicions(self) -> list[str]:
        """Why it is marked 疑似垃圾, in words."""
        return words_of(self.suspicion)


class Interview(Reviewed):
    """在线访谈: a topic, guests, a day; questions from the public before it, the answers after it."""

    stream, noun, series = "inquiries.interview", "在线访谈", "FT"

    title = models.CharField("主题", max_length=200)
    guests = models.CharField("嘉宾", max_length=200, help_text="姓名和职务；是本机关公开的身份。")
    held_on = models.DateField("访谈日期")
    text = models.TextField("介绍", blank=True, default="")

    class Meta(Reviewed.Meta):
        verbose_name = "在线访谈"
        verbose_name_plural = "在线访谈"
        indexes = [
            *Reviewed.Meta.indexes,
            models.Index(fields=["agency", "held_on", "is_public"], name="inquiries_interview_held"),
        ]

    @property
    def has_result(self) -> bool:
        return any(each["answer"] for each in self.talk())

    def talk(self) -> list[dict[str, str]]:
        """What was asked and answered, as it would be read."""
        asked = [each for each in self.questions.all() if each.question and each.answer]
        return [{"question": each.question, "answer": each.answer} for each in asked]

    def content(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "guests": self.guests,
            "held_on": self.held_on.isoformat(),
            "text": self.text,
            "talk": self.talk(),
        }


class Question(models.Model):
    """A question of an interview. ``text`` is what a visitor sent; ``question`` how it is read. The host's own
    questions have no ``text``."""

    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="questions", db_index=False, verbose_name="在线访谈"
    )
    token_digest = models.CharField("表单标识", max_length=64, unique=True, null=True, editable=False)
    text = EncryptedTextField("网民留言", blank=True, default="")
    from_public = models.BooleanField("网民提出", default=False)
    question = models.TextField("公开的问题", blank=True, default="")
    answer = models.TextField("回答", blank=True, default="")
    received_at = models.DateTimeField("收到时间", default=timezone.now)
    suspicion = models.CharField("疑似垃圾的原因", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = "访谈提问"
        verbose_name_plural = "访谈提问"
        ordering = ["pk"]
        indexes = [models.Index(fields=["interview", "from_public"], name="inquiries_question_from")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def suspicions(self) -> list[str]:
        """Why it is marked 疑似垃圾, in words."""
        return words_of(self.suspicion)
