"""What programs read of the site: tags, feeds, maps, addresses of the former site, how long a page keeps."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.test import Client
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from gongkai.portal import services
from gongkai.portal.models import ItemType, OldAddress
from gongkai.portal.views import feeds

from .. import world
from .conftest import Reader, adopt, links
from .test_reading import document

pytestmark = pytest.mark.anywhere


def tags(page: LexborHTMLParser) -> dict[str, str]:
    return {str(node.attributes["name"]): str(node.attributes["content"]) for node in page.css("meta[name]")}


SITE = {"SiteName": "温州市统计局", "SiteDomain": "testserver", "SiteIDCode": "3303000077"}
COLUMN = {
    "ColumnName": "市局动态",
    "ColumnDescription": "市局动态",
    "ColumnKeywords": "市局动态",
    "ColumnType": "动态要闻",
}


def test_pages_carry_the_tags_that_the_inspection_looks_for(site: SimpleNamespace, read: Reader) -> None:
    item = adopt(
        site, "会议召开", "市局动态", "2020-03-02 09:30", source="浙江日报", keywords="会议", summary="会议概述"
    )
    asked = {
        "/": SITE,
        "/gzdt/sjdt/": SITE | COLUMN,
        f"/art/{item.pk}.html": SITE
        | COLUMN
        | {
            "ArticleTitle": "会议召开",
            "PubDate": "2020-03-02 09:30",
            "ContentSource": "浙江日报",
            "Keywords": "会议",
            "Description": "会议概述",
            "Url": f"http://testserver/art/{item.pk}.html",
        },
    }
    for path, expected in asked.items():
        found = tags(read(path))
        del found["viewport"]
        assert found == expected, path
    for path in ("/zfxxgkzn/", "/zfxxgkzd/", "/fdzdgknr/", "/ysqgk/", "/zfxxgknb/", "/fbrc/"):
        assert {"ColumnName", "ColumnType"} <= tags(read(path)).keys(), path


def test_every_address_is_the_registered_one(site: SimpleNamespace, read: Reader) -> None:
    site.agency.website = "https://tjj.example/"
    site.agency.save()
    page = read("/gzdt/sjdt/?style=elder&year=2020")
    assert page.css_first("link[rel=canonical]").attributes["href"] == "https://tjj.example/gzdt/sjdt/"
    assert tags(page)["SiteDomain"] == "tjj.example"


@pytest.mark.parametrize("title", ["会议</script><script>alert(1)</script>", 'A & B "C" <b>'])
def test_structured_data_can_be_read_and_ends_nothing(site: SimpleNamespace, read: Reader, title: str) -> None:
    item = adopt(site, title, "市局动态", "2020-03-02 09:30")
    page = read(f"/art/{item.pk}.html")
    (script,) = page.css('script[type="application/ld+json"]')
    found = json.loads(script.text())
    assert (found["@type"], found["headline"]) == ("NewsArticle", title)
    assert len(page.css("script")) == 2, "this and the one of the search field"


def test_feeds_can_be_read(site: SimpleNamespace, client: Client) -> None:
    first = adopt(site, "会议\x0b召开", "市局动态", "2020-03-02 09:30")
    adopt(site, "通知", "通知公告", "2020-03-03 09:30")
    for path, titles in (
        ("/rss.xml", ["通知", "会议召开"]),
        ("/gzdt/rss.xml", ["通知", "会议召开"]),
        ("/gzdt/sjdt/rss.xml", ["会议召开"]),
        ("/tjsj/rss.xml", []),
    ):
        response = client.get(path)
        assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
        feed = etree.fromstring(response.content)
        assert feed.xpath("//item/title/text()") == titles, path
        assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert f"/art/{first.pk}.html" in client.get("/gzdt/sjdt/rss.xml").content.decode()
    assert "Last-Modified" in client.get("/rss.xml").headers
    assert client.get("/nothing/rss.xml").status_code == 404


def test_the_map_for_search_engines_has_every_item_once(
    site: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "OF_A_PART", 2)
    items = [adopt(site, f"动态{number}", "市局动态", f"2020-03-0{number + 1} 09:30") for number in range(5)]
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = etree.fromstring(client.get("/sitemap.xml").content).xpath("//s:loc/text()", namespaces=space)
    assert [each.removeprefix("http://testserver") for each in index] == [
        "/sitemap-columns.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml",
    ]  # fmt: skip
    listed = [
        each
        for path in index[1:]
        for each in etree.fromstring(client.get(path).content).xpath("//s:loc/text()", namespaces=space)
    ]
    assert listed == [f"http://testserver/art/{item.pk}.html" for item in items]
    assert "/gzdt/sjdt/" in client.get("/sitemap-columns.xml").content.decode()
    assert client.get("/sitemap-4.xml").status_code == client.get("/sitemap-0.xml").status_code == 404
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots


@pytest.mark.parametrize("old", ["/art/2020/1/28/art_1229340211_3840179.html", "/xx.jsp?id=12", "/旧栏目/1.htm"])
def test_an_address_of_the_former_site_leads_on_for_good(site: SimpleNamespace, client: Client, old: str) -> None:
    item = adopt(site, "会议", "市局动态", "2020-03-02 09:30")
    OldAddress.objects.create(agency=site.agency, path=old, item=item)
    OldAddress.objects.create(agency=site.agency, path="/col/col123/index.html", column=site.column)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, f"/art/{item.pk}.html")
    assert client.get("/col/col123/index.html")["Location"] == "/gzdt/sjdt/"
    services.withdraw(item, site.leader, "有误")
    assert client.get(old).status_code == 404
    assert client.post(old).status_code == 404


def test_what_is_not_there_says_so_with_a_search_field(site: SimpleNamespace, read: Reader) -> None:
    for path in ("/nothing/", "/gzdt/nothing/", "/art/999999.html", "/a/b/c/d", "/Gzdt/"):
        page = read(path, 404)
        assert "没有这个页面" in page.css_first("h1").text(), path
        assert page.css("form[role=search]"), path
        assert "noindex" in tags(page)["robots"]


def test_an_address_without_its_slash_is_understood(site: SimpleNamespace, client: Client) -> None:
    response = client.get("/gzdt/sjdt")
    assert (response.status_code, response["Location"]) == (301, "/gzdt/sjdt/")


def test_a_page_is_sent_again_only_when_it_has_changed(site: SimpleNamespace, client: Client) -> None:
    item = adopt(site, "会议", "市局动态", "2020-03-02 09:30")
    for path in ("/", "/gzdt/sjdt/", f"/art/{item.pk}.html", "/fdzdgknr/", "/search/?q=会议"):
        response = client.get(path)
        assert response["Cache-Control"] == "no-cache"
        assert "Cookie" in response["Vary"], "长者版 has the same address"
        tag = {"If-None-Match": response["ETag"]}
        assert client.get(path, headers=tag).status_code == 304, path
        assert client.get(f"{path}{'&' if '?' in path else '?'}style=elder", headers=tag).status_code == 200, path
        client.cookies.clear()
    tag = {"If-None-Match": client.get("/gzdt/sjdt/")["ETag"]}
    adopt(site, "又一次会议", "市局动态", "2020-03-03 09:30")
    assert client.get("/gzdt/sjdt/", headers=tag).status_code == 200


def test_large_type_is_remembered_and_works_without_cookies(site: SimpleNamespace, client: Client) -> None:
    assert "elder" not in client.get("/").content.decode().split("<head>")[0]
    first = client.get("/gzdt/sjdt/?style=elder&year=2020")
    page = LexborHTMLParser(first.content.decode())
    assert page.css("html.elder")
    assert "/gzdt/sjdt/?style=standard&year=2020" in links(page, ".tools a"), "the same page the other way"
    assert LexborHTMLParser(client.get("/").content.decode()).css("html.elder"), "remembered"
    client.get("/?style=standard")
    assert not LexborHTMLParser(client.get("/").content.decode()).css("html.elder")
    assert "style" not in client.get("/?style=nonsense").cookies


def test_pages_are_light_and_load_nothing_from_elsewhere(site: SimpleNamespace, client: Client) -> None:
    law = document(site)
    for number in range(21):
        adopt(site, f"动态{number}", "市局动态", f"2020-03-{number + 1:02} 09:30")
    paths = ("/", "/gzdt/", "/gzdt/sjdt/", f"/art/{law.pk}.html", "/fdzdgknr/", "/ysqgk/", "/search/?q=动态", "/map/")
    for path in (*paths, "/zfxxgkzn/", "/fbrc/", "/site/wza/", "/site/yssm/", "/nothing/"):
        response = client.get(path)
        page = LexborHTMLParser(response.content.decode())
        assert not page.css("style, [style], iframe, [onclick]"), path
        (sheet,) = page.css("link[rel=stylesheet]")
        (script,) = page.css("script[src]")
        loaded = [client.get(str(sheet.attributes["href"])), client.get(str(script.attributes["src"]))]
        assert all("immutable" in each["Cache-Control"] for each in loaded)
        assert sum(len(each.content) for each in [response, *loaded]) < 100_000, path
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        assert all(node.attributes.get("type") == "application/ld+json" for node in page.css("script:not([src])"))


def test_a_proof_looks_like_the_page_and_says_that_it_is_none(site: SimpleNamespace, client: Client) -> None:
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from gongkai.portal.snapshot import cut, shown

    item = world.draft(site, "未公开的通知", type=ItemType.NOTICE)
    request = RequestFactory().get("/admin/")
    html = render_to_string("portal/article.html", shown(cut(item, keep_files=False).content, item), request)
    page = LexborHTMLParser(html)
    assert page.css_first(".bar").text(strip=True) == "清样，尚未公开"
    assert page.css_first("h1").text() == "未公开的通知"
    assert "noindex" in tags(page)["robots"]
    assert "PubDate" not in tags(page)
