"""Templates and numbers of letters in a real browser: a clerk looks, is refused with reasons, and changes them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.applications.letters.store import built_in
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role

from ..applications.letters.test_templates import with_paragraph
from ..desk.words import foreign
from ..reporting import world
from .conftest import at_a_desk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]


@pytest.fixture
def signed_in(page: Page, transactional_db: None) -> Page:
    agency = Agency.add_root(code="330300-tj", name="温州市统计局", short_name="温统")
    world.user(agency, "clerk", [Role.CLERK])
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码", exact=False).fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return page


def look(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]


def test_a_clerk_keeps_templates_and_numbers(signed_in: Page, accessible: Check, tmp_path: Path) -> None:
    page = signed_in
    page.goto("/admin/applications/letters/")
    look(page, "list")
    accessible(page)
    assert foreign(page.inner_text("main"), "clerk") == set()
    page.get_by_role("link", name="政府信息不存在告知书").click()
    look(page, "kind")
    accessible(page)
    wrong, right = tmp_path / "错.docx", tmp_path / "对.docx"
    wrong.write_bytes(with_paragraph("依据条例第三十六条第四项"))
    right.write_bytes(with_paragraph("感谢您关心统计工作。", built_in("not_held").content))
    page.get_by_label("模板文件").set_input_files(wrong)
    page.get_by_label("说明", exact=False).first.fill("加一句致谢")
    page.get_by_role("button", name="检查并启用").click()
    expect(page.get_by_role("alert")).to_contain_text("模板里写有条文“第三十六条第四项”")
    expect(page.get_by_label("说明", exact=False).first).to_have_value("加一句致谢")
    look(page, "refused")
    accessible(page)
    page.get_by_label("模板文件").set_input_files(right)
    page.get_by_role("button", name="检查并启用").click()
    expect(page.get_by_text("第 1 版（现用）")).to_be_visible()
    look(page, "versions")
    accessible(page)
    page.get_by_role("button", name="恢复为内置的模板").click()
    expect(page.get_by_text("第 2 版（现用）")).to_be_visible()
    page.goto("/admin/applications/letters/numbers/")
    look(page, "numbers")
    accessible(page)
    page.get_by_label("答复类（各种告知书）的文号格式", exact=False).fill("温统信公字〔{year}〕第{number}号")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已经保存")).to_be_visible()
