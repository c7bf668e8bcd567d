"""The papers of an application: files, what is on file for the reply, letters. What may name people is encrypted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.law.letters import letters
from gongkai.law.outcomes import evidence_kinds
from gongkai.ledger.fields import EncryptedTextField
from gongkai.ledger.sealed import SealedFile

from .application import Application


class FileKind(models.TextChoices):
    """What a file of an application is."""

    ID_PROOF = "id_proof", "身份证明"
    REQUEST = "request", "申请材料"
    CORRECTION = "correction", "补正材料"
    EVIDENCE = "evidence", "办理材料"
    ANSWER = "answer", "征求意见的答复"
    LETTER = "letter", "文书"
    RELEASED = "released", "提供的政府信息"
    SERVICE_PROOF = "service_proof", "送达凭证"
    DISPUTE = "dispute", "复议诉讼材料"


class CaseFile(SealedFile):
    """A file of an application; read and erased through :mod:`gongkai.applications.vault`."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files", verbose_name="申请")
    kind = models.CharField("类别", max_length=20, choices=FileKind.choices)

    class Meta:
        verbose_name = "案卷文件"
        verbose_name_plural = "案卷文件"
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.label} #{self.pk}"

    @property
    def label(self) -> str:
        """What kind of file it is."""
        return str(self.get_kind_display())


class Evidence(models.Model):
    """Something on file that a reply rests on, of a kind that the law names (检索记录、不予公开的理由……)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence", verbose_name="申请")
    kind = models.CharField("种类", max_length=40)
    text = EncryptedTextField("内容", blank=True, default="")
    file = models.ForeignKey(CaseFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="存入人"
    )
    filed_at = models.DateTimeField("存入时间", default=timezone.now)

    class Meta:
        verbose_name = "办理材料"
        verbose_name_plural = "办理材料"
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What it is, in the words of the law."""
        return evidence_kinds()[self.kind].label


class Letter(models.Model):
    """A letter (文书) of an application: a version that never changes once it is signed or sent.

    ``code`` is one of :func:`gongkai.law.letters.letters`. ``fields`` is what its drafter filled in, as JSON, and
    ``template_digest`` the template that it fills. ``digest``: :func:`gongkai.applications.letters.content.digest_of`.
    ``document_number``, ``dated_on`` and what follows are set by the verbs that sign, send and serve it.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="letters", verbose_name="申请")
    code = models.CharField("文书种类", max_length=40)
    outcome = models.CharField("办理结果", max_length=60, blank=True, default="")
    fields = EncryptedTextField("填写内容", blank=True, default="")
    file = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    digest = models.CharField("摘要", max_length=64, editable=False)
    template_digest = models.CharField("模板摘要", max_length=64, blank=True, default="", editable=False)
    document_number = models.CharField("文号", max_length=60, blank=True, default="")
    dated_on = models.DateField("落款日期", null=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间", default=timezone.now)
    sent_on = models.DateField("发出日期", null=True)
    mode = models.CharField("送达方式", max_length=20, blank=True, default="")
    tracking = models.CharField("邮寄单号", max_length=60, blank=True, default="")
    served_on = models.DateField("送达日期", null=True)
    proof = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+", verbose_name="送达凭证")

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering = ["application", "pk"]
        indexes = [
            models.Index(
                fields=["application", "sent_on"],
                name="application_letter_unproven",
                condition=models.Q(sent_on__isnull=False, served_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.document_number}".strip()

    @property
    def title(self) -> str:
        """Its printed title."""
        return letters()[self.code].title


class Access(models.Model):
    """Who opened whose personal data, when and why: written when a name is revealed or a file is read."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="accesses", verbose_name="申请")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查阅人")
    what = models.CharField("查阅内容", max_length=60)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "个人信息查阅记录"
        verbose_name_plural = "个人信息查阅记录"
        ordering = ["-at"]
        indexes = [models.Index(fields=["application", "-at"], name="application_access")]

    def __str__(self) -> str:
        return f"{self.user} {self.what}"
