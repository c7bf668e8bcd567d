"""Everybody of an office in a window of their own, and what they do again and again on the pages of a case."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from ..desk.words import foreign
from .windows import window

Check = Callable[[Page], None]
PASSWORD = "correct horse battery"
PICTURES = os.environ.get("GONGKAI_PICTURES", "")
# Numbers of a parcel and of a 会商, an address, names and sizes of files, keys of the keyboard, a rule of the report.
KNOWN = (
    "EMS",
    "example",
    "cn",
    "ouyang",
    "txt",
    "pdf",
    "png",
    "JPG",
    "PNG",
    "MB",
    "KB",
    "Delete",
    "Shift",
    "SHA",
    "HS",
    "ZIP",
    "verify",
    "SECTION",
)
PEOPLE = ("clerk", "handler", "chief", "leader")
_WHY = re.compile("为什么是这一天|答复期限怎样计算")


class Office:
    """Windows by name. ``width`` of one that ``narrow`` names is that of a telephone. Every page that ``look`` has not
    seen yet is examined: what it is called says which it is."""

    def __init__(self, browser: Browser, address: str, width: int, check: Check, narrow: tuple[str, ...] = ()) -> None:
        self._browser, self._address, self._width, self._narrow = browser, address, width, narrow
        self._check = check
        self._pages: dict[str, Page] = {}
        self._seen: set[str] = set()
        self.complaints: list[str] = []

    def window(self, who: str) -> Page:
        """Somebody's window, opened on first use; nobody is signed in."""
        if who not in self._pages:
            width = 360 if who in self._narrow else self._width
            context = window(self._browser, viewport={"width": width, "height": 900}, base_url=self._address)
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            self._pages[who] = page
        return self._pages[who]

    def desk(self, who: str) -> Page:
        """The window of a member of staff, signed in."""
        known = who in self._pages
        page = self.window(who)
        if not known:
            page.goto("/admin/login/")
            page.get_by_label("用户名").fill(who)
            page.get_by_label("密码", exact=False).fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/admin/")
        return page

    def look(self, page: Page, what: str) -> None:
        """Axe, width, language, once for each ``what``."""
        if what in self._seen:
            return
        self._seen.add(what)
        page.wait_for_load_state()
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))")
        self._check(page)
        words = re.sub(r"[0-9a-f]{4,}", "", page.locator("main").inner_text())
        self.complaints += [f"{what}: {word}" for word in sorted(foreign(words, *KNOWN, *PEOPLE))]
        if PICTURES:
            size: Any = page.viewport_size
            page.set_viewport_size({"width": size["width"], "height": 2400})
            page.screenshot(path=Path(PICTURES) / f"{len(self._seen):02}-{what}-{size['width']}.png")
            page.set_viewport_size(size)

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()
        assert self.complaints == [], self.complaints


def explained(page: Page, *words: str) -> Locator:
    """Open what explains the clock and read there."""
    page.locator("summary").filter(has_text=_WHY).first.click()
    steps = page.locator(".gk-steps-why, .why").first
    expect(steps).to_be_visible()
    for each in words:
        expect(steps).to_contain_text(each)
    return steps


def press(page: Page, name: str) -> None:
    page.locator(".gk-item__head").get_by_role("link", name=name, exact=True).click()


def confirm(office: Office, page: Page, name: str, *shown: str) -> None:
    """Preview, read what would follow, confirm."""
    page.get_by_role("button", name="预览，还不办理").click()
    expect(page.get_by_role("button", name=f"确认{name}")).to_be_visible()
    for each in shown:
        expect(page.locator("main")).to_contain_text(each)
    office.look(page, name)
    page.get_by_role("button", name=f"确认{name}").click()
    expect(page.locator(".gk-bar")).to_be_visible()


def do(page: Page, name: str) -> None:
    """A deed that is not shown first."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".gk-bar")).to_be_visible()


def fill(page: Page, **blanks: str) -> None:
    """The blanks of a letter by their names."""
    for name, value in blanks.items():
        page.locator(f"[name=letter-{name}]").fill(value)


def evidence(office: Office, page: Page, kind: str, words: str, file: Path | None = None) -> None:
    press(page, "存入材料")
    page.get_by_role("link", name=kind).click()
    expect(page.get_by_role("button", name="存入", exact=True)).to_be_visible()
    page.locator("[name=text]").fill(words)
    if file is not None:
        page.locator("[name=file]").set_input_files(file)
    office.look(page, "存入材料")
    page.get_by_role("button", name="存入", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("已存入")


def cover(page: Page) -> None:
    """Draw a frame over the middle of the first page."""
    expect(page.locator(".redact-sheet img").first).to_have_js_property("complete", True)
    place = page.locator(".redact-sheet svg").first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.44 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.54 * box["height"], steps=4)
    page.mouse.up()
