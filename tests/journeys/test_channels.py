"""What the site published goes to WeChat, for real but for WeChat; a press conference is put on the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency
from gongkai.channels.delivery import deliver
from gongkai.channels.models import Appearance, Channel, Kind, Mode, Sending, SubscriberCount, WechatAccount
from gongkai.channels.wechat.imitation import Account, World, serving

from ..portal import world
from .conftest import at_a_desk
from .test_editing import shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]


@pytest.fixture
def bureau() -> Iterator[SimpleNamespace]:
    """A bureau with an article on its site, an account at an imitation of WeChat, and a year of another account."""
    agency = Agency.add_root(code="330300-tj", name="温州市统计局", website="https://tjj.example.gov.cn/")
    found = world.populate(agency)
    found.item = world.published(found, "11月份居民消费价格同比上涨")
    account = Channel.objects.create(agency=agency, kind=Kind.WECHAT, name="温州统计")
    other = Channel.objects.create(agency=agency, kind=Kind.WECHAT, name="温州普查")
    for month in range(1, 13):
        day = date(2020, month, 20)
        Appearance.objects.create(
            agency=agency, channel=other, title=f"{month}月动态", published_on=day, issue=f"{month}", reads=month * 90
        )
        SubscriberCount.objects.create(agency=agency, channel=other, counted_on=day, count=6000 + month * 75)
    with serving(World({"wx": Account("s")}, polls=0)) as base, override_settings(GONGKAI_WECHAT_URL=base):
        WechatAccount.objects.create(channel=account, mode=Mode.INTERFACE, appid="wx", secret="s")
        found.other = other
        yield found


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=False).fill(world.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def test_an_article_goes_to_wechat_and_a_press_conference_to_the_site(
    page: Page, bureau: SimpleNamespace, accessible: Check
) -> None:
    sign_in(page, "reviewer")
    page.goto("/admin/channels/?year=2020")
    accessible(page)
    shot(page, "channels")
    page.get_by_role("link", name="温州普查", exact=True).click()
    expect(page.locator("svg[role=img]:visible")).to_have_count(2)
    accessible(page)
    shot(page, "channel")
    page.goto("/admin/channels/sending/offers/")
    accessible(page)
    page.get_by_role("link", name="选择渠道").click()
    page.get_by_label("公众号：温州统计（接口发布）").check()
    page.get_by_label("公众号：温州普查（人工发布）").check()
    accessible(page)
    shot(page, "channel-send")
    page.get_by_role("button", name="选定").click()
    expect(page.get_by_role("cell", name="待人工发布")).to_be_visible()
    deliver(timezone.now())
    page.goto("/admin/channels/sending/")
    accessible(page)
    sent = Sending.objects.get(channel__name="温州统计")
    page.goto(f"/admin/channels/sending/{sent.pk}/")
    expect(page.get_by_text("已发布", exact=True)).to_be_visible()
    accessible(page)
    shot(page, "channel-sending")
    page.get_by_role("link", name="打开文章").click()
    expect(page.get_by_role("heading", name="11月份居民消费价格同比上涨")).to_be_visible()
    page.goto(f"/admin/channels/sending/{Sending.objects.get(channel=bureau.other).pk}/do/link/")
    page.get_by_label("文章链接").fill("https://mp.weixin.qq.com/s/abc")
    page.get_by_role("button", name="回填链接").click()
    page.get_by_role("link", name="发布信息（期、条、阅读量）").click()
    accessible(page)
    page.goto("/admin/channels/appeared/?year=2020")
    accessible(page)
    shot(page, "appeared")
    page.goto("/admin/channels/press/new/")
    page.get_by_label("日期").fill("2020-10-20")
    page.get_by_label("主题").fill("前三季度经济运行情况新闻发布会")
    page.get_by_label("提问媒体").first.fill("温州日报")
    page.get_by_label("提问", exact=True).first.fill("物价走势如何？")
    page.get_by_label("回答").first.fill("总体平稳。")
    accessible(page)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="在网站公开").click()
    page.get_by_role("link", name="查看公开页").click()
    expect(page.get_by_role("heading", name="温州日报：物价走势如何？")).to_be_visible()
    accessible(page)
    shot(page, "press-conference")
    page.goto("/xwfbh/")
    accessible(page)
