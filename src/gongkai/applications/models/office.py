"""What the office keeps for its own work: lists that somebody saved, and how long personal data is kept."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone


class SavedList(models.Model):
    """A list of applications as somebody narrowed it: ``query`` is what its address says (no personal data)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name="保存人"
    )
    name = models.CharField("名称", max_length=40)
    query = models.CharField("筛选条件", max_length=600)

    class Meta:
        verbose_name = "保存的筛选"
        verbose_name_plural = "保存的筛选"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="application_saved_list_once")]

    def __str__(self) -> str:
        return self.name


class RetentionSchedule(models.Model):
    """How many years an agency keeps personal data of applicants after the reply, as its officer confirmed it.

    Without one nothing is erased: the years that come with the program (:mod:`gongkai.law.retention`) are a proposal.
    """

    agency = models.OneToOneField(
        "bureau.Agency", models.PROTECT, primary_key=True, related_name="+", verbose_name="机关"
    )
    id_proof_years = models.PositiveSmallIntegerField(
        "身份证明保存年数", validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    applicant_years = models.PositiveSmallIntegerField(
        "申请人信息保存年数", validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    keeps_request = models.BooleanField("保留申请内容（遮盖其中的个人信息）", default=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", default=timezone.now)

    class Meta:
        verbose_name = "个人信息保存期限"
        verbose_name_plural = "个人信息保存期限"

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.id_proof_years}, {self.applicant_years}"
