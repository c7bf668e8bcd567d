"""互动交流 as a visitor meets it: writing, looking up, reading answers; without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau import spam
from gongkai.bureau.models import Agency
from gongkai.inquiries import services
from gongkai.inquiries.models import Answer, Arrival, Inquiry
from gongkai.inquiries.public import asking
from gongkai.notices.models import Notice
from gongkai.portal.models import Column

from .conftest import PUBLIC, World

pytestmark = pytest.mark.django_db
ASK, RECEIPT, STATUS, ANSWERS = "/hdjl/liuyan/", "/hdjl/liuyan/huizhi/", "/hdjl/liuyan/chaxun/", "/hdjl/dafu/"
GIVEN = {"subject": "咨询指数", "text": "什么时候发布？", "name": "王小明", "contact": "wang@example.cn"}


def ask(client: Client, **more: str) -> Any:
    page = LexborHTMLParser(client.get(ASK).content.decode())
    token = page.css_first("input[name=token]")
    assert token is not None
    return client.post(ASK, {**GIVEN, "token": token.attributes["value"], **more})


def receipt(client: Client) -> tuple[str, str]:
    page = LexborHTMLParser(client.get(RECEIPT).content.decode())
    number, code = (page.css_first(name) for name in ("#number", "#code"))
    assert number is not None
    assert code is not None
    return number.text(), code.text()


def test_a_message_is_registered_once_and_its_asker_follows_and_rates_it(client: Client, world: World) -> None:
    answer = ask(client)
    assert (answer.status_code, answer["Location"]) == (303, RECEIPT)
    number, code = receipt(client)
    inquiry = Inquiry.objects.get()
    assert (inquiry.number, inquiry.source, inquiry.stage, inquiry.text) == (number, "website", "new", "什么时候发布？")
    notice = Notice.objects.get()
    assert notice.recipient == world.people["clerk"]
    assert not any(value in notice.subject + notice.text for value in GIVEN.values())
    page = client.post(STATUS, {"number": number, "code": code.lower().replace("-", " ")}).content.decode()
    assert "前答复" in page
    assert "提交评价" not in page
    day = inquiry.received_on
    services.assign(inquiry, day, world.division, actor=world.people["clerk"])
    services.submit(inquiry, day, PUBLIC, actor=world.people["handler"])
    services.approve(inquiry, day, actor=world.people["reviewer"])
    shown = client.post(STATUS, {"number": number, "code": code})
    assert PUBLIC.reply in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store, private"
    passing = re.search(r'name="pass" value="([^"]+)"', shown.content.decode())
    assert passing is not None
    assert client.post(STATUS, {"pass": passing[1]}).status_code == 400
    voted = client.post(STATUS, {"pass": passing[1], "rating": "satisfied"}).content.decode()
    assert "您的评价：满意" in voted
    assert client.post(STATUS, {"pass": passing[1], "rating": "satisfied"}).status_code == 409
    assert client.post(STATUS, {"pass": "forged", "rating": "satisfied"}).status_code == 403
    client.post(RECEIPT)
    assert client.get(RECEIPT).status_code == 404


def test_a_form_sent_twice_is_one_message_and_a_faulty_one_comes_back_filled_in(client: Client, world: World) -> None:
    page = LexborHTMLParser(client.get(ASK).content.decode())
    token = page.css_first("input[name=token]").attributes["value"]  # type: ignore[union-attr]
    wrong = client.post(ASK, {**GIVEN, "contact": "电话", "token": token})
    assert wrong.status_code == 400
    assert "请填写电话号码或者电子邮箱" in wrong.content.decode()
    assert "什么时候发布？" in wrong.content.decode()
    assert client.post(ASK, {**GIVEN, "token": "old"}).status_code == 400
    for _ in range(2):
        assert client.post(ASK, {**GIVEN, "token": token}).status_code == 303
    assert Inquiry.objects.count() == 1


def test_nobody_has_to_say_who_they_are_and_spam_is_marked_not_refused(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(client, name="", contact="", wants_private="on").status_code == 303
    first = Arrival.objects.select_related("inquiry").get()
    assert (first.inquiry.asker, first.wants_private) == (None, True)
    monkeypatch.setattr(spam, "FASTEST", 3600.0)
    monkeypatch.setattr(asking, "TIMES", 4)
    assert ask(client, website="x", text="http://spam.example").status_code == 303
    assert Arrival.objects.latest("pk").suspicion == "honeypot,too_fast,links"
    codes = [ask(client).status_code for _ in range(3)]
    assert codes == [303, 303, 429]


@pytest.mark.parametrize(("number", "code", "status"), [("", "", 400), ("LY202600001", "X", 403)])
def test_whoever_has_not_the_code_learns_nothing(
    client: Client, world: World, number: str, code: str, status: int
) -> None:
    ask(client)
    answer = client.post(STATUS, {"number": number, "code": code})
    assert answer.status_code == status
    assert "什么时候发布" not in answer.content.decode()


def test_answers_are_read_searched_and_narrowed_without_the_asker(client: Client, world: World) -> None:
    assert "还没有公开的答复" in client.get(ANSWERS).content.decode()
    world.answered()
    answer = Answer.objects.get()
    page = client.get(ANSWERS).content.decode()
    assert "平均办理时间 0.0 天" in page
    assert PUBLIC.title in page
    for query, shows in (
        ("q=价格 发布", True),
        ("q=粮食", False),
        ("department=城市调查处", True),
        ("department=农业处", False),
        ("year=1999", False),
        (f"year={answer.published_on.year}&p=99", True),
    ):
        assert (f"/hdjl/dafu/{answer.pk}.html" in client.get(f"{ANSWERS}?{query}").content.decode()) is shows, query
    one = client.get(f"/hdjl/dafu/{answer.pk}.html").content.decode()
    assert PUBLIC.reply in one
    assert "王小明" not in one + page
    assert PUBLIC.title in client.get("/").content.decode()
    services.hide(answer.inquiry, answer.published_on, "privacy")
    assert client.get(f"/hdjl/dafu/{answer.pk}.html").status_code == 404
    assert PUBLIC.title not in client.get("/").content.decode()


def test_lists_take_the_same_queries_however_long_they_are(client: Client, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(ANSWERS)
        return len(captured)

    world.answered()
    queries()
    one = queries()
    for _ in range(3):
        world.answered()
    assert queries() == one


def test_there_is_no_page_before_there_is_an_agency(client: Client, db: None) -> None:
    assert not Agency.objects.exists()
    assert client.get(ASK).status_code == 404


def test_the_column_of_the_site_leads_there(client: Client, world: World) -> None:
    Column.objects.create(agency=world.agency, name="互动交流", slug="hdjl")
    page = client.get("/hdjl/").content.decode()
    assert f'href="{ASK}"' in page
    assert f'href="{ANSWERS}"' in page
