"""Fee tariffs, the categories of Articles 19 to 21, validity of normative documents."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import LawError
from gongkai.law.categories import article_19_tests, categories, category
from gongkai.law.fees import TariffCode, fee
from gongkai.law.validity import (
    Term,
    Validity,
    add_months,
    default_expiry,
    ended_on,
    expiry_reminders,
    in_force,
    next_cleanup,
    validity,
)

DAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("tariff", "count", "yuan"),
    [
        ("items", 0, 0),
        ("items", 10, 0),
        ("items", 11, 100),
        ("items", 30, 2000),
        ("items", 31, 2200),
        ("items", 40, 4000),
        ("items", 45, 5500),
        ("items", 51, 7400),
        ("pages", 30, 0),
        ("pages", 31, 10),
        ("pages", 100, 700),
        ("pages", 200, 2700),
        ("pages", 250, 4700),
    ],
)
def test_fee(tariff: TariffCode, count: int, yuan: int) -> None:
    assert fee(tariff, count, DAY).amount == yuan


@given(st.integers(0, 2000))
def test_the_tariffs_are_the_published_formulas(n: int) -> None:
    tiers = (100 * (k + 2) * min(10, max(0, n - 30 - 10 * k)) for k in range(n))
    assert fee("items", n, DAY).amount == 100 * max(0, min(n, 30) - 10) + sum(tiers)
    pages = 10 * min(max(n - 30, 0), 70) + 20 * min(max(n - 100, 0), 100) + 40 * max(0, n - 200)
    assert fee("pages", n, DAY).amount == pages


def test_the_reckoning_of_a_fee_is_shown() -> None:
    reckoned = fee("items", 45, DAY)
    assert sum(line.count for line in reckoned.lines) == 45
    assert "第41至45件5件×300元＝1500元" in reckoned.text


def test_no_fee_before_the_tariff_and_none_for_less_than_nothing() -> None:
    with pytest.raises(LawError, match="不能收费"):
        fee("items", 45, date(2020, 12, 31))
    with pytest.raises(LawError, match="负数"):
        fee("pages", -1, DAY)


def test_the_categories_stand_in_the_order_of_the_regulation() -> None:
    assert len(article_19_tests()) == 3
    assert [(found.article, found.item) for found in categories()] == [(20, item) for item in range(1, 16)]
    assert [found.article for found in categories(local=True)] == [20] * 15 + [21] * 7
    assert category("statistics").rule == "条例第二十条第（四）项"
    assert category("others").rule == "条例第二十条第（十五）项"
    assert category("land_expropriation").text == "土地征收"
    with pytest.raises(LawError, match="没有编号为"):
        category("weather")


MADE = date(2018, 3, 1)


@pytest.mark.parametrize(
    ("term", "on", "status", "counted"),
    [
        (Term(MADE), "2022-01-01", Validity.IN_FORCE, True),
        (Term(MADE), "2018-02-28", Validity.IN_FORCE, False),
        (Term(MADE, expires=date(2020, 2, 29)), "2020-02-29", Validity.IN_FORCE, True),
        (Term(MADE, expires=date(2020, 2, 29)), "2020-03-01", Validity.LAPSED, False),
        (Term(MADE, repealed=date(2020, 6, 1)), "2020-05-31", Validity.IN_FORCE, True),
        (Term(MADE, repealed=date(2020, 6, 1)), "2020-06-01", Validity.REPEALED, False),
        (Term(MADE, date(2020, 2, 29), date(2020, 6, 1)), "2020-04-01", Validity.LAPSED, False),
        (Term(MADE, date(2020, 2, 29), date(2020, 6, 1)), "2020-07-01", Validity.REPEALED, False),
        (Term(MADE, amended=date(2020, 6, 1)), "2020-07-01", Validity.AMENDED, True),
    ],
)
def test_validity_on_a_day(term: Term, on: str, status: Validity, counted: bool) -> None:
    day = date.fromisoformat(on)
    assert validity(term, day) is status
    assert in_force(term, day) is counted


@pytest.mark.parametrize(
    ("until", "repealed", "out"),
    [
        (None, None, None),
        (date(2020, 12, 31), None, date(2021, 1, 1)),
        (date(2020, 12, 31), date(2020, 6, 1), date(2020, 6, 1)),
        (date(2020, 5, 31), date(2020, 7, 1), date(2020, 6, 1)),
    ],
)
def test_a_document_ends_with_its_repeal_or_the_day_after_its_period(
    until: date | None, repealed: date | None, out: date | None
) -> None:
    assert ended_on(repealed, until) == out


_LATER = st.none() | st.dates(MADE, date(2024, 12, 31))


@given(repealed=_LATER, expires=_LATER, day=st.dates(MADE, date(2025, 12, 31)))
def test_a_document_is_in_force_until_the_day_it_ends(repealed: date | None, expires: date | None, day: date) -> None:
    ended = ended_on(repealed, expires)
    assert in_force(Term(MADE, expires, repealed), day) is (ended is None or day < ended)


def test_a_document_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(LawError, match="废止日期（2017年1月1日）早于施行日期"):
        Term(MADE, repealed=date(2017, 1, 1))


def test_periods_reminders_and_the_two_yearly_clean_up() -> None:
    assert default_expiry(MADE, interim=False) == date(2023, 2, 28)
    assert default_expiry(MADE, interim=True) == date(2020, 2, 29)
    assert expiry_reminders(Term(MADE, date(2020, 2, 29))) == (
        date(2019, 12, 1),
        date(2020, 1, 30),
        date(2020, 2, 22),
    )
    assert expiry_reminders(Term(MADE, MADE + timedelta(days=40))) == (
        MADE + timedelta(days=10),
        MADE + timedelta(days=33),
    ), "none before it is in force"
    assert expiry_reminders(Term(MADE)) == ()
    assert expiry_reminders(Term(MADE, date(2020, 2, 29), repealed=date(2019, 1, 1))) == ()
    assert next_cleanup(date(2020, 12, 31)) == date(2022, 12, 31)
    assert add_months(date(2020, 1, 31), 1) == date(2020, 2, 29)
