"""A notice of holidays binds from the moment the office has taken it in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings

from gongkai.bureau.calendar import add_notice, folder_of_notices, working_calendar
from gongkai.law.errors import LawError

NOTICE = """
reference = "国办发明电〔2026〕99号"
announces = 2027
[[holiday]]
name = "元旦"
off = ["2027-01-01..2027-01-03"]
[[holiday]]
name = "春节"
off = ["2027-02-05..2027-02-11"]
work = ["2027-02-14"]
"""
LOCAL = """
reference = "某市临时放假安排"
region = "330300"
[[holiday]]
name = "台风"
off = ["2027-03-02"]
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.toml"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> None:
    with override_settings(HOME=tmp_path / "home"):
        yield


def test_without_notices_the_next_year_is_provisional() -> None:
    assert working_calendar().is_provisional(date(2027, 2, 8))


def test_a_notice_binds_at_once_and_replaces_the_one_of_its_number(notice: Path) -> None:
    working_calendar()
    add_notice(notice)
    assert not working_calendar().is_provisional(date(2027, 2, 8))
    assert not working_calendar().is_working_day(date(2027, 2, 8))
    assert working_calendar().is_working_day(date(2027, 2, 14))
    notice.write_text(NOTICE.replace('work = ["2027-02-14"]', ""), encoding="utf-8")
    add_notice(notice)
    assert not working_calendar().is_working_day(date(2027, 2, 14))
    assert len(list(folder_of_notices().iterdir())) == 1


def test_a_local_order_binds_only_where_the_installation_is(tmp_path: Path) -> None:
    order = tmp_path / "地方.toml"
    order.write_text(LOCAL, encoding="utf-8")
    add_notice(order)
    assert working_calendar().is_working_day(date(2027, 3, 2))
    with override_settings(REGION="330302", HOME=folder_of_notices().parent / "."):
        add_notice(order)
        assert not working_calendar().is_working_day(date(2027, 3, 2))


def test_what_is_no_notice_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "错.toml"
    path.write_text('reference = "某通知"\nholidays = 3', encoding="utf-8")
    with pytest.raises(LawError, match="不认识的项"):
        add_notice(path)
    assert not folder_of_notices().exists()
