"""A window of the browser in which nothing moves: what fades in has a contrast of its own while it does."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext

_STILL = """
const still = new CSSStyleSheet();
still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }");
document.adoptedStyleSheets = [still];
"""


def window(browser: Browser, **options: Any) -> BrowserContext:
    """A context of the browser with these options."""
    context = browser.new_context(locale="zh-CN", **options)
    context.add_init_script(_STILL)
    return context
