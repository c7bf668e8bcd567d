"""One case by everybody whose turn it is, from the applicant's telephone to the review and the year's report."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.applications.coordination.models import Coordination
from gongkai.applications.letters import posting
from gongkai.applications.models import Application, FileKind, Stage, Status
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.disputes.models import Dispute
from gongkai.reporting.cells import compute

from ..applications.matters_world import staff
from ..applications.public.visitor import GIVEN, PROOF
from ..applications.redaction.files import OPEN, SECRET, pdf, text
from ..notices.servers import mail_server
from .office import Check, Office, confirm, cover, do, evidence, explained, fill, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def bureau(transactional_db: None) -> SimpleNamespace:
    cache.clear()
    root = Agency.add_root(
        code="330300-tj",
        name="温州市统计局",
        short_name="温统",
        region_code="330300",
        address="温州市鹿城区某大道 100 号",
        postcode="325000",
        telephone="0577-00000000",
        review_government="温州市人民政府",
        review_online="掌上复议小程序",
        court="温州市鹿城区人民法院",
    )
    child = root.add_child(code="330381-tj", name="瑞安市统计局", address="瑞安市某路 1 号")
    return SimpleNamespace(agency=root, city=staff(root), county=staff(child, "county-"))


@pytest.fixture
def office(browser: Browser, live_server: LiveServer, bureau: SimpleNamespace, accessible: Check) -> Iterator[Office]:
    """At the desk; the applicant, the leader and the county with a telephone."""
    made = Office(
        browser, live_server.url, 1440, accessible, narrow=("citizen", "leader", "county-handler", "county-chief")
    )
    yield made
    made.close()


class Way:
    """The case, as each comes to it."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.number = self.code = ""

    @property
    def case(self) -> Application:
        return Application.objects.get(number=self.number)

    def file(self, name: str, content: bytes = b"%PDF-1.4 scan") -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def at(self, who: str, *reasons: str) -> Page:
        """The page of the case, which says why it is due on that day."""
        page = self.office.desk(who)
        page.goto(f"/admin/applications/{self.case.pk}/")
        self.office.look(page, f"案件页面 {who}")
        explained(page, *(reasons or ("收到申请。收到当日不计入",)))
        return page

    def begin(self, who: str, name: str) -> Page:
        """The page on which something is done; the clock is explained there too."""
        page = self.at(who)
        press(page, name)
        explained(page, "收到申请。收到当日不计入")
        return page

    def follow(self, *words: str) -> Page:
        """The applicant asks how it stands."""
        page = self.office.window("citizen")
        page.goto("/ysqgk/chaxun/")
        page.locator("[name=number]").fill(self.number)
        page.locator("[name=code]").fill(self.code)
        page.get_by_role("button", name="查询", exact=True).click()
        for each in words:
            expect(page.locator("main")).to_contain_text(each)
        explained(page, "收到申请。收到当日不计入")
        assert self.code not in page.url
        self.office.look(page, f"办理情况 {words[0]}")
        return page

    def mail(self, letter: str) -> str:
        """The clerk sends a letter by e-mail, the worker hands it over; the text of its PDF."""
        page = self.begin("clerk", "发出文书")
        page.get_by_label(letter).check()
        page.get_by_label("电子邮件").check()
        confirm(self.office, page, "发出文书")
        # A server for each mail: one whose thread has waited through pages of the browser takes no more.
        with mail_server() as server:
            told = {"EMAIL_PORT": server.port, "EMAIL_USE_TLS": False, "EMAIL_HOST_USER": ""}
            with override_settings(EMAIL_HOST="127.0.0.1", DEFAULT_FROM_EMAIL="gk@tj.example.cn", **told):
                assert posting.deliver(timezone.now()) == "发出 1 份，未发出 0 份"
        (mail,) = server.mails
        assert str(mail["To"]) == GIVEN["email"]
        (attached,) = mail.iter_attachments()
        return words_of(attached.get_content())

    # --- What happens, in order ---

    def apply(self) -> None:
        page = self.office.window("citizen")
        page.goto("/ysqgk/")
        page.get_by_role("link", name="在线申请").click()
        page.get_by_label("自然人").check()
        for name in ("name", "id_number", "phone", "email", "title", "requested"):
            page.locator(f"[name={name}]").fill(GIVEN[name])
        page.get_by_label("电子文档").check()
        page.locator("[name=delivery][value=email]").check()
        page.locator("[name=id_proof]").set_input_files(self.file("身份证.png", PROOF))
        page.get_by_role("button", name="下一步：核对").click()
        page.get_by_role("button", name="提交申请").click()
        expect(page.locator("h1")).to_have_text("申请已经收到")
        self.number, self.code = page.locator("#number").inner_text(), page.locator("#code").inner_text()
        page.get_by_role("button", name="我已看到回执，确认收到").click()
        self.follow("前答复")

    def assign(self) -> None:
        page = self.office.desk("clerk")
        page.goto("/admin/")
        page.get_by_role("link", name="待分办 1").click()
        page.get_by_role("link", name=self.number).first.click()
        page = self.begin("clerk", "分办")
        page.locator("select[name=lead]").select_option(label="农业处")
        do(page, "分办")
        do(self.begin("handler", "签收"), "签收")

    def correct(self) -> None:
        page = self.begin("handler", "要求补正")
        fill(page, unclear="没有写明是哪一级的数据", to_supply="请写明市、县", officer="王某")
        confirm(self.office, page, "要求补正", "等待申请人补正", "补正告知书")
        assert "补正" in self.mail("补正告知书")
        page = self.follow("等待您补正", "需要您做的")
        page.locator("#text").fill("指全市及所辖各县（市、区）")
        page.locator("#file").set_input_files(self.file("补正.pdf"))
        page.get_by_role("button", name="提交补正").click()
        expect(page.locator(".good")).to_contain_text("补正已经收到")
        self.at("handler", "收到补正的申请")

    def consult(self) -> None:
        page = self.begin("handler", "征求意见")
        fill(page, recipient="某农场", information="2019年播种面积", answer_way="书面寄回", officer="王某")
        confirm(self.office, page, "征求意见", "征求意见期间不计入答复期限")
        page = self.begin("clerk", "发出文书")
        page.get_by_label("第三方意见征求书").check()
        page.get_by_label("邮寄（挂号、快递）").check()
        page.get_by_label("邮寄单号").fill("EMS123")
        confirm(self.office, page, "发出文书")
        page = self.begin("clerk", "登记送达")
        page.locator("[name=proof]").set_input_files(self.file("回证.pdf"))
        do(page, "登记送达")
        page = self.begin("handler", "收到意见")
        page.get_by_label("不同意公开").check()
        page.get_by_label("书面意见").set_input_files(self.file("意见.pdf"))
        confirm(self.office, page, "收到意见", "意见.pdf")

    def coordinate(self) -> None:
        page = self.at("handler")
        page.get_by_role("link", name="发起会商").click()
        page.get_by_label("信息由其他机关制作或者最初获取").check()
        page.get_by_label("公函").check()
        page.get_by_label("会商事项").fill("该表由贵局制作，请说明能否公开及依据。")
        self.office.look(page, "发起会商")
        page.get_by_role("button", name="下一步").click()
        page.get_by_label("征求哪个机关").select_option(label="瑞安市统计局")
        self.office.look(page, "会商征求意见")
        page.get_by_role("button", name="征求意见", exact=True).click()
        expect(page.get_by_text("征求意见期间不计入答复期限").first).to_be_visible()
        page = self.office.desk("county-handler")
        page.goto("/admin/coordination/incoming/")
        self.office.look(page, "来文")
        page.get_by_role("link", name="HS").first.click()
        self.office.look(page, "来文一件")
        expect(page.locator("main")).not_to_contain_text(GIVEN["name"])
        page.get_by_role("link", name="拟写意见").click()
        page.get_by_label("可以依申请公开").check()
        page.locator("#id_opinion").fill("由本局制作，已在年鉴公布。")
        page.locator("#id_basis").fill("瑞安统计年鉴2020")
        self.office.look(page, "拟写意见")
        page.get_by_role("button", name="拟写意见").click()
        expect(page.get_by_text("已送审核人员签发")).to_be_visible()
        page = self.office.desk("county-chief")
        page.goto("/admin/coordination/incoming/")
        page.get_by_role("link", name="HS").first.click()
        page.get_by_role("link", name="签发意见").click()
        self.office.look(page, "签发意见")
        page.get_by_role("button", name="签发意见").click()
        expect(page.get_by_text("意见已签发并送出")).to_be_visible()
        one = Coordination.objects.get()
        page = self.office.desk("handler")
        page.goto(f"/admin/coordination/{one.pk}/conclude/")
        page.get_by_label("可以依申请公开").check()
        page.get_by_label("由本机关答复").check()
        page.locator("#id_conclusion").fill("可以公开，由本机关答复。")
        self.office.look(page, "形成结论")
        page.get_by_role("button", name="形成结论").click()
        page = self.office.desk("leader")
        page.goto(f"/admin/coordination/{one.pk}/sign-off/")
        self.office.look(page, "签批结论")
        page.get_by_role("button", name="签批结论").click()
        expect(page.get_by_text("已签批").first).to_be_visible()
        self.office.look(page, "会商一件")

    def extend(self) -> None:
        page = self.begin("leader", "延期")
        fill(page, reason="需要核对历史资料", officer="王某", working_days="10")
        confirm(self.office, page, "延期", "答复期限由")
        page = self.at("leader", "延长10个工作日", "收到意见")
        expect(page.locator(".gk-item__head")).to_contain_text("已延期")
        assert "延期" in self.mail("延期答复告知书")

    def redact(self) -> None:
        source = self.file("会议纪要.pdf", pdf(text(SECRET, 100, 200) + text(OPEN, 50, 350)))
        evidence(self.office, self.at("handler"), "获取该政府信息的方式", "随邮件提供遮盖后的文件", source)
        evidence(self.office, self.at("handler"), "不公开会对公共利益造成重大影响", "涉及粮食安全，已书面告知")
        page = self.at("handler")
        page.get_by_role("link", name="区分处理（遮盖）").click()
        cover(page)
        page.get_by_label("不予公开的理由").select_option("denied.third_party_rights")
        page.get_by_label("遮盖的是什么").fill("联系人手机号")
        self.office.look(page, "遮盖")
        page.get_by_role("button", name="生成遮盖后的文件").click()
        expect(page.locator(".messages")).to_contain_text("已生成遮盖后的文件")

    def answer(self) -> str:
        page = self.begin("handler", "拟答复")
        for answer in ("明确", "是", "由本机关负责", "有", "含有不应当公开的内容，能够区分处理"):
            expect(page.get_by_role("link", name=answer, exact=True)).to_be_visible()
            self.office.look(page, "拟答复")
            page.get_by_role("link", name=answer, exact=True).click()
        page.get_by_role("link", name="拟写文书").click()
        assert "联系人手机号" in page.locator("[name=letter-severance]").input_value()
        fill(page, officer="王某")
        page.get_by_role("button", name="预览文书，还不送审").click()
        expect(page.locator(".gk-paper")).to_contain_text("行政复议")
        explained(page, "收到申请。收到当日不计入")
        self.office.look(page, "拟写文书")
        page.get_by_role("button", name="送交审核").click()
        expect(page.locator(".gk-bar")).to_be_visible()
        page = self.begin("chief", "审核通过")
        page.get_by_label("审核意见").fill("同意")
        self.office.look(page, "审核通过")
        do(page, "审核通过")
        page = self.begin("leader", "签发")
        self.office.look(page, "签发")
        do(page, "签发")
        return self.mail("政府信息部分公开告知书")

    def dispute(self) -> None:
        today = timezone.localdate().isoformat()
        page = self.at("clerk")
        page.get_by_role("link", name="登记复议诉讼").click()
        page.get_by_label("受理（立案）日期").fill(today)
        page.get_by_label("行政复议", exact=True).check()
        page.get_by_label("案号").fill("温政复〔2026〕1号")
        page.get_by_label("审理机关的类别").select_option("government")
        page.locator("#id_body").fill("温州市人民政府")
        self.office.look(page, "登记复议")
        page.get_by_role("button", name="登记", exact=True).click()
        page.get_by_role("link", name="登记收到通知").click()
        page.get_by_label("收到通知和副本的日期").fill(today)
        page.get_by_role("button", name="登记收到通知").click()
        expect(page.locator(".messages")).to_be_visible()
        explained(page, "行政复议法")
        self.office.look(page, "复议一件")

    def bundle(self) -> Path:
        page = self.office.desk("clerk")
        page.get_by_role("link", name="证据包").click()
        self.office.look(page, "证据包")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="生成并下载").click()
        path = self.folder / "证据包.zip"
        waiting.value.save_as(path)
        return path


