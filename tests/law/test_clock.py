"""The reply clock: golden cases, what each event does, what cannot have happened, and general rules."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.law import LawError
from gongkai.law.calendar import CalendarOverride, national_calendar
from gongkai.law.clock import Event, EventKind, due_date, reply_deadline
from gongkai.law.parameters import standard_parameters

NATIONAL = national_calendar()


def events(*lines: str) -> list[Event]:
    """``consult-sent 2022-10-12``, ``extended 2022-11-01 10``."""
    found = []
    for line in lines:
        kind, day, *days = line.split()
        found.append(Event(EventKind(kind), date.fromisoformat(day), int(days[0]) if days else None))
    return found


def due(received: str, *lines: str) -> str:
    return due_date(date.fromisoformat(received), events(*lines), NATIONAL).isoformat()


SENT_AND_BACK = ("consult-sent 2022-10-12", "consult-returned 2022-10-26")


@pytest.mark.parametrize(
    ("case", "received", "happened", "expected"),
    [
        ("golden: over the National Day week", "2022-09-30", [], "2022-11-02"),
        ("golden: guiding case 26 under the 2007 Regulation", "2011-06-01", [], "2011-06-23"),
        ("handles a Saturday start", "2022-10-15", [], "2022-11-11"),
        ("the last day of the 2007 Regulation", "2019-05-14", [], "2019-06-04"),
        ("the first day of the 2019 Regulation", "2019-05-15", [], "2019-06-13"),
        ("correction starts afresh", "2022-09-30", ["corrected 2022-10-10"], "2022-11-07"),
        # 8, 9, 10, 11, 12 October count; 13 to 26 do not; fifteen days are left from the 27th.
        ("consultation is not counted", "2022-09-30", [*SENT_AND_BACK], "2022-11-16"),
        (
            "sent and answered on one day costs nothing",
            "2022-09-30",
            ["consult-sent 2022-10-12", "consult-returned 2022-10-12"],
            "2022-11-02",
        ),
        (
            "a consultation within a holiday costs nothing",
            "2022-09-30",
            ["consult-sent 2022-09-30", "consult-returned 2022-10-07"],
            "2022-11-02",
        ),
        (
            "overlapping consultations count once",
            "2022-09-30",
            [
                "consult-sent 2022-10-12",
                "consult-sent 2022-10-14",
                "consult-returned 2022-10-20",
                "consult-returned 2022-10-26",
            ],
            "2022-11-16",
        ),
        ("a longest extension", "2022-09-30", ["extended 2022-11-02"], "2022-11-30"),
        ("a short extension", "2022-09-30", ["extended 2022-11-01 10"], "2022-11-16"),
        ("consultation and extension", "2022-09-30", [*SENT_AND_BACK, "extended 2022-11-16 5"], "2022-11-23"),
        ("a fee notice alone stops nothing", "2022-09-30", ["fee-noticed 2022-10-17"], "2022-11-02"),
        (
            "payment starts afresh and an extension lapses",
            "2022-09-30",
            ["extended 2022-10-13", "fee-noticed 2022-10-17", "fee-paid 2022-10-20"],
            "2022-11-17",
        ),
        (
            "a consultation over a restart",
            "2022-09-30",
            ["consult-sent 2022-10-12", "corrected 2022-10-14", "consult-returned 2022-10-20"],
            "2022-11-17",
        ),
        (
            "an answer still awaited is taken to come on the fifteenth working day",
            "2022-09-30",
            ["consult-sent 2022-10-12"],
            "2022-11-23",
        ),
        (
            "a letter sent after the period ran out saves nothing",
            "2022-09-30",
            ["consult-sent 2022-11-07", "consult-returned 2022-11-10"],
            "2022-11-02",
        ),
        (
            "a letter sent on the last day saves nothing",
            "2022-09-30",
            ["consult-sent 2022-11-02", "consult-returned 2022-11-10"],
            "2022-11-02",
        ),
        (
            "an extension while an answer is awaited is in time",
            "2022-09-30",
            ["consult-sent 2022-10-12", "extended 2022-12-20 5", "consult-returned 2022-12-21"],
            "2023-01-19",
        ),
    ],
)
def test_due_date(case: str, received: str, happened: list[str], expected: str) -> None:
    assert due(received, *happened) == expected, case
    explained = reply_deadline(date.fromisoformat(received), events(*happened), NATIONAL)
    assert explained.due.isoformat() == expected
    assert explained.steps[-1].date.isoformat() == expected
    assert explained.steps[0].date.isoformat() == received


@pytest.mark.parametrize(
    ("happened", "says"),
    [
        (["corrected 2022-09-29"], "早于收到申请之日"),
        (["consult-returned 2022-10-12"], "没有尚待答复的征求意见书"),
        ([*SENT_AND_BACK, "consult-returned 2022-10-27"], "没有尚待答复的征求意见书"),
        (["consult-returned 2022-10-26", "consult-sent 2022-10-12"], "按日期先后排列"),
        (["extended 2022-10-20 5", "extended 2022-10-21 5"], "只能延长一次"),
        (["extended 2022-11-03"], "答复期限已于2022年11月2日届满"),
        (["consult-sent 2022-11-03", "extended 2022-11-04"], "答复期限已于2022年11月2日届满"),
        (["extended 2022-10-20 21"], "1至20个工作日"),
        (["extended 2022-10-20 0"], "1至20个工作日"),
        (["corrected 2022-10-20 5"], "只有延期可以写明日数"),
        (["fee-paid 2022-10-20"], "没有收费通知"),
        (["fee-noticed 2022-10-20", "fee-noticed 2022-10-21"], "尚未缴费"),
    ],
)
def test_what_cannot_have_happened_is_refused_in_chinese(happened: list[str], says: str) -> None:
    with pytest.raises(LawError, match=says):
        due("2022-09-30", *happened)


def test_an_application_older_than_any_regulation_is_refused() -> None:
    with pytest.raises(LawError, match="没有施行中的规定"):
        due("2007-06-01")


def test_fee_rules_bind_from_2021_even_an_application_received_before() -> None:
    with pytest.raises(LawError, match="没有施行中的规定"):
        due("2020-11-30", "fee-noticed 2020-12-10")
    assert due("2020-12-25", "fee-noticed 2021-01-05", "fee-paid 2021-01-06") == due("2021-01-06")


def test_an_office_may_correct_what_payment_does_to_the_clock() -> None:
    law = standard_parameters().corrected(
        '[[parameter]]\ncode = "fee_paid"\nvalue = "resume"\nsince = 2021-01-01\n'
        'reference = "本机关核定"\nsureness = "V"\n'
    )
    received, happened = date(2022, 9, 30), events("fee-noticed 2022-10-12", "fee-paid 2022-10-26")
    resumed = reply_deadline(received, happened, NATIONAL, law)
    assert resumed.due == due_date(received, events(*SENT_AND_BACK), NATIONAL)
    assert any("继续计算" in step.text and step.rule == "本机关核定" for step in resumed.steps)
    waiting = reply_deadline(received, happened[:1], NATIONAL, law)
    assert waiting.paused
    assert due_date(received, happened, NATIONAL) == due_date(date(2022, 10, 26), [], NATIONAL)


def test_an_awaited_answer_is_said_to_be_an_assumption() -> None:
    deadline = reply_deadline(date(2022, 9, 30), events("consult-sent 2022-10-12"), NATIONAL)
    assert deadline.paused
    assert any("假定意见于2022年11月2日（周三）到达" in step.text for step in deadline.steps)
    assert not reply_deadline(date(2022, 9, 30), events(*SENT_AND_BACK), NATIONAL).paused


def test_every_event_has_a_step_with_its_article() -> None:
    happened = events(*SENT_AND_BACK, "extended 2022-11-01 10", "fee-noticed 2022-11-09", "fee-paid 2022-11-11")
    steps = reply_deadline(date(2022, 9, 30), happened, NATIONAL).steps
    assert [(step.date.isoformat(), step.rule) for step in steps[:6]] == [
        ("2022-09-30", "条例第三十一条"),
        ("2022-10-12", "条例第三十三条"),
        ("2022-10-26", "条例第三十三条"),
        ("2022-11-01", "条例第三十三条"),
        ("2022-11-09", "国办函〔2020〕109号"),
        ("2022-11-11", "国办函〔2020〕109号"),
    ]
    assert "9个工作日不计入" not in steps[2].text
    assert "10个工作日不计入" in steps[2].text
    assert "延长10个工作日" in steps[3].text
    assert "尚待本机关核对" in steps[5].text


def test_holidays_and_make_up_days_are_named() -> None:
    texts = "".join(step.text for step in reply_deadline(date(2022, 9, 30), [], NATIONAL).steps)
    assert "2022年10月1日至2022年10月7日国庆节放假，不计入" in texts
    assert "2022年10月8日至2022年10月9日国庆节调休上班，计入" in texts


def test_a_due_date_in_a_year_not_announced_is_provisional() -> None:
    last = NATIONAL.last_announced_year
    assert not reply_deadline(date(last, 11, 2), [], NATIONAL).provisional
    late = reply_deadline(date(last, 12, 20), [], NATIONAL)
    assert late.provisional
    assert "公布后重算" in late.steps[-1].text


# --- General rules --------------------------------------------------------------------------------------------

RECEIVED = st.dates(date(2019, 5, 15), date(2026, 6, 1))


@st.composite
def histories(draw: st.DrawFn) -> tuple[date, list[Event]]:
    """A case that can have happened: events in order, answers only to letters, one extension in time."""
    received = draw(RECEIVED)
    day, open_letters, unpaid, extended = received, 0, False, False
    happened: list[Event] = []
    for _ in range(draw(st.integers(0, 7))):
        day += timedelta(days=draw(st.integers(0, 12)))
        kinds = [EventKind.CONSULT_SENT, EventKind.CORRECTED]
        kinds += [EventKind.CONSULT_RETURNED] if open_letters else []
        if day >= date(2021, 1, 1):
            kinds.append(EventKind.FEE_PAID if unpaid else EventKind.FEE_NOTICED)
        if not extended and (day <= due_date(received, happened, NATIONAL)):
            kinds.append(EventKind.EXTENDED)
        kind = draw(st.sampled_from(kinds))
        open_letters += (kind is EventKind.CONSULT_SENT) - (kind is EventKind.CONSULT_RETURNED)
        unpaid = kind is EventKind.FEE_NOTICED or (unpaid and kind is not EventKind.FEE_PAID)
        extended = extended or kind is EventKind.EXTENDED
        happened.append(Event(kind, day, draw(st.integers(1, 20)) if kind is EventKind.EXTENDED else None))
    return received, happened


@given(histories())
def test_the_bulk_path_gives_the_same_day_as_the_explained_one(history: tuple[date, list[Event]]) -> None:
    received, happened = history
    explained = reply_deadline(received, happened, NATIONAL)
    assert explained.due == due_date(received, happened, NATIONAL) == explained.steps[-1].date
    assert NATIONAL.is_working_day(explained.due)
    assert len(explained.steps) >= 2 + len(happened)


@given(histories(), st.integers(0, 40))
def test_received_later_never_due_earlier(history: tuple[date, list[Event]], days: int) -> None:
    received, happened = history
    later = min([received + timedelta(days=days), *(event.date for event in happened)])
    assert due_date(received, happened, NATIONAL) <= due_date(later, happened, NATIONAL)


@given(histories(), st.integers(0, 30))
def test_a_restart_forgets_what_was_counted_before(history: tuple[date, list[Event]], days: int) -> None:
    received, happened = history
    day = max([received, *(event.date for event in happened)]) + timedelta(days=days)
    letters = sum((e.kind is EventKind.CONSULT_SENT) - (e.kind is EventKind.CONSULT_RETURNED) for e in happened)
    answered = [Event(EventKind.CONSULT_RETURNED, day)] * letters
    restarted = [*happened, *answered, Event(EventKind.CORRECTED, day)]
    assert due_date(received, restarted, NATIONAL) == due_date(day, [], NATIONAL)


@given(RECEIVED, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 25)), min_size=1, max_size=5))
def test_overlapping_consultations_cost_the_union_of_their_days(received: date, letters: list[tuple[int, int]]) -> None:
    spans = [(received + timedelta(days=start), received + timedelta(days=start + length)) for start, length in letters]
    happened = [Event(EventKind.CONSULT_SENT, begin) for begin, _ in spans]
    happened += [Event(EventKind.CONSULT_RETURNED, end) for _, end in spans]
    happened.sort(key=lambda event: (event.date, event.kind is EventKind.CONSULT_RETURNED))
    day, left = received, 20
    while left:
        day += timedelta(days=1)
        left -= NATIONAL.is_working_day(day) and not any(begin < day <= end for begin, end in spans)
    assert due_date(received, happened, NATIONAL) == day


@given(histories(), st.dates(date(2019, 1, 1), date(2027, 12, 31)), st.booleans())
def test_a_notice_moves_no_case_outside_whose_days_it_falls(
    history: tuple[date, list[Event]], day: date, working: bool
) -> None:
    received, happened = history
    before = due_date(received, happened, NATIONAL)
    # An awaited answer may be assumed up to fifteen working days after the last letter.
    end = max([before, *(event.date + timedelta(days=40) for event in happened)])
    assume(not received < day <= end)
    changed = NATIONAL.with_overrides(CalendarOverride("某通知", {day: working}))
    assert due_date(received, happened, changed) == before


@given(RECEIVED, st.integers(1, 45), st.booleans())
def test_a_day_off_never_brings_the_due_date_forward_and_a_day_worked_never_puts_it_off(
    received: date, later: int, working: bool
) -> None:
    before = due_date(received, [], NATIONAL)
    day = received + timedelta(days=later)
    after = due_date(received, [], NATIONAL.with_overrides(CalendarOverride("某通知", {day: working})))
    assert after <= before if working else after >= before
    assert (after == before) == (NATIONAL.is_working_day(day) == working or day > max(after, before))


@given(RECEIVED)
def test_each_further_day_of_extension_is_a_later_working_day(received: date) -> None:
    dues = [due_date(received, [Event(EventKind.EXTENDED, received, days)], NATIONAL) for days in range(1, 21)]
    assert all(NATIONAL.working_days_between(one, other) == 1 for one, other in pairwise(dues))
