"""The bell, the list, what one chooses, and what the administrator sees of the background work."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import User
from gongkai.bureau.roles import Role
from gongkai.notices import queries
from gongkai.notices.models import Delivery, Notice, Preference, ScheduledRun
from gongkai.notices.services import notify, settle

from ..desk.words import foreign_of
from ..reporting import world

pytestmark = pytest.mark.anywhere

LIST = "/admin/notices/"
SETTINGS = "/admin/notices/settings/"
JOBS = "/admin/notices/jobs/"
CHOICE = {"email": "urgent", "sms": "all", "mobile": "13800000000", "quiet_from": "19:00", "quiet_until": "07:30"}
KNOWN = ("reader", "tjj", "example", "cn")


@pytest.fixture
def reader(keeper: User) -> User:
    """Somebody who may enter the back office."""
    staff = world.user(keeper.agency, "reader", [Role.CLERK])
    staff.email = "reader@tjj.example.cn"
    staff.save()
    return staff


@pytest.fixture
def as_reader(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def told(reader: User, keeper: User) -> User:
    """A reader with three notices, one of them urgent, one settled; another person has one too."""
    notify(
        [reader, keeper], "栏目“统计数据”今天应当更新", "最近一次更新是 2 月 3 日。", url="/admin/import/", key="duty:1"
    )
    notify([reader], "栏目“通知公告”已超期 3 天", "", key="duty:2", urgent=True)
    notify([reader], "文件将于 7 天后失效", "", key="document:1")
    settle("document")
    return reader


def page(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status, path
    return LexborHTMLParser(response.content.decode())


def subjects(found: LexborHTMLParser) -> list[str]:
    return [each.text(strip=True) for each in found.css(".gk-notice__subject")]


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as spent:
        page(client, path)
    return len(spent)


def test_the_list_has_ones_own_notices_and_says_how_each_stands(as_reader: Client, told: User) -> None:
    found = page(as_reader, LIST)
    assert subjects(found) == ["文件将于 7 天后失效", "栏目“通知公告”已超期 3 天", "栏目“统计数据”今天应当更新"]
    marks = [[tag.text() for tag in each.css(".gk-tag")] for each in found.css(".gk-notice")]
    assert marks == [["已办结"], ["紧急", "未读"], ["未读"]]
    assert len(found.css(".gk-notice input[type=checkbox]")) == 2


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("unread", ["栏目“通知公告”已超期 3 天", "栏目“统计数据”今天应当更新"]),
        ("settled", ["文件将于 7 天后失效"]),
        ("read", []),
    ],
)
def test_the_list_can_be_narrowed(as_reader: Client, told: User, state: str, expected: list[str]) -> None:
    assert subjects(page(as_reader, f"{LIST}?state={state}")) == expected
    assert subjects(page(as_reader, f"{LIST}results/?state={state}")) == expected


def test_opening_a_notice_reads_it_and_leads_to_what_it_is_about(as_reader: Client, told: User) -> None:
    notice = Notice.objects.get(recipient=told, key="duty:1")
    response = as_reader.get(f"{LIST}{notice.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/admin/import/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_another_persons_notice_does_not_exist(as_reader: Client, told: User, keeper: User) -> None:
    foreign = Notice.objects.get(recipient=keeper)
    page(as_reader, f"{LIST}{foreign.pk}/", 404)
    as_reader.post(f"{LIST}read/", {"id": str(foreign.pk)})
    foreign.refresh_from_db()
    assert foreign.read_at is None


@pytest.mark.parametrize(("chosen", "left", "said"), [("one", 1, "1 条"), ("all", 0, "2 条"), ("none", 2, "没有选择")])
def test_notices_are_marked_as_read(as_reader: Client, told: User, chosen: str, left: int, said: str) -> None:
    notice = Notice.objects.get(recipient=told, key="duty:2")
    data = {"one": {"id": str(notice.pk)}, "all": {"all": "1"}, "none": {}}[chosen]
    response = as_reader.post(f"{LIST}read/", data | {"next": f"{LIST}?state=unread"}, follow=True)
    assert response.redirect_chain == [(f"{LIST}?state=unread", 302)]
    assert said in response.content.decode()
    assert queries.unread_count(told) == left


def test_a_broken_request_is_refused_and_nobody_is_led_outside(as_reader: Client, told: User) -> None:
    assert as_reader.post(f"{LIST}read/", {"id": "1"}).status_code == 400
    assert as_reader.get(f"{LIST}read/").status_code == 405
    away = as_reader.post(f"{LIST}read/", {"all": "1", "next": "https://elsewhere.example/"})
    assert away["Location"] == LIST


def test_the_bell_counts_and_the_first_screen_shows_the_urgent_first(as_reader: Client, told: User) -> None:
    html = as_reader.get("/admin/").content.decode()
    # The menu is data for the browser.
    assert f'"label": {json.dumps("提醒（2）")}' in html or '"label": "提醒（2）"' in html
    part = LexborHTMLParser(html).css_first("[aria-labelledby=gk-told]")
    assert part is not None
    assert "2 条未读" in part.text()
    shown = [each.text(strip=True) for each in part.css(".gk-notice")]
    assert len(shown) == 2
    assert "栏目“通知公告”已超期 3 天" in shown[0]
    assert shown[0].startswith("紧急")
    queries.unread(told).update(read_at=timezone.now())
    assert page(as_reader, "/admin/").css_first("[aria-labelledby=gk-told]") is None


def test_pages_cost_the_same_however_many_notices_there_are(as_reader: Client, told: User) -> None:
    paths = (LIST, f"{LIST}?state=unread", "/admin/")
    for path in paths:
        page(as_reader, path)
    before = [cost(as_reader, path) for path in paths]
    for number in range(20):
        notify([told], f"事项 {number}", "", key=f"more:{number}")
    assert [cost(as_reader, path) for path in paths] == before


def test_what_one_chooses_is_kept_and_shown_again(as_reader: Client, reader: User) -> None:
    assert "reader@tjj.example.cn" in (page(as_reader, SETTINGS).html or "")
    assert as_reader.post(SETTINGS, CHOICE).status_code == 302
    chosen = Preference.objects.get(user=reader)
    assert (chosen.email, chosen.sms, chosen.mobile) == ("urgent", "all", "13800000000")
    assert (chosen.quiet_from, chosen.quiet_until, chosen.working_days_only) == (time(19), time(7, 30), False)
    field = page(as_reader, SETTINGS).css_first("#id_quiet_from")
    assert field is not None
    assert field.attributes["value"] == "19:00"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mobile": "0577-88960000"}, "请填写 11 位的手机号码"),
        ({"mobile": "12345"}, "请填写 11 位的手机号码"),
        ({"mobile": ""}, "要收短信，请填写手机号码"),
        ({"quiet_from": "晚上八点"}, "请写成 20:00 这样的时间"),
        ({"quiet_until": ""}, "请填写时间"),
    ],
    ids=str,
)
def test_a_choice_that_cannot_be_comes_back_filled_in(
    as_reader: Client, reader: User, wrong: dict[str, str], said: str
) -> None:
    response = as_reader.post(SETTINGS, CHOICE | wrong)
    assert response.status_code == 422
    html = response.content.decode()
    assert said in html
    assert foreign_of(html, *KNOWN, "EMAIL", "URL") == set()
    ((name, value),) = wrong.items()
    kept = LexborHTMLParser(html).css_first(f"#id_{name}")
    assert kept is not None
    assert (kept.attributes.get("value") or "") == value
    assert not Preference.objects.exists()


@pytest.mark.parametrize("path", [LIST, f"{LIST}?state=read", SETTINGS])
def test_staff_read_chinese(as_reader: Client, told: User, path: str) -> None:
    assert foreign_of(as_reader.get(path).content.decode(), *KNOWN) == set()


def test_an_empty_list_says_what_will_stand_there(as_reader: Client) -> None:
    assert "还没有提醒" in (page(as_reader, LIST).html or "")


# --- the administrator -------------------------------------------------------------------------------


@pytest.fixture
def administrator(client: Client, reader: User) -> Client:
    reader.is_superuser = True
    reader.save()
    client.force_login(reader)
    return client


def run(job: str, **more: Any) -> ScheduledRun:
    due: datetime = more.pop("due_at", timezone.now())
    return ScheduledRun.objects.create(job=job, due_at=due, attempts=1, **more)


def test_the_background_work_is_the_administrators(as_reader: Client) -> None:
    assert "后台进程" not in as_reader.get(JOBS, follow=True).content.decode()
    assert as_reader.post(JOBS).status_code in {302, 403}


def test_the_administrator_sees_jobs_runs_and_what_waits(administrator: Client, told: User) -> None:
    run("notices.forget", state="done", note="清理 3 条运行记录", finished_at=timezone.now())
    run("gone.job", state="given_up", error="builtins.OSError（x.py:1）")
    Delivery.objects.filter(notice__key="duty:1").update(state="given_up")
    html = administrator.get(JOBS).content.decode()
    for said in (
        "清理后台任务的历史",
        "每天 03:30",
        "清理 3 条运行记录",
        "没有完成",
        "builtins.OSError",
        "还没有运行过",
    ):
        assert said in html
    assert "已放弃的 2 条再发一次" in html
    assert foreign_of(html, *KNOWN, "gone", "job", "EMAIL", "URL", "GONGKAI", "SMS") == set()
    administrator.post(JOBS)
    assert not Delivery.objects.filter(state="given_up").exists()


def test_the_administrators_page_costs_the_same_however_much_there_is(administrator: Client, told: User) -> None:
    run("a.a")
    page(administrator, JOBS)
    before = cost(administrator, JOBS)
    for number in range(20):
        run(f"a.{number}", due_at=timezone.now() - timedelta(hours=number))
    assert cost(administrator, JOBS) == before
