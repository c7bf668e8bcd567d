"""What a reader finds on the first page, in the columns, and on the page of an item."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.portal import services
from gongkai.portal.models import Column, Item, ItemType
from gongkai.portal.models.item import Effect, EffectKind

from .. import world
from .conftest import Reader, adopt, links, texts

pytestmark = pytest.mark.anywhere


def document(site: SimpleNamespace, title: str = "统计管理办法", **fields: object) -> object:
    values = {
        "type": ItemType.DOCUMENT,
        "document_class": "normative_documents",
        "document_number": "温统〔2020〕12号",
        "formed_on": date(2020, 1, 3),
        "effective_on": date(2020, 2, 1),
        "topic": "统计",
        **fields,
    }
    return adopt(site, title, "政策文件", "2020-01-06 09:00", **values)


def test_the_first_page_has_what_is_new_and_the_doors_of_the_platform(site: SimpleNamespace, read: Reader) -> None:
    news = adopt(site, "调研座谈会召开", "市局动态", "2020-03-02 09:00")
    notice = adopt(site, "关于报送报表的通知", "通知公告", "2020-03-01 09:00")
    law = document(site)
    explained = adopt(
        site, "一图读懂管理办法", "政策解读", "2020-03-03 09:00", type=ItemType.INTERPRETATION, interprets=law
    )
    page = read("/")
    assert links(page, "section[aria-labelledby=news] .rows a") == [f"/art/{news.pk}.html"]
    assert links(page, "section[aria-labelledby=notices] .rows a") == [f"/art/{notice.pk}.html"]
    assert texts(page, "section[aria-labelledby=news] time") == ["2020-03-02"]
    assert links(page, ".pairs a") == [f"/art/{explained.pk}.html", f"/art/{law.pk}.html"], "paired with its document"
    assert links(page, ".platform-doors li a") == ["/zfxxgkzn/", "/zfxxgkzd/", "/fdzdgknr/", "/zfxxgknb/", "/ysqgk/"]
    assert [node.attributes.get("href") for node in page.css(".nav-row a")][:3] == ["/", "/gzdt/", "/tjsj/"]


def test_nothing_is_read_anywhere_before_its_minute_or_after_it_was_withdrawn(
    site: SimpleNamespace, read: Reader, client: Client
) -> None:
    later = world.published(site, "明天公布的数据", release_at=timezone.now() + timedelta(days=1))
    taken = world.published(site, "撤下的消息")
    services.withdraw(taken, site.leader, "内容有误")
    for path in ("/", "/gzdt/", "/gzdt/sjdt/", "/rss.xml", "/gzdt/sjdt/rss.xml", "/search/?q=消息 公布", "/fdzdgknr/"):
        content = client.get(path).content.decode()
        assert "明天公布的数据" not in content, path
        assert "撤下的消息" not in content, path
    read(f"/art/{later.pk}.html", 404)
    assert "已由发布机关撤下" in (read(f"/art/{taken.pk}.html", 410).html or "")
    assert client.get("/sitemap-1.xml").status_code == 404, "nothing is public"


def test_what_is_restored_is_read_again_by_who_saw_that_it_was_gone(
    site: SimpleNamespace, client: Client, read: Reader
) -> None:
    item = world.published(site, "撤下又恢复的消息")
    services.withdraw(item, site.leader, "有误")
    gone = client.get(f"/art/{item.pk}.html")
    assert gone.status_code == 410
    assert "no-cache" in gone.headers["Cache-Control"], "browsers keep a bare 410 for ever"
    services.restore(Item.objects.get(pk=item.pk), site.leader, "无误")
    read(f"/art/{item.pk}.html")


def test_a_draft_and_what_is_under_review_are_nobodys_business(site: SimpleNamespace, read: Reader) -> None:
    item = world.draft(site)
    read(f"/art/{item.pk}.html", 404)
    services.submit(item, site.author)
    read(f"/art/{item.pk}.html", 404)


def test_what_is_read_is_what_was_approved_and_not_what_was_typed_since(site: SimpleNamespace, read: Reader) -> None:
    item = adopt(site, "会议召开", "市局动态", "2020-03-02 09:30")
    item.title = "改过的标题"
    item.body = [("paragraph", "<p>改过的正文。</p>")]
    item.save()
    page = read(f"/art/{item.pk}.html")
    assert texts(page, "h1") == ["会议召开"]
    assert "改过" not in (page.html or "")
    assert "发布日期：2020-03-02 09:30" in page.css_first(".byline").text()


def test_a_document_tells_its_particulars_and_that_it_has_lapsed(site: SimpleNamespace, read: Reader) -> None:
    item = document(site, expires_on=date(2024, 1, 31))
    page = read(f"/art/{item.pk}.html")
    facts = dict(zip(texts(page, ".particulars dt"), texts(page, ".particulars dd"), strict=True))
    assert facts["索引号"].startswith("330300-tj/2020-")
    assert facts | {"索引号": ""} == {
        "索引号": "",
        "主题分类": "统计",
        "公开方式": "主动公开",
        "发文机关": "温州市统计局",
        "文号": "温统〔2020〕12号",
        "成文日期": "2020年1月3日",
        "发布日期": "2020年1月6日",
        "文件类别": "行政规范性文件",
        "施行日期": "2020年2月1日",
        "有效期至": "2024年1月31日",
        "有效性": "失效",
        "公开依据": "条例第二十条第（一）项：行政法规、规章和规范性文件",
    }
    assert texts(page, ".bar") == ["本文件已失效，有效期至2024年1月31日"]
    assert texts(read("/zwgk/zcwj/"), ".badge") == ["失效"]


def test_repeal_links_both_documents(site: SimpleNamespace, read: Reader) -> None:
    old = document(site)
    new = world.draft(
        site,
        "关于废止统计管理办法的通知",
        column=site.columns["政策文件"],
        type=ItemType.DOCUMENT,
        formed_on=date(2020, 5, 6),
        document_number="温统〔2020〕30号",
        document_class="normative_documents",
    )
    Effect.objects.create(item=new, target=old.publication, kind=EffectKind.REPEALED, on=date(2020, 6, 1))
    world.approve(site, new, at=world.moment("2020-05-08 10:00"))
    page = read(f"/art/{old.pk}.html")
    assert texts(page, ".bar") == ["本文件自2020年6月1日起废止，见《关于废止统计管理办法的通知》"]
    assert f"/art/{new.pk}.html" in links(page, ".bar a")
    assert f"/art/{old.pk}.html" in links(read(f"/art/{new.pk}.html"), ".related a")


def test_a_document_and_what_explains_it_link_to_each_other(site: SimpleNamespace, read: Reader) -> None:
    law = document(site)
    explained = adopt(site, "图解", "政策解读", "2020-03-03 09:00", type=ItemType.INTERPRETATION, interprets=law)
    assert links(read(f"/art/{law.pk}.html"), ".related a") == [f"/art/{explained.pk}.html"]
    assert links(read(f"/art/{explained.pk}.html"), ".pair a") == [f"/art/{law.pk}.html"]


def test_a_text_approved_again_says_when(site: SimpleNamespace, read: Reader) -> None:
    item = world.published(site, at=world.moment("2020-03-02 09:30"))
    assert "更新日期" not in read(f"/art/{item.pk}.html").css_first(".byline").text()
    item.summary = "补充了概述"
    item.save()
    services.edited(item, site.author)
    world.approve(site, item, at=world.moment("2020-04-01 09:30"))
    assert "更新日期：2020-04-01" in read(f"/art/{item.pk}.html").css_first(".byline").text()


@pytest.mark.parametrize(
    ("column", "first"), [("市局动态", "工作动态"), ("信息公开制度", "政务公开"), ("统计信用公示", "统计信用公示")]
)
def test_the_menu_says_where_a_text_belongs(site: SimpleNamespace, read: Reader, column: str, first: str) -> None:
    """Parts of the platform have addresses of their own; they belong to the column above them all the same."""
    item = adopt(site, "正文", column, "2020-03-02 09:00")
    assert texts(read(f"/art/{item.pk}.html"), ".nav-row [aria-current]") == [first]


def test_a_list_has_pages_of_twenty_with_links(site: SimpleNamespace, read: Reader) -> None:
    for number in range(23):
        adopt(site, f"动态{number:02}", "市局动态", f"2020-03-{number + 1:02} 09:00")
    first, second = read("/gzdt/sjdt/"), read("/gzdt/sjdt/index_2.html")
    assert texts(first, ".rows a")[:2] == ["动态22", "动态21"]
    assert len(first.css(".rows li")) == 20
    assert texts(second, ".rows a") == ["动态02", "动态01", "动态00"]
    assert links(first, ".leaf a") == ["/gzdt/sjdt/", *["/gzdt/sjdt/index_2.html"] * 2]
    read("/gzdt/sjdt/index_3.html", 404)
    read("/gzdt/sjdt/index_0.html", 404)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["三", "二", "一"]),
        ("?year=2020", ["二", "一"]),
        ("?topic=工业", ["二"]),
        ("?validity=ended", ["一"]),
        ("?validity=in_force&year=2020", ["二"]),
        ("?kind=other", ["三"]),
        ("?year=1999", []),
        ("?year=nonsense&validity=nonsense&kind=nonsense", ["三", "二", "一"]),
    ],
)
def test_a_list_of_documents_is_narrowed_by_the_address(
    site: SimpleNamespace, read: Reader, query: str, titles: list[str]
) -> None:
    document(site, "一", expires_on=date(2024, 1, 31))
    adopt(
        site, "二", "政策文件", "2020-03-02 09:00", type=ItemType.DOCUMENT, document_number="温统〔2020〕2号",
        document_class="normative_documents", topic="工业", formed_on=date(2020, 3, 1),
    )  # fmt: skip
    adopt(
        site, "三", "政策文件", "2021-03-02 09:00", type=ItemType.DOCUMENT, document_number="温统〔2021〕1号",
        document_class="other", topic="统计", formed_on=date(2021, 3, 1),
    )  # fmt: skip
    page = read(f"/zwgk/zcwj/{query}")
    assert texts(page, ".rows a") == titles
    years = texts(page, "select[name=year] option")
    assert years == ["全部", "2021年（1）", "2020年（2）"]
    if "year=2020" in query:
        assert [node.attributes["value"] for node in page.css("select[name=year] option[selected]")] == ["2020"]


def test_a_first_level_column_shows_the_newest_of_those_below_it(site: SimpleNamespace, read: Reader) -> None:
    adopt(site, "动态", "市局动态", "2020-03-01 09:00")
    adopt(site, "通知", "通知公告", "2020-03-02 09:00")
    page = read("/gzdt/")
    assert texts(page, "section h2") == ["市局动态", "通知公告"]
    assert texts(page, "section .rows a") == ["动态", "通知"]


def test_a_column_of_one_page_shows_its_newest_text(site: SimpleNamespace, read: Reader) -> None:
    assert "还没有发布信息" in (read("/jgzn/").html or "")
    adopt(site, "旧职能", "机构职能", "2020-03-01 09:00", type=ItemType.PAGE)
    adopt(
        site, "新职能", "机构职能", "2020-03-02 09:00", type=ItemType.PAGE,
        body=[("paragraph", "<p>负责统计调查。</p>")],
    )  # fmt: skip
    page = read("/jgzn/")
    assert "负责统计调查。" in page.css_first(".body").text()
    assert texts(page, "h1") == ["机构职能"]


def test_a_retired_column_is_not_shown_but_its_items_are(site: SimpleNamespace, read: Reader) -> None:
    item = adopt(site, "动态", "市局动态", "2020-03-01 09:00")
    Column.objects.filter(pk=site.column.pk).update(retired_on=date(2021, 1, 1))
    read("/gzdt/sjdt/", 404)
    assert "/gzdt/sjdt/" not in links(read("/"), "a")
    read(f"/art/{item.pk}.html")


def test_a_link_says_that_it_leads_away(site: SimpleNamespace, read: Reader, client: Client) -> None:
    item = adopt(
        site, "国家统计局", "市局动态", "2020-03-01 09:00", type=ItemType.LINK, link="https://www.stats.gov.cn/sj/"
    )
    page = read(f"/art/{item.pk}.html")
    assert "您将离开本网站" in (page.html or "")
    assert links(page, ".away a") == ["https://www.stats.gov.cn/sj/"]
    assert texts(read("/gzdt/sjdt/"), ".badge") == ["外部链接"]
    site.agency.website = "https://tjj.example"
    site.agency.save()
    own = adopt(site, "公报", "市局动态", "2020-03-01 09:00", type=ItemType.LINK, link="https://tjj.example/gzdt/")
    response = client.get(f"/art/{own.pk}.html")
    assert (response.status_code, response["Location"]) == (302, "https://tjj.example/gzdt/")


def test_a_body_below_has_no_pages_here(site: SimpleNamespace, read: Reader) -> None:
    other = site.agency.add_child(code="county", name="县统计局")
    Column.objects.create(agency=other, name="县局栏目", slug="xjlm")
    read("/xjlm/", 404)
    assert "县局栏目" not in (read("/map/").html or "")
