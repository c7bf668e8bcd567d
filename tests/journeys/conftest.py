"""A real browser against a real server, for the journeys of people through the pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from .windows import window

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# The browser's driver runs a loop in the thread of the tests, from which Django would otherwise refuse its tables.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: begun last, it would be waited for alone."""
    items.sort(key=lambda item: item.path.stem != "test_whole_case")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = {"executable_path": CHROMIUM} if Path(CHROMIUM).exists() else {}
        expect.set_options(timeout=20_000)  # a slow machine is no defect
        browser = playwright.chromium.launch(args=["--no-sandbox", "--disable-gpu"], **options)
        yield browser
        browser.close()


@pytest.fixture(params=[360, 1440], ids=["phone", "desk"])
def page(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page as wide as a phone and as a desk; what the browser complains about fails the test."""
    context = window(browser, viewport={"width": request.param, "height": 900}, base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [each for each in complaints if "status of 4" not in each] == []


# For pages that are worked with at a desk: `accessible` also asks whether they fit a phone.
at_a_desk = pytest.mark.parametrize("page", [1440], ids=["desk"], indirect=True)


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Asserts that axe-core finds no violation and that nothing is wider than the window or than a phone."""
    axe = Axe()

    def violations(page: Page) -> list[dict[str, Any]]:
        page.wait_for_load_state()
        return axe.run(page).response["violations"]

    def check(page: Page) -> None:
        try:
            found = violations(page)
        except Error as error:  # a link was followed, and the page went while it was looked at: look at the next
            if "context was destroyed" not in error.message:
                raise
            found = violations(page)
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], page.url
        size = page.viewport_size
        assert size is not None
        for width in {size["width"], 360}:
            page.set_viewport_size({"width": width, "height": size["height"]})
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (page.url, width)
        page.set_viewport_size(size)

    return check
