"""Drawing boxes in a real browser, by mouse, finger, keyboard and without scripts; what is released is looked into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Download, Page, expect
from pytest_django.live_server_helper import LiveServer

from ..applications.redaction.files import OPEN, SECRET
from . import redaction_site as site
from .conftest import at_a_desk

pytestmark = pytest.mark.journey
WHY = "denied.third_party_rights"


@pytest.fixture(autouse=True)
def bench(settings: Any) -> None:
    settings.ROOT_URLCONF = site.__name__


@pytest.fixture
def opened(page: Page) -> Page:
    page.goto("/redact/")
    expect(page.locator(".redact-sheet img").first).to_have_js_property("complete", True)
    return page


def released(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def send(page: Page) -> bytes:
    """Press the button and take the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="生成").click()
    return released(waiting.value)


def seen(data: bytes, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("RGB")


def has_text(data: bytes) -> bool:
    document = pypdfium2.PdfDocument(data)
    return any(document[number].get_textpage().count_chars() for number in range(len(document)))


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], sheet: int = 0) -> None:
    """Hold and drag over a page, from and to fractions of it."""
    place = page.locator(".redact-sheet svg").nth(sheet)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start[0] * box["width"], box["y"] + start[1] * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=4)
    page.mouse.up()


def length(page: Page, name: str, row: int = 0) -> float:
    return float(page.locator(f'[name="box_{name}"]').nth(row).input_value())


def test_what_is_drawn_over_with_the_mouse_is_gone(opened: Page) -> None:
    opened.get_by_label("新画的遮盖，理由是").select_option(WHY)
    drag(opened, (0.2, 0.44), (0.8, 0.54))
    expect(opened.get_by_role("status")).to_have_text("第 1 页加了一处；共 1 处")
    assert length(opened, "left") == pytest.approx(20, abs=0.8)
    assert length(opened, "width") == pytest.approx(60, abs=0.8)
    opened.get_by_label("遮盖的是什么").fill("参会人")
    data = send(opened)
    assert not has_text(data)
    assert SECRET.encode() not in data
    assert OPEN.encode() not in data
    before, after = seen(site.FILE), seen(data)
    left, top = length(opened, "left") * 4, length(opened, "top") * 4
    right, bottom = left + length(opened, "width") * 4, top + length(opened, "height") * 4
    assert after.getpixel((int(left) + 3, int(top) + 3)) == (0, 0, 0)
    assert after.getpixel((int(right) - 3, int(bottom) - 3)) == (0, 0, 0)
    for image in (before, after):
        image.paste((0, 0, 0), (int(left) - 3, int(top) - 3, int(right) + 4, int(bottom) + 4))
    difference = ImageChops.difference(before, after).convert("L")
    assert max(value for value in difference.get_flattened_data()) < 90, (
        "drawn at another size, so edges differ a little"
    )
    assert seen(data, 1).getpixel((5, 5)) == (255, 255, 255)


def test_a_box_is_moved_resized_undone_and_removed_with_the_mouse(opened: Page) -> None:
    drag(opened, (0.2, 0.2), (0.4, 0.3))
    drag(opened, (0.3, 0.25), (0.5, 0.45))
    assert (length(opened, "left"), length(opened, "top")) == (pytest.approx(40, abs=1), pytest.approx(40, abs=1))
    drag(opened, (0.6, 0.5), (0.9, 0.8))
    assert (length(opened, "width"), length(opened, "height")) == (pytest.approx(50, abs=1), pytest.approx(40, abs=1))
    drag(opened, (0.5, 0.5), (1.5, 1.5))
    assert length(opened, "left") + length(opened, "width") <= 100, "a box stays on its page"
    for left in (40, 40, 20):
        opened.get_by_role("button", name="撤销").click()
        assert length(opened, "left") == pytest.approx(left, abs=1)
    opened.get_by_role("button", name="删去这一处").click()
    expect(opened.get_by_text("还没有遮盖。")).to_be_visible()
    opened.get_by_role("button", name="撤销").click()
    expect(opened.locator(".redact-row")).to_have_count(1)
    drag(opened, (0.7, 0.7), (0.702, 0.702))
    expect(opened.locator(".redact-row")).to_have_count(1)  # a click is not a box


