"""Reminders in a real browser: the bell, the list, what one chooses, at the desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.notices.models import Preference
from gongkai.notices.queries import unread_count
from gongkai.notices.services import notify, settle

from ..desk.words import foreign
from ..reporting import world
from .conftest import at_a_desk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]


@pytest.fixture
def reader(transactional_db: None) -> User:
    """A clerk with an overdue column, one that is due today, and a document whose matter is settled."""
    agency = Agency.add_root(code="330300-tj", name="温州市统计局")
    clerk = world.user(agency, "clerk", [Role.CLERK])
    clerk.is_superuser = True
    clerk.email = "clerk@tjj.example.cn"
    clerk.save()
    notify([clerk], "《温州市统计局公平竞争审查办法》将于 30 天后失效", "", key="document:1")
    settle("document")
    due = "最近一次更新是 2020 年 2 月 3 日，更新周期是每月。\n更新之后这条提醒自动消失。"
    notify([clerk], "栏目“统计数据”今天应当更新", due, url="/admin/account/", key="duty:1")
    notify([clerk], "栏目“通知公告”已超期 3 天", "请今天更新。", url="/admin/account/", key="duty:2", urgent=True)
    return clerk


@pytest.fixture
def signed_in(page: Page, reader: User) -> Page:
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码", exact=False).fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return page


def test_a_clerk_sees_what_is_due_opens_it_and_reads_the_rest(signed_in: Page, reader: User, accessible: Check) -> None:
    page = signed_in
    expect(page.get_by_role("heading", name="提醒（2 条未读）")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="全部提醒").click()
    expect(page.locator(".gk-notice")).to_have_count(3)
    expect(page.locator(".gk-notice").first).to_contain_text("紧急")
    accessible(page)
    assert foreign(page.inner_text("main"), "clerk") == set()
    page.get_by_role("link", name="栏目“通知公告”已超期 3 天").click()
    page.wait_for_url("**/admin/account/")
    page.goto("/admin/notices/?state=unread")
    expect(page.locator(".gk-notice")).to_have_count(1)
    page.get_by_label("选择：栏目“统计数据”今天应当更新").check()
    page.get_by_role("button", name="选中的标为已读").click()
    expect(page.get_by_text("已把 1 条标为已读。")).to_be_visible()
    expect(page.get_by_text("没有符合条件的提醒。")).to_be_visible()
    accessible(page)
    assert unread_count(reader) == 0


def test_a_clerk_chooses_when_to_be_left_alone(signed_in: Page, reader: User, accessible: Check) -> None:
    page = signed_in
    page.goto("/admin/notices/settings/")
    accessible(page)
    page.get_by_label("手机号码").fill("138")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填写 11 位的手机号码，如 13800000000。")).to_be_visible()
    expect(page.get_by_label("手机号码")).to_have_value("138")
    expect(page.locator(".messages > ul")).to_have_css("opacity", "1")
    accessible(page)
    page.get_by_label("手机号码").fill("13800000000")
    page.get_by_label("免打扰，从").fill("18:30")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    chosen = Preference.objects.get(user=reader)
    assert (chosen.mobile, f"{chosen.quiet_from:%H:%M}") == ("13800000000", "18:30")


def test_the_administrator_sees_the_background_work(signed_in: Page, accessible: Check) -> None:
    page = signed_in
    page.goto("/admin/notices/jobs/")
    expect(page.get_by_text("清理后台任务的历史")).to_be_visible()
    accessible(page)
