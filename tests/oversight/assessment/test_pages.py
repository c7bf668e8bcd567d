"""The page of the self-assessment: what it lists and links, its files, what a person may say there and who may not."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.inquiries.models import Inquiry
from gongkai.law.indicators import Verdict
from gongkai.ledger.models import Entry
from gongkai.oversight.assessment.models import Statement
from gongkai.oversight.assessment.services import state
from gongkai.portal.models import Column, Publication

from ...portal import world

pytestmark = pytest.mark.anywhere

TODAY = timezone.localdate()
PAGE = "/admin/assessment/"


@pytest.fixture
def desk(bureau: SimpleNamespace, client: Client) -> SimpleNamespace:
    """A bureau with one thing of each sort: late, near, unanswered."""
    for name, kind, age in (("要闻", "news", 20), ("公告", "notices", 170), ("互动交流", "interaction", 400)):
        column = Column.objects.create(agency=bureau.agency, name=name, type=kind)
        Publication.objects.create(
            agency=bureau.agency, column=column, kind="news", title=name, published_on=TODAY - timedelta(days=age)
        )
    bureau.inquiry = Inquiry.objects.create(
        agency=bureau.agency, number="留2020001", subject="x", source="website", status="open",
        received_on=TODAY - timedelta(days=100),
    )  # fmt: skip
    client.force_login(bureau.author)
    bureau.client = client
    return bureau


def page(client: Client, path: str = PAGE, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status, path
    return LexborHTMLParser(response.content.decode())


def line(found: LexborHTMLParser, code: str) -> str:
    node = found.css_first(f'[data-indicator="{code}"]')
    return " ".join(node.text().split()) if node else ""


def test_the_page_lists_what_is_behind_each_verdict(desk: SimpleNamespace) -> None:
    found = page(desk.client)
    assert found.css_first('[data-indicator="1.5.2"]').attributes["data-verdict"] == "fail"
    links = [a.attributes["href"] or "" for a in found.css('[data-indicator="1.5.2"] .gk-faults a')]
    assert len(links) == 1
    assert desk.client.get(links[0]).status_code == 200
    assert "留言 留2020001" in line(found, "1.5.2")
    assert "怎么办：当天办结所列留言" in line(found, "1.5.2")
    assert "要闻" in line(found, "1.4.1")
    assert "公告" in line(found, "1.4.1")
    assert "还有" in line(found, "1.4.1")
    assert "网站单项否决：不合格" in " ".join(found.body.text().split())


def test_every_link_behind_a_verdict_leads_somewhere(desk: SimpleNamespace) -> None:
    pages = [page(desk.client, f"{PAGE}?pack={pack}") for pack in ("national", "suqian")]
    links = {a.attributes["href"] or "" for found in pages for a in found.css(".gk-faults a")}
    assert len(links) > 5
    assert {desk.client.get(link, follow=True).status_code for link in links} <= {200}


@pytest.mark.parametrize(("verdict", "there", "not_there"), [("fail", "1.5.2", "1.5.1"), ("pass", "1.5.1", "1.5.2")])
def test_the_numbers_lead_to_exactly_those(desk: SimpleNamespace, verdict: str, there: str, not_there: str) -> None:
    cards = {a.text().split()[0]: a for a in page(desk.client).css(".gk-number-card a")}
    label = Verdict(verdict).label
    narrowed = page(desk.client, PAGE + (cards[label].attributes["href"] or "").partition(PAGE)[2])
    shown = [node.attributes["data-indicator"] for node in narrowed.css("[data-indicator]")]
    assert str(len(shown)) == cards[label].text().split()[1]
    assert there in shown
    assert not_there not in shown


def test_files(desk: SimpleNamespace) -> None:
    book = load_workbook(BytesIO(desk.client.get(f"{PAGE}download/xlsx/").content)).active
    rows = {row[1].value: row for row in book.iter_rows(min_row=4)}
    assert (rows["1.5.2"][3].value, "留2020001" in rows["1.5.2"][5].value) == ("不通过", True)
    word = Document(BytesIO(desk.client.get(f"{PAGE}download/docx/?pack=suqian").content))
    assert len(word.tables[0].rows) == 68
    assert desk.client.get(f"{PAGE}download/exe/").status_code == 404
    assert desk.client.get(f"{PAGE}?pack=none").status_code == 404


def test_a_person_says_what_the_records_do_not(desk: SimpleNamespace) -> None:
    address = f"{PAGE}state/national:1.1.1/"
    assert "严重表述错误" in page(desk.client, address).body.text()
    empty = desk.client.post(address, {"verdict": "pass", "evidence": " "})
    assert (empty.status_code, "请写明判断的依据" in empty.content.decode()) == (422, True)
    long = desk.client.post(address, {"verdict": "pass", "evidence": "长" * 1001})
    assert (long.status_code, "最多 1000 字" in long.content.decode(), "长长长" in long.content.decode()) == (
        422,
        True,
        True,
    )
    odd = desk.client.post(address, {"verdict": "exempt", "evidence": "x"})
    assert odd.status_code == 422
    assert not Statement.objects.exists()
    said = desk.client.post(address, {"verdict": "pass", "evidence": "逐页核对首页和要闻，见 9 月核查记录"})
    assert said.status_code == 302
    assert Entry.objects.filter(stream="oversight.assessment").count() == 1
    assert "逐页核对首页和要闻" in line(page(desk.client), "1.1.1")
    assert desk.client.get(f"{PAGE}state/national:9.9/").status_code == 404
    assert "逐页核对" in page(desk.client, address).body.text(), "what was said before"


def test_the_services_of_the_body_are_said_once(desk: SimpleNamespace) -> None:
    address = f"{PAGE}state/body:services/"
    assert "没有对外服务职能" in page(desk.client, address).body.text()
    desk.client.post(address, {"verdict": "exempt", "evidence": "三定方案"})
    found = page(desk.client)
    assert found.css_first('[data-indicator="1.6.1"]').attributes["data-verdict"] == "exempt"
    assert "扣分按 100−25 分折算" in found.body.text()


def test_others_read_and_do_not_write(desk: SimpleNamespace) -> None:
    without = world.user(desk.agency, "nobody")
    desk.client.force_login(without)
    address = f"{PAGE}state/national:1.1.1/"
    assert desk.client.get(address).status_code in (302, 403), "no post, no word"
    other = Agency.add_root(code="330400-tj", name="嘉兴市统计局")
    stranger = world.user(other, "stranger", Role.LEADER)
    desk.client.force_login(stranger)
    assert desk.client.get(f"{PAGE}?agency={desk.agency.code}").status_code == 404
    assert desk.client.get(f"{address}?agency={desk.agency.code}").status_code == 404
    with pytest.raises(NotPermittedError, match="只有本机关"):
        state(desk.agency, "national:1.1.1", Verdict.PASS, "x", actor=stranger)
    with pytest.raises(NotPermittedError, match="今天之后"):
        state(other, "national:1.1.1", Verdict.PASS, "x", actor=stranger, on=TODAY + timedelta(days=1))


def test_the_queries_of_the_page_are_as_many_whatever_is_recorded(desk: SimpleNamespace) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(desk.client)
        return len(queries)

    count()  # what is asked once for a session
    before = count()
    for number in range(30):
        Inquiry.objects.create(
            agency=desk.agency, number=f"q{number}", subject="x", source="website", status="open",
            received_on=TODAY - timedelta(days=100 + number),
        )  # fmt: skip
        Column.objects.create(agency=desk.agency, name=f"空白{number}")
    assert count() == before
    assert "其余 11 个" in line(page(desk.client), "1.5.2"), "the rest is folded, not left out"