def test_a_box_is_made_by_keyboard_alone(opened: Page, accessible: Callable[[Page], None]) -> None:
    opened.get_by_role("button", name="在这一页加一处（第 2 页）").focus()
    opened.keyboard.press("Enter")
    box = opened.get_by_role("button", name="第 1 处，第 2 页，还没有选理由")
    expect(box).to_be_focused()
    for key in ("ArrowUp", "ArrowLeft", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowDown"):
        opened.keyboard.press(key)
    assert [length(opened, name) for name in ("page", "left", "top", "width", "height")] == [2, 34, 44.5, 30.5, 5.5]
    accessible(opened)
    opened.keyboard.press("Enter")
    expect(opened.get_by_label("不予公开的理由")).to_be_focused()
    opened.get_by_label("不予公开的理由").select_option("denied.internal_affairs")
    expect(opened.get_by_role("button", name="第 1 处，第 2 页，内部事务（条例第十六条第一款）")).to_be_visible()
    data = send(opened)
    assert seen(data, 1).getpixel((34 * 4 + 4, 45 * 4)) == (0, 0, 0)
    assert not has_text(data)
    opened.get_by_role("button", name="第 1 处，第 2 页").focus()
    opened.keyboard.press("Delete")
    expect(opened.locator(".redact-row")).to_have_count(0)
    opened.keyboard.press("Control+z")
    expect(opened.locator(".redact-row")).to_have_count(1)


@at_a_desk
def test_what_is_wrong_is_said_and_nothing_drawn_is_lost(opened: Page, accessible: Callable[[Page], None]) -> None:
    drag(opened, (0.1, 0.1), (0.3, 0.2))
    drag(opened, (0.5, 0.5), (0.8, 0.8))
    opened.get_by_label("不予公开的理由").nth(1).select_option(WHY)
    opened.get_by_label("遮盖的是什么").nth(0).fill("住址")
    opened.get_by_role("button", name="生成").click()
    expect(opened.get_by_role("alert")).to_contain_text("第1处：请选择不予公开的理由。")
    expect(opened.get_by_label("遮盖的是什么").nth(0)).to_have_value("住址")
    expect(opened.locator(".redact-box")).to_have_count(2)
    accessible(opened)


@at_a_desk
def test_a_whole_page_is_covered_at_once(opened: Page) -> None:
    opened.get_by_label("新画的遮盖，理由是").select_option(WHY)
    opened.get_by_role("button", name="遮盖整页（第 2 页）").click()
    data = send(opened)
    assert {seen(data, 1).getpixel(place) for place in ((0, 0), (399, 0), (0, 399), (399, 399))} == {(0, 0, 0)}
    assert seen(data, 0).getpixel((0, 0)) == (255, 255, 255)


@at_a_desk
def test_one_looks_closer_without_losing_the_place(opened: Page) -> None:
    drag(opened, (0.2, 0.2), (0.4, 0.3))
    before = opened.locator(".redact-sheet").first.bounding_box()
    opened.get_by_role("button", name="放大").click()
    after = opened.locator(".redact-sheet").first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(before["width"] * 1.5, rel=0.02)
    drag(opened, (0.1, 0.1), (0.2, 0.15))
    assert length(opened, "left", 1) == pytest.approx(10, abs=1)


@at_a_desk
def test_leaving_with_boxes_that_are_not_kept_asks_first(opened: Page) -> None:
    drag(opened, (0.2, 0.2), (0.4, 0.3))
    asked: list[str] = []
    opened.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    opened.goto("about:blank")
    assert asked == ["beforeunload"]


def test_a_finger_scrolls_until_it_is_told_to_draw(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto("/redact/")
    sheet = page.locator(".redact-sheet svg").first

    def touch() -> None:
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        assert box is not None
        session = context.new_cdp_session(page)
        for kind, at in (("touchStart", 0.3), ("touchMove", 0.4), ("touchMove", 0.6), ("touchEnd", None)):
            point = [] if at is None else [{"x": box["x"] + at * box["width"], "y": box["y"] + at * box["height"]}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": point})

    touch()
    expect(page.locator(".redact-row")).to_have_count(0)
    page.get_by_role("button", name="用手指画").click()
    touch()
    expect(page.locator(".redact-row")).to_have_count(1)
    assert length(page, "left") == pytest.approx(30, abs=1.5)
    assert length(page, "width") == pytest.approx(30, abs=1.5)
    context.close()


def test_without_scripts_boxes_are_typed_in(
    browser: Browser, live_server: LiveServer, accessible: Callable[[Page], None]
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/redact/")
    expect(page.locator(".redact-row")).to_have_count(3)
    typed = {"页": "1", "左边距 %": "20", "上边距 %": "44", "宽 %": "60", "高 %": "10"}
    for label, value in typed.items():
        page.get_by_label(label, exact=True).nth(1).fill(value)
    page.get_by_role("button", name="再加几行").click()
    expect(page.locator(".redact-row")).to_have_count(9)
    expect(page.locator(".redact-box")).to_have_count(0)  # not yet a box: it has no reason
    page.get_by_label("不予公开的理由").first.select_option(WHY)
    data = send(page)
    assert seen(data).getpixel((90, 180)) == (0, 0, 0)
    assert not has_text(data)
    context.close()
