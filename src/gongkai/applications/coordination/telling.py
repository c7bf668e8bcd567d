"""Who is told of a 会商: numbers and dates only; nothing of the question, nothing of who applies."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_date
from gongkai.notices.services import notify, settle

from .models import Asked, Coordination, Standing, Status

WARNED = 2  # working days before the last day on which those who have not answered are told again


def people(agency_id: int, *roles: Role) -> QuerySet[User]:
    """Who holds one of these roles in an agency."""
    found = User.objects.filter(agency_id=agency_id, is_active=True, groups__name__in=[role.label for role in roles])
    return found.distinct()


def _key(asked: Asked, what: str) -> str:
    return f"coordination:{asked.coordination_id}:{asked.pk}:{what}"


def _incoming(asked: Asked) -> str:
    return reverse("coordination:incoming_one", args=[asked.pk])


def _own(coordination: Coordination) -> str:
    return reverse("coordination:one", args=[coordination.pk])


def asked(asked: Asked) -> None:
    """The clerks of a body of the installation are told that they are asked."""
    if asked.agency_id is None:
        return
    notify(
        people(asked.agency_id, Role.CLERK),
        f"收到会商 {asked.coordination.number}",
        f"{asked.coordination.agency.name}征求意见，请在{chinese_date(asked.reply_by)}之前答复。",
        url=_incoming(asked),
        key=_key(asked, "asked"),
    )


def drafted(asked: Asked) -> None:
    """Those who sign are told that an opinion waits for them."""
    if asked.agency_id is None:
        return
    settle(_key(asked, "asked"))
    notify(
        people(asked.agency_id, Role.REVIEWER),
        f"会商 {asked.coordination.number} 的意见待签发",
        f"请在{chinese_date(asked.reply_by)}之前签发。",
        url=_incoming(asked),
        key=_key(asked, f"drafted:{timezone.now():%Y%m%d%H%M%S}"),
    )


def opinion_returned(asked: Asked, by: int | None) -> None:
    """Whoever wrote the opinion is told that it came back."""
    settle(_key(asked, "drafted"))
    notify(
        User.objects.filter(pk__in=[by] if by is not None else []),
        f"会商 {asked.coordination.number} 的意见被退回",
        "请按退回的理由修改后再送签。",
        url=_incoming(asked),
        key=_key(asked, f"returned:{timezone.now():%Y%m%d%H%M%S}"),
    )


def answered(asked: Asked) -> None:
    """The clerks of whoever asked are told that the answer is there."""
    settled(asked)
    notify(
        people(asked.coordination.agency_id, Role.CLERK),
        f"会商 {asked.coordination.number} 收到意见",
        f"{asked.body_name}已经答复，申请的期限自次日起继续计算。",
        url=_own(asked.coordination),
        key=_key(asked, "answered"),
    )


def settled(asked: Asked) -> None:
    """Nobody need answer any more."""
    settle(f"coordination:{asked.coordination_id}:{asked.pk}")


def concluded(coordination: Coordination) -> None:
    """The leader is told that a conclusion waits."""
    notify(
        people(coordination.agency_id, Role.LEADER),
        f"会商 {coordination.number} 的结论待签批",
        "请审阅各方意见和结论。",
        url=_own(coordination),
        key=f"coordination:{coordination.pk}:concluded:{timezone.now():%Y%m%d%H%M%S}",
    )


def signed_off(coordination: Coordination) -> None:
    """The clerks are told that the case can go on."""
    settle(f"coordination:{coordination.pk}:concluded")
    notify(
        people(coordination.agency_id, Role.CLERK),
        f"会商 {coordination.number} 的结论已签批",
        "请按结论办理申请。",
        url=_own(coordination),
        key=f"coordination:{coordination.pk}:signed",
    )


def remind(now: datetime) -> int:
    """Tell those who have not answered two working days before the last day, and whoever asked once it is over."""
    today, count = timezone.localdate(now), 0
    soon = working_calendar().add_working_days(today, WARNED)
    running = Asked.objects.filter(standing__in=(Standing.WAITING, Standing.DRAFTED))
    running = running.filter(coordination__status=Status.ASKED, reply_by__lte=soon)
    for each in running.select_related("coordination", "coordination__agency"):
        if each.reply_by < today:
            count += notify(
                people(each.coordination.agency_id, Role.CLERK),
                f"会商 {each.coordination.number} 期满未答复",
                f"{each.body_name}的答复期限{chinese_date(each.reply_by)}已过，请催办，或者登记“期满未答复”。",
                url=_own(each.coordination),
                key=_key(each, "over"),
            )
        elif each.agency_id is not None:
            count += notify(
                people(each.agency_id, Role.CLERK, Role.REVIEWER),
                f"会商 {each.coordination.number} 将要到期",
                f"请在{chinese_date(each.reply_by)}之前答复{each.coordination.agency.name}。",
                url=_incoming(each),
                key=_key(each, "soon"),
            )
    return count
