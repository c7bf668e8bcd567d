"""A decision and a credit record are registered, reviewed by somebody else, and found by the public on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.registers.models import ServiceItem

from .test_editing import shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Check = Callable[[Page], None]


@pytest.fixture
def agency() -> Agency:
    agency = Agency.add_root(code="330300-tj", name="温州市统计局", telephone="0577-88960000")
    office = Department.objects.create(agency=agency, name="办公室")
    for role in (Role.CLERK, Role.LEADER):
        made = User.objects.create_user(role.value, password="x" * 12, agency=agency, department=office)
        made.groups.set(Group.objects.filter(name__in=[role.label]))
    ServiceItem.objects.create(
        agency=agency, kind="penalties", name="对提供不真实统计资料的处罚", valid_from=date(2015, 1, 1)
    )
    return agency


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=False).fill("x" * 12)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("page", [360], indirect=True)
def test_what_one_registers_another_publishes_and_everybody_finds(
    page: Page, agency: Agency, accessible: Check
) -> None:
    today = timezone.localdate()
    sign_in(page, "clerk")
    page.goto("/admin/credit/new/")
    page.get_by_label("认定日期").fill((today - timedelta(days=3)).isoformat())
    for label, words in (
        ("认定文号", "温统信认〔2026〕1号"),
        ("企业名称", "演示甲有限公司"),
        ("统一社会信用代码", "91350100M000100Y43"),
        ("地址", "温州市鹿城区"),
        ("法定代表人或者主要负责人", "欧阳测试"),
        ("违法行为", "提供不真实统计资料"),
        ("处理情况", "警告，并处罚款"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("严重失信").check()
    accessible(page)
    shot(page, "credit-new")
    page.get_by_role("button", name="登记认定决定").click()
    page.goto("/admin/registers/decisions/new/")
    page.get_by_label("决定类别").select_option("penalties")
    page.get_by_label("决定书文号").fill("温统罚决字〔2026〕1号")
    page.get_by_label("决定日期").fill((today - timedelta(days=3)).isoformat())
    page.get_by_label("行政相对人类别").select_option("natural_person")
    page.get_by_label("自然人姓名").fill("欧阳测试")
    page.get_by_label("决定内容").fill("警告")
    page.get_by_role("button", name="登记处理决定").click()
    expect(page.get_by_text("待审核公开")).to_be_visible()
    expect(page.locator(".messages")).to_be_visible()
    accessible(page)
    shot(page, "registers-entry")
    page.goto("/admin/registers/decisions/")
    accessible(page)
    shot(page, "registers-list")

    sign_in(page, "leader")
    page.goto("/admin/registers/decisions/review/")
    page.get_by_label("温统罚决字〔2026〕1号").check()
    accessible(page)
    shot(page, "registers-review")
    page.get_by_role("button", name="公开所选").click()
    page.goto("/admin/credit/")
    page.get_by_role("link", name="温统信认〔2026〕1号").click()
    page.get_by_role("link", name="审核公示").click()
    page.get_by_label("已经核对公示内容").check()
    page.get_by_role("button", name="审核公示").click()
    expect(page.get_by_text("公示中").first).to_be_visible()
    accessible(page)
    shot(page, "credit-record")
    page.goto("/admin/registers/tables/")
    accessible(page)
    shot(page, "registers-tables")

    page.context.clear_cookies()
    page.goto("/fdzdgknr/penalties_and_coercion/")
    page.get_by_role("link", name="查询：行政处罚、行政强制决定").click()
    page.get_by_label("名称、文号或者编号").fill("1号")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("欧阳**")).to_be_visible()
    accessible(page)
    shot(page, "registers-public")
    page.get_by_role("link", name="温统罚决字〔2026〕1号").click()
    accessible(page)
    page.goto("/fdzdgknr/xinyong/")
    page.get_by_label("企业名称或者统一社会信用代码").fill("演示甲")
    page.get_by_role("button", name="查询").click()
    page.wait_for_url("**q=*")
    accessible(page)
    shot(page, "credit-public")
    page.get_by_role("link", name="演示甲有限公司").click()
    expect(page.get_by_text("91350100M000100Y43")).to_be_visible()
    accessible(page)
    shot(page, "credit-public-record")
