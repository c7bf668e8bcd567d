"""From the wish to know something to the answer: a citizen's way, by mouse, keyboard, telephone, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.applications import services
from gongkai.applications.intake import suggestions
from gongkai.applications.intake.suggestions import Suggestion
from gongkai.applications.models import Application, CaseFile, FileKind, Status, SuggestionUse
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role

from ..applications.public.visitor import GIVEN, PROOF

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
Check = Callable[[Page], None]
FORM = "/ysqgk/shenqing/"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Nobody has asked for anything yet; what is found is known."""
    cache.clear()
    assert get_resolver().url_patterns, "the project has joined its rooms"
    before = suggestions._Registry.finder
    suggestions.register(
        lambda text, agency, most: (
            [Suggestion("2019年粮食产量公报", "/ysqgk/biaoge/", "2020年3月1日发布")] if "粮食" in text else []
        )
    )
    yield
    suggestions.register(before)


@pytest.fixture
def bureau() -> Agency:
    return Agency.add_root(
        code="330300-tj", name="温州市统计局", telephone="0577-88960000", address="鹿城区学院中路303号", fax="0577-1"
    )


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "身份证.png"
    path.write_bytes(PROOF)
    return path


def fill(page: Page, proof: Path | None) -> None:
    page.get_by_label("自然人").check()
    for name in ("name", "id_number", "phone", "email", "title", "requested"):
        page.locator(f"[name={name}]").fill(GIVEN[name])
    page.get_by_label("电子文档").check()
    page.get_by_label("网上查询下载").check()
    if proof is not None:
        page.locator("[name=id_proof]").set_input_files(proof)


def test_a_citizen_applies_looks_up_and_corrects(page: Page, bureau: Agency, proof: Path, accessible: Check) -> None:
    page.goto("/ysqgk/")
    accessible(page)
    page.get_by_role("link", name="在线申请").click()
    page.wait_for_url(f"**{FORM}")
    accessible(page)
    # Something is forgotten: it is said, and nothing is lost, the file neither.
    fill(page, proof)
    page.locator("[name=name]").fill("")
    expect(page.locator("#suggestions a")).to_contain_text("2019年粮食产量公报")
    accessible(page)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写姓名或者名称")
    accessible(page)
    assert page.locator("[name=requested]").input_value() == GIVEN["requested"]
    expect(page.locator("#held")).to_contain_text("身份证.png")
    page.get_by_role("alert").get_by_role("link", name="姓名或者名称").click()
    page.locator("[name=name]").fill(GIVEN["name"])
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator("h1")).to_have_text("请核对后提交")
    expect(page.locator(".suggested")).to_contain_text("这些信息已经公开")
    accessible(page)
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("h1")).to_have_text("申请已经收到")
    accessible(page)
    assert "token" not in page.url
    number, code = (page.locator(f"#{name}").inner_text() for name in ("number", "code"))
    assert code not in page.url
    page.reload()
    assert Application.objects.count() == 1
    assert SuggestionUse.objects.get().submitted
    with page.expect_download() as download:
        page.get_by_role("link", name="保存回执（PDF）").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_role("button", name="我已看到回执，确认收到").click()
    expect(page.locator("main")).to_contain_text("双方已经确认收到")

    application = Application.objects.get()
    assert application.number == number
    page.get_by_role("main").get_by_role("link", name="查询办理情况").click()
    accessible(page)
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill("2222-2222-2222")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("登记编号或者查询码不对")
    accessible(page)
    page.locator("[name=code]").fill(code.lower())
    page.get_by_role("button", name="查询", exact=True).click()
    due = application.due_on
    assert due is not None
    expect(page.locator(".headline")).to_have_text(f"{due.month}月{due.day}日前答复")
    accessible(page)

    services.request_correction(application, timezone.localdate())
    page.goto("/ysqgk/chaxun/")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_contain_text("补正告知书")
    accessible(page)
    page.locator("#text").fill("指全市及所辖各县（市、区）")
    page.locator("#file").set_input_files(proof)
    page.get_by_role("button", name="提交补正").click()
    expect(page.locator(".good")).to_contain_text("补正已经收到")
    application.refresh_from_db()
    assert application.status == Status.HANDLING
    assert CaseFile.objects.filter(kind=FileKind.CORRECTION).count() == 2


