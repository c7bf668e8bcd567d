"""Limits besides the reply clock, and the day of receipt by channel."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import LawError
from gongkai.law.calendar import national_calendar
from gongkai.law.limits import LimitKind, Silence, limit, report_due
from gongkai.law.receipt import Channel, receipt


@pytest.mark.parametrize(
    ("kind", "start", "last"),
    [
        (LimitKind.CORRECTION_REQUEST, "2022-09-30", "2022-10-14"),  # seven working days, two of them made up
        (LimitKind.THIRD_PARTY_ANSWER, "2022-10-12", "2022-11-02"),
        (LimitKind.CO_MAKER_ANSWER, "2022-10-12", "2022-11-02"),
        (LimitKind.FEE_PAYMENT, "2022-09-30", "2022-11-02"),
        (LimitKind.PUBLICATION, "2022-09-30", "2022-11-02"),
        (LimitKind.PERMIT_OR_PENALTY_PUBLICATION, "2022-09-30", "2022-10-14"),
        (LimitKind.ENFORCEMENT_PUBLICATION, "2022-09-30", "2022-11-02"),
        (LimitKind.PENALTY_WITHDRAWAL, "2022-09-30", "2022-10-03"),  # calendar days
        (LimitKind.BUDGET_PUBLICATION, "2022-09-30", "2022-10-20"),
        (LimitKind.CREDIT_PUBLICATION, "2022-01-04", "2022-01-30"),  # a make-up Sunday before Spring Festival
    ],
)
def test_last_day_in_time(kind: LimitKind, start: str, last: str) -> None:
    found = limit(kind, date.fromisoformat(start), national_calendar())
    assert found.last.isoformat() == last
    assert not found.provisional


def test_every_kind_of_limit_has_a_parameter_in_force() -> None:
    for kind in LimitKind:
        assert limit(kind, date(2026, 1, 5), national_calendar()).last > date(2026, 1, 5), kind


def test_silence_of_a_third_party_and_of_a_co_maker_have_opposite_effects() -> None:
    calendar, day = national_calendar(), date(2022, 10, 12)
    assert limit(LimitKind.THIRD_PARTY_ANSWER, day, calendar).silence is Silence.ORGAN_DECIDES
    assert limit(LimitKind.CO_MAKER_ANSWER, day, calendar).silence is Silence.DEEMED_CONSENT
    assert limit(LimitKind.FEE_PAYMENT, day, calendar).silence is Silence.DEEMED_ABANDONED
    assert limit(LimitKind.PUBLICATION, day, calendar).silence is None


def test_no_fee_could_be_asked_before_the_fee_rules() -> None:
    with pytest.raises(LawError, match="没有施行中的规定"):
        limit(LimitKind.FEE_PAYMENT, date(2020, 6, 1), national_calendar())


def test_the_annual_report_is_due_in_january_and_the_governments_in_march() -> None:
    assert report_due(2020, government=False) == date(2021, 1, 31)
    assert report_due(2020, government=True) == date(2021, 3, 31)


DAY, LATER = date(2022, 9, 28), date(2022, 9, 30)


@pytest.mark.parametrize(
    ("channel", "confirmed", "unreachable", "counted", "statutory", "warned"),
    [
        (Channel.COUNTER, None, False, DAY, DAY, False),
        (Channel.SIGNED_POST, None, False, DAY, DAY, False),
        (Channel.ORDINARY_POST, DAY, False, DAY, DAY, False),
        (Channel.ORDINARY_POST, None, False, DAY, None, True),
        (Channel.ORDINARY_POST, LATER, False, DAY, LATER, True),  # a late confirmation is the organ's own delay
        (Channel.ORDINARY_POST, LATER, True, LATER, LATER, True),  # nobody could be reached: 〔2015〕207号
        (Channel.INTERNET, DAY, False, DAY, DAY, False),
        (Channel.INTERNET, LATER, False, DAY, LATER, False),  # guiding case 26
        (Channel.INTERNET, None, False, DAY, None, True),
        (Channel.FAX, LATER, False, DAY, LATER, False),
    ],
)
def test_day_of_receipt(
    channel: Channel, confirmed: date | None, unreachable: bool, counted: date, statutory: date | None, warned: bool
) -> None:
    found = receipt(channel, DAY, confirmed=confirmed, unreachable=unreachable)
    assert (found.date, found.statutory, bool(found.warnings)) == (counted, statutory, warned)
    assert found.proof
    assert found.rule.startswith("条例第三十一条")
    assert f"{counted.month}月{counted.day}日" in found.text


def test_ordinary_post_whose_sender_cannot_be_reached_starts_no_clock() -> None:
    with pytest.raises(LawError, match="恢复联系"):
        receipt(Channel.ORDINARY_POST, DAY, unreachable=True)


def test_a_confirmation_before_the_arrival_is_refused() -> None:
    with pytest.raises(LawError, match="早于收到材料之日"):
        receipt(Channel.INTERNET, LATER, confirmed=DAY)
