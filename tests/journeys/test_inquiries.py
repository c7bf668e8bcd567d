"""Somebody asks the bureau, an answer is drafted and reviewed, the asker reads and rates it, everybody reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency
from gongkai.inquiries.models import Inquiry

from ..inquiries.conftest import World, populate
from .conftest import at_a_desk
from .test_editing import shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]


@pytest.fixture
def world() -> World:
    cache.clear()
    return populate(Agency.add_root(code="330300-tj", name="温州市统计局", telephone="0577-88880000"))


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=False).fill("x" * 12)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def look(page: Page, accessible: Check, name: str) -> None:
    accessible(page)
    shot(page, f"inquiry-{name}")


def test_a_question_is_asked_answered_reviewed_and_rated(page: Page, world: World, accessible: Check) -> None:
    page.goto("/hdjl/liuyan/")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("还没有提交，请更正 2 处")).to_be_visible()
    look(page, accessible, "ask")
    page.get_by_label("主题").fill("咨询价格指数的发布时间")
    page.get_by_role("textbox", name="内容").fill("我是王小明，居民消费价格指数每月什么时候发布？")
    page.get_by_label("姓名或者称呼").fill("王小明")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="留言已经收到")).to_be_visible()
    number, code = (page.locator(name).inner_text() for name in ("#number", "#code"))
    look(page, accessible, "receipt")

    case = f"/admin/inquiries/{Inquiry.objects.get().pk}/"
    sign_in(page, "clerk")
    page.goto(case)
    page.get_by_role("link", name="分办").click()
    page.get_by_label("承办处室").select_option("城市调查处")
    page.get_by_role("button", name="分办").click()
    sign_in(page, "handler")
    page.goto(case)
    page.get_by_role("link", name="拟答复，送审").click()
    expect(page.get_by_label("公开的问题")).to_have_value("我是王小明，居民消费价格指数每月什么时候发布？")
    page.locator("#id_reply").fill("每月 9 日左右，以发布日程为准。")
    page.get_by_role("button", name="拟答复，送审").click()
    expect(page.get_by_text("公开的问题里写有留言人的姓名").first).to_be_visible()
    look(page, accessible, "reply")
    page.locator("#id_reply").fill("每月 9 日左右，以发布日程为准。")
    page.get_by_label("公开的问题").fill("居民消费价格指数每月什么时候发布？")
    page.get_by_role("button", name="拟答复，送审").click()
    sign_in(page, "reviewer")
    page.goto(case)
    look(page, accessible, "case")
    page.get_by_role("link", name="审核通过并答复").click()
    page.get_by_role("button", name="审核通过并答复").click()
    page.goto("/admin/inquiries/")
    look(page, accessible, "list")

    page.goto("/hdjl/liuyan/chaxun/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("每月 9 日左右")).to_be_visible()
    look(page, accessible, "status")
    page.locator("input[value=satisfied]").check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("您的评价：满意")).to_be_visible()
    page.goto("/hdjl/dafu/")
    look(page, accessible, "answers")
    page.get_by_role("link", name="咨询价格指数的发布时间").click()
    expect(page.get_by_text("王小明")).to_have_count(0)
    look(page, accessible, "answer")
