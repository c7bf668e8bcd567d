"""复议诉讼 in the back office: what each person sees and may do there, and how many queries it takes."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.models import Agency, User
from gongkai.disputes import services
from gongkai.disputes.models import Dispute, DisputeKind, DocumentKind, FileAccess, Status

from .conftest import As, World

pytestmark = pytest.mark.anywhere

FILING = {
    "day": "2025-04-01",
    "kind": "review",
    "number": "温政复〔2025〕1号",
    "body_kind": "government",
    "body": "温州市人民政府",
    "alleged": ["late", "no_reasons"],
    "claims": "请求责令公开",
}


def test_a_dispute_is_registered_from_its_application(world: World, signed: As) -> None:
    client = signed("clerk")
    page = client.get("/admin/disputes/file/", {"application": world.application.number}).content.decode()
    assert f'value="{world.application.number}"' in page
    claim = SimpleUploadedFile("申请书.pdf", b"%PDF-1")
    given = {**FILING, "application_number": world.application.number, "claim_file": claim}
    answer = client.post("/admin/disputes/file/", given)
    dispute = Dispute.objects.get()
    assert answer.url == f"/admin/disputes/{dispute.pk}/"
    assert (dispute.application, dispute.claims) == (world.application, "请求责令公开")
    page = client.get(answer.url).content.decode()
    for words in ("温州市人民政府", "超期不答、超期才答", "请求责令公开", "申请书.pdf", "登记收到通知", "已受理"):
        assert words in page


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"application_number": "没有的"}, 422, "没有编号为 没有的 的申请"),
        ({"day": "2999-01-01"}, 422, "日期在今天之后"),
        ({"number": ""}, 422, "请填写案号"),
        ({"kind": "war"}, 422, "请按各处提示填写"),
        ({"body_kind": "court"}, 409, "请核对审理机关"),
        ({"day": "x"}, 422, "请填写日期"),
    ],
)
def test_a_form_that_is_refused_comes_back_filled_in(
    world: World, signed: As, change: dict[str, str], status: int, words: str
) -> None:
    answer = signed("clerk").post("/admin/disputes/file/", FILING | change)
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert "请求责令公开" in page
    assert not Dispute.objects.exists()


def test_only_clerks_of_the_agency_register(world: World, signed: As) -> None:
    assert signed("handler").get("/admin/disputes/file/").status_code == 302
    assert signed("leader").post("/admin/disputes/file/", FILING).status_code == 409
    assert not Dispute.objects.exists()


def test_a_dispute_is_led_to_its_end_through_the_pages(world: World, signed: As) -> None:
    dispute = world.file()
    clerk, handler = signed("clerk"), signed("handler")

    def do(client: Client, verb: str, **given: object) -> None:
        answer = client.post(f"/admin/disputes/{dispute.pk}/do/{verb}/", given)
        assert answer.status_code == 302, answer.content.decode()

    notice = SimpleUploadedFile("通知书.pdf", b"%PDF")
    do(clerk, "notify", day="2025-05-29", simplified="on", notice_file=notice)
    page = clerk.get(f"/admin/disputes/{dispute.pk}/").content.decode()
    assert "为什么是这一天" in page
    assert "行政复议法（2023）第五十四条" in page
    do(handler, "answer", day="2025-06-05", answer_file=SimpleUploadedFile("答复书.docx", b"PK"))
    do(handler, "session", day="2025-06-06", form="hearing", on="2025-06-20")
    refused = clerk.post(f"/admin/disputes/{dispute.pk}/do/decide/", {"day": "2025-06-09", "ending": "review.ordered"})
    assert refused.status_code == 409
    assert "请选择错误类型" in refused.content.decode()
    do(clerk, "decide", day="2025-06-09", ending="review.ordered", errors_found=["late"], perform_by="2025-06-30")
    assert refused.status_code == 409
    do(handler, "perform", day="2025-06-09", document_number="温统信公〔2025〕3号")
    do(clerk, "archive", day="2025-06-09", volume="3")
    dispute.refresh_from_db()
    assert (dispute.status, dispute.errors) == (Status.ARCHIVED, "late")
    again = clerk.get(f"/admin/disputes/{dispute.pk}/do/document/", follow=True)
    assert "已归档的案件不能" in again.content.decode()
    page = clerk.get("/admin/disputes/lessons/").content.decode()
    assert "超期不答、超期才答" in page


def test_buttons_are_exactly_what_the_table_permits(world: World, signed: As) -> None:
    dispute = world.file(DisputeKind.SUIT_DIRECT)
    services.decide(dispute, date(2025, 5, 6), ending="suit.claim_dismissed", actor=world.clerk)
    shown = {
        name: {verb for verb in ("appeal", "conclude", "document", "notify") if f"/do/{verb}/" in page}
        for name in world.people
        if (page := signed(name).get(f"/admin/disputes/{dispute.pk}/").content.decode())
    }
    assert shown == {
        "clerk": {"appeal", "conclude", "document"},
        "handler": {"document"},
        "leader": {"appeal"},
        "reviewer": set(),
        "security_officer": set(),
    }


def test_documents_open_by_post_for_those_who_work_on_cases_and_it_is_recorded(world: World, signed: As) -> None:
    dispute = world.file()
    kept = services.add_document(
        dispute, date(2025, 4, 2), DocumentKind.CLAIM, b"%PDF claim", "欧阳.pdf", actor=world.clerk
    )
    url = f"/admin/disputes/{dispute.pk}/documents/{kept.pk}/"
    assert signed("handler").get(url).status_code == 405
    assert signed("handler").post(url).content == b"%PDF claim"
    assert signed("security_officer").post(url).status_code == 403
    assert "欧阳" not in signed("security_officer").get(f"/admin/disputes/{dispute.pk}/").content.decode()
    assert [each.user.username for each in FileAccess.objects.all()] == ["handler"]
    other = world.file(number="2")
    assert signed("handler").post(f"/admin/disputes/{other.pk}/documents/{kept.pk}/").status_code == 404


def test_other_agencies_disputes_do_not_exist(world: World, signed: As) -> None:
    elsewhere = Agency.add_root(code="other", name="别的局")
    theirs = services.file(elsewhere, date(2025, 4, 1), number="1", kind=DisputeKind.REVIEW)
    for path in ("", "do/notify/", "do/nothing/"):
        assert signed("clerk").get(f"/admin/disputes/{theirs.pk}/{path}").status_code == 404
    assert signed("clerk").get("/admin/disputes/?agency=other").status_code == 404


def test_who_supervises_reads_and_does_nothing(world: World) -> None:
    above = Agency.add_root(code="above", name="省局")
    user = User.objects.create_superuser("root", agency=above, password="x" * 12)
    client = Client()
    client.force_login(user)
    dispute = world.file()
    page = client.get(f"/admin/disputes/{dispute.pk}/").content.decode()
    assert "/do/" not in page
    answer = client.post(f"/admin/disputes/{dispute.pk}/do/notify/", {"day": "2025-04-02"})
    assert answer.status_code == 409
    assert "属于另一机关" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {"a", "b", "c"}),
        ("urgency=overdue", {"a"}),
        ("urgency=open", {"a", "b"}),
        ("status=concluded", {"c"}),
        ("kind=suit_direct", {"b"}),
        ("result=upheld", {"c"}),
        ("year=2025", {"a", "b", "c"}),
        ("q=b", {"b"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(world: World, signed: As, query: str, numbers: set[str]) -> None:
    services.notify(world.file(number="a"), date(2025, 4, 2), actor=world.clerk)
    world.file(DisputeKind.SUIT_DIRECT, "b")
    services.decide(world.file(number="c"), date(2025, 5, 6), ending="review.upheld", actor=world.clerk)
    page = signed("clerk").get(f"/admin/disputes/?{query}").content.decode()
    assert {each for each in ("a", "b", "c") if f">{each}</a>" in page} == numbers


@pytest.mark.parametrize("path", ["/admin/disputes/", "/admin/disputes/lessons/", "/admin/disputes/{pk}/"])
def test_pages_ask_as_often_of_many_as_of_few(world: World, signed: As, path: str) -> None:
    client = signed("clerk")
    first = world.file(number="first")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path.format(pk=first.pk)).status_code == 200
        return len(captured)

    services.add_document(first, date(2025, 4, 2), DocumentKind.CLAIM, b"x", "x.pdf", actor=world.clerk)
    lost = world.file(number="lost")
    services.decide(lost, date(2025, 5, 6), ending="review.unlawful", errors=["late"], actor=world.clerk)
    queries()
    few = queries()
    for number in range(6):
        services.add_document(first, date(2025, 4, 2), DocumentKind.OTHER, b"x", "x.pdf", actor=world.handler)
        more = world.file(number=str(number))
        services.decide(more, date(2025, 5, 6), ending="review.unlawful", errors=["late"], actor=world.clerk)
    assert queries() == few


def test_the_first_screen_counts_what_is_due_and_leads_to_exactly_that(world: World, signed: As) -> None:
    assert "复议诉讼</h3>" not in signed("clerk").get("/admin/").content.decode()
    services.notify(world.file(number="late"), date(2025, 4, 2), actor=world.clerk)
    services.notify(world.file(number="soon"), date(2025, 5, 29), actor=world.clerk)
    world.file(number="quiet")
    page = signed("clerk").get("/admin/").content.decode()
    for code, number in (("overdue", 1), ("due_soon", 1), ("open", 3)):
        card = page.split(f"/admin/disputes/?urgency={code}")[1][:200]
        assert f'value">{number}<' in card
        listed = signed("clerk").get(f"/admin/disputes/?urgency={code}").content.decode()
        assert sum(f">{each}</a>" in listed for each in ("late", "soon", "quiet")) == number
