"""The reckoning of the reply clock in words that a clerk and a court can follow, one step an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from .calendar import DayExplanation, WorkingCalendar
from .clock import Step
from .clock_fold import Event, EventKind, ReplyClock
from .wording import chinese_date, chinese_day


def explain(clock: ReplyClock, events: Sequence[Event], *, provisional: bool) -> Iterator[Step]:
    """Replay ``events`` on a fresh clock and word each; ends with the calendar's part and the due date."""
    reply = clock.rule("reply")
    yield Step(
        clock.received,
        "条例第三十一条" if clock.received >= date(2019, 5, 15) else reply.reference,
        f"收到申请。收到当日不计入，答复期限{clock.allowance}个工作日自次日起算，至{chinese_day(clock.due())}届满。",
    )
    corrections = 0
    for event in events:
        yield _step(clock, event, corrections)
        corrections += event.kind is EventKind.CORRECTED
    due = clock.due()
    if clock.still_since is not None and clock.still_since < due:
        yield Step(
            clock.still_since,
            clock.rule("consultation").reference,
            f"意见尚未收到，期限仍停止计算。以下届满日假定意见于{chinese_day(clock.assumed_end())}到达"
            "（自最后一份征求意见书发出起算的最长期限），收到后据实重算。",
        )
    if notes := _calendar_notes(clock.calendar, clock.start, due):
        yield Step(due, "节假日安排", f"计算所涉期间：{notes}。")
    text = f"答复期限届满日为{chinese_day(due)}，应当在该日（含）以前答复。"
    if provisional:
        text += "所涉年份的放假安排尚未公布，暂按双休日推算，公布后重算。"
    yield Step(due, reply.reference, text)


def _step(clock: ReplyClock, event: Event, corrections: int) -> Step:
    """Let the clock take ``event`` and say what that did."""
    before, still_since, notice = clock.due(), clock.still_since, clock.unpaid
    ran_out = before < event.date and still_since is None
    rule = {
        EventKind.CORRECTED: "corrected",
        EventKind.EXTENDED: "extension",
        EventKind.FEE_NOTICED: "fee_payment",
        EventKind.FEE_PAID: "fee_paid",
    }.get(event.kind, "consultation")
    if event.kind is EventKind.FEE_NOTICED:
        clock.take(event)
        reference = clock.rule(rule)
    else:
        reference = clock.rule(rule)
        clock.take(event)
    match event.kind:
        case EventKind.CORRECTED:
            text = f"收到补正的申请，{_afresh(clock)}"
            if corrections:
                text += "补正只能告知一次，请核对是否重复要求补正。"
        case EventKind.CONSULT_SENT:
            text = _sent(before, ran_out=ran_out, overlaps=still_since is not None)
        case EventKind.CONSULT_RETURNED:
            text = _returned(clock, event, still_since)
        case EventKind.EXTENDED:
            text = (
                f"经政府信息公开工作机构负责人同意并告知申请人，延长{event.days or reference.number}个工作日，"
                f"原届满日{chinese_date(before)}延至{chinese_day(clock.due())}。"
            )
        case EventKind.FEE_NOTICED:
            last = clock.calendar.add_working_days(event.date, reference.number)
            text = (
                f"发出收费通知。申请人应当自收到通知次日起{reference.number}个工作日内缴费"
                f"（当日收到的，至{chinese_date(last)}），逾期未缴的视为放弃申请。"
            )
            text += (
                "缴费前期限停止计算。" if clock.fee_stops_clock else f"缴费前届满日仍为{chinese_date(clock.due())}。"
            )
        case EventKind.FEE_PAID:
            text = _paid(clock, event, notice, resumes=reference.value == "resume")
            if reference.sureness == "UNVERIFIED":
                text += "缴费后如何起算尚待本机关核对文件原文。"
    return Step(event.date, reference.reference, text)


def _afresh(clock: ReplyClock) -> str:
    days = clock.allowance
    text = f"答复期限自次日起重新计算{days}个工作日，至{chinese_day(clock.due())}届满。"
    if clock.extension is not None:
        text += "此前的延期不再计入（从严）。" if clock.extension_lapses else "此前的延期仍计入。"
    return text


def _sent(before: date, *, ran_out: bool, overlaps: bool) -> str:
    if ran_out:
        return f"发出征求意见书，但答复期限已于{chinese_date(before)}届满，不再扣除。"
    if overlaps:
        return "又发出征求意见书，与尚未答复的征求意见重叠，重叠的日子只扣除一次。"
    return "发出征求意见书，自次日起至收到意见之日（含）不计入答复期限。"


def _returned(clock: ReplyClock, event: Event, still_since: date | None) -> str:
    if clock.still_since is not None or still_since is None:
        awaited = f"另有{len(clock.unanswered)}份征求意见书尚未答复，" if clock.unanswered else ""
        return f"收到意见，{awaited}期限继续停止计算。"
    since = max(still_since, clock.start)
    days = clock.calendar.working_days_between(since, event.date)
    text = (
        f"收到意见。自{chinese_date(still_since)}次日起至本日（含）{days}个工作日不计入，"
        f"自次日起继续计算，至{chinese_day(clock.due())}届满。"
    )
    limit = clock.rule("consultation").number
    if clock.due() <= still_since:
        return f"收到意见，但答复期限在征求意见前已经届满，届满日仍为{chinese_day(clock.due())}。"
    if clock.calendar.working_days_between(still_since, event.date) > limit:
        text += f"征求意见历时超过{limit}个工作日：第三方逾期未提出意见的应当由本机关决定，请核对能否全部扣除。"
    return text


def _paid(clock: ReplyClock, event: Event, notice: date | None, *, resumes: bool) -> str:
    if resumes:
        text = f"申请人足额缴费，自次日起继续计算，至{chinese_day(clock.due())}届满。"
    else:
        text = f"申请人足额缴费，{_afresh(clock)}"
    if notice is not None:
        limit = clock.law.on("fee_payment", notice).number
        if event.date > (last := clock.calendar.add_working_days(notice, limit)):
            text += f"缴费晚于{chinese_date(last)}，请核对收到收费通知的日期，逾期未缴的视为放弃申请。"
    return text


def _calendar_notes(calendar: WorkingCalendar, after: date, until: date) -> str:
    """The holidays and make-up days that the count met, run by run: 10月1日至10月7日国庆节放假不计入。"""

    def run(item: tuple[int, DayExplanation]) -> tuple[int, str]:
        position, day = item
        return day.date.toordinal() - position, day.text

    notes = []
    for _, group in groupby(enumerate(calendar.named_days(after, until)), key=run):
        days = [day for _, day in group]
        span = chinese_date(days[0].date)
        span += f"至{chinese_date(days[-1].date)}" if len(days) > 1 else ""
        source = f"（{days[0].reference}）" if days[0].imported else ""
        notes.append(f"{span}{days[0].text}{source}，{'计入' if days[0].working else '不计入'}")
    return "；".join(notes)