def test_everything_works_without_a_script(
    browser: Browser, live_server: LiveServer, bureau: Agency, proof: Path
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(FORM)
    fill(page, proof)
    page.get_by_role("button", name="下一步：核对").click()
    assert "2019年粮食产量公报" in page.locator(".suggested").inner_text()
    page.get_by_role("button", name="返回修改").click()
    assert page.locator("[name=requested]").input_value() == GIVEN["requested"]
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="提交申请").click()
    assert page.locator("#number").inner_text() == Application.objects.get().number
    context.close()


def test_the_keyboard_alone_goes_from_end_to_end(page: Page, bureau: Agency, proof: Path) -> None:
    page.goto(FORM)

    def to(name: str, value: str = "") -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            at = page.evaluate("[document.activeElement.name, document.activeElement.value]")
            if at[0] == name and (not value or at[1] == value):
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    to("kind")
    page.keyboard.press("Space")
    for name in ("name", "id_number"):
        to(name)
        page.keyboard.type(GIVEN[name])
    page.locator("[name=id_proof]").set_input_files(proof)  # the window of the system for files is not ours
    for name in ("phone", "email", "requested"):
        to(name)
        page.keyboard.type(GIVEN[name])
    to("provision")
    page.keyboard.press("ArrowDown")
    to("delivery")
    page.keyboard.press("Space")
    to("action", "check")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("请核对后提交")
    to("action", "submit")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("申请已经收到")
    made = Application.objects.get()
    assert (made.applicant_kind, made.provision, made.delivery) == ("natural_person", "electronic", "portal")


def test_nobody_is_led_into_the_trap(page: Page, bureau: Agency) -> None:
    """Neither eyes, nor the keyboard, nor a screen reader come upon the field that only programs fill in."""
    page.goto(FORM)
    trap = page.locator("[name=website]")
    assert trap.get_attribute("tabindex") == "-1"
    assert page.locator(".trap").get_attribute("aria-hidden") == "true"
    box = trap.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] < 0


def test_reckoning_and_the_papers(page: Page, bureau: Agency, accessible: Check) -> None:
    page.goto("/ysqgk/jisuan/")
    accessible(page)
    page.get_by_label("收到申请之日").fill("2022-09-30")
    page.get_by_label("事项1").get_by_role("combobox").select_option("consult-sent")
    page.locator("#date1").fill("2022-10-12")
    page.locator("#kind2").select_option("consult-returned")
    page.locator("#date2").fill("2022-10-26")
    page.keyboard.press("Enter")
    expect(page.locator("#due")).to_have_text("2022年11月16日（周三）")
    page.locator("summary").filter(has_text="逐日说明").click()
    accessible(page)
    for address in ("/ysqgk/biaoge/", "/ysqgk/yinsi/", "/ysqgk/huizhi/"):
        page.goto(address)
        accessible(page)


def test_the_counter_registers(page: Page, live_server: LiveServer, bureau: Agency, accessible: Check) -> None:
    office = Department.objects.create(agency=bureau, name="办公室")
    clerk = User.objects.create_user("clerk", agency=bureau, department=office)
    clerk.groups.set(Group.objects.filter(name=Role.CLERK.label))
    signed_in = Client()
    signed_in.force_login(clerk)
    session = signed_in.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/admin/applications/register/")
    accessible(page)
    page.locator("[name=channel]").select_option("counter")
    page.locator("[name=name]").fill(GIVEN["name"])
    page.locator("[name=requested]").fill(GIVEN["requested"])
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#received")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("#code")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="到申请页面").click()
    expect(page.locator("main")).to_contain_text("以提交之日")
    accessible(page)
    page.goto("/admin/applications/register/external/")
    accessible(page)
    assert Application.objects.get().channel == "counter"