def words_of(content: bytes) -> str:
    """The text of a PDF without its line breaks."""
    document = pypdfium2.PdfDocument(content)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))


def test_a_case_from_the_applicants_telephone_to_review_and_report(
    office: Office, bureau: SimpleNamespace, tmp_path: Path
) -> None:
    way = Way(office, tmp_path)
    way.apply()
    way.assign()
    way.correct()
    way.consult()
    way.coordinate()
    way.extend()
    way.redact()
    reply = way.answer()
    case, today = way.case, timezone.localdate()
    assert (case.status, case.outcome, case.stage) == (Status.CLOSED, "granted_in_part", Stage.DONE)
    assert "行政复议" in reply
    assert case.files.filter(kind=FileKind.RELEASED).count() == 1

    # The applicant has it, without what was covered.
    page = way.follow("办结", "部分公开")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载").last.click()
    waiting.value.save_as(tmp_path / "遮盖.pdf")
    assert SECRET not in words_of((tmp_path / "遮盖.pdf").read_bytes())
    assert SECRET.encode() not in (tmp_path / "遮盖.pdf").read_bytes()

    way.dispute()
    bundle = way.bundle()
    nowhere = {"GONGKAI_HOME": str(tmp_path / "nowhere"), "DATABASE_URL": "none", "DJANGO_SETTINGS_MODULE": "none"}
    script = Path(sysconfig.get_path("scripts")) / "gongkai"
    told = subprocess.run(
        [script, "verify", str(bundle)], capture_output=True, encoding="utf-8", env={**os.environ, **nowhere}
    )
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
    assert "结论：完好" in told.stdout
    assert not (tmp_path / "nowhere").exists()

    # The report of the year counts it where it belongs, and nowhere else.
    scope = Scope.of(bureau.agency, today.year)
    report = compute(bureau.agency, scope)
    counted = {
        str(cell): value
        for cell in report.form.cells()
        if str(cell).startswith(("3.", "4.")) and (value := report.value(str(cell)))
    }
    wanted = {
        f"3.{row}.{kind}" for row in ("received", "granted_in_part", "total") for kind in ("natural_person", "total")
    }
    assert counted == dict.fromkeys(wanted | {"4.review.pending", "4.review.total"}, 1)
    page = office.desk("leader")
    page.goto(f"/admin/annual-reports/{today.year}/")
    for cell in counted:
        expect(page.locator(f'td[data-cell="{cell}"]')).to_have_text("1")
    office.look(page, "年度报告")
    page.locator('td[data-cell="3.granted_in_part.natural_person"] a').click()
    expect(page.locator("main")).to_contain_text(way.number)

    do(way.begin("clerk", "归档"), "归档")
    assert way.case.stage == Stage.ARCHIVED
    assert Dispute.objects.get().application == case
