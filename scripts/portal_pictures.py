"""The pictures of the portal: what the public sees on three screens, and the way of a text through the back office."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
from pictures import DESK, PHONE, TABLET, run, shoot, sign_in
from playwright.sync_api import Browser, Page

from gongkai.project.demo.targets import BUREAU

DOCUMENT = "温州市统计局统计数据发布管理办法"
EXPLAINED = f"一图读懂《{DOCUMENT}》"
INDICATOR = "规模以上工业增加值"
STOPPED = "关于招募第二批普查员的公告"
AT_THE_OFFICE = "关于报送定期统计报表的通知"
AT_THE_LEADER = "关于公布统计执法检查名单的通知"
TASKS, DUTIES, VALIDITY = "/admin/portal/", "/admin/portal/duties/", "/admin/portal/validity/"
# Documents of a former site that a clean-up goes through: title, number, day of formation, days until they lapse.
FORMER = (
    ("统计调查证管理办法", "温统演〔2017〕6号", date(2017, 5, 9), None),
    ("统计违法行为举报奖励办法", "温统演〔2018〕11号", date(2018, 8, 21), 52),
    ("乡镇街道统计工作规范", "温统演〔2018〕19号", date(2018, 12, 3), None),
    ("统计信息员管理规定", "温统演〔2019〕4号", date(2019, 3, 14), 400),
)


def take(browser: Browser, address: str, home: Path, password: str) -> None:
    """All of them, in an order in which each finds what it shows."""
    bring_in_documents(home / "原网站文件.xlsx")
    for size in (PHONE, TABLET, DESK):
        visit(browser, address, size["width"], size["height"])

    def desk_of(name: str) -> Page:
        return sign_in(browser, address, name, password)

    write(desk_of("pucha-cb"))
    office = desk_of("shenhe")
    review(office)
    leader = desk_of("fuzeren")
    approve(leader)
    change(desk_of("zhifa-cb"))
    compare(desk_of("zhifa"))
    keep(leader)
    clean_up(office)


def bring_in_documents(path: Path) -> None:
    """The way of documents from a former site: a workbook, published on the word of a leader."""
    run("import", "site", "--template", str(path))
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    book = openpyxl.load_workbook(path)
    sheet = book["文章"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row, (title, number, day, left) in enumerate(FORMER, start=3):
        told = {
            "标题": title,
            "一级栏目": "政务公开",
            "二级栏目": "法定主动公开内容",
            "发布日期": f"{day} 10:00",
            "文号": number,
            "成文日期": str(day),
            "文件类别": "行政规范性文件",
            "施行日期": str(day + timedelta(days=30)),
            "有效期至": str(today + timedelta(days=left)) if left else "",
            "正文": f"第一条 为规范有关工作，制定本文件。\n第二条 本文件自{day + timedelta(days=30)}起施行。",
        }
        for heading, value in told.items():
            sheet.cell(row, at[heading], value)
    book.save(path)
    run("import", "site", str(path), "--agency", BUREAU, "--approved-by", "fuzeren", "--drafted-by", "jingban")


def visit(browser: Browser, address: str, width: int, height: int) -> None:
    """Every kind of page on a screen of this size."""
    is_wide = width == DESK["width"]
    page = browser.new_context(
        viewport={"width": width, "height": height}, base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai"
    ).new_page()

    def picture(name: str, high: int) -> None:
        page.wait_for_load_state("networkidle")
        shoot(page, f"portal-{name}-{width}", height=high)

    page.goto("/")
    picture("home", 1420 if is_wide else 1200)
    page.goto("/gzdt/sjdt/")
    picture("column", 900)
    page.goto("/fdzdgknr/")
    picture("platform", 1000)
    page.get_by_role("link", name=DOCUMENT, exact=True).click()
    picture("article", 1300 if is_wide else 1200)
    page.locator("input[name=q]").fill("普查")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    picture("search", 1000)
    if is_wide:
        page.goto("/")
        page.get_by_role("link", name=INDICATOR, exact=True).click()
        picture("series", 1000)
        page.goto("/zwgk/zcjd/")
        page.get_by_role("link", name=EXPLAINED).click()
        picture("explained", 2300)
    page.goto("/")
    page.get_by_role("link", name="长者版").click()
    picture("elder", 1000)


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def write(page: Page) -> None:
    """The author of a draft is told what stops it."""
    page.goto(TASKS)
    page.get_by_role("link", name=STOPPED).click()
    settled(page)
    shoot(page, "portal-findings", height=720)
    item = page.url
    page.get_by_role("link", name="修改", exact=True).click()
    settled(page)
    shoot(page, "portal-editor", height=1420)
    page.goto(item)
    page.get_by_role("link", name="送审", exact=True).click()
    page.get_by_role("button", name="送审", exact=True).click()
    page.wait_for_selector("text=下面 2 处须先处理")
    shoot(page, "portal-stopped", height=640)


def review(page: Page) -> None:
    """The office finds what waits for it, and reads the proof."""
    page.goto(TASKS)
    shoot(page, "portal-tasks", height=560)
    page.get_by_role("link", name=AT_THE_OFFICE).click()
    page.get_by_role("link", name="审查通过", exact=True).click()
    page.frame_locator("iframe").get_by_role("heading", name=AT_THE_OFFICE).wait_for()
    settled(page)
    shoot(page, "portal-review", height=1400, window=1400)


def approve(page: Page) -> None:
    """The leader lets a text go out."""
    page.goto(TASKS)
    page.get_by_role("link", name=AT_THE_LEADER).click()
    page.get_by_role("link", name="签发", exact=True).click()
    page.get_by_role("button", name="签发", exact=True).click()
    page.wait_for_selector("text=已签发并公开")
    shoot(page, "portal-item", height=1180)


def change(page: Page) -> None:
    """Somebody writes at what is public already, and sends it again."""
    page.goto("/admin/portal/items/?status=published&q=统计执法检查名单")
    page.get_by_role("link", name=AT_THE_LEADER).click()
    page.get_by_role("link", name="修改", exact=True).click()
    settled(page)
    page.locator("input[name=title]").fill(f"{AT_THE_LEADER}（更正）")
    page.locator("[data-contentpath=body] .public-DraftEditor-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("原名单中个别单位名称有误，现予更正。")
    page.wait_for_timeout(1000)  # the editor hands over what was typed a moment later
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/admin/portal/items/*/")
    page.get_by_role("link", name="送审", exact=True).click()
    page.get_by_role("button", name="送审", exact=True).click()
    page.wait_for_selector("text=已送审")


def compare(page: Page) -> None:
    """The reviewer sees what would change."""
    page.goto(TASKS)
    page.get_by_role("link", name=AT_THE_LEADER).click()
    page.get_by_role("link", name="与已公开内容的差别").click()
    settled(page)
    shoot(page, "portal-difference", height=620)


def keep(page: Page) -> None:
    """Who keeps which column, how the columns stand, how long documents are in force."""
    page.goto(DUTIES)
    shoot(page, "portal-duties", height=900)
    page.goto(f"{DUTIES}watch/")
    shoot(page, "portal-watch", height=900)
    page.goto(VALIDITY)
    shoot(page, "portal-validity", height=900)


def clean_up(page: Page) -> None:
    """A clean-up with a conclusion on some of its documents."""
    page.goto(f"{VALIDITY}cleanups/")
    page.get_by_role("button", name="发起").click()
    page.wait_for_selector("input[name=entry]")
    for box in page.locator("input[name=entry]").all()[:2]:
        box.check()
    page.locator("#id_conclusion").select_option("in_force")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("button", name="确认", exact=True).click()
    page.wait_for_selector("text=已登记 2 件")
    settled(page)
    shoot(page, "portal-cleanup", height=1220)
