"""答复期限计算 says on the site what the command says, step by step and day by day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.applications.public.calculator import reckon
from gongkai.bureau.models import Agency
from gongkai.law.calendar import national_calendar
from gongkai.law.clock import Event, EventKind
from gongkai.law.clock_days import counted_days
from gongkai.law.errors import LawError
from gongkai.project.commands.deadline import command

from .visitor import Visitor

pytestmark = pytest.mark.anywhere

HERE = "/ysqgk/jisuan/"
CASES: tuple[tuple[str, list[tuple[str, str, str]]], ...] = (
    ("2022-09-30", []),
    ("2022年9月30日", [("consult-sent", "2022-10-12", ""), ("consult-returned", "2022-10-26", "")]),
    ("2022.9.30", [("extended", "2022-11-01", "10"), ("consult-sent", "2022-10-12", "")]),
    ("20200302", [("corrected", "2020-03-20", "")]),
    ("2020-03-02", [("consult-sent", "2020-03-20", "")]),
    ("2030-01-02", []),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("received", "events"), CASES)
def test_the_page_says_what_the_command_says(
    client: Client, agency: Agency, received: str, events: list[tuple[str, str, str]]
) -> None:
    options = [f"--event={kind}={day}{'+' + days if days else ''}" for kind, day, days in events]
    done = CliRunner().invoke(command, [f"--received={received}", "--json", *options])
    told = json.loads(done.output)
    asked = {"received": received}
    for number, (kind, day, days) in enumerate(events, 1):
        asked |= {f"kind{number}": kind, f"date{number}": day, f"days{number}": days}
    visitor = Visitor(client).get(f"{HERE}?{urlencode(asked)}")
    assert visitor.status == 200, visitor.text
    due = date.fromisoformat(told["due"])
    assert visitor.one("#due").startswith(f"{due.year}年{due.month}月{due.day}日")
    steps = [each.text().strip() for each in visitor.page.css(".answer .what")]
    assert steps == [step["text"] for step in told["steps"]]
    assert ("暂定" in visitor.one(".answer")) is told["provisional"]
    assert visitor.page.css(".answer tbody tr")[-1].css_first("th").text().startswith(f"{due.year}年")  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"received": ""}, "请填写收到申请之日"),
        ({"received": "昨天"}, "不能识别日期"),
        ({"received": "2022-02-30"}, "没有“2022-02-30”这一天"),
        ({"received": "1999-01-01"}, "没有施行中的规定"),
        ({"received": "9999-12-30"}, "超出|没有"),
        ({"received": "2022-09-30", "kind1": "extended"}, "请填写日期"),
        ({"received": "2022-09-30", "date1": "2022-10-12"}, "请选择是什么事项"),
        ({"received": "2022-09-30", "kind1": "eaten", "date1": "2022-10-12"}, "请选择列出的事项"),
        ({"received": "2022-09-30", "kind1": "extended", "date1": "2022-10-12", "days1": "很多"}, "应当是数字"),
        ({"received": "2022-09-30", "kind1": "corrected", "date1": "2022-10-12", "days1": "3"}, "只有延期"),
        ({"received": "2022-09-30", "kind1": "extended", "date1": "2022-10-12", "days1": "21"}, "1至20个工作日"),
        ({"received": "2022-09-30", "kind1": "corrected", "date1": "2022-09-01"}, "早于收到申请之日"),
    ],
)
def test_what_is_wrong_is_said_and_the_form_comes_back(
    client: Client, agency: Agency, asked: dict[str, str], said: str
) -> None:
    visitor = Visitor(client).get(f"{HERE}?{urlencode(asked)}")
    assert visitor.status == 400
    assert any(word in visitor.text for word in said.split("|")), visitor.text
    assert {name: visitor.fields[name] for name in asked if asked[name] != "eaten"} == {
        name: value for name, value in asked.items() if value != "eaten"
    }


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(asked=st.dictionaries(st.sampled_from(["received", "kind1", "date1", "days1"]), st.text(max_size=60)))
def test_whatever_is_typed_is_answered(client: Client, agency: Agency, asked: dict[str, Any]) -> None:
    typed = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    assert client.get(HERE, typed).status_code in {200, 400}


KINDS = st.sampled_from(EventKind)


@given(
    received=st.dates(date(2019, 6, 3), date(2026, 6, 1)),
    events=st.lists(st.tuples(KINDS, st.integers(0, 60)), max_size=4),
)
def test_the_days_that_count_are_the_period_and_the_last_one_is_the_due_date(
    received: date, events: list[tuple[EventKind, int]]
) -> None:
    happened = [Event(kind, received + timedelta(days=after)) for kind, after in sorted(events, key=lambda e: e[1])]
    try:
        answer = reckon(received, happened)
    except LawError:
        return
    days = list(counted_days(received, happened, national_calendar()))
    assert answer.days == days
    assert [day.date for day in days] == [
        received + timedelta(days=offset) for offset in range((answer.deadline.due - received).days + 1)
    ]
    numbers = [day.number for day in days if day.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert days[-1].number in (20, 40) or answer.deadline.due == received
    assert all(day.why for day in days if day.number is None), "whatever does not count has a reason"


@pytest.mark.django_db
def test_a_week_is_explained_day_by_day(client: Client, agency: Agency) -> None:
    visitor = Visitor(client).get(f"{HERE}?received=2022-09-30")
    rows = [[cell.text().strip() for cell in row.css("th, td")] for row in visitor.page.css(".answer tbody tr")]
    assert rows[0][1:] == ["—", "收到申请之日，不计入"]
    by_day = {row[0][:10].rstrip("（"): row[1:] for row in rows}
    assert by_day["2022年10月1日"] == ["—", "国庆节放假"]
    assert by_day["2022年10月8日"] == ["1", "国庆节调休上班"]
