"""The website work sheet: filled in at a desk, its pages usable by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role

from ..reporting import world
from .conftest import at_a_desk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SHEET = "/admin/website-sheet/2020/"


@at_a_desk
def test_a_clerk_fills_in_the_sheet(page: Page, accessible: Callable[[Page], None]) -> None:
    agency = Agency.add_root(code="330300-tj", name="温州市统计局")
    world.populate(agency, size=3)
    world.user(agency, "clerk", [Role.CLERK])
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("clerk")
    page.locator("input[name=password]").fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.goto(SHEET)
    accessible(page)
    page.get_by_role("link", name="填写", exact=True).click()
    accessible(page)
    page.get_by_label("发现问题数量（个）").fill("3")
    page.get_by_label("问题整改数量（个）").fill("4")
    page.get_by_label("是否开展应急演练").select_option("是")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("“问题整改数量”是 4，应当不大于发现问题数量 3。")).to_be_visible()
    accessible(page)
