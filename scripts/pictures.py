"""What the scripts that take pictures share: a demonstration that is served, a browser, PNGs of few colours."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "docs" / "assets"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
GONGKAI = [sys.executable, "-c", "from gongkai.project.cli import main; main()"]
DESK: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 768, "height": 1024}
PHONE: ViewportSize = {"width": 360, "height": 740}


def run(*arguments: str) -> None:
    """A command of gongkai that must succeed."""
    subprocess.run([*GONGKAI, *arguments], check=True, stdout=subprocess.DEVNULL)


def tool(name: str) -> str:
    """Where a program of this machine is. Raises ``RuntimeError`` when it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is not installed")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(port: int) -> Iterator[str]:
    """The address of the demonstration while it is served. Raises ``RuntimeError`` when it does not come up."""
    # Without a worker: what it tells people would change between two pictures.
    command = [*GONGKAI, "serve", "--port", str(port), "--no-worker"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            if server.poll() is not None:
                raise RuntimeError("the server ended before it answered")
            try:
                urlopen(address, timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        else:
            raise RuntimeError(f"{address} does not answer")
        yield address
    finally:
        server.terminate()
        server.wait()


def save(picture: Image.Image, name: str) -> None:
    """A PNG of 128 colours: a third of the size, and text stays sharp."""
    reduced = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    reduced.save(ASSETS / f"{name}.png", optimize=True)
    print(f"{name}.png {reduced.width}×{reduced.height}")


def shoot(page: Page, name: str, *, height: int, top: Locator | None = None, window: int = 6000) -> None:
    """The page as wide as it is and so many pixels high, from the top or from an element.

    The back office scrolls inside the window: a ``window`` as high as its content shows all of it.
    """
    view = page.viewport_size or DESK
    start = 0.0
    page.set_viewport_size({"width": view["width"], "height": window})
    if top is not None:
        box = top.bounding_box()
        start = max(0.0, box["y"] - 24) if box else 0.0
    clip = {"x": 0.0, "y": start, "width": float(view["width"]), "height": float(height)}
    content = page.screenshot(clip=clip, animations="disabled")
    page.set_viewport_size(view)
    save(Image.open(BytesIO(content)), name)


def sign_in(browser: Browser, address: str, name: str, password: str) -> Page:
    page = browser.new_context(viewport=DESK, base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return page
