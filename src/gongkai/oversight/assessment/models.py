"""What people said of indicators that the records cannot decide. Every verdict is kept, the latest counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.bureau.models import AgencyRecord
from gongkai.law.indicators import Verdict

# What is said of the body itself, beside the indicators.
SERVICES = "body:services"


class Said(models.TextChoices):
    """What a person may say. 不适用 is said of the services of a body that renders none."""

    PASS = Verdict.PASS.value, Verdict.PASS.label
    FAIL = Verdict.FAIL.value, Verdict.FAIL.label
    EXEMPT = Verdict.EXEMPT.value, Verdict.EXEMPT.label


class Statement(AgencyRecord):
    """A person's verdict with its evidence; projected from the one event that said it, and never changed.

    ``number`` is the set of indicators and the code of one of them ("national:1.1.1").
    """

    number = models.CharField("指标", max_length=40)
    verdict = models.CharField("判断", max_length=10, choices=Said.choices)
    evidence = models.TextField("依据")
    stated_on = models.DateField("判断日期")
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="判断人"
    )

    class Meta(AgencyRecord.Meta):
        verbose_name = "自评人工判断"
        verbose_name_plural = "自评人工判断"
        indexes = [models.Index(fields=["agency", "number", "id"], name="assessment_said")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_verdict_display()}"
