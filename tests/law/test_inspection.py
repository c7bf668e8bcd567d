"""检查指标: how long a column may stay without an update, to the very day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import LawError
from gongkai.law.inspection import Freshness, Period, period_of, standing, vetoes
from gongkai.law.parameters import standard_parameters

TODAY = date(2020, 3, 2)


@pytest.mark.parametrize(
    ("kind", "own", "period"),
    [
        ("news", None, "14 天"),
        ("notices", None, "6 个月"),
        ("documents", None, "6 个月"),
        ("interpretations", None, "6 个月"),
        ("overview", None, "None"),
        ("data", 31, "31 天"),
        ("news", 7, "7 天"),
    ],
)
def test_the_period_is_the_bureaus_own_or_that_of_the_kind(kind: str, own: int | None, period: str) -> None:
    assert str(period_of(kind, own, TODAY)) == period


def test_there_was_no_period_before_the_indicators() -> None:
    with pytest.raises(LawError, match="没有施行中的规定"):
        period_of("news", None, date(2019, 3, 31))


def test_a_period_in_a_unit_that_is_none_is_refused() -> None:
    odd = """
        [[parameter]]
        code = "update_news"
        value = 2
        unit = "周"
        since = 2019-04-01
        reference = "x"
        sureness = "V"
    """
    with pytest.raises(LawError, match="单位应为"):
        period_of("news", None, TODAY, standard_parameters().corrected(odd))


@pytest.mark.parametrize(
    ("fed", "kind", "own", "freshness", "due", "days", "is_long"),
    [
        # Two weeks; reminded when a quarter, three whole days, is left.
        ("2020-03-02", "news", None, "fresh", "2020-03-16", 14, False),
        ("2020-02-21", "news", None, "fresh", "2020-03-06", 4, False),
        ("2020-02-20", "news", None, "due_soon", "2020-03-05", 3, False),
        ("2020-02-17", "news", None, "due_soon", "2020-03-02", 0, False),  # the very day, over 29 February
        ("2020-02-16", "news", None, "late", "2020-03-01", -1, False),
        ("2020-02-03", "news", None, "late", "2020-02-17", -14, False),
        ("2020-02-02", "news", None, "late", "2020-02-16", -15, True),  # past twice the period
        # Six months: from the last of August to the last of February.
        ("2019-08-31", "notices", None, "late", "2020-02-29", -2, False),
        ("2019-09-02", "notices", None, "due_soon", "2020-03-02", 0, False),
        ("2019-10-20", "notices", None, "fresh", "2020-04-20", 49, False),
        ("2019-10-15", "notices", None, "due_soon", "2020-04-15", 44, False),
        # However short the period, two days are given.
        ("2020-03-01", "other", 3, "due_soon", "2020-03-04", 2, False),
        ("2020-02-01", "overview", None, "free", None, None, False),
        (None, "overview", None, "blank", None, None, False),
        (None, "news", None, "blank", None, None, False),
    ],
)
def test_how_a_column_stands(
    fed: str | None, kind: str, own: int | None, freshness: str, due: str | None, days: int | None, is_long: bool
) -> None:
    found = standing(fed and date.fromisoformat(fed), period_of(kind, own, TODAY), TODAY)
    assert (found.freshness, found.due, found.days, found.is_long) == (
        freshness,
        due and date.fromisoformat(due),
        days,
        is_long,
    )


@given(
    fed=st.dates(date(2019, 4, 1), date(2024, 12, 31)),
    days=st.integers(1, 1000),
    unit=st.sampled_from(["日", "月"]),
    later=st.integers(0, 3000),
)
def test_a_column_only_grows_staler_and_is_late_after_its_last_day(fed: date, days: int, unit: str, later: int) -> None:
    period = Period(days if unit == "日" else days % 24 + 1, unit, "")
    now, then = (standing(fed, period, fed + timedelta(days=by)) for by in (later, later + 1))
    order = [Freshness.FRESH, Freshness.DUE_SOON, Freshness.LATE]
    assert order.index(then.freshness) >= order.index(now.freshness)
    assert (now.freshness is Freshness.LATE) == (fed + timedelta(days=later) > period.last_day(fed))


def test_columns_are_counted_towards_the_vetoes_of_the_whole_site() -> None:
    late, blank = Freshness.LATE, Freshness.BLANK
    site = [("news", late)] * 3 + [("notices", late), ("documents", late), ("data", late)] * 1 + [("other", blank)] * 4
    found = vetoes(site, TODAY)
    assert [(each.count, each.limit, each.fails) for each in found] == [(5, 5, True), (6, 10, False), (4, 5, False)]
