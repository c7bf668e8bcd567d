"""What a citizen sees: published reports only, readable without scripts, files under their Chinese names."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual.read import read_bytes
from gongkai.bureau.models import Agency
from gongkai.reporting import services
from gongkai.reporting.models import AnnualReport

from . import world
from .test_services import finished

pytestmark = pytest.mark.anywhere


@pytest.fixture
def published(year_2020: Agency) -> AnnualReport:
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    return services.publish(year_2020, world.YEAR)


def page(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status, path
    return LexborHTMLParser(response.content.decode())


def test_the_first_page_leads_to_the_library_and_the_check(client: Client, agency: Agency) -> None:
    links = {node.attributes["href"] for node in page(client, "/").css("main a")}
    assert {"/zfxxgknb/", "/zfxxgknb/hecha/"} <= links


def test_an_installation_without_an_agency_says_what_to_do(client: Client, db: None) -> None:
    assert "gongkai agency" in (page(client, "/").html or "")
    assert "还没有发布" in (page(client, "/zfxxgknb/").html or "")


def test_a_draft_is_nobodys_business(client: Client, year_2020: Agency) -> None:
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    assert not page(client, "/zfxxgknb/").css("main td")
    page(client, "/zfxxgknb/2020/", 404)
    page(client, "/zfxxgknb/2020/download/pdf/", 404)


def test_the_published_report_is_the_official_form_without_links_into_the_back_office(
    client: Client, published: AnnualReport
) -> None:
    library = page(client, "/zfxxgknb/")
    link = library.css_first("main td a")
    assert link is not None
    assert link.attributes["href"] == "/zfxxgknb/2020/"
    found = page(client, "/zfxxgknb/2020/")
    assert [node.text() for node in found.css("h1")] == ["温州市统计局2020年政府信息公开工作年度报告"]
    cells = {node.attributes["data-cell"]: node.text(strip=True) for node in found.css("td[data-cell]")}
    assert cells["3.received.total"] == str(published.as_published().value("3.received.total"))
    assert "/admin/" not in (found.html or "")
    assert published.digest in (found.html or "")


def test_what_is_public_is_what_was_published_and_not_what_is_recorded_now(
    client: Client, published: AnnualReport
) -> None:
    before = published.as_published().value("3.received.total")
    world.application(published.agency, "later", date(2020, 5, 6))
    cell = page(client, "/zfxxgknb/2020/").css_first('td[data-cell="3.received.total"]')
    assert cell is not None
    assert cell.text(strip=True) == str(before)
    services.publish(published.agency, world.YEAR)
    cell = page(client, "/zfxxgknb/2020/").css_first('td[data-cell="3.received.total"]')
    assert cell is not None
    assert cell.text(strip=True) == str((before or 0) + 1)
    assert len(page(client, "/zfxxgknb/").css("main td a")) == 1, "one row a year: the latest version"


def test_bodies_below_have_addresses_of_their_own(client: Client, published: AnnualReport) -> None:
    county = published.agency.add_child(code="county", name="县统计局")
    services.save_prose(county, world.YEAR, finished(county))
    services.publish(county, world.YEAR)
    links = [node.attributes["href"] for node in page(client, "/zfxxgknb/").css("main td a")]
    assert links == ["/zfxxgknb/2020/", "/zfxxgknb/2020/county/"]
    assert "县统计局2020年" in (page(client, "/zfxxgknb/2020/county/").html or "")
    assert client.get("/zfxxgknb/2020/county/download/json/").status_code == 200


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("html", "text/html; charset=utf-8"),
        ("json", "application/json"),
    ],
)
def test_files_have_their_type_and_a_chinese_name(
    client: Client, published: AnnualReport, ending: str, media_type: str
) -> None:
    response = client.get(f"/zfxxgknb/2020/download/{ending}/")
    assert response["Content-Type"] == media_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%B8%A9")
    assert read_bytes(response.content, f"x.{ending}").tables == published.as_published().tables


def test_the_published_json_has_the_published_digest(client: Client, published: AnnualReport) -> None:
    content = client.get("/zfxxgknb/2020/download/json/").content
    assert services.digest_of(content.decode()) == published.digest


def test_pages_load_one_style_sheet_and_nothing_from_elsewhere(client: Client, published: AnnualReport) -> None:
    for path in ("/", "/zfxxgknb/", "/zfxxgknb/2020/", "/zfxxgknb/hecha/", "/nothing-here/"):
        response = client.get(path)
        found = LexborHTMLParser(response.content.decode())
        assert not found.css("iframe, style, [style], script:not([src]):not([type='application/ld+json'])"), path
        (sheet,) = found.css("link[rel=stylesheet]")
        served = client.get(str(sheet.attributes["href"]))
        assert served["Content-Type"].startswith("text/css")
        assert "immutable" in served["Cache-Control"]
        assert len(response.content) + len(served.content) < 100_000, "a reading page stays light"
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_a_page_that_is_not_there_says_so_in_chinese(client: Client, agency: Agency) -> None:
    assert "没有这个页面" in (page(client, "/zfxxgknb/1999/", 404).html or "")


def test_nothing_is_changed_by_reading(client: Client, published: AnnualReport) -> None:
    for path in ("/", "/zfxxgknb/", "/zfxxgknb/2020/"):
        assert client.post(path).status_code == 405
