"""What the demonstration bureau has made public of its registers, and its statistical credit records."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.law.credit import Grade, check_sign
from gongkai.registers import services
from gongkai.registers.credit import services as credit
from gongkai.registers.credit.models import CreditRecord
from gongkai.registers.models import Decision, ServiceItem

from .organisation import LEADER
from .targets import MARK

_CLERK = "zhifa-cb"
# Days ago that each was decided, and whether it is published already.
_RECORDS = ((40, True), (25, True), (3, False))


def fill(bureau: Agency) -> None:
    """Publish the items and decisions of the ledgers and register credit records, unless that was done."""
    if CreditRecord.objects.filter(agency=bureau).exists():
        return
    leader, clerk = (User.objects.get(username=name) for name in (LEADER, _CLERK))
    for model in (ServiceItem, Decision):
        waiting = model.objects.filter(agency=bureau, shown_on=None)
        services.publish(model, {each.pk: services.digest(each) for each in waiting}, actor=leader)
    today = timezone.localdate()
    for number, (days, is_published) in enumerate(_RECORDS, start=1):
        code = f"91330302MA2DEM{number:03d}"
        record = credit.decide(
            bureau,
            today - timedelta(days=days),
            actor=clerk,
            number=f"温统演信认〔{today.year}〕{number}号",
            enterprise=f"演示企业{number:02d}有限公司",
            credit_code=code + check_sign(code),
            address=f"温州市（{MARK}）",
            representative=f"演示负责人{number}",
            violation=f"提供不真实统计资料（{MARK}）",
            handling=f"警告，并处罚款（{MARK}）",
            grade=Grade.SERIOUS,
        )
        if is_published:
            credit.publish(record, today - timedelta(days=days - 5), seen=credit.seal(record), actor=leader)
