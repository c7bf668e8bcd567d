"""群众留言 in the back office: what each person sees and may do there, and how many queries it takes."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongkai.inquiries.models import Access, Inquiry, SavedList, Stage

from .conftest import PUBLIC, As, World

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
LIST = "/admin/inquiries/"
REPLY = {"reply": PUBLIC.reply, "public": "yes", "title": PUBLIC.title, "question": PUBLIC.question}


def test_a_message_is_assigned_answered_reviewed_by_another_and_public(world: World, signed: As) -> None:
    given = {"received_on": "2025-03-03", "source": "letter", "subject": "咨询", "text": "问", "name": "王小明"}
    clerk = signed("clerk")
    assert clerk.post(f"{LIST}register/", {**given, "received_on": "2999-01-01"}).status_code == 422
    url = clerk.post(f"{LIST}register/", given).url
    inquiry = Inquiry.objects.get()
    assert url == f"{LIST}{inquiry.pk}/"
    page = clerk.get(url).content.decode()
    assert "王**" in page
    assert "王小明" not in page
    assert "已逾期" in page
    wrong = {"department": world.division.pk, "person": world.people["other"].pk}
    assert clerk.post(f"{url}do/assign/", wrong).status_code == 422
    assert clerk.post(f"{url}do/assign/", {"department": world.division.pk}).status_code == 302
    handler = signed("handler")
    assert handler.post(f"{url}do/reply/", {**REPLY, "action": "keep"}).status_code == 302
    assert "草稿，没有送审" in handler.get(url).content.decode()
    named = handler.post(f"{url}do/reply/", {**REPLY, "reply": "王小明您好"})
    assert named.status_code == 409
    assert "写有留言人的姓名" in named.content.decode()
    assert handler.post(f"{url}do/reply/", {**REPLY, "public": "no"}).status_code == 422
    assert handler.post(f"{url}do/reply/", REPLY).status_code == 302
    assert handler.post(f"{url}do/approve/").status_code == 409
    reviewer = signed("reviewer")
    assert PUBLIC.reply in reviewer.get(f"{url}do/approve/").content.decode()
    assert reviewer.post(f"{url}do/return/", {"remark": "请改"}).status_code == 302
    assert "请改" in handler.get(f"{url}do/reply/").content.decode()
    handler.post(f"{url}do/reply/", REPLY)
    assert reviewer.post(f"{url}do/approve/").status_code == 302
    inquiry.refresh_from_db()
    assert inquiry.closing == "public"
    assert "网站上的公开答复" in clerk.get(url).content.decode()


def test_the_grounds_begin_with_no_choice_and_end_with_state_secrets(world: World, signed: As) -> None:
    page = signed("clerk").get(f"{LIST}{world.register().pk}/do/reply/").content.decode()
    assert '<option value="" selected>请选择理由' in page
    assert page.rindex("涉及国家秘密</option>") > page.index("其他不宜公开情形</option>")


def test_who_asked_is_masked_and_opening_it_is_recorded(world: World, signed: As) -> None:
    inquiry = world.assigned()
    url = f"{LIST}{inquiry.pk}/"
    assert "13812345678" not in signed("handler").get(url).content.decode()
    assert "13812345678" in signed("handler").post(url).content.decode()
    assert Access.objects.get().user == world.people["handler"]
    assert signed("other").post(url).status_code == 403
    other = signed("other").get(url).content.decode() + signed("other").post(f"{url}do/reply/", REPLY).content.decode()
    assert inquiry.text not in other
    found = signed("clerk").post(f"{LIST}find/", {"who": "王小明"}).content.decode()
    assert inquiry.number in found
    assert Access.objects.filter(what="按留言人查找").count() == 1
    assert "没有这个人的留言" in signed("clerk").post(f"{LIST}find/", {"who": "王小"}).content.decode()
    assert signed("other").get(f"{LIST}find/").status_code == 302


def test_the_list_is_narrowed_saved_and_taken_along(world: World, signed: As) -> None:
    new, handled, reviewed, closed = world.register(), world.assigned(), world.submitted(), world.answered()
    for who, query, shown in (
        ("clerk", "waiting=me", {new}),
        ("handler", "waiting=me", {handled}),
        ("reviewer", "waiting=me", {reviewed}),
        ("leader", "waiting=me", {reviewed}),
        ("clerk", "urgency=open", {new, handled, reviewed}),
        ("clerk", "urgency=overdue", set()),
        ("clerk", f"lead={world.division.pk}&stage=closed", {closed}),
        ("clerk", "closing=public&year=1999", {closed}),
        ("clerk", f"q={handled.number}", {handled}),
    ):
        page = signed(who).get(f"{LIST}?{query}").content.decode()
        found = {each for each in (new, handled, reviewed, closed) if each.number in page}
        assert found == shown or "1999" in query, query
    clerk = signed("clerk")
    assert clerk.post(f"{LIST}saved/", {"name": "在办", "query": "urgency=open&p=3"}).url == f"{LIST}?urgency=open"
    assert "在办" in clerk.get(LIST).content.decode()
    clerk.post(f"{LIST}saved/{SavedList.objects.get().pk}/delete/")
    assert not SavedList.objects.exists()
    book = load_workbook(BytesIO(clerk.get(f"{LIST}?stage=closed&export=xlsx").content)).worksheets[0]
    assert [row[0].value for row in book.iter_rows()] == ["编号", closed.number]


def test_pages_take_the_same_queries_whatever_happened(world: World, signed: As) -> None:
    client = signed("clerk")

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    first, done = world.assigned(), world.answered()
    assert Stage(first.stage) is Stage.HANDLING
    queries(LIST)
    assert queries(f"{LIST}{first.pk}/") >= queries(f"{LIST}{done.pk}/") - 2
    one = queries(LIST)
    for _ in range(3):
        world.assigned()
    assert queries(LIST) == one
    stranger = client.get(f"{LIST}999999/")
    assert stranger.status_code == 404
    assert client.get(f"{LIST}{first.pk}/do/nothing/").status_code == 404
