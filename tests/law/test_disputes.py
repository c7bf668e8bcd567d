"""By when an organ answers a review or a suit, and what table 四 makes of its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import LawError
from gongkai.law.calendar import national_calendar
from gongkai.law.disputes import Period, ending, endings, errors, within
from gongkai.law.parameters import standard_parameters


@pytest.mark.parametrize(
    ("period", "received", "last"),
    [
        # 2025-01-28 to 02-04 is the Spring Festival.
        ("review_answer", "2025-01-20", "2025-02-08"),  # 01-26 and 02-08 are worked
        ("review_answer_simplified", "2025-03-03", "2025-03-10"),
        ("review_answer", "2020-03-02", "2020-03-12"),  # before 2024: calendar days
        ("suit_answer", "2025-03-03", "2025-03-18"),
        ("suit_answer", "2025-03-07", "2025-03-24"),  # the 22nd is a Saturday
        ("suit_answer", "2020-09-16", "2020-10-09"),  # the 1st begins the National Day holidays
        ("appeal_answer", "2025-06-03", "2025-06-18"),
        ("appeal_filing_ruling", "2025-06-03", "2025-06-13"),
    ],
)
def test_the_answer_is_due_on_the_day_that_a_lawyer_reckons(period: Period, received: str, last: str) -> None:
    found = within(period, date.fromisoformat(received), national_calendar())
    assert found.last == date.fromisoformat(last)
    assert found.parameter.reference in found.steps[0]


def test_there_is_no_simplified_review_before_2024() -> None:
    with pytest.raises(LawError, match="没有施行中的规定"):
        within("review_answer_simplified", date(2023, 12, 31), national_calendar())


def test_an_office_that_does_not_put_periods_off_says_so() -> None:
    strict = standard_parameters().corrected(
        '[[parameter]]\ncode = "period_end"\nvalue = "same_day"\nsince = 1999-10-01\nreference = "x"\nsureness = "V"\n'
    )
    assert within("suit_answer", date(2025, 3, 7), national_calendar(), strict).last == date(2025, 3, 22)


def test_what_is_not_verified_is_said_with_the_period() -> None:
    assert "以通知书为准" in within("review_answer", date(2025, 3, 3), national_calendar()).steps[-1]
    assert "以通知书为准" not in within("suit_answer", date(2025, 3, 3), national_calendar()).steps[-1]


@given(start=st.dates(date(2024, 1, 1), date(2026, 10, 1)), later=st.integers(0, 60))
def test_who_receives_later_answers_no_earlier_and_on_a_working_day(start: date, later: int) -> None:
    calendar = national_calendar()
    for period in ("review_answer", "review_answer_simplified", "suit_answer", "appeal_answer"):
        first = within(period, start, calendar).last
        assert first <= within(period, start + timedelta(days=later), calendar).last
        assert calendar.is_working_day(first)


def test_every_ending_has_its_cell_and_only_what_was_put_right_is_done_again() -> None:
    assert {each.cell for each in endings().values() if each.forum == "review"} == {"upheld", "corrected", "other"}
    assert {each.cell for each in endings().values() if each.forum == "suit"} == {"upheld", "corrected", "other"}
    assert {each.code for each in endings().values() if each.redo} == {
        "review.revoked",
        "review.ordered",
        "suit.revoked",
        "suit.ordered",
    }
    with pytest.raises(LawError):
        ending("review.none")


def test_the_fourteen_errors_of_the_field_are_known() -> None:
    assert len(errors()) == 16
    assert next(iter(errors())) == "late"
