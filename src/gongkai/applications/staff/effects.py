"""What a verb would do to the period for the reply, reckoned before it is done: the same fold, on a copy."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date

from gongkai.law.clock import Deadline
from gongkai.law.errors import LawError
from gongkai.law.wording import chinese_day

from ..case import Case
from ..deadlines import explained
from ..events import Event
from ..handling import handled_days
from ..models import Status

_WAITING = {
    Status.AWAITING_CORRECTION: "等待申请人补正；收到补正的次日起，答复期限重新计算。",
    Status.AWAITING_FEE: "等待申请人缴费；缴费之前不催办，缴费之后重新计算。",
    Status.CONSULTING: "征求意见期间不计入答复期限；收到意见的次日起继续计算。",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """``before`` and ``after`` explain themselves in steps; ``after`` is missing when the case ends.

    ``sentences`` say what follows. ``error``: why it cannot be reckoned.
    """

    before: Deadline | None
    after: Deadline | None
    sentences: tuple[str, ...]
    error: str = ""

    @property
    def moves(self) -> bool:
        return self.before is not None and self.after is not None and self.before.due != self.after.due


def effect(case: Case, events: Iterable[Event], day: date) -> Effect:
    """What the events would do if they happened on that day."""
    try:
        before = explained(case) if case.received_on else None
        then = deepcopy(case)
        for event in events:
            then.apply(event.kind, day, event.model_dump(mode="json"))
        if then.closed_on is not None and case.closed_on is None:
            return Effect(before, None, (_closing(then, before),))
        after = explained(then)
    except LawError as error:
        return Effect(None, None, (), str(error))
    sentences = []
    if before is not None and before.due != after.due:
        sentences.append(f"答复期限由{chinese_day(before.due)}改为{chinese_day(after.due)}。")
    elif case.closed_on is None:
        sentences.append(f"答复期限不变：{chinese_day(after.due)}。")
    if then.status in _WAITING and then.status is not case.status:
        sentences.append(_WAITING[then.status])
    if after.provisional:
        sentences.append("所涉年份的放假安排尚未公布，期限是暂定的，公布后重算。")
    return Effect(before, after, tuple(sentences))


def _closing(then: Case, before: Deadline | None) -> str:
    assert then.closed_on is not None  # asked before
    words = f"申请于{chinese_day(then.closed_on)}办结"
    if before is not None and then.closed_on > before.due:
        words += f"，晚于答复期限{chinese_day(before.due)}，按逾期答复统计"
    elif before is not None:
        words += f"，在答复期限{chinese_day(before.due)}之内"
    days = handled_days(then)
    return f"{words}。扣除等待的日子，实际办理 {days} 个工作日。" if days is not None else f"{words}。"
