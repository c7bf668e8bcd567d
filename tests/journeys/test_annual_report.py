"""From a figure to its records, from prose to publication, from a file to what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.annual.read import read
from gongkai.annual.write import write
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role
from gongkai.reporting import services

from ..reporting import world
from ..reporting.test_inspection import report
from ..reporting.test_services import finished
from .conftest import at_a_desk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Check = Callable[[Page], None]
REPORT = "/admin/annual-reports/2020/"


@pytest.fixture
def bureau() -> Agency:
    agency = Agency.add_root(code="330300-tj", name="温州市统计局", telephone="0577-00000000", address="鹿城区")
    world.populate(agency)
    world.user(agency, "leader", [Role.LEADER], supervising=True)
    return agency


@pytest.fixture
def signed_in(page: Page, bureau: Agency) -> Page:
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("leader")
    page.locator("input[name=password]").fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return page


def tab_to(page: Page, wanted: str, most: int = 400) -> None:
    """Press Tab until the link with an address has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == wanted:
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


@at_a_desk
def test_staff_pages_can_be_used_by_everybody(signed_in: Page, bureau: Agency, accessible: Check) -> None:
    bureau.add_child(code="county", name="县统计局")
    services.save_prose(bureau, world.YEAR, finished(bureau))
    services.publish(bureau, world.YEAR)
    world.application(bureau, "later", date(2020, 5, 6), date(2020, 6, 1))
    paths = ("", "prose/", "publish/", "cell/2.permits.change/", "cell/3.received.total/", "figure/published.total/")
    for path in (*paths, "versions/1/", "rollup/", "cell/4.review.total/?group=1"):
        signed_in.goto(REPORT + path)
        accessible(signed_in)
    services.save_prose(bureau, world.YEAR, finished(bureau) | {"1": ["全年新收政府信息公开申请9999件。"]})
    for path in (REPORT, f"{REPORT}publish/", "/admin/annual-reports/"):
        signed_in.goto(path)
        accessible(signed_in)


def test_public_pages_can_be_used_by_everybody(page: Page, bureau: Agency, accessible: Check, tmp_path: Path) -> None:
    services.save_prose(bureau, world.YEAR, finished(bureau))
    services.publish(bureau, world.YEAR)
    for path in ("/", "/zfxxgknb/", "/zfxxgknb/2020/", "/zfxxgknb/hecha/", "/nothing-here/"):
        page.goto(path)
        accessible(page)
    page.goto("/zfxxgknb/hecha/")
    page.get_by_role("button", name="开始核查").click()
    expect(page.get_by_role("alert")).to_contain_text("请选择")
    accessible(page)


@at_a_desk
def test_from_the_menu_to_a_figure_to_its_records_by_keyboard_alone(signed_in: Page, bureau: Agency) -> None:
    signed_in.goto("/admin/annual-reports/")
    tab_to(signed_in, REPORT)
    signed_in.keyboard.press("Enter")
    signed_in.wait_for_url(f"**{REPORT}")
    figure = signed_in.locator('td[data-cell="3.received.total"]').inner_text()
    tab_to(signed_in, f"{REPORT}cell/3.received.total/")
    outline = signed_in.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "the focus can be seen"
    signed_in.keyboard.press("Enter")
    signed_in.wait_for_url("**/cell/3.received.total/")
    expect(signed_in.locator(".gk-agrees")).to_have_text(f"共 {figure} 条 = 表中的数 {figure}")
    assert signed_in.locator("#listing-results tbody tr").count() == int(figure)


@at_a_desk
def test_words_are_written_checked_and_published(signed_in: Page, bureau: Agency, tmp_path: Path) -> None:
    signed_in.goto(REPORT)
    signed_in.get_by_role("link", name="去编写文字").click()
    overview = signed_in.get_by_label("一、总体情况")
    overview.fill("全年收到{3.nonsense.total}件。")
    signed_in.get_by_role("button", name="保存").click()
    expect(signed_in.get_by_text("没有保存")).to_be_visible()
    expect(overview).to_have_value("全年收到{3.nonsense.total}件。")
    overview.fill("2020年，我局认真落实条例。全年新收政府信息公开申请{3.received.total}件。")
    signed_in.get_by_label("五、存在的主要问题及改进情况").fill("公开的内容还不够丰富，下一步加强栏目建设。")
    signed_in.get_by_label("六、其他需要报告的事项").fill("没有其他需要报告的事项。")
    signed_in.get_by_role("button", name="保存").click()
    received = signed_in.locator('td[data-cell="3.received.total"]').inner_text()
    expect(signed_in.locator(".gk-report")).to_contain_text(f"全年新收政府信息公开申请{received}件")
    with signed_in.expect_download() as download:
        signed_in.get_by_role("link", name="Word（DOCX）").click()
    saved = tmp_path / download.value.suggested_filename
    assert saved.name == "温州市统计局2020年政府信息公开工作年度报告.docx"
    download.value.save_as(saved)
    assert str(read(saved).value("3.received.total")) == received
    signed_in.goto(f"{REPORT}publish/")
    digest = signed_in.locator(".gk-digest").inner_text()
    signed_in.get_by_role("button", name="发布", exact=True).click()
    expect(signed_in.get_by_role("status")).to_contain_text("已发布2020年年度报告第1版")
    signed_in.goto("/zfxxgknb/2020/")
    expect(signed_in.locator(".digest")).to_have_text(digest)


@at_a_desk
def test_filters_of_a_list_stand_in_the_address(signed_in: Page, bureau: Agency) -> None:
    world.application(bureau, "r", date(2020, 3, 2), kind=world.ApplicantKind.RESEARCH)
    signed_in.goto(f"{REPORT}cell/3.received.total/?group=0")
    everyone = signed_in.locator("#listing-results tbody tr").count()
    signed_in.locator("#filters-drilldown").get_by_role("button").first.click()
    signed_in.get_by_role("button", name="申请人类型").click()
    signed_in.get_by_label("科研机构").check()
    signed_in.wait_for_url("**applicant_kind=research**")
    expect(signed_in.locator("#listing-results tbody tr")).not_to_have_count(everyone)
    assert "group=0" in signed_in.url
    signed_in.goto(signed_in.url)
    kinds = signed_in.locator("#listing-results tbody tr td:nth-child(2)").all_inner_texts()
    assert set(kinds) == {"科研机构"}


def test_anyone_drops_a_report_and_sees_what_is_wrong_on_its_own_text(
    page: Page, bureau: Agency, accessible: Check, tmp_path: Path
) -> None:
    wrong = tmp_path / "某局年报.docx"
    write(report(said=41), wrong)
    page.goto("/")
    page.locator("main").get_by_role("link", name="年报核查").click()
    page.get_by_label("年度报告", exact=True).set_input_files(wrong)
    page.get_by_role("button", name="开始核查").click()
    expect(page.get_by_role("heading", name="核查结果：某局年报.docx")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="看正文中的这句话").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    expect(page.locator("mark").first).to_contain_text("41件")
    page.locator("sup").get_by_role("link", name="疑问1").click()
    expect(page.locator("#f-1")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载核查结果").click()
    saved = tmp_path / "result.json"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "某局年报-核查结果.json"
    assert [each["rule"] for each in json.loads(saved.read_text("utf-8"))[0]["findings"]] == ["TEXT-TABLE"]
