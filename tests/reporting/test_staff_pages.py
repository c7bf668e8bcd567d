"""The pages of the back office: every figure a link that agrees, nothing for those it does not concern."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual.forms import FORM_2019
from gongkai.annual.read import read_bytes
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.reporting import services
from gongkai.reporting.models import AnnualReport

from . import world
from .test_services import finished

pytestmark = pytest.mark.anywhere

REPORT = "/admin/annual-reports/2020/"
MENU = '"/admin/annual-reports/"'


def page(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status, path
    return LexborHTMLParser(response.content.decode())


@pytest.fixture
def signed_in(client: Client, year_2020: Agency, leader: User) -> Client:
    client.force_login(leader)
    return client


def test_every_figure_of_the_form_leads_to_records_that_agree_with_it(signed_in: Client, agency: Agency) -> None:
    found = page(signed_in, REPORT)
    cells = {node.attributes["data-cell"]: node for node in found.css("td[data-cell]")}
    assert set(cells) == {str(cell) for cell in FORM_2019.cells()}
    for code in (
        "2.penalties.decisions",
        "2.permits.change",
        "2.procurement.amount",
        "3.total.total",
        "4.review.total",
    ):
        cell = cells[code]
        link = cell.css_first("a")
        assert link is not None
        assert link.attributes["href"] == f"/admin/annual-reports/2020/cell/{code}/"
        records = page(signed_in, str(link.attributes["href"]))
        agrees = records.css_first(".gk-agrees")
        assert agrees is not None
        assert agrees.text(strip=True).endswith(f"= 表中的数 {cell.text(strip=True).removeprefix('+')}")


def test_every_number_in_the_prose_leads_to_records(signed_in: Client, agency: Agency) -> None:
    links = [node.attributes["href"] for node in page(signed_in, REPORT).css(".gk-report p a")]
    assert any(str(link).startswith("/admin/annual-reports/2020/figure/published.total") for link in links)
    assert any("/sum/" in str(link) for link in links)
    for link in dict.fromkeys(link for link in links if not str(link).startswith("#")):  # to a finding beside it
        agrees = page(signed_in, unescape(str(link))).css_first(".gk-agrees")
        assert agrees is not None
        assert "= 表中的数" in agrees.text(), link


def test_a_list_is_paged_sorted_and_narrowed_in_the_address(signed_in: Client, agency: Agency) -> None:
    for number in range(60):
        world.application(agency, f"n{number:02}", date(2020, 3, 2))
    path = f"{REPORT}cell/3.received.total/"
    assert len(page(signed_in, path).css("tbody tr")) == 50
    assert page(signed_in, f"{path}?p=2").css("tbody tr")
    assert page(signed_in, f"{path}?ordering=received_on").css("tbody tr")
    everyone = page(signed_in, f"{path}results/?applicant_kind=natural_person")
    research = page(signed_in, f"{path}results/?applicant_kind=research")
    assert len(everyone.css("tbody tr")) == 50
    assert {row.css("td")[1].text(strip=True) for row in research.css("tbody tr")} <= {"科研机构"}


def test_a_list_costs_the_same_however_long_it_is(
    signed_in: Client, agency: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(45):
        world.application(agency, f"n{number:02}", date(2020, 3, 2))
    with django_assert_max_num_queries(40):
        page(signed_in, f"{REPORT}cell/3.received.total/")
    with django_assert_max_num_queries(55):
        page(signed_in, REPORT)


def test_a_list_never_shows_who_it_is_about(signed_in: Client) -> None:
    for path in ("cell/3.received.total/", "cell/2.penalties.decisions/", "figure/inquiries.received/"):
        response = signed_in.get(REPORT + path)
        assert response.status_code == 200
        text = response.content.decode()
        assert world.NAME not in text
        assert "13900000000" not in text
        exported = signed_in.get(f"{REPORT}{path}?export=xlsx").getvalue()  # type: ignore[attr-defined]
        values = [str(cell.value) for row in load_workbook(io.BytesIO(exported)).active for cell in row]
        assert len(values) > 5
        assert not any(world.NAME in value or "13900000000" in value for value in values)


def test_a_list_is_taken_along_with_every_page(signed_in: Client, agency: Agency) -> None:
    for number in range(60):
        world.application(agency, f"=n{number:02}", date(2020, 3, 2), kind=world.ApplicantKind.RESEARCH)
    response = signed_in.get(f"{REPORT}cell/3.received.research/?export=xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "filename*=utf-8''" in response["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "登记编号"
    assert len(rows) >= 61
    assert "=n00" in {row[0] for row in rows}, "a number that looks like a formula stays text"


def test_where_the_number_carried_in_comes_from_is_said(signed_in: Client, agency: Agency) -> None:
    path = f"{REPORT}cell/3.carried_in.total/"
    assert "没有 2019 年的报告" in page(signed_in, path).html
    report = services.current(agency, 2019).report
    services.keep_earlier(agency, report, "2019.docx", "0" * 64)
    stated = report.value("3.carried_out.total")
    assert f"2019 年的报告“结转下年度继续办理”总计：{stated} 件" in page(signed_in, path).html


@pytest.mark.parametrize(
    "path",
    [
        "cell/3.nonsense.total/",
        "cell/9/",
        "figure/nobody.keeps/",
        "sum/3.received.total+nobody.keeps/",
        "cell/3.received.total/?group=7",
        "cell/3.received.total/?since=published",
        "download/exe/",
        "versions/1/",
        "rollup/",
        "?form=1999",
        "?agency=nobody",
    ],
)
def test_what_does_not_exist_is_not_found(signed_in: Client, path: str) -> None:
    page(signed_in, REPORT + path, 404)


@pytest.mark.parametrize("year", [2018, 2099])
def test_years_without_a_form_or_not_begun_are_not_found(signed_in: Client, year: int) -> None:
    page(signed_in, f"/admin/annual-reports/{year}/", 404)


PAGES = [
    "",
    "prose/",
    "publish/",
    "cell/3.received.total/",
    "figure/published.total/",
    "sum/3.received.total+3.carried_in.total/",
    "download/json/",
    "versions/1/",
    "versions/1/download/pdf/",
]


@pytest.mark.parametrize("path", PAGES)
def test_other_bodies_reports_do_not_exist_for_us(signed_in: Client, agency: Agency, path: str) -> None:
    other = Agency.add_root(code="other", name="别的局")
    world.populate(other)
    services.save_prose(other, world.YEAR, finished(other))
    services.publish(other, world.YEAR)
    assert signed_in.get(f"{REPORT}{path}?agency=other").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, year_2020: Agency, path: str) -> None:
    response = client.get(REPORT + path)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_an_account_without_an_agency_sees_nothing(client: Client, year_2020: Agency) -> None:
    client.force_login(world.user(None, "nobody", [Role.CLERK]))
    page(client, REPORT, 404)
    assert MENU not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("role", "edits", "publishes"),
    [
        (Role.CLERK, True, False),
        (Role.HANDLER, False, False),
        (Role.REVIEWER, True, False),
        (Role.LEADER, True, True),
        (Role.SECURITY_OFFICER, False, False),
    ],
)
def test_each_role_is_offered_what_it_may_do(
    client: Client, year_2020: Agency, role: Role, edits: bool, publishes: bool
) -> None:
    client.force_login(world.user(year_2020, "somebody", [role]))
    text = page(client, REPORT).html or ""
    assert (f'href="{REPORT}prose/"' in text) is edits
    assert (f'href="{REPORT}publish/"' in text) is publishes
    assert client.get(f"{REPORT}prose/").status_code == (200 if edits else 302)
    assert client.get(f"{REPORT}publish/").status_code == (200 if publishes else 302)
    client.post(f"{REPORT}publish/", {"digest": services.current(year_2020, world.YEAR).digest})
    assert not AnnualReport.objects.filter(state="published").exists(), "nobody has answered the questions yet"


def test_a_supervisor_reads_the_reports_of_the_bodies_below_and_their_sum(client: Client, year_2020: Agency) -> None:
    county = year_2020.add_child(code="county", name="县统计局")
    world.populate(county, seed=5)
    client.force_login(world.user(year_2020, "above", [Role.LEADER], supervising=True))
    assert "县统计局2020年" in (page(client, f"{REPORT}?agency=county").html or "")
    assert client.get(f"{REPORT}prose/?agency=county").status_code == 302, "reading only"
    found = page(client, f"{REPORT}rollup/")
    names = [row.css_first("td").text(strip=True) for row in found.css("#bodies-section tbody tr")]
    assert names == ["温州市统计局", "县统计局"]
    cell = found.css_first('td[data-cell="3.received.total"] a')
    assert cell is not None
    agrees = page(client, str(cell.attributes["href"])).css_first(".gk-agrees")
    assert agrees is not None
    assert agrees.text(strip=True) == f"共 {cell.text(strip=True)} 条 = 表中的数 {cell.text(strip=True)}"
    downloaded = client.get(f"{REPORT}rollup/download/xlsx/")
    assert str(read_bytes(downloaded.content).value("3.received.total")) == cell.text(strip=True)


def test_the_roll_up_asks_no_more_for_more_bodies(
    client: Client, year_2020: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        world.application(year_2020.add_child(code=f"c{number}", name=f"{number}县"), "1", date(2020, 3, 2))
    client.force_login(world.user(year_2020, "above", [Role.LEADER], supervising=True))
    with django_assert_max_num_queries(40):
        page(client, f"{REPORT}rollup/")


def test_findings_stand_beside_the_report_and_point_into_it(signed_in: Client, agency: Agency) -> None:
    services.save_prose(agency, world.YEAR, finished(agency) | {"1": ["全年新收政府信息公开申请9999件。"]})
    found = page(signed_in, REPORT)
    finding = found.css_first(".findings li.fail")
    assert finding is not None
    assert "自相矛盾" in finding.text()
    anchors = [str(node.attributes["href"]).removeprefix("#") for node in finding.css("a")]
    assert anchors
    identities = {node.attributes["id"] for node in found.css("[id]")}
    assert set(anchors) <= identities
    mark = found.css_first("mark")
    assert mark is not None
    assert "9999" in mark.text()
    assert "疑问1" in (found.css_first(".gk-noted") or mark).text()


def test_bad_prose_comes_back_as_it_was_typed_with_the_reason(signed_in: Client, agency: Agency) -> None:
    typed = "第一段。\n第二段{3.nonsense.total}。"
    response = signed_in.post(f"{REPORT}prose/", {"part_1": typed, "part_5": "问题。"})
    assert response.status_code == 422
    found = LexborHTMLParser(response.content.decode())
    assert (found.css_first("textarea[name=part_1]") or found.root).text().strip() == typed  # type: ignore[union-attr]
    assert "第 2 段" in (found.html or "")
    assert not AnnualReport.objects.exists()


def test_prose_is_saved_and_shown_with_its_numbers(signed_in: Client, agency: Agency) -> None:
    response = signed_in.post(f"{REPORT}prose/", {"part_1": "全年收到{3.received.total}件。", "part_0": ""})
    assert response.status_code == 302
    received = services.current(agency, world.YEAR).report.value("3.received.total")
    assert f"全年收到{received}件。〔疑问" in "".join(
        node.text() for node in page(signed_in, REPORT).css(".gk-report p")
    )


def test_hostile_words_are_printed_and_not_obeyed(signed_in: Client, agency: Agency) -> None:
    services.save_prose(agency, world.YEAR, {"1": ["<script>alert(1)</script>"]})
    text = signed_in.get(REPORT).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text


def test_publishing_shows_the_digest_and_then_publishes_exactly_that(signed_in: Client, agency: Agency) -> None:
    services.save_prose(agency, world.YEAR, finished(agency))
    found = page(signed_in, f"{REPORT}publish/")
    digest = found.css_first("input[name=digest]")
    assert digest is not None
    assert str(digest.attributes["value"]) in (found.css_first(".gk-digest") or digest).text()
    assert signed_in.post(f"{REPORT}publish/", {"digest": "0" * 64}).status_code == 409
    assert signed_in.post(f"{REPORT}publish/", {"digest": digest.attributes["value"]}).status_code == 302
    report = AnnualReport.objects.get(state="published")
    assert report.digest == digest.attributes["value"]
    assert "已发布第1版" in (page(signed_in, REPORT).html or "")
    world.application(agency, "later", date(2020, 5, 6), date(2020, 6, 1))
    changed = page(signed_in, REPORT)
    assert len(changed.css(".gk-changes tbody tr")) == 6
    since = changed.css_first(".gk-changes tbody tr td:last-child a")
    assert since is not None
    assert len(page(signed_in, unescape(str(since.attributes["href"]))).css("tbody tr")) == 1
    assert report.digest in (page(signed_in, f"{REPORT}versions/1/").html or "")


def test_a_report_with_failures_offers_no_way_to_publish(signed_in: Client, agency: Agency) -> None:
    services.save_prose(agency, world.YEAR, finished(agency) | {"1": ["全年新收政府信息公开申请9999件。"]})
    found = page(signed_in, f"{REPORT}publish/")
    assert not found.css("input[name=digest]")
    assert "不能发布" in (found.html or "")
    response = signed_in.post(f"{REPORT}publish/", {"digest": services.current(agency, world.YEAR).digest})
    assert response.status_code == 409
    assert not AnnualReport.objects.filter(state="published").exists()


def test_publishing_needs_the_forms_own_token(year_2020: Agency, leader: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(leader)
    assert client.post(f"{REPORT}publish/", {"digest": ""}).status_code == 403


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "xlsx", "json"])
def test_every_download_reads_back_as_the_report_on_screen(signed_in: Client, agency: Agency, ending: str) -> None:
    response = signed_in.get(f"{REPORT}download/{ending}/")
    disposition = response["Content-Disposition"]
    assert re.fullmatch(rf"attachment; filename\*=utf-8''(%[0-9A-F]{{2}}|\w)+\.{ending}", disposition)
    read = read_bytes(response.content, f"x.{ending}")
    assert read.tables == services.current(agency, world.YEAR).report.tables


def test_the_list_of_years_says_where_each_stands(signed_in: Client, agency: Agency) -> None:
    services.save_prose(agency, world.YEAR, finished(agency))
    services.publish(agency, world.YEAR)
    rows = {
        row.css_first("td").text(strip=True): row.text()
        for row in page(signed_in, "/admin/annual-reports/").css("tbody tr")
    }
    assert "已发布" in rows["2020年"]
    assert "未编制" in rows["2021年"]
    assert MENU in signed_in.get("/admin/").content.decode()
