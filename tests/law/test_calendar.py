"""The working-day calendar: published totals, notices, provisional years, and arithmetic against a plain count."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import LawError
from gongkai.law.calendar import (
    CalendarOverride,
    WorkingCalendar,
    bundled_local_orders,
    national_calendar,
    parse_override,
)

NATIONAL = national_calendar()
DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))

NOTICE_2027 = """
reference = "国办发明电〔2026〕1号"
announces = 2027
[[holiday]]
name = "元旦"
off = ["2027-01-01..2027-01-03"]
work = ["2026-12-27"]
[[holiday]]
name = "春节"
off = ["2027年2月5日..2027年2月11日"]
work = ["2027.2.14", "2027-02-20"]
"""


@pytest.mark.parametrize(
    ("year", "working_days"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_working_days_of_the_year_are_those_of_the_published_notices(year: int, working_days: int) -> None:
    assert NATIONAL.working_days_of(year) == working_days


@pytest.mark.parametrize("day", ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"])
def test_weekend_make_up_days_of_2020_are_worked(day: str) -> None:
    made_up = date.fromisoformat(f"2020-{day}")
    assert made_up.weekday() >= 5
    assert NATIONAL.is_working_day(made_up)


@pytest.mark.parametrize(
    ("after", "count", "expected"),
    [
        ("2022-09-30", 20, "2022-11-02"),
        ("2011-06-01", 15, "2011-06-23"),  # guiding case 26
        ("2022-10-01", 1, "2022-10-08"),
        ("2022-12-30", 1, "2023-01-03"),
        ("2023-01-03", -1, "2022-12-30"),
        ("2022-10-08", -1, "2022-09-30"),
        ("2022-10-02", -1, "2022-09-30"),
        ("2022-10-02", 0, "2022-10-02"),
        # 16 of the 249 days of 2020 are past, 233 are left, the 17th of 2021 is 26 January.
        ("2020-01-22", 250, "2021-01-26"),
    ],
)
def test_working_days_are_counted_from_the_day_after(after: str, count: int, expected: str) -> None:
    start, end = date.fromisoformat(after), NATIONAL.add_working_days(date.fromisoformat(after), count)
    assert end == date.fromisoformat(expected)
    if count > 0:
        assert NATIONAL.working_days_between(start, end) == count


def plain_count(calendar: WorkingCalendar, day: date, count: int) -> date:
    while count:
        day += timedelta(days=1 if count > 0 else -1)
        if calendar.is_working_day(day):
            count -= 1 if count > 0 else -1
    return day


@given(DAYS, st.integers(-60, 300))
def test_the_index_agrees_with_counting_on_the_fingers(day: date, count: int) -> None:
    assert NATIONAL.add_working_days(day, count) == plain_count(NATIONAL, day, count)


@given(DAYS, DAYS)
def test_days_between_agree_with_counting_on_the_fingers(one: date, other: date) -> None:
    first, last = sorted((one, other))
    last = min(last, first + timedelta(days=800))
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    assert NATIONAL.working_days_between(first, last) == sum(map(NATIONAL.is_working_day, days))
    assert NATIONAL.working_days_between(last, first) == -NATIONAL.working_days_between(first, last)


@given(st.dictionaries(st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.booleans(), min_size=1, max_size=30), DAYS)
def test_an_override_changes_only_the_days_it_names(days: dict[date, bool], probe: date) -> None:
    changed = NATIONAL.with_overrides(CalendarOverride("某通知", days))
    for day in [probe, *days]:
        assert changed.is_working_day(day) == days.get(day, NATIONAL.is_working_day(day))
    for year in range(2019, 2029):
        difference = sum(working - NATIONAL.is_working_day(day) for day, working in days.items() if day.year == year)
        assert changed.working_days_of(year) == NATIONAL.working_days_of(year) + difference


def test_a_year_nobody_announced_follows_the_weekends_and_is_provisional() -> None:
    new_year = date(NATIONAL.last_announced_year + 1, 1, 1)
    assert NATIONAL.is_provisional(new_year)
    assert not NATIONAL.is_provisional(new_year - timedelta(days=1))
    assert NATIONAL.is_provisional_between(new_year - timedelta(days=9), new_year)
    assert not NATIONAL.is_provisional_between(new_year - timedelta(days=9), new_year - timedelta(days=1))
    assert NATIONAL.is_working_day(date(2101, 1, 3)) is (date(2101, 1, 3).weekday() < 5)
    assert "尚未公布" in NATIONAL.explain(new_year).text


def test_importing_the_notice_of_a_new_year_ends_its_being_provisional_and_leaves_the_old_calendar_alone() -> None:
    notice = parse_override(NOTICE_2027)
    calendar = WorkingCalendar().with_overrides(notice)
    assert calendar.last_announced_year == 2027
    assert not calendar.is_provisional(date(2027, 6, 1))
    assert calendar.is_working_day(date(2027, 2, 14))
    assert calendar.is_working_day(date(2026, 12, 27))
    assert not calendar.is_working_day(date(2027, 2, 8))
    assert NATIONAL.is_provisional(date(2027, 6, 1))
    assert NATIONAL.is_working_day(date(2027, 2, 8))
    explained = calendar.explain(date(2027, 2, 8))
    assert (explained.text, explained.holiday, explained.reference) == ("春节放假", "春节", "国办发明电〔2026〕1号")


def test_a_notice_reads_the_same_from_toml_json_and_a_mapping() -> None:
    form = {"reference": "甲", "announces": 2027, "holiday": [{"name": "元旦", "off": ["2027-01-01"]}]}
    toml = 'reference = "甲"\nannounces = 2027\n[[holiday]]\nname = "元旦"\noff = [2027-01-01]\n'
    assert parse_override(form) == parse_override(json.dumps(form)) == parse_override(toml)
    assert len({parse_override(form), parse_override(toml)}) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("不是", "有效的 TOML"),
        ('reference = "甲"', "没有列出任何日期"),
        ('[[holiday]]\noff = ["2027-01-01"]', "缺少依据"),
        ('reference = "甲"\nyear = 2027', "不认识的项"),
        ('reference = "甲"\n[[holiday]]\noff = ["2027-02-30"]', "没有“2027-02-30”这一天"),
        ('reference = "甲"\n[[holiday]]\noff = ["2027-02-05..2027-02-01"]', "起止颠倒"),
        ('reference = "甲"\n[[holiday]]\noff = ["2027-02-05"]\nwork = ["2027-02-05"]', "既列为放假又列为上班"),
        ('reference = "甲"\nannounces = 2027\n[[holiday]]\noff = ["2028-02-05"]', "却列有2028年2月5日"),
        ('reference = "甲"\nannounces = 2027\nregion = "浙江省"\n[[holiday]]\noff = ["2027-02-05"]', "地方安排"),
        ('reference = "甲"\nannounces = "明年"\n[[holiday]]\noff = ["2027-02-05"]', "应当是年份"),
        ('reference = "甲"\n[[holiday]]\noff = "2027-02-05"', "日期的列表"),
        ('{"reference": "甲", "holiday": [{"name": 1}]}', "name（文字）"),
    ],
)
def test_a_wrong_notice_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(LawError, match=says):
        parse_override(text)


def test_a_local_order_binds_only_its_region() -> None:
    (order,) = bundled_local_orders()
    day = date(2020, 2, 5)
    calendar = NATIONAL.with_overrides(order)
    assert NATIONAL.is_working_day(day)
    assert calendar.is_working_day(day)
    assert not calendar.for_region("330302").is_working_day(day)
    assert calendar.for_region("320500").is_working_day(day)
    named = CalendarOverride("省通知", {day: False}, region="浙江省")
    assert named.applies_in("浙江省温州市")
    assert not named.applies_in("江苏省")


def test_a_local_order_prevails_over_a_national_notice_whichever_came_first() -> None:
    day = date(2027, 3, 1)
    national = CalendarOverride("国", {day: True})
    local = CalendarOverride("省", {day: False}, region="浙江省")
    for notices in ((national, local), (local, national)):
        assert not WorkingCalendar(notices, "浙江省").is_working_day(day)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2022-10-03", "国庆节放假"),
        ("2022-10-08", "国庆节调休上班"),
        ("2022-10-15", "双休日"),
        ("2022-10-17", "工作日"),
        ("2015-09-03", "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日放假"),
    ],
)
def test_why_a_day_is_worked_or_not_is_said_in_chinese(day: str, text: str) -> None:
    assert NATIONAL.explain(date.fromisoformat(day)).text == text


def test_a_moment_counts_as_its_day() -> None:
    assert not NATIONAL.is_working_day(datetime(2022, 10, 3, 9, 0))


def test_a_calendar_is_a_value_and_does_not_change_with_the_mapping_it_was_made_from() -> None:
    days = {date(2027, 3, 1): False}
    override = CalendarOverride("甲", days)
    days[date(2027, 3, 2)] = False
    assert date(2027, 3, 2) not in override.days
    assert WorkingCalendar((override,)) == WorkingCalendar((CalendarOverride("甲", {date(2027, 3, 1): False}),))
