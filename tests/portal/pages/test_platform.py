"""The disclosure platform says what the Regulation asks for, from what is published."""

from __future__ import annotations

from types import SimpleNamespace

from django.test import Client

from gongkai.law.categories import categories
from gongkai.portal.models import Column, ItemType

from .conftest import Reader, adopt, links, texts
from .test_reading import document


def test_every_part_is_there_at_the_address_that_all_sites_use(site: SimpleNamespace, read: Reader) -> None:
    for path in ("/zfxxgkzn/", "/zfxxgkzd/", "/fdzdgknr/", "/zfxxgknb/", "/ysqgk/"):
        page = read(path)
        assert links(page, ".side.platform a") == ["/zfxxgkzn/", "/zfxxgkzd/", "/fdzdgknr/", "/zfxxgknb/", "/ysqgk/"]
        assert [node.attributes["href"] for node in page.css(".side a[aria-current]")] == [path]


def test_the_platform_is_there_before_anybody_made_columns(client: Client, read: Reader, agency: object) -> None:
    Column.objects.all().delete()
    for path in ("/", "/zfxxgkzn/", "/zfxxgkzd/", "/fdzdgknr/", "/ysqgk/", "/map/"):
        read(path)
    read("/zfxxgkzd/index_2.html", 404)


def test_the_guide_follows_from_the_agency_until_one_is_published(site: SimpleNamespace, read: Reader) -> None:
    made = read("/zfxxgkzn/")
    for fact in ("温州市统计局办公室", "鹿城区学院中路303号", "0577-88960000", "0577-88960001", "xxgk@tjj.example"):
        assert fact in (made.html or ""), fact
    adopt(
        site, "政府信息公开指南", "信息公开指南", "2020-03-02 09:00", type=ItemType.PAGE,
        body=[("paragraph", "<p>本机关编制本指南。</p>")],
    )  # fmt: skip
    written = read("/zfxxgkzn/")
    assert "本机关编制本指南。" in written.css_first(".body").text()
    assert "修订日期：2020-03-02" in (written.html or "")


def test_statutory_content_is_listed_by_article_20_and_21_in_order_and_linked(
    site: SimpleNamespace, read: Reader
) -> None:
    law = document(site)
    figure = adopt(site, "统计公报", "统计数据", "2020-03-02 09:00")
    page = read("/fdzdgknr/")
    assert texts(page, ".category h2") == [each.text for each in categories(local=True)]
    assert links(page, "section[aria-labelledby=rules_and_documents] .rows a") == [f"/art/{law.pk}.html"]
    assert links(page, "section[aria-labelledby=statistics] .rows a") == [f"/art/{figure.pk}.html"]
    assert "/tjsj/" in links(page, "section[aria-labelledby=statistics] .hint a"), "the column is linked"
    assert "目前没有公开的信息" in page.css_first("section[aria-labelledby=fees]").text()


def test_each_category_has_pages_of_its_own(site: SimpleNamespace, read: Reader) -> None:
    for number in range(22):
        adopt(site, f"公报{number:02}", "统计数据", f"2020-03-{number + 1:02} 09:00")
    assert len(read("/fdzdgknr/statistics/").css(".rows li")) == 20
    assert texts(read("/fdzdgknr/statistics/index_2.html"), ".rows a") == ["公报01", "公报00"]
    read("/fdzdgknr/nonsense/", 404)


def test_how_to_apply_names_every_channel_and_asks_for_no_purpose(site: SimpleNamespace, read: Reader) -> None:
    page = read("/ysqgk/")
    assert texts(page, ".channels dt") == ["当面提交", "邮寄", "互联网", "传真", "口头提出"]
    content = page.css_first("main").text()
    for words in ("325009", "0577-88960001", "20 个工作日", "7 个工作日", "不需要说明申请的用途"):
        assert words in content, words


def test_regulations_of_the_bureau_stand_under_their_door(site: SimpleNamespace, read: Reader) -> None:
    item = adopt(site, "公开工作制度", "信息公开制度", "2020-03-02 09:00")
    assert f"/art/{item.pk}.html" in links(read("/zfxxgkzd/"), ".rows a")
