"""From an empty form to the public's page, in a real browser, through everybody that a text has to pass."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency
from gongkai.portal import services
from gongkai.portal.models import Indicator, Item, Override, ReleasePlan, WatchWord

from ..portal import world
from .conftest import at_a_desk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]
CHOOSE = re.compile("选择")
TABLE = "季度\t生产总值（亿元）\n一季度\t1200.5\n二季度\t1388.2"


@pytest.fixture
def bureau() -> SimpleNamespace:
    return world.populate(Agency.add_root(code="330300-tj", name="温州市统计局"))


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=False).fill(world.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def add_block(page: Page, name: str) -> None:
    """Choose a block from the menu at the end of the body."""
    page.locator("#panel-child-内容-body-content, [data-contentpath=body]").first.scroll_into_view_if_needed()
    page.locator("[data-contentpath=body] button[title*='插入']").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def test_a_text_with_a_table_and_a_file_goes_from_its_author_to_the_public(
    page: Page, bureau: SimpleNamespace, accessible: Check, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["季度", "亿元"])
    file = tmp_path / "分季度数据.xlsx"
    book.save(file)
    sign_in(page, "author")
    page.goto("/admin/portal/items/new/")
    settled(page)
    accessible(page)
    page.get_by_role("link", name="动态、一般信息").click()
    page.get_by_label("标题", exact=False).first.fill("二季度经济运行平稳")
    page.get_by_label("栏目").first.select_option(label="工作动态 / 市局动态")
    add_block(page, "段落")
    page.locator("[data-contentpath=body] .public-DraftEditor-content").first.click()
    page.keyboard.type("二季度全市经济运行平稳，详见下表。")
    add_block(page, "表格")
    page.get_by_label("表题").fill("分季度生产总值")
    page.locator("[data-contentpath=text] textarea").fill(TABLE)
    page.get_by_role("button", name="增加 附件").click()
    page.locator("#panel-attachments-content, [id*=attachments]").get_by_role("button", name=CHOOSE).first.click()
    dialogue = page.locator(".modal-dialog")
    dialogue.get_by_role("tab", name="上传").click()
    dialogue.locator("input[type=file]").set_input_files(file)
    dialogue.get_by_label("标题").last.fill("分季度数据")
    dialogue.get_by_role("button", name="上传").click()
    expect(page.locator("[data-chooser-title]").filter(has_text="分季度数据")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/admin/portal/items/*/")
    item = Item.objects.get()
    expect(page.get_by_text("现在还没有送审")).to_be_visible()
    settled(page)
    accessible(page)
    page.get_by_role("link", name="送审", exact=True).click()
    page.wait_for_url("**/submit/")
    settled(page)
    accessible(page)
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.get_by_text("已送审")).to_be_visible()
    for name in ("chief", "reviewer", "leader"):
        sign_in(page, name)
        page.get_by_role("link", name="等我审查").click()
        settled(page)
        accessible(page)
        page.get_by_role("link", name=item.title).click()
        verb = "签发" if name == "leader" else "审查通过"
        page.get_by_role("link", name=verb, exact=True).click()
        expect(page.frame_locator("iframe").get_by_role("heading", name=item.title)).to_be_visible()
        expect(page.frame_locator("iframe").get_by_role("link", name="分季度数据", exact=False)).to_be_visible()
        settled(page)
        accessible(page)
        if name == "reviewer":
            page.get_by_label("主动公开").check()
            page.get_by_label("保密审查", exact=False).check()
        page.get_by_role("button", name=verb, exact=True).click()
        page.wait_for_url(f"**/admin/portal/items/{item.pk}/")
    page.context.clear_cookies()
    response = page.goto(f"/art/{item.pk}.html")
    assert response is not None
    assert response.status == 200
    expect(page.get_by_role("heading", name="二季度经济运行平稳")).to_be_visible()
    expect(page.get_by_role("cell", name="1388.2").or_(page.get_by_text("1388.2")).first).to_be_visible()
    address = page.get_by_role("link", name="分季度数据", exact=False).first.get_attribute("href")
    assert Client().get(str(address)).status_code == 200


def test_every_page_of_the_back_office_can_be_used_by_everybody(
    page: Page, bureau: SimpleNamespace, accessible: Check
) -> None:
    item = world.published(bureau, "公开的文件", type="document", document_class="other", **dated())
    item.title = "改过标题的文件"
    item.save()
    services.edited(item, bureau.author)
    services.submit(item, bureau.author)
    blocked = world.draft(bureau, "有问题的稿", body=[("paragraph", f"<p>联系人手机{'138' + '12345678'}。</p>")])
    services.examining.examine_item(blocked)
    found = blocked.findings.get(severity="block")
    services.request_override(blocked, bureau.author, found, "本人同意")
    override = Override.objects.get()
    indicator = Indicator.objects.create(agency=bureau.agency, name="生产总值", unit="亿元", headline=1)
    ReleasePlan.objects.create(agency=bureau.agency, title="年度公报", release_at=timezone.now(), indicator=indicator)
    word = WatchWord.objects.create(agency=bureau.agency, pattern="截止目前", replacement="截至目前")
    edition = item.editions.latest("round")
    sign_in(page, "reviewer")
    base = "/admin/portal/"
    for path in (
        "",
        "items/",
        "items/?status=draft&q=稿",
        "items/?status=discarded",
        f"items/{item.pk}/",
        f"items/{blocked.pk}/",
        f"items/edit/{blocked.pk}/",
        f"items/edit/{item.pk}/",
        f"items/history/{item.pk}/",
        f"items/{item.pk}/withdraw/",
        f"items/{item.pk}/editions/{edition.pk}/difference/",
        f"items/{blocked.pk}/passes/{override.pk}/confirm/",
        "items/add/?type=document",
        "columns/",
        "columns/new/",
        f"columns/edit/{bureau.column.pk}/",
        "words/",
        f"words/edit/{word.pk}/",
        f"words/delete/{word.pk}/",
        "words-upload/",
        "words-starter/",
        "indicators/",
        "plans/",
        "plans/new/",
    ):
        response = page.goto(base + path)
        assert response is not None
        assert response.status == 200, path
        settled(page)
        shot(page, path)
        accessible(page)


def dated() -> dict[str, object]:
    today = timezone.localdate()
    return {"formed_on": today, "document_number": f"温统〔{today.year}〕1号"}


def shot(page: Page, path: str) -> None:
    """A picture of the page where ``GONGKAI_SHOTS`` names a folder."""
    if folder := os.environ.get("GONGKAI_SHOTS"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        name = re.sub(r"\W+", "-", path).strip("-") or "tasks"
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
