"""Take the pictures of the README and the manual, on a demonstration of its own.

    uv run python scripts/screenshots.py [report] [portal]

Prepares a demonstration in a temporary home, serves it on a free port, drives Chromium (``CHROMIUM`` names another
one), renders pages of the produced DOCX with LibreOffice (``soffice``) and ``pdftoppm``, and writes
``docs/assets/*.png`` under names that stay. Named parts are taken alone. Look at what changed before you commit it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import portal_pictures
from pictures import ASSETS, CHROMIUM, DESK, PHONE, ROOT, TABLET, free_port, run, save, served, shoot, sign_in, tool
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from gongkai.project.demo.targets import BUREAU, YEAR

PUBLISHED = ROOT / "docs" / "examples" / "wenzhou-2020.txt"
REPORT = f"/admin/annual-reports/{YEAR}/"
PARTS = ("report", "portal")


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
    shoot(page, "desk", height=1480)
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
    sizes = {"": DESK, "-tablet": TABLET, "-phone": PHONE}
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


def of_the_report(browser: Browser, address: str, home: Path, password: str) -> None:
    """Ledgers, the report and the check."""
    bring_in_a_ledger(sign_in(browser, address, "jingban", password), home / "依申请公开.xlsx")
    page = sign_in(browser, address, "fuzeren", password)
    work_on_the_report(page)
    visit_as_the_public(browser, address)
    (ledger,) = (home / "台账").glob("*依申请公开台账.xlsx")
    show_what_changed(page, ledger)
    (document,) = home.glob(f"*{YEAR}年年报.docx")
    pages_of(document, Path(tempfile.mkdtemp(dir=home)), "docx", (1, 2, 4))


def main() -> None:
    parts = sys.argv[1:] or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
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
            if "report" in parts:
                of_the_report(browser, address, home, password)
            if "portal" in parts:
                portal_pictures.take(browser, address, home, password)
            browser.close()
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
