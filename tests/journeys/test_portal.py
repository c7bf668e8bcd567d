"""A citizen on a phone and at a desk: reading, finding, by keyboard alone, in large type, without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.bureau.models import Agency
from gongkai.portal import services
from gongkai.portal.models import Indicator, ItemType, ReleasePlan
from gongkai.reporting import services as reports

from ..portal import world
from ..portal.pages.conftest import adopt, columns
from ..portal.pages.test_reading import document
from ..reporting import world as records
from ..reporting.test_services import finished
from .test_annual_report import tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Check = Callable[[Page], None]
CHART = {
    "form": "column", "title": "2020年各季度生产总值", "unit": "亿元", "direction": "down", "indicator": "",
    "text": "时期\t生产总值\n一季度\t1401.6\n二季度\t1613.9\n三季度\t1776.5", "periods": 10, "source": "温州市统计局",
    "as_of": "2020年", "note": "初步核算数",
}  # fmt: skip


@pytest.fixture
def site() -> SimpleNamespace:
    """A site with something of every kind; addresses in ``paths``."""
    agency = Agency.add_root(
        code="330300-tj", name="温州市统计局", telephone="0577-00000000", address="鹿城区", site_code="3303000077"
    )
    site = columns(world.populate(agency))
    indicator = Indicator.objects.create(agency=agency, name="生产总值", unit="亿元", headline=1, method="初步核算。")
    law = document(site, "渔港调查管理办法", expires_on=date(2024, 1, 31))
    explained = adopt(
        site, "一图读懂渔港调查", "政策解读", "2020-02-03 09:00", type=ItemType.INTERPRETATION, interprets=law
    )
    for number in range(3):
        figure = adopt(
            site, f"2020年{number + 1}季度生产总值", "统计数据", f"2020-0{number + 4}-20 10:00", type=ItemType.RELEASE,
            indicator=indicator, period=f"2020-Q{number + 1}", value="1401.6", growth=f"{number - 1}.5",
            body=[("paragraph", "<p>初步核算。</p>"), ("chart", CHART)],
        )  # fmt: skip
    for number in range(22):
        news = adopt(site, f"市局动态第{number}条", "市局动态", f"2020-03-{number + 1:02} 09:00")
    adopt(site, "关于做好渔港调查的通知", "通知公告", "2020-03-01 09:00", type=ItemType.NOTICE)
    away = adopt(
        site, "国家统计局", "通知公告", "2020-03-02 09:00", type=ItemType.LINK, link="https://www.stats.gov.cn/"
    )
    adopt(site, "机构职能", "机构职能", "2020-03-02 09:00", type=ItemType.PAGE)
    gone = adopt(site, "撤下的消息", "市局动态", "2020-02-01 09:00")
    services.withdraw(gone, site.leader, "有误")
    now = timezone.now()
    for days in (-10, 20):
        ReleasePlan.objects.create(
            agency=agency,
            indicator=indicator,
            title="生产总值",
            period="2020-Q3",
            release_at=now + timedelta(days=days),
        )
    items = {"law": law, "explained": explained, "figure": figure, "news": news, "away": away, "gone": gone}
    site.paths = {name: f"/art/{item.pk}.html" for name, item in items.items()} | {"series": f"/zb/{indicator.pk}/"}
    return site


PAGES = (
    "/", "/gzdt/", "/gzdt/sjdt/", "/gzdt/sjdt/index_2.html", "/zwgk/zcwj/", "/zwgk/zcwj/?year=1999", "/jgzn/",
    "/zfxxgkzn/", "/zfxxgkzd/", "/fdzdgknr/", "/fdzdgknr/statistics/", "/zfxxgknb/", "/ysqgk/", "/fbrc/",
    "/search/", "/search/?q=渔港", "/search/?q=没有的词", "/map/", "/site/wza/", "/site/yssm/", "/nothing/",
)  # fmt: skip


def test_every_page_can_be_used_by_everybody(page: Page, site: SimpleNamespace, accessible: Check) -> None:
    for path in (*PAGES, *site.paths.values()):
        page.goto(path)
        accessible(page)


def test_every_page_can_be_used_in_large_type_and_at_four_times_the_size(
    browser: Browser, live_server: LiveServer, site: SimpleNamespace, accessible: Check
) -> None:
    for width, first in ((320, "/?style=standard"), (320, "/?style=elder"), (1280, "/?style=elder")):
        context = browser.new_context(viewport={"width": width, "height": 720}, base_url=live_server.url)
        large = context.new_page()
        large.goto(first)
        for path in (*PAGES, *site.paths.values()):
            large.goto(path)
            accessible(large)
        context.close()


def test_a_citizen_finds_the_report_of_2020_and_a_figure_by_keyboard(
    page: Page, site: SimpleNamespace, accessible: Check
) -> None:
    records.populate(site.agency)
    reports.save_prose(site.agency, 2020, finished(site.agency))
    reports.publish(site.agency, 2020)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    tab_to(page, "/zfxxgknb/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zfxxgknb/")
    tab_to(page, "/zfxxgknb/2020/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zfxxgknb/2020/")
    expect(page.get_by_role("heading", level=1)).to_have_text("温州市统计局2020年政府信息公开工作年度报告")
    expect(page.locator('td[data-cell="3.received.total"]')).to_be_visible()
    page.goto("/")
    tab_to(page, site.paths["series"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{site.paths['series']}")
    expect(page.locator("tbody tr").first).to_contain_text("1,401.6")
    accessible(page)


def test_titles_are_suggested_and_chosen_by_keyboard(page: Page, site: SimpleNamespace, accessible: Check) -> None:
    page.goto("/")
    field = page.get_by_role("combobox", name="检索本站")
    field.press_sequentially("渔港")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    accessible(page)
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press_sequentially("调查管")
    expect(options).to_have_count(1)
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".hits h2").first).to_contain_text("渔港调查管理办法")
    page.locator(".hits h2 a").first.click()
    expect(page.locator(".bar")).to_contain_text("本文件已失效")


def test_without_javascript_there_is_the_menu_the_search_and_large_type(
    browser: Browser, live_server: LiveServer, site: SimpleNamespace
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, base_url=live_server.url, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/")
    link = page.locator(".nav-menu").get_by_role("link", name="市局动态")
    expect(link).not_to_be_visible()
    page.locator(".nav-menu summary").click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("市局动态")
    page.get_by_label("检索本站").fill("渔港")
    page.get_by_role("button", name="检索").click()
    expect(page.locator(".hits li")).to_have_count(3)
    size = "getComputedStyle(document.documentElement).fontSize"
    before = float(str(page.evaluate(size)).removesuffix("px"))
    page.get_by_role("link", name="长者版").click()
    assert float(str(page.evaluate(size)).removesuffix("px")) > before * 1.3
    expect(page.locator(".hits li")).to_have_count(3)
    page.get_by_role("link", name="首页").first.click()
    expect(page.get_by_role("link", name="标准版")).to_be_visible()
    context.close()


def test_a_printed_document_is_the_document(page: Page, site: SimpleNamespace) -> None:
    page.goto(site.paths["law"])
    page.emulate_media(media="print")
    for part in (".nav", ".search", ".tools", ".crumbs"):
        expect(page.locator(part)).not_to_be_visible()
    for part in (".bar", "h1", ".particulars", ".body"):
        expect(page.locator(part)).to_be_visible()
