"""Keeping columns and cleaning up documents in a real browser: readable by everybody, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.bureau.models import Agency
from gongkai.portal.duties.queries import duties_on
from gongkai.portal.duties.services import assign
from gongkai.portal.models import Column, Item

from ..portal import world
from ..portal.validity.test_documents import document
from .conftest import at_a_desk
from .test_editing import shot, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True), at_a_desk]
Check = Callable[[Page], None]


@pytest.fixture
def bureau() -> SimpleNamespace:
    """Columns that are kept, one by somebody who has left, and documents that lapse."""
    made = world.populate(Agency.add_root(code="330300-tj", name="温州市统计局"))
    made.notices = Column.objects.create(agency=made.agency, name="通知公告", type="notices", kind="news", order=3)
    for column in (made.first, made.column):
        assign(column, made.survey, made.author, made.chief, date(2020, 1, 1), made.leader)
    today = timezone.localdate()
    document(made, "统计调查项目管理办法", expires_on=today + timedelta(days=20), document_number="温统〔2018〕1号")
    document(made, "统计执法检查规定", document_number="温统〔2018〕2号")
    return made


def test_a_person_who_changes_posts_hands_over_their_columns(
    page: Page, bureau: SimpleNamespace, accessible: Check
) -> None:
    sign_in(page, "reviewer")
    page.goto("/admin/portal/duties/")
    expect(page.get_by_text("通知公告：没有指定责任人")).to_be_visible()
    accessible(page)
    shot(page, "duties")
    page.goto("/admin/portal/duties/watch/")
    accessible(page)
    shot(page, "watch")
    page.goto(f"/admin/portal/duties/columns/{bureau.column.pk}/assign/")
    accessible(page)
    shot(page, "assign")
    page.goto("/admin/portal/duties/hand-over/")
    page.get_by_label("交出人").select_option(str(bureau.author.pk))
    page.get_by_label("接手人").select_option(str(bureau.reviewer.pk))
    page.get_by_role("button", name="核对要交接的内容").click()
    expect(page.get_by_role("button", name="确认交接")).to_be_visible()
    accessible(page)
    shot(page, "hand-over")
    page.get_by_role("button", name="确认交接").click()
    expect(page.get_by_text("已交接 2 个栏目")).to_be_visible()
    assert duties_on(bureau.agency, timezone.localdate())[bureau.column.pk].keeper == bureau.reviewer
    page.goto(f"/admin/portal/duties/columns/{bureau.column.pk}/")
    accessible(page)
    shot(page, "history")


def test_a_clean_up_is_concluded_and_ends_in_a_draft(page: Page, bureau: SimpleNamespace, accessible: Check) -> None:
    sign_in(page, "reviewer")
    page.goto("/admin/portal/validity/")
    accessible(page)
    shot(page, "documents")
    page.goto("/admin/portal/validity/cleanups/")
    accessible(page)
    shot(page, "cleanups")
    page.get_by_role("button", name="发起").click()
    expect(page.locator("input[name=entry]")).to_have_count(2)
    for box in page.locator("input[name=entry]").all():
        box.check()
    page.locator("#id_conclusion").select_option("in_force")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="将以下 2 件列为“继续有效”")).to_be_visible()
    accessible(page)
    shot(page, "cleanup")
    page.get_by_role("button", name="确认").click()
    page.get_by_role("link", name="形成清理结果").click()
    page.get_by_label("发布栏目").select_option(label="通知公告")
    accessible(page)
    shot(page, "finish")
    page.get_by_role("button", name="生成草稿").click()
    expect(page.get_by_role("heading", name="关于公布").first).to_be_visible()
    assert Item.objects.filter(title__contains="清理结果的公告", status="draft").count() == 1
