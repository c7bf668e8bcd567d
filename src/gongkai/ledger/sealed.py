"""Files that stay between the office and whoever they are about: encrypted, each with a key of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .fields import EncryptedTextField


class SealedFile(models.Model):
    """Base of a file on record. Its content is encrypted with a key of its own, which is kept here, encrypted in
    turn: whoever erases the key has erased the file (:mod:`gongkai.ledger.vault`).

    ``digest`` is the SHA-256 of the content; it stays when the content is erased.
    """

    name = EncryptedTextField("文件名", default="")
    key = EncryptedTextField("密钥", default="", editable=False)
    path = models.CharField("存放位置", max_length=120, editable=False)
    digest = models.CharField("摘要", max_length=64, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）", editable=False)
    media_type = models.CharField("类型", max_length=100, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="存入人"
    )
    added_at = models.DateTimeField("存入时间", default=timezone.now)
    erased_at = models.DateTimeField("清除时间", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """What it is, in words that name nobody."""
        return str(self._meta.verbose_name)
