"""The desk in a real browser: for everybody, by keyboard, from sign-in to the cases behind a number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.applications.models import Application
from gongkai.applications.sheets import APPLICATIONS
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role

from ..applications.test_import import OPEN
from ..desk.words import foreign
from ..reporting import world
from ..sheets.workbooks import ledger
from .conftest import at_a_desk
from .test_annual_report import tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]


@pytest.fixture
def bureau() -> Agency:
    """A bureau with a year of records and one overdue, one nearly due, one paused application."""
    agency = Agency.add_root(code="330300-tj", name="温州市统计局")
    world.populate(agency)
    Application.objects.all().update(status="closed")
    today = timezone.localdate()
    for number, days, status in (("超期", -3, "handling"), ("将到期", 1, "handling"), ("暂停", 1, "consulting")):
        made = world.application(agency, number, today - timedelta(days=10))
        made.due_on, made.status = today + timedelta(days=days), status
        made.save()
    world.user(agency, "clerk", [Role.CLERK], supervising=True)
    agency.add_child(code="county", name="县统计局")
    return agency


@pytest.fixture
def signed_in(page: Page, bureau: Agency) -> Page:
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码", exact=False).fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return page


def test_the_door_can_be_used_by_everybody(page: Page, bureau: Agency, accessible: Check) -> None:
    page.goto("/admin/login/")
    expect(page.get_by_text("温州市统计局")).to_be_visible()
    accessible(page)
    page.get_by_label("用户名").fill("nobody")
    page.get_by_label("密码", exact=False).fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".messages .error")).to_be_visible()
    page.wait_for_load_state("networkidle")
    accessible(page)
    assert foreign(page.locator("body").inner_text()) == set()


def test_the_desk_can_be_used_by_everybody_and_speaks_chinese(
    signed_in: Page, bureau: Agency, accessible: Check
) -> None:
    lists = ("applications/", "applications/?urgency=open", "inquiries/", "disputes/?year=1999", "publications/")
    for path in ("", "?agency=county", "import/", "nothing-here/", *(f"records/{each}" for each in lists)):
        signed_in.goto(f"/admin/{path}")
        signed_in.wait_for_load_state("networkidle")
        accessible(signed_in)
        told = signed_in.locator("body").inner_text()
        # What the browser itself says of a file field is in the language of the browser.
        own = {"Choose", "File", "No", "file", "chosen", "clerk"}
        assert {word for word in foreign(told, *own) if not word.islower()} == set(), path


def test_from_a_number_to_its_cases_by_keyboard_alone(signed_in: Page, bureau: Agency) -> None:
    overdue = signed_in.get_by_role("link", name="已超期 1")
    address = str(overdue.get_attribute("href"))
    tab_to(signed_in, address)
    assert signed_in.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    signed_in.keyboard.press("Enter")
    signed_in.wait_for_url(f"**{address}")
    expect(signed_in.locator("#listing-results tbody tr")).to_have_count(1)
    expect(signed_in.locator("#listing-results tbody tr")).to_contain_text("已超期 3 天")


def test_a_clerk_imports_a_ledger(signed_in: Page, bureau: Agency, accessible: Check, tmp_path: Path) -> None:
    signed_in.goto("/admin/import/")
    bad = ledger(tmp_path / "坏.xlsx", APPLICATIONS.sheets[0], [OPEN | {"number": "9", "received_on": "三月初"}])
    signed_in.get_by_label("填好的台账").set_input_files(bad)
    signed_in.get_by_role("button", name="上传核对").click()
    expect(signed_in.get_by_text("有 1 行需要更正")).to_be_visible()
    accessible(signed_in)
    good = ledger(tmp_path / "好.xlsx", APPLICATIONS.sheets[0], [OPEN | {"number": "9"}])
    signed_in.get_by_label("填好的台账").set_input_files(good)
    signed_in.get_by_role("button", name="上传核对").click()
    expect(signed_in.get_by_text("现在还没有登记")).to_be_visible()
    accessible(signed_in)
    signed_in.get_by_role("button", name="确认登记").click()
    signed_in.wait_for_url("**/admin/applications/")
    expect(signed_in.get_by_role("status")).to_contain_text("新登记 1 件")
