"""The verbs of the duty list. Each is one transaction: the ledger is told, the list follows, and so do unread notices.

Open work is not stored: it follows from who keeps the column (:mod:`.queries`), so that it goes with the duty.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Department, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.wording import chinese_date
from gongkai.ledger.events import Event
from gongkai.ledger.services import append, lock

from ..models import Column, Duty
from ..staff.access import keeps_for
from .events import STREAM, Assigned, Ended
from .moving import Moving, follow, what_moves
from .projection import held, project


@transaction.atomic
def assign(
    column: Column,
    department: Department,
    keeper: User,
    deputy: User | None,
    since: date,
    by: User,
    *,
    handed_from: User | None = None,
) -> Duty:
    """Give a column a keeper from a day on; whoever keeps it now keeps it until the day before.

    The day of the present keeper's own beginning corrects what was registered for it. Raises
    :class:`NotPermittedError`, in Chinese, for who may not, for people who cannot keep it, and for a day before that.
    """
    _allowed(column, by)
    _able(column, department, keeper, deputy)
    lock(column.agency_id)
    before = held(column)
    if before and since < before[-1].since:
        raise NotPermittedError(
            f"栏目“{column}”已登记自{chinese_date(before[-1].since)}起的责任人，起始日期不能早于这一天。"
        )
    event = Assigned(
        by=by.pk,
        department=department.pk,
        keeper=keeper.pk,
        deputy=deputy.pk if deputy else None,
        since=since,
        handed_from=handed_from.pk if handed_from else None,
    )
    _happen(column, event, by)
    if before and since <= timezone.localdate():
        last = before[-1]
        for former, successor in ((last.keeper_id, keeper), (last.deputy_id, deputy or keeper)):
            if former is not None and former not in (keeper.pk, event.deputy):
                follow([column.pk], former, successor)
    return Duty.objects.select_related("keeper", "deputy", "department").get(column=column, since=since)


@transaction.atomic
def end(column: Column, until: date, by: User) -> None:
    """Nobody keeps the column after ``until``. Raises :class:`NotPermittedError` where nobody does, or not so long."""
    _allowed(column, by)
    lock(column.agency_id)
    before = held(column)
    if not before or before[-1].until is not None:
        raise NotPermittedError(f"栏目“{column}”没有在任的责任人。")
    if until < before[-1].since:
        raise NotPermittedError(f"终止日期不能早于责任开始的{chinese_date(before[-1].since)}。")
    _happen(column, Ended(by=by.pk, until=until), by)


@transaction.atomic
def hand_over(from_user: User, to_user: User, on: date, by: User, columns: Collection[Column] | None = None) -> Moving:
    """From ``on`` on ``to_user`` keeps what ``from_user`` keeps, or of it these ``columns``; says what moved.

    Where ``from_user`` is deputy, ``to_user`` is deputy then. All or nothing: raises :class:`NotPermittedError` for
    the first column that cannot be handed over, and when there is nothing to hand over.
    """
    if from_user.pk == to_user.pk:
        raise NotPermittedError("交出和接手的不能是同一个人。")
    moving = what_moves(from_user, on, columns)
    if not moving.duties:
        raise NotPermittedError(f"{_name(from_user)}在{chinese_date(on)}没有可以交接的栏目。")
    for duty in moving.duties:
        keeps = duty.keeper_id == from_user.pk
        keeper = to_user if keeps else duty.keeper
        deputy = duty.deputy if keeps else to_user
        if deputy is not None and deputy.pk in (keeper.pk, from_user.pk):
            deputy = None
        assign(duty.column, duty.department, keeper, deputy, max(on, duty.since), by, handed_from=from_user)
    return moving


def _allowed(column: Column, by: User) -> None:
    if not keeps_for(by, column.agency):
        raise NotPermittedError("责任清单由本机关的审核人员或者负责人登记。")


def _able(column: Column, department: Department, keeper: User, deputy: User | None) -> None:
    if column.retired_on is not None:
        raise NotPermittedError(f"栏目“{column}”已经停用，不再指定责任人。")
    if department.agency_id != column.agency_id:
        raise NotPermittedError("责任处室不属于本机关。")
    for person, what in ((keeper, "责任人"), (deputy, "替补责任人")):
        if person is None:
            continue
        if person.agency_id != column.agency_id:
            raise NotPermittedError(f"{what}{_name(person)}不是本机关的工作人员。")
        if not person.is_active:
            raise NotPermittedError(f"{what}{_name(person)}的账号已停用，请另选一人。")
    if deputy is not None and deputy.pk == keeper.pk:
        raise NotPermittedError("责任人和替补责任人不能是同一个人。")


def _happen(column: Column, event: Event, by: User) -> None:
    payload = event.model_dump(mode="json")
    append(column.agency, STREAM, column.pk, event.kind, timezone.localdate(), payload, actor_id=by.pk)
    project(column.pk, held(column))


def _name(user: User) -> str:
    return user.get_full_name() or user.username
