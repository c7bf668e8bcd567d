"""The verb of the self-assessment: say what the records cannot tell."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.law.indicators import Verdict, packs
from gongkai.ledger.services import append, lock

from .events import STREAM, Said
from .models import SERVICES, Statement

LONGEST = 1000


def may_state(user: User, agency: Agency) -> bool:
    """Whoever has a post in the agency may say what they found; each says it under their own name."""
    return user.is_active and user.agency_id == agency.pk and bool(actor_of(user).roles)


@transaction.atomic
def state(
    agency: Agency, number: str, verdict: Verdict, evidence: str, *, actor: User, on: date | None = None
) -> Statement:
    """Keep a person's verdict on the indicator ``number`` (``set:code``) with the evidence, of today by default.

    Raises :class:`NotPermittedError` for who may not, an unknown indicator, a verdict that is none, no evidence.
    """
    if not may_state(actor, agency):
        raise NotPermittedError("只有本机关的工作人员可以登记人工判断。")
    if number != SERVICES and number not in numbers():
        raise NotPermittedError("没有这项指标。")
    if verdict not in allowed(number):
        raise NotPermittedError(f"这一项只能判断为{'、'.join(each.label for each in allowed(number))}。")
    evidence = evidence.strip()
    if not evidence:
        raise NotPermittedError("请写明判断的依据：看了什么、在哪里、结果怎样。")
    if len(evidence) > LONGEST:
        raise NotPermittedError(f"依据最多 {LONGEST} 字。")
    day, today = on or timezone.localdate(), timezone.localdate()
    if day > today:
        raise NotPermittedError("判断日期在今天之后。")
    lock(agency.pk)
    event = Said(number=number, verdict=verdict, evidence=evidence)
    made = Statement.objects.create(
        agency=agency, number=number, verdict=verdict.value, evidence=evidence, stated_on=day, stated_by=actor
    )
    append(agency, STREAM, made.pk, event.kind, day, event.model_dump(mode="json"), actor_id=actor.pk)
    return made


def allowed(number: str) -> tuple[Verdict, ...]:
    """What may be said: of an indicator that it holds or not; of services that there are (通过) or not (不适用)."""
    return (Verdict.PASS, Verdict.EXEMPT) if number == SERVICES else (Verdict.PASS, Verdict.FAIL)


def numbers() -> frozenset[str]:
    """The indicators of every set."""
    return frozenset(f"{pack.code}:{each.code}" for pack in packs().values() for each in pack.indicators)
