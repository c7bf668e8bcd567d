"""A reply is taken to review: registered from the case, answered, lost, done again; its evidence bundle downloaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency
from gongkai.disputes.models import Dispute, Status
from gongkai.evidence.verifying import verify

from ..evidence import conftest as case
from .conftest import at_a_desk
from .test_editing import shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]


@pytest.fixture
def world() -> case.World:
    return case.populate(Agency.add_root(code="330300-tj", name="温州市统计局", court="温州市鹿城区人民法院"))


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=False).fill("x" * 12)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def test_a_reply_goes_to_court_and_the_bundle_verifies(
    page: Page, world: case.World, accessible: Check, tmp_path: Path
) -> None:
    today = timezone.localdate()
    sign_in(page, "clerk")
    page.goto(f"/admin/applications/{world.application.pk}/")
    page.get_by_role("link", name="登记复议诉讼").click()
    expect(page.get_by_label("所涉申请的登记编号")).to_have_value(world.application.number)
    accessible(page)
    shot(page, "dispute-file")
    page.get_by_label("受理（立案）日期").fill((today - timedelta(days=30)).isoformat())
    page.get_by_label("未经复议直接起诉").check()
    page.get_by_label("案号").fill("（2026）浙0302行初1号")
    page.get_by_label("审理机关的类别").select_option("court")
    page.locator("#id_body").fill("温州市鹿城区人民法院")
    page.get_by_label("未尽检索义务即答不存在").check()
    page.get_by_label("请求和理由").fill("请求撤销告知书")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="（2026）浙0302行初1号").first).to_be_visible()
    page.get_by_role("link", name="登记收到通知").click()
    page.get_by_label("收到通知和副本的日期").fill((today - timedelta(days=20)).isoformat())
    accessible(page)
    page.get_by_role("button", name="登记收到通知").click()
    expect(page.locator(".messages")).to_be_visible()
    page.get_by_text("为什么是这一天").click()
    expect(page.get_by_text("行政诉讼法第六十七条")).to_be_visible()
    expect(page.get_by_text("已逾期").first).to_be_visible()
    accessible(page)
    shot(page, "dispute")
    page.goto("/admin/disputes/")
    accessible(page)
    shot(page, "disputes")
    dispute = Dispute.objects.get(kind="suit_direct")
    page.goto(f"/admin/disputes/{dispute.pk}/do/decide/")
    page.get_by_label("判决限期履行").check()
    page.get_by_role("button", name="登记决定（裁判）").click()
    expect(page.get_by_text("请选择错误类型").first).to_be_visible()
    expect(page.get_by_label("判决限期履行")).to_be_checked()
    page.get_by_label("未尽检索义务即答不存在").check()
    page.get_by_label("责令履行的最后期限").fill((today + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="登记决定（裁判）").click()
    page.get_by_role("link", name="登记生效（审结）").click()
    page.get_by_role("button", name="登记生效（审结）").click()
    expect(page.get_by_text("已审结、待履行").first).to_be_visible()
    page.get_by_role("link", name="登记履行").click()
    page.get_by_label("重新作出的答复的文号").fill("温统信公〔2026〕9号")
    page.get_by_role("button", name="登记履行").click()
    expect(page.get_by_role("link", name="归档")).to_be_visible()
    dispute.refresh_from_db()
    assert dispute.status == Status.CONCLUDED
    page.goto("/admin/disputes/lessons/")
    expect(page.get_by_text("未尽检索义务即答不存在").first).to_be_visible()
    accessible(page)
    shot(page, "lessons")
    page.goto(f"/admin/disputes/{dispute.pk}/")
    page.get_by_role("link", name="证据包").click()
    accessible(page)
    shot(page, "bundle")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="生成并下载").click()
    path = tmp_path / "证据包.zip"
    waiting.value.save_as(path)
    assert verify(path).holds
