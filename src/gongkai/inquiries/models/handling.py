"""How a message came in, what is drafted in answer, what of it is public, who opened what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.bureau.models import AgencyRecord
from gongkai.bureau.spam import words_of
from gongkai.ledger.fields import EncryptedTextField

from .inquiry import Inquiry, PrivateReason


class Arrival(models.Model):
    """How one message came in over the site. ``token_digest`` is of the form it was sent by: the same form sent
    twice is one message. ``code`` is a salted hash of the query code (查询码)."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, related_name="arrival", verbose_name="留言")
    token_digest = models.CharField("表单标识", max_length=64, unique=True, editable=False)
    code = models.CharField("查询码", max_length=120, editable=False)
    submitted_at = models.DateTimeField("收件时间", default=timezone.now)
    wants_private = models.BooleanField("留言人要求不公开", default=False)
    suspicion = models.CharField("疑似垃圾的原因", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = "留言收件记录"
        verbose_name_plural = "留言收件记录"

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.submitted_at:%Y-%m-%d %H:%M}"

    @property
    def suspicions(self) -> list[str]:
        """Why it is marked 疑似垃圾, in words."""
        return words_of(self.suspicion)


class Draft(models.Model):
    """拟答复: the reply as somebody proposes it, and what of question and reply would be public.

    Encrypted until it is approved. Once sent for review it is never written again: reviewers pass what they read.
    ``remark`` is why it came back.
    """

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="drafts", verbose_name="留言")
    reply = EncryptedTextField("答复", blank=True, default="")
    public = models.BooleanField("公开答复", default=True)
    reason = models.CharField("不公开理由", max_length=24, choices=PrivateReason.choices, blank=True, default="")
    title = EncryptedTextField("公开的标题", blank=True, default="")
    question = EncryptedTextField("公开的问题", blank=True, default="")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间", default=timezone.now)
    submitted_at = models.DateTimeField("送审时间", null=True)
    remark = EncryptedTextField("退回意见", blank=True, default="")

    class Meta:
        verbose_name = "拟答复"
        verbose_name_plural = "拟答复"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Answer(AgencyRecord):
    """公开答复: what the public reads of a message and its reply. Says nothing of who asked."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, related_name="answer", verbose_name="留言")
    title = models.CharField("标题", max_length=300)
    question = models.TextField("问题", blank=True, default="")
    reply = models.TextField("答复")
    department = models.CharField("承办处室", max_length=60, blank=True, default="")
    asked_on = models.DateField("留言日期")
    published_on = models.DateField("答复日期")
    days = models.PositiveIntegerField("办理天数")
    is_shown = models.BooleanField("公开中", default=True)

    class Meta(AgencyRecord.Meta):
        verbose_name = "公开答复"
        verbose_name_plural = "公开答复"
        indexes = [
            models.Index(fields=["agency", "is_shown", "published_on"], name="inquiries_answer_list"),
            models.Index(fields=["agency", "is_shown", "department"], name="inquiries_answer_department"),
        ]

    def __str__(self) -> str:
        return self.title


class Access(models.Model):
    """Who opened whose personal data, when."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="accesses", verbose_name="留言")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="查阅人"
    )
    what = models.CharField("查阅内容", max_length=60)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "留言人信息查阅记录"
        verbose_name_plural = "留言人信息查阅记录"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class SavedList(models.Model):
    """A list of messages as somebody narrowed it: ``query`` is what its address says (no personal data)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name="保存人"
    )
    name = models.CharField("名称", max_length=40)
    query = models.CharField("筛选条件", max_length=600)

    class Meta:
        verbose_name = "保存的留言筛选"
        verbose_name_plural = "保存的留言筛选"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="inquiries_saved_list_once")]

    def __str__(self) -> str:
        return self.name
