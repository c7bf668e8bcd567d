"""The right body is found and told, a record is corrected, an answer goes into the log: in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.applications import services as of_case
from gongkai.applications.coordination.models import OtherBody
from gongkai.applications.corrections.models import Correction
from gongkai.applications.disclosed.demands import look
from gongkai.applications.disclosed.models import COLUMN, Demand, Disclosed
from gongkai.bureau.models import Agency
from gongkai.portal.models import Column, Item

from ..applications.cases import PERSON
from ..applications.matters_world import register, staff
from .conftest import at_a_desk
from .test_editing import settled, shot, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]
OTHER = replace(PERSON, name="诸葛测试", id_number="110105194912310038")


@pytest.fixture
def accessible(accessible: Check) -> Check:
    """As everywhere, once the page has come and its messages have stopped moving."""

    def check(page: Page) -> None:
        settled(page)
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))")
        accessible(page)

    return check


@pytest.fixture
def bureau() -> SimpleNamespace:
    """A city with a case at work today, a county below it, a housing bureau in the directory, a column for the log."""
    cache.clear()
    root = Agency.add_root(code="330300-tj", name="温州市统计局", telephone="0577-88960000", address="鹿城区某路 2 号")
    root.add_child(code="330381-tj", name="瑞安市统计局", address="瑞安市某路 1 号")
    city = staff(root)
    today = timezone.localdate()
    application = register(root, "瑞安市2023年分乡镇粮食播种面积", today)
    of_case.assign(application, today, city.survey, actor=city.clerk)
    of_case.sign_for(application, today, city.survey, actor=city.handler)
    Column.objects.create(agency=root, name=COLUMN)
    OtherBody.objects.create(
        agency=root, name="温州市住房和城乡建设局", keywords="房价、网签", telephone="0577-88000000"
    )
    return SimpleNamespace(city=city, application=application, today=today)


def test_the_right_body_is_found_and_told(page: Page, bureau: SimpleNamespace, accessible: Check) -> None:
    sign_in(page, "handler")
    page.goto(f"/admin/coordination/case/{bureau.application.pk}/body/")
    expect(page.get_by_text("申请中提到：瑞安市")).to_be_visible()
    accessible(page)
    shot(page, "right-body")
    page.get_by_label("机关的名称或者负责的事项").fill("网签")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("radio", name="温州市住房和城乡建设局").check()
    page.get_by_role("button", name="办理").click()
    expect(page.get_by_text("名称和联系方式已存入办理材料")).to_be_visible()
    for path in ("bodies/", "bodies/new/"):
        page.goto(f"/admin/coordination/{path}")
        accessible(page)


def test_a_record_about_oneself_is_corrected(
    page: Page, bureau: SimpleNamespace, accessible: Check, tmp_path: Path
) -> None:
    proof = tmp_path / "证据.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    page.goto("/ysqgk/")
    page.get_by_role("link", name="要求更正").click()
    accessible(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有提交")
    accessible(page)
    shot(page, "correction-wrong")
    page.get_by_label("自然人").check()
    page.locator("#id_name").fill(PERSON.name)
    page.locator("#id_id_number").fill(PERSON.id_number)
    page.locator("#id_email").fill("ouyang@example.cn")
    page.locator("#id_id_proof").set_input_files(proof)
    page.locator("#id_record_name").fill("2023年单位名录信息")
    page.locator("#id_wrong").fill("从业人数写作 30 人")
    page.locator("#id_right").fill("应为 13 人")
    page.locator("#id_evidence").set_input_files(proof)
    page.get_by_label("电子邮件").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("更正请求已经收到").first).to_be_visible()
    accessible(page)
    shot(page, "correction-receipt")
    one = Correction.objects.get()
    sign_in(page, "handler")
    page.goto("/admin/corrections/")
    accessible(page)
    page.get_by_role("link", name=one.number).click()
    expect(page.get_by_text(PERSON.name)).to_have_count(0)
    accessible(page)
    shot(page, "correction-one")
    page.get_by_role("link", name="核实").click()
    page.get_by_label("记录不准确，属实").check()
    page.locator("#id_words").fill("查阅名录库原始表，属实。")
    accessible(page)
    page.get_by_role("button", name="核实", exact=True).click()
    sign_in(page, "chief")
    page.goto(f"/admin/corrections/{one.pk}/do/correct/")
    page.locator("#id_words").fill("已更正为 13 人。")
    accessible(page)
    page.get_by_role("button", name="予以更正").click()
    expect(page.get_by_text("待告知")).to_be_visible()
    sign_in(page, "clerk")
    page.goto("/admin/corrections/new/")
    accessible(page)


def test_an_answer_goes_into_the_log_and_a_wish_of_several_into_a_draft(
    page: Page, bureau: SimpleNamespace, accessible: Check
) -> None:
    done = register(bureau.city.agency, "2023年分乡镇粮食播种面积", bureau.today, person=OTHER)
    of_case.decide(done, bureau.today, outcome="granted.provided", evidence=["access"])
    look(bureau.city.agency, bureau.today)
    sign_in(page, "clerk")
    page.goto(f"/admin/applications/{done.pk}/")
    accessible(page)
    page.get_by_role("link", name="列入公开目录").click()
    page.locator("#id_title").fill("2023年分乡镇粮食播种面积")
    page.locator("#id_wanted").fill("诸葛测试要某地2023年分乡镇粮食播种面积。")
    page.locator("#id_answered").fill("已提供统计表一份。")
    page.get_by_role("button", name="送审核").click()
    expect(page.get_by_text("申请人的姓名或者名称").first).to_be_visible()
    accessible(page)
    shot(page, "log-refused")
    page.locator("#id_wanted").fill("某地2023年分乡镇粮食播种面积。")
    page.get_by_role("button", name="送审核").click()
    one = Disclosed.objects.get()
    sign_in(page, "chief")
    page.goto(f"/admin/disclosed/{one.pk}/do/approve/")
    accessible(page)
    page.get_by_role("button", name="审核同意").click()
    sign_in(page, "clerk")
    page.goto(f"/admin/disclosed/{one.pk}/")
    accessible(page)
    shot(page, "log-one")
    page.get_by_role("link", name="生成网站草稿").click()
    page.get_by_role("button", name="生成网站草稿").click()
    page.get_by_role("link", name="网站草稿").click()
    expect(page.get_by_role("heading", name="2023年分乡镇粮食播种面积").first).to_be_visible()
    page.goto("/admin/disclosed/")
    accessible(page)
    page.get_by_role("link", name="多人申请的信息").click()
    accessible(page)
    shot(page, "demands")
    page.goto(f"/admin/disclosed/demands/{Demand.objects.get().pk}/")
    accessible(page)
    shot(page, "demand")
    page.locator("#id_draft-note").fill("公开分乡镇粮食播种面积。")
    page.locator("#id_draft-title").fill("分乡镇粮食播种面积")
    page.get_by_role("button", name="生成网站草稿").click()
    expect(page.get_by_text("草稿已生成")).to_be_visible()
    assert Item.objects.count() == 2
    page.goto("/ysqgk/mulu/")
    accessible(page)
    shot(page, "log-public")


def test_much_is_pointed_at_with_its_reckoning(page: Page, bureau: SimpleNamespace, accessible: Check) -> None:
    made = [register(bureau.city.agency, f"事项{at}", bureau.today) for at in range(11)][-1]
    sign_in(page, "leader")
    page.goto(f"/admin/applications/{made.pk}/")
    expect(page.get_by_text("数量较多")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="信息处理费怎样计算").click()
    page.get_by_label("提供的页数").fill("250")
    page.get_by_role("button", name="计算").click()
    expect(page.get_by_text("本件应收 4700 元")).to_be_visible()
    accessible(page)
    shot(page, "fee")
    page.goto("/admin/volume/")
    accessible(page)
    shot(page, "volume")
