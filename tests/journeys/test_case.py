"""A case from assignment to archive in a real browser, by everybody whose turn it is; its clock explained."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.applications import services
from gongkai.applications.models import Application, Channel, FileKind, Stage
from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role

from ..applications.cases import PERSON
from ..applications.redaction.files import OPEN, SECRET, pdf, text
from ..desk.words import foreign

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Check = Callable[[Page], None]
PASSWORD = "correct horse battery"
PICTURES = os.environ.get("GONGKAI_PICTURES", "")
# A tracking number, an address, names and sizes of files, keys of the keyboard.
KNOWN = ("EMS", "example", "cn", "ouyang", "txt", "pdf", "KB", "Delete", "Shift", "SHA")
ROLES = {
    "clerk": (Role.CLERK, "办公室"),
    "handler": (Role.HANDLER, "综合处"),
    "chief": (Role.REVIEWER, "综合处"),
    "leader": (Role.LEADER, "办公室"),
}


@pytest.fixture
def case(transactional_db: None, tmp_path: Path) -> Application:
    """An application that came in three working days ago, and everybody who will have to do with it."""
    agency = Agency.add_root(
        code="330300-tj",
        name="温州市统计局",
        short_name="温统",
        region_code="330300",
        address="温州市鹿城区某大道 100 号",
        postcode="325000",
        telephone="0577-00000000",
        review_government="温州市人民政府",
        court="温州市鹿城区人民法院",
    )
    departments = {name: Department.objects.create(agency=agency, name=name) for name in ("办公室", "综合处")}
    for name, (role, department) in ROLES.items():
        made = User.objects.create_user(
            name, password=PASSWORD, agency=agency, department=departments[department], last_name="王"
        )
        made.groups.set(Group.objects.filter(name=role.label))
    received = working_calendar().add_working_days(timezone.localdate(), -3)
    return services.register(agency, received, PERSON, "2024年粮食播种面积", channel=Channel.COUNTER)


class Office:
    """Everybody in a window of their own."""

    def __init__(self, browser: Browser, address: str, width: int, case: Application, check: Check) -> None:
        self._browser, self._address, self._width = browser, address, width
        self._case, self._check = case, check
        self._pages: dict[str, Page] = {}
        self.complaints: list[str] = []
        self._pictures = 0

    def at(self, who: str) -> Page:
        """The page of the case as somebody has it; signed in on first use. It is looked at each time."""
        if who not in self._pages:
            context = self._browser.new_context(
                viewport={"width": self._width, "height": 900}, base_url=self._address, locale="zh-CN"
            )
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            page.goto("/admin/login/")
            page.get_by_label("用户名").fill(who)
            page.get_by_label("密码", exact=False).fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/admin/")
            self._pages[who] = page
        page = self._pages[who]
        page.goto(f"/admin/applications/{self._case.pk}/")
        self.look(page, who)
        return page

    def look(self, page: Page, what: str) -> None:
        """Axe, width, language; and that the page of a case explains its clock."""
        self._check(page)
        words = re.sub(r"[0-9a-f]{64}", "", page.locator("main").inner_text())
        assert foreign(words, *KNOWN, *ROLES) == set(), page.url
        self._pictures += 1
        if PICTURES:
            name = f"{self._width}-{self._pictures:02}-{what}.png"
            page.set_viewport_size({"width": self._width, "height": 2400})
            page.screenshot(path=Path(PICTURES) / name)
            page.set_viewport_size({"width": self._width, "height": 900})

    def explained(self, page: Page, *words: str) -> None:
        """Open 为什么是这一天 and read there."""
        page.get_by_text("为什么是这一天").click()
        for each in words:
            expect(page.locator(".gk-steps-why").first).to_contain_text(each)

    def press(self, page: Page, name: str) -> None:
        page.locator(".gk-item__head").get_by_role("link", name=name, exact=True).click()

    def confirm(self, page: Page, name: str, *shown: str) -> None:
        """Preview, read what would follow, confirm."""
        page.get_by_role("button", name="预览，还不办理").click()
        expect(page.get_by_role("button", name=f"确认{name}")).to_be_visible()
        for each in shown:
            expect(page.locator("main")).to_contain_text(each)
        self.look(page, name)
        page.get_by_role("button", name=f"确认{name}").click()
        expect(page.locator(".gk-bar")).to_be_visible()


@pytest.fixture
def office(browser: Browser, live_server: LiveServer, case: Application, accessible: Check) -> Iterator[Office]:
    made = Office(browser, live_server.url, 1440, case, accessible)
    yield made
    for page in made._pages.values():
        page.context.close()
    assert made.complaints == []


def fill(page: Page, **blanks: str) -> None:
    """The blanks of a letter by their names."""
    for name, value in blanks.items():
        page.locator(f"[name=letter-{name}]").fill(value)


def evidence(page: Page, office: Office, kind: str, words: str, file: Path | None = None) -> None:
    office.press(page, "存入材料")
    page.get_by_role("link", name=kind).click()
    expect(page.get_by_role("button", name="存入", exact=True)).to_be_visible()
    page.locator("[name=text]").fill(words)
    if file is not None:
        page.locator("[name=file]").set_input_files(file)
    office.look(page, "evidence")
    page.get_by_role("button", name="存入", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("已存入")


def send(office: Office, letter: str) -> None:
    """The clerk sends a letter by post and puts the proof on file."""
    page = office.at("clerk")
    office.press(page, "发出文书")
    page.get_by_label(letter).check()
    page.get_by_label("邮寄（挂号、快递）").check()
    page.get_by_label("邮寄单号").fill("EMS123")
    office.confirm(page, "发出文书")


def test_a_case_with_correction_consultation_extension_and_partial_release(
    office: Office, case: Application, tmp_path: Path
) -> None:
    source = tmp_path / "会议纪要.pdf"
    source.write_bytes(pdf(text(SECRET, 100, 200) + text(OPEN, 50, 350)))
    proof = tmp_path / "回证.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")

    page = office.at("clerk")
    office.explained(page, "收到申请。收到当日不计入")
    office.press(page, "分办")
    page.locator("select[name=lead]").select_option(label="综合处")
    page.get_by_role("button", name="分办", exact=True).click()
    expect(page.locator(".gk-bar")).to_be_visible()

    page = office.at("handler")
    office.press(page, "签收")
    page.get_by_role("button", name="签收", exact=True).click()
    expect(page.locator(".gk-bar")).to_be_visible()

    # --- 补正 ---
    page = office.at("handler")
    office.press(page, "要求补正")
    fill(page, unclear="没有写明是哪一级的数据", to_supply="请写明市、县", officer="王某")
    office.confirm(page, "要求补正", "等待申请人补正", "补正告知书")
    expect(page.locator(".gk-bar")).to_contain_text("停止计算")
    send(office, "补正告知书")
    page = office.at("clerk")
    office.press(page, "收到补正")
    page.locator("[name=requested]").fill("2024年温州市粮食播种面积")
    office.confirm(page, "收到补正", "现在的计算", "办理之后的计算")

    # --- 征求第三方意见 ---
    page = office.at("handler")
    office.explained(page, "收到补正的申请")
    office.press(page, "征求意见")
    fill(page, recipient="某农场", information="2024年播种面积", answer_way="书面寄回", officer="王某")
    office.confirm(page, "征求意见", "征求意见期间不计入答复期限")
    expect(page.locator(".gk-bar")).to_contain_text("停止计算")
    page = office.at("handler")
    office.press(page, "收到意见")
    page.get_by_label("不同意公开").check()
    office.confirm(page, "收到意见")

    # --- 延期 ---
    page = office.at("leader")
    office.press(page, "延期")
    fill(page, reason="需要核对历史资料", officer="王某", working_days="10")
    office.confirm(page, "延期", "答复期限由")
    expect(page.locator(".gk-item__head")).to_contain_text("已延期")
    office.explained(page, "延长10个工作日")

    # --- 区分处理 ---
    page = office.at("handler")
    evidence(page, office, "获取该政府信息的方式", "随信提供遮盖后的复印件", source)
    evidence(office.at("handler"), office, "不公开会对公共利益造成重大影响", "涉及粮食安全，已书面告知")
    page = office.at("handler")
    page.get_by_role("link", name="区分处理（遮盖）").click()
    expect(page.locator(".redact-sheet img").first).to_have_js_property("complete", True)
    place = page.locator(".redact-sheet svg").first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.44 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.54 * box["height"], steps=4)
    page.mouse.up()
    page.get_by_label("不予公开的理由").select_option("denied.third_party_rights")
    page.get_by_label("遮盖的是什么").fill("联系人手机号")
    office.look(page, "redact")
    page.get_by_role("button", name="生成遮盖后的文件").click()
    expect(page.locator(".messages")).to_contain_text("已生成遮盖后的文件")

    # --- 拟答复 ---
    page = office.at("handler")
    office.press(page, "拟答复")
    for answer in ("明确", "是", "由本机关负责", "有", "含有不应当公开的内容，能够区分处理"):
        expect(page.get_by_role("link", name=answer, exact=True)).to_be_visible()
        office.look(page, "draft")
        page.get_by_role("link", name=answer, exact=True).click()
    expect(page.get_by_role("link", name="拟写文书")).to_be_visible()
    office.look(page, "draft")
    page.get_by_role("link", name="拟写文书").click()
    assert "联系人手机号" in page.locator("[name=letter-severance]").input_value()
    fill(page, officer="王某")
    page.get_by_role("button", name="预览文书，还不送审").click()
    expect(page.locator(".gk-paper")).to_contain_text("政府信息部分公开告知书")
    expect(page.locator(".gk-paper")).to_contain_text("行政复议")
    office.look(page, "letter")
    page.get_by_role("button", name="送交审核").click()
    expect(page.locator(".gk-bar")).to_be_visible()

    # --- 审核、签发、发出、送达、归档 ---
    page = office.at("chief")
    office.press(page, "审核通过")
    page.get_by_label("审核意见").fill("同意")
    office.look(page, "review")
    page.get_by_role("button", name="审核通过", exact=True).click()
    expect(page.locator(".gk-bar")).to_be_visible()
    page = office.at("leader")
    office.press(page, "签发")
    page.get_by_role("button", name="签发", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("已签发")
    send(office, "政府信息部分公开告知书")
    case.refresh_from_db()
    assert (case.status, case.outcome, case.stage) == ("closed", "granted_in_part", Stage.DONE)
    for letter in list(case.letters.filter(sent_on__isnull=False)):
        page = office.at("clerk")
        office.press(page, "登记送达")
        page.get_by_label(str(letter)).check()
        page.locator("[name=proof]").set_input_files(proof)
        page.get_by_role("button", name="登记送达", exact=True).click()
        expect(page.locator(".messages")).to_contain_text("送达凭证已存入")
    page = office.at("clerk")
    office.explained(page, "收到意见")
    office.press(page, "归档")
    page.get_by_role("button", name="归档", exact=True).click()
    expect(page.locator(".gk-bar")).to_be_visible()
    page = office.at("clerk")
    expect(page.locator(".gk-item__head")).to_contain_text("已归档")
    case.refresh_from_db()
    assert case.files.filter(kind=FileKind.RELEASED).count() == 1
    assert case.due_on is not None
    assert case.due_on > case.received_on + timedelta(days=28)
    assert case.closed_on == date.today()


def test_the_list_is_narrowed_saved_and_several_are_assigned(office: Office, case: Application) -> None:
    for _ in range(2):
        services.register(case.agency, case.received_on, PERSON, "另一件", channel=Channel.FAX)
    page = office.at("clerk")
    page.goto("/admin/")
    page.get_by_role("link", name="待分办 3").click()
    expect(page.locator("#listing-results tbody tr")).to_have_count(3)
    office.look(page, "list")
    page.get_by_text("显示哪些列，保存这个筛选").click()
    page.get_by_label("把现在的筛选和列保存为").fill("等着分办的")
    office.look(page, "columns")
    page.get_by_role("button", name="保存", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("link", name="等着分办的").click()
    for box in page.locator("#listing-results tbody input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="分办", exact=True).click()
    expect(page.locator("main")).to_contain_text("将分办的（3 件）")
    page.locator("select[name=lead]").select_option(label="综合处")
    office.look(page, "bulk")
    page.get_by_role("button", name="分办 3 件").click()
    expect(page.locator(".messages")).to_contain_text("已分办 3 件")


def test_who_applied_is_covered_until_opened_for_a_reason(office: Office, case: Application) -> None:
    page = office.at("clerk")
    expect(page.locator("main")).to_contain_text("欧阳**")
    expect(page.locator("main")).not_to_contain_text(PERSON.phone)
    page.get_by_label("查看的理由").fill("电话联系申请人")
    page.get_by_role("button", name="查看申请人信息").click()
    expect(page.locator("main")).to_contain_text(PERSON.phone)
    office.look(page, "opened")
    page.get_by_role("link", name="收起").click()
    expect(page.locator("main")).not_to_contain_text(PERSON.phone)
    leader = office.at("leader")
    expect(leader.locator("main")).to_contain_text("电话联系申请人")
    leader.goto("/admin/applications/accesses/")
    office.look(leader, "accesses")
