"""What can have happened to an application at all: guards that hold for imported ledgers too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.law.outcomes import outcome

from .case import Case
from .events import Decided, Erased, Event, ReplyDrafted
from .models import Status

# A guard gives the reason, in Chinese, why the event may not happen; None when it may.
Guard = Callable[[Case, Event, date], str | None]


def not_before_the_last_event(case: Case, event: Event, day: date) -> str | None:
    if case.last_on is not None and day < case.last_on:
        return f"日期早于前一事项（{case.last_on}），请核对"
    return None


def consultation_is_open(case: Case, event: Event, day: date) -> str | None:
    number = getattr(event, "consultation", 0)
    if number not in case.consultations:
        return f"没有第 {number} 次征求意见"
    return f"第 {number} 次征求意见已经收到答复" if number in case.returned else None


def consultation_is_new(case: Case, event: Event, day: date) -> str | None:
    number = getattr(event, "consultation", 0)
    return f"第 {number} 次征求意见已经登记" if number in case.consultations else None


def correction_asked_once(case: Case, event: Event, day: date) -> str | None:
    """Article 30: one notice."""
    return "已经要求过补正，不能再次要求" if case.correction_requested_on is not None else None


def extended_once(case: Case, event: Event, day: date) -> str | None:
    """Article 33: one extension."""
    return "已经延期一次，不能再延" if case.extended_on is not None else None


def reasons_asked_once(case: Case, event: Event, day: date) -> str | None:
    return "已经要求过说明理由" if case.work.reasons_asked else None


def reasons_were_asked(case: Case, event: Event, day: date) -> str | None:
    if not case.work.reasons_asked:
        return "还没有要求申请人说明理由"
    return "理由已经登记" if case.work.reasons_given is not None else None


def letter_was_sent(case: Case, event: Event, day: date) -> str | None:
    sent = case.work.letters.get(getattr(event, "letter", 0))
    if sent is None:
        return "这份文书还没有发出"
    return "这份文书的送达凭证已经登记" if sent.proof is not None else None


def erased_once(case: Case, event: Event, day: date) -> str | None:
    if isinstance(event, Erased) and event.what.value in case.work.erased:
        return f"{event.what.label}已经清除"
    return None


_AWAITED = {
    Status.AWAITING_CORRECTION: ("other.not_corrected_in_time", "补正"),
    Status.AWAITING_FEE: ("other.fee_unpaid", "缴费"),
}


def outcome_fits_the_state(case: Case, event: Event, day: date) -> str | None:
    """While a correction or a fee is awaited the only end is that it did not come (Article 30; 〔2020〕109号)."""
    if not isinstance(event, Decided | ReplyDrafted):
        return None
    code = outcome(event.outcome).code
    status = case.status
    for awaiting, (ending, what) in _AWAITED.items():
        if status is awaiting and code != ending:
            return f"还没有收到{what}，办理结果只能是逾期不{what}、不再处理"
        if status is not awaiting and code == ending:
            return f"没有未了的{what}要求，办理结果不能是逾期不{what}"
    if code == "unavailable.unclear_after_correction" and case.corrected_on is None:
        return "没有收到过补正，办理结果不能是补正后仍不明确"
    return None
