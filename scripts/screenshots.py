"""Take the pictures of the README and the manual, on a demonstration of its own.

    uv run python scripts/screenshots.py

Starts the demonstration in a temporary home on a free port, drives Chromium (``CHROMIUM`` names another one),
renders pages of the produced DOCX with LibreOffice (``soffice``) and ``pdftoppm``, and writes ``docs/assets/*.png``
under names that stay. Look at what changed before you commit it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import openpyxl
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from gongkai.project.demo.targets import BUREAU, YEAR

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "docs" / "assets"
PUBLISHED = ROOT / "docs" / "examples" / "wenzhou-2020.txt"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
GONGKAI = [sys.executable, "-c", "from gongkai.project.cli import main; main()"]
REPORT = f"/admin/annual-reports/{YEAR}/"
DESK = {"width": 1440, "height": 900}


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
    server = subprocess.Popen([*GONGKAI, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
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


def shoot(page: Page, name: str, *, height: int, width: int | None = None, top: Locator | None = None) -> None:
    """The page as wide as it is (or ``width``) and so many pixels high, from the top or from an element."""
    view = page.viewport_size or DESK
    start = 0.0
    # The back office scrolls inside the window: a window as high as its content shows all of it.
    page.set_viewport_size({"width": view["width"], "height": 6000})
    if top is not None:
        box = top.bounding_box()
        start = max(0.0, box["y"] - 24) if box else 0.0
    clip = {"x": 0.0, "y": start, "width": float(width or view["width"]), "height": float(height)}
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


def bring_in_a_ledger(page: Page, ledger: Path) -> None:
    """The clerk's way: an empty ledger, filled with two mistakes, uploaded."""
    page.goto("/admin/import/")
    shoot(page, "import", height=660)
    run("import", "applications", "--template", str(ledger))
    book = openpyxl.load_workbook(ledger)
    sheet = book["依申请公开台账"]
    at = {cell.value: cell.column for cell in sheet[1]}
    rows = (("2020-15", f"{YEAR}.6.31", "自然人"), ("2020-16", f"{YEAR}.7.1", "个人"))
    for line, row in enumerate(rows, start=3):
        for heading, value in zip(("收件编号", "收到日期", "申请人类型"), row, strict=True):
            sheet.cell(line, at[heading], value)
    book.save(ledger)
    page.locator("input[type=file]").set_input_files(ledger)
    page.get_by_role("button", name="上传核对").click()
    page.wait_for_selector("text=需要更正")
    shoot(page, "import-errors", height=380)


def work_on_the_report(page: Page) -> None:
    """The staff's way: first screen, years, report, records behind a figure, prose."""
    shoot(page, "desk", height=1120)
    page.goto("/admin/annual-reports/")
    shoot(page, "report-years", height=560)
    page.goto(REPORT)
    shoot(page, "report", height=860)
    shoot(page, "report-table", height=900, top=page.get_by_role("heading", name="三、收到和处理"))
    page.goto(f"{REPORT}cell/3.received.total/")
    shoot(page, "records", height=620)
    page.goto(f"{REPORT}prose/")
    shoot(page, "prose", height=760)
    page.locator("summary", has_text="可以用的占位符").click()
    shoot(page, "placeholders", height=760)


def show_what_changed(page: Page, ledger: Path) -> None:
    """A record that comes in after publication shows as a difference, until a new version is published."""
    book = openpyxl.load_workbook(ledger)
    sheet = book["依申请公开台账"]
    rows = [row for row in sheet.iter_rows() if any(cell.value for cell in row)]
    headings = next(row for row in rows if "收件编号" in [cell.value for cell in row])
    at = {cell.value: cell.column for cell in headings}
    row = rows[-1][0].row + 1
    late = {
        "收件编号": "补登-1",
        "收到日期": f"{YEAR}-11-02",
        "申请人类型": "自然人",
        "答复日期": f"{YEAR}-11-16",
        "办理结果": "予以公开",
    }
    for heading, value in late.items():
        sheet.cell(row, at[heading], value)
    added = ledger.with_name("补登.xlsx")
    book.save(added)
    run("import", "applications", str(added), "--agency", BUREAU)
    page.goto(REPORT)
    shoot(page, "changes", height=620)
    page.goto(f"{REPORT}publish/")
    shoot(page, "publish", height=380)


def visit_as_the_public(browser: Browser, address: str) -> None:
    """Published reports and the check of anybody's report, at a desk, on a tablet and on a phone."""
    sizes = {"": DESK, "-tablet": {"width": 768, "height": 1024}, "-phone": {"width": 360, "height": 740}}
    for suffix, size in sizes.items():
        page = browser.new_context(viewport=size, base_url=address, locale="zh-CN").new_page()
        if suffix != "-tablet":
            page.goto(f"/zfxxgknb/{YEAR}/")
            shoot(page, f"public-report{suffix}", height=size["height"])
        page.goto("/zfxxgknb/hecha/")
        if not suffix:
            shoot(page, "check-form", height=720)
        page.locator("input[name=report]").set_input_files(PUBLISHED)
        page.get_by_role("button", name="开始核查").click()
        page.wait_for_selector("#findings")
        shoot(page, f"check{suffix}", height=size["height"])
        if not suffix:
            shoot(page, "check-text", height=820, top=page.get_by_role("heading", name="一、总体情况"))
            shoot(page, "check-table", height=820, top=page.get_by_role("heading", name="三、收到和处理"))


def pages_of(document: Path, folder: Path, name: str, wanted: tuple[int, ...]) -> None:
    """Pages of a document as LibreOffice lays it out, side by side."""
    convert = [
        tool("soffice"),
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*convert, "--outdir", folder, document], check=True, stdout=subprocess.DEVNULL)
    pdf = folder / f"{document.stem}.pdf"
    subprocess.run([tool("pdftoppm"), "-r", "72", "-png", pdf, folder / "page"], check=True)
    pages = [Image.open(path) for path in sorted(folder.glob("page-*.png"))]
    chosen = [pages[number - 1] for number in wanted if number <= len(pages)]
    gap = 16
    size = (sum(page.width for page in chosen) + gap * (len(chosen) + 1), max(page.height for page in chosen) + 2 * gap)
    sheet = Image.new("RGB", size, "#dddddd")
    left = gap
    for page in chosen:
        sheet.paste(page, (left, gap))
        left += page.width + gap
    save(sheet, name)


def main() -> None:
    ASSETS.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="gongkai-pictures-"))
    os.environ.update(GONGKAI_HOME=str(home), GONGKAI_SITE_AGENCY=BUREAU)
    os.environ.pop("DATABASE_URL", None)
    try:
        run("demo", "--no-serve")
        password = (home / "keys" / "demo.password").read_text().strip()
        with served(free_port()) as address, sync_playwright() as playwright:
            options = {"executable_path": CHROMIUM} if Path(CHROMIUM).exists() else {}
            browser = playwright.chromium.launch(args=["--no-sandbox", "--disable-gpu", "--lang=zh-CN"], **options)
            bring_in_a_ledger(sign_in(browser, address, "jingban", password), home / "依申请公开.xlsx")
            page = sign_in(browser, address, "fuzeren", password)
            work_on_the_report(page)
            visit_as_the_public(browser, address)
            (ledger,) = (home / "台账").glob("*依申请公开台账.xlsx")
            show_what_changed(page, ledger)
            browser.close()
        (document,) = home.glob(f"*{YEAR}年年报.docx")
        pages_of(document, Path(tempfile.mkdtemp(dir=home)), "docx", (1, 2, 4))
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
