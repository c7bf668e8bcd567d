"""Cases at the desk in a real browser: in lists, several at once; and who applied, covered until opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.applications import services
from gongkai.applications.models import Application, Channel
from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role

from ..applications.cases import PERSON
from .office import PASSWORD, Check, Office

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
ROLES = {
    "clerk": (Role.CLERK, "办公室"),
    "handler": (Role.HANDLER, "综合处"),
    "chief": (Role.REVIEWER, "综合处"),
    "leader": (Role.LEADER, "办公室"),
}


@pytest.fixture
def case(transactional_db: None) -> Application:
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


@pytest.fixture
def office(browser: Browser, live_server: LiveServer, case: Application, accessible: Check) -> Iterator[Office]:
    made = Office(browser, live_server.url, 1440, accessible)
    yield made
    made.close()


def at(office: Office, who: str, case: Application) -> Page:
    """The page of the case as somebody has it."""
    page = office.desk(who)
    page.goto(f"/admin/applications/{case.pk}/")
    office.look(page, who)
    return page


def test_the_list_is_narrowed_saved_and_several_are_assigned(office: Office, case: Application) -> None:
    for _ in range(2):
        services.register(case.agency, case.received_on, PERSON, "另一件", channel=Channel.FAX)
    page = at(office, "clerk", case)
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
    page = at(office, "clerk", case)
    expect(page.locator("main")).to_contain_text("欧阳**")
    expect(page.locator("main")).not_to_contain_text(PERSON.phone)
    page.get_by_label("查看的理由").fill("电话联系申请人")
    page.get_by_role("button", name="查看申请人信息").click()
    expect(page.locator("main")).to_contain_text(PERSON.phone)
    office.look(page, "opened")
    page.get_by_role("link", name="收起").click()
    expect(page.locator("main")).not_to_contain_text(PERSON.phone)
    leader = at(office, "leader", case)
    expect(leader.locator("main")).to_contain_text("电话联系申请人")
    leader.goto("/admin/applications/accesses/")
    office.look(leader, "accesses")
