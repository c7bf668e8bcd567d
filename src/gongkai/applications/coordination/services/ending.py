"""How a 会商 ends: agreed, or decided above, and signed off."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.services import lock

from .. import events, telling
from ..models import Answerer, Coordination, Openness
from .acting import case_of, digest_of, lead, let_run


@transaction.atomic
def disagree(coordination: Coordination, day: date, dispute: str, *, actor: User | None = None) -> Coordination:
    """Note that the bodies do not agree, on what, and why."""
    if not dispute.strip():
        raise NotPermittedError("请写明分歧在哪里、各方的理由。")
    lead(coordination, events.Disagreed(digest=digest_of(dispute.strip())), day, actor)
    coordination.dispute = dispute.strip()
    coordination.save(update_fields=["dispute"])
    return coordination


def escalate(coordination: Coordination, day: date, to: str, *, actor: User | None = None) -> Coordination:
    """Ask the 主管部门 of the level to decide."""
    return lead(coordination, events.Escalated(to=to.strip()), day, actor)


@transaction.atomic
def conclude(
    coordination: Coordination,
    day: date,
    openness: Openness,
    answerer: Answerer,
    conclusion: str,
    *,
    actor: User | None = None,
) -> Coordination:
    """Fix the result in writing: 公开属性 and who answers. It stands once the leader has signed it off."""
    if not conclusion.strip():
        raise NotPermittedError("会商结果须以书面形式确定，请写明结论。")
    event = events.Concluded(
        openness=openness,
        answerer=answerer,
        digest=digest_of(openness, answerer, conclusion.strip()),
        by=None if actor is None else actor.pk,
    )
    lead(coordination, event, day, actor)
    coordination.conclusion = conclusion.strip()
    coordination.save(update_fields=["conclusion"])
    telling.concluded(coordination)
    return coordination


@transaction.atomic
def sign_off(coordination: Coordination, day: date, digest: str, *, actor: User | None = None) -> Coordination:
    """Sign the conclusion of that digest."""
    done = lead(coordination, events.SignedOff(digest=digest, by=None if actor is None else actor.pk), day, actor)
    telling.signed_off(done)
    return done


def send_back(coordination: Coordination, day: date, reason: str, *, actor: User | None = None) -> Coordination:
    """Have the conclusion written again."""
    return lead(coordination, events.SentBack(reason=reason, by=None if actor is None else actor.pk), day, actor)


@transaction.atomic
def end(coordination: Coordination, day: date, reason: str, *, actor: User | None = None) -> Coordination:
    """End a 会商 that has lost its object; whoever is still waited for is waited for no longer."""
    lock(coordination.agency_id)
    waiting = [case_of(coordination).organs[pk].consultation for pk in case_of(coordination).waiting]
    lead(coordination, events.Ended(reason=reason), day, actor)
    for consultation in waiting:
        let_run(coordination, consultation, "", day)
    for asked in coordination.organs.all():
        telling.settled(asked)
    return coordination
