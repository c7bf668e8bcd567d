"""Figures that the prose names: what they count, and that their lists agree."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.channels.models import Channel
from gongkai.inquiries.models import Closing, Inquiry
from gongkai.reporting import named
from gongkai.reporting.named import NAMED, NamedFigures
from gongkai.reporting.terms import Readings

from . import world


@pytest.fixture
def scope(year_2020: Agency) -> Scope:
    return Scope.of(year_2020, world.YEAR)


def test_every_named_figure_agrees_with_its_records(scope: Scope) -> None:
    lookup = NamedFigures(Readings(scope))
    listed = list(lookup.all())
    assert set(NAMED) < {each.name for each, _ in listed}
    for each, value in listed:
        total = sum(behind.value() for behind in named.records_behind(each.name, scope))
        assert value == (named.rounded(total) if each.is_mean else total), each.name


def test_the_total_is_the_site_and_every_channel(scope: Scope) -> None:
    lookup = NamedFigures(Readings(scope))
    assert lookup("published.total") == (lookup("published.website") or 0) + (lookup("published.wechat") or 0)
    assert lookup("published.website")
    assert lookup("published.wechat")


def test_each_account_is_named_with_its_items_and_issues(scope: Scope) -> None:
    channel = Channel.objects.get()
    titles = {each.name: each.title for each, _ in NamedFigures(Readings(scope)).all()}
    assert titles[f"channel_{channel.pk}.items"] == "“温州统计”发布信息（条）"
    assert titles[f"channel_{channel.pk}.issues"] == "“温州统计”发布信息（期）"


def test_a_name_that_nobody_keeps_has_no_figure(scope: Scope) -> None:
    assert NamedFigures(Readings(scope))("trainings.total") is None
    assert named.find("channel_1.colour") is None
    with pytest.raises(KeyError):
        named.records_behind("trainings.total", scope)


def test_days_are_the_mean_to_one_decimal_and_nothing_where_nothing_was_closed(agency: Agency) -> None:
    scope = Scope.of(agency, world.YEAR)
    assert NamedFigures(Readings(scope))("inquiries.mean_days") is None
    for number, days in enumerate((1, 1, 2, 2, 2)):  # 1.6
        day = date(2020, 5, 6)
        Inquiry.objects.create(
            agency=agency,
            number=str(number),
            subject="",
            source="website",
            received_on=day,
            status="closed",
            closed_on=day + timedelta(days=days),
            closing=Closing.PUBLIC,
            days=days,
        )
    assert NamedFigures(Readings(scope))("inquiries.mean_days") == Decimal("1.6")


def test_an_application_is_overdue_when_answered_or_open_after_its_due_date(agency: Agency) -> None:
    world.application(agency, "in time", date(2020, 3, 2), date(2020, 3, 30))
    world.application(agency, "late", date(2020, 3, 2), date(2020, 3, 31))
    world.application(agency, "open", date(2020, 3, 2))
    world.application(agency, "late last year", date(2019, 3, 2), date(2019, 5, 1))
    world.application(agency, "not due yet", date(2020, 12, 30))
    scope = Scope.of(agency, world.YEAR)
    behind = named.records_behind("applications.overdue", scope)
    assert {record.number for each in behind for record in each.records} == {"late", "open"}


@given(st.integers(0, 9), st.integers(0, 99))
def test_a_mean_is_rounded_once(tenths: int, rest: int) -> None:
    """1.449 is 1.4: rounding it to cents first would make 1.5 of it."""
    mean = Decimal(f"1.{tenths}{rest:02}")
    assert named.rounded(mean) == Decimal(f"1.{tenths}") + (Decimal("0.1") if rest >= 50 else 0)
