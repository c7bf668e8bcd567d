"""Each verb's page: what it asks, what it shows before it is done; nothing typed is lost when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from gongkai.applications import services, vault
from gongkai.applications.models import (
    Application,
    CaseFile,
    Channel,
    Evidence,
    FileKind,
    HeldFile,
    Letter,
    Stage,
    Status,
    Submission,
)
from gongkai.applications.staff.told import told_of
from gongkai.law.outcomes import evidence_kinds
from gongkai.ledger.models import Entry

from ..cases import PERSON
from ..letters.world import DAY, RECEIVED, World, fields, file_everything
from .conftest import As
from .test_case import address, consulting, drafted, reviewed, sent, signed_off

pytestmark = pytest.mark.anywhere

TODAY = DAY.isoformat()


def blanks(code: str, outcome: str = "") -> dict[str, Any]:
    """The blanks of a letter as its form names them; a browser leaves out what holds nothing."""
    return {f"letter-{name}": value for name, value in fields(code, outcome).items() if value is not None}


def post(client: Client, world: World, slug: str, data: dict[str, Any]) -> Any:
    return client.post(address(world.application, f"do/{slug}/"), data)


def confirm(client: Client, world: World, slug: str, data: dict[str, Any]) -> Any:
    """Look at the preview, then confirm what it showed."""
    shown = post(client, world, slug, data)
    assert shown.status_code == 200, shown.content.decode()
    button = LexborHTMLParser(shown.content.decode()).css_first("button[name=confirmed]")
    assert button is not None, "a preview comes before it is done"
    return post(client, world, slug, {**data, "confirmed": button.attributes["value"]})


def case_of(world: World) -> Application:
    return Application.objects.get(pk=world.application.pk)


def kinds(world: World) -> list[str]:
    return list(
        Entry.objects.filter(stream_id=world.application.pk).order_by("position").values_list("kind", flat=True)
    )


LETTERS: list[tuple[str, str, str, str, str]] = [
    ("correction", "handler", "correction", "correction_requested", "等待申请人补正"),
    ("extend", "leader", "extension", "extended", "答复期限由2025年7月1日（周二）改为2025年7月22日（周二）"),
    ("consult", "handler", "third_party_consultation", "consultation_sent", "征求意见期间不计入答复期限"),
    ("consult", "handler", "co_maker_consultation", "consultation_sent", "征求意见期间不计入答复期限"),
    ("ask-reasons", "handler", "reasons_asked", "reasons_asked", "答复期限不变"),
    ("fee", "leader", "fee_notice", "fee_noticed", "等待申请人缴费"),
]


@pytest.mark.parametrize(("slug", "who", "code", "kind", "said"), LETTERS)
def test_a_verb_with_a_letter_shows_both_first_and_does_both_or_neither(
    world: World, signed: As, slug: str, who: str, code: str, kind: str, said: str
) -> None:
    client = signed(getattr(world, who))
    data = {"day": TODAY, "to": code, **blanks(code)}
    if code == "extension":
        data["letter-working_days"] = 15
    shown = post(client, world, slug, data)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert said in text
    assert "文书的内容" in text
    assert Letter.objects.count() == 0
    assert kind not in kinds(world)
    # Who saw the name of the applicant is recorded; letters to others do not name anybody.
    assert ("预览文书" in world.application.accesses.values_list("what", flat=True)) == (PERSON.name in text)
    assert confirm(client, world, slug, data).status_code == 302
    letter = Letter.objects.get()
    assert letter.code == code
    assert letter.document_number
    assert kind in kinds(world)


def test_the_button_of_such_a_verb_says_that_nothing_is_done_yet(world: World, signed: As) -> None:
    page = signed(world.handler).get(address(world.application, "do/correction/")).content.decode()
    assert "预览，还不办理" in page
    assert (
        "预览"
        not in LexborHTMLParser(signed(world.clerk).get(address(world.application, "do/assign/")).content.decode())
        .css_first("main")
        .text()
    )  # type: ignore[union-attr]


def test_another_organ_is_asked_by_a_letter_of_its_own(world: World, signed: As) -> None:
    data = {"day": TODAY, "to": "assistance", **blanks("assistance")}
    assert confirm(signed(world.handler), world, "consult", data).status_code == 302
    case = told_of(world.application).case
    assert case.parties == {1: "other_organ"}
    assert Letter.objects.get().code == "assistance"


def test_what_is_confirmed_is_what_was_shown(world: World, signed: As) -> None:
    client = signed(world.leader)
    data = {"day": TODAY, **blanks("extension"), "letter-working_days": 10}
    button = LexborHTMLParser(post(client, world, "extend", data).content.decode()).css_first("button[name=confirmed]")
    assert button is not None
    changed = {**data, "letter-working_days": 20, "confirmed": button.attributes["value"]}
    again = post(client, world, "extend", changed)
    assert again.status_code == 200
    assert "确认延期" in again.content.decode()
    assert case_of(world).extended_on is None


REFUSED: list[tuple[str, str, Callable[[World], Any], dict[str, Any], str, str]] = [
    (
        "correction",
        "handler",
        lambda world: None,
        {"day": "2025-06-03", **blanks("correction"), "letter-unclear": "哪一年的"},
        "日期早于前一事项",
        "哪一年的",
    ),
    (
        "consultation-answer",
        "handler",
        consulting,
        {"day": TODAY, "consultation": 1, "answer": "silent"},
        "届满之前不能登记",
        "silent",
    ),
    ("sign-for", "chief", lambda world: None, {}, "没有等待签收的分办", ""),
    ("review", "chief", drafted, {"digest": "x" * 64, "opinion": "同意发出"}, "已经变动", "同意发出"),
    ("return-reply", "handler", drafted, {"opinion": "改一改"}, "须由审核、负责人办理", "改一改"),
    ("sign", "leader", reviewed, {"digest": "x" * 64}, "已经变动", ""),
    (
        "link",
        "handler",
        lambda world: other(world),
        {"other": "2025-00002", "relation": "repeat"},
        "还没有答复",
        "2025-00002",
    ),
    ("archive", "clerk", sent, {"volume": "卷 7"}, "没有送达凭证", "卷 7"),
    (
        "extend",
        "leader",
        lambda world: services.extend(world.application, DAY, working_days=5),
        {"day": TODAY, **blanks("extension"), "letter-reason": "资料多"},
        "已经延期一次",
        "资料多",
    ),
]


def other(world: World) -> Application:
    return services.register(world.agency, RECEIVED, PERSON, "另一件", channel=Channel.COUNTER)


@pytest.mark.parametrize(("slug", "who", "before", "data", "reason", "typed"), REFUSED)
def test_a_refused_verb_says_why_and_keeps_what_was_typed(
    world: World, signed: As, slug: str, who: str, before: Any, data: dict[str, Any], reason: str, typed: str
) -> None:
    if slug == "correction":
        services.file_evidence(world.application, DAY, "access", "见卷", actor=world.handler)
    before(world)
    was = kinds(world)
    response = post(signed(getattr(world, who)), world, slug, data)
    assert response.status_code == 409, response.content.decode()[:2000]
    assert reason in response.content.decode()
    assert typed in response.content.decode()
    assert kinds(world) == was


INCOMPLETE: list[tuple[str, str, Callable[[World], Any], dict[str, Any], str]] = [
    ("assign", "clerk", lambda world: None, {}, "请选择主办处室"),
    ("correction", "handler", lambda world: None, {"day": "x"}, "请填写日期"),
    ("correction", "handler", lambda world: None, {"day": "2030-01-01"}, "日期在今天之后"),
    ("correction", "handler", lambda world: None, {"day": "2025-01-01"}, "早于收到申请之日"),
    ("link", "handler", lambda world: None, {"other": "2025-99999", "relation": "similar"}, "没有编号为"),
    ("merge", "clerk", lambda world: None, {"other": "", "day": TODAY}, "请填写登记编号"),
    ("return-reply", "chief", drafted, {"opinion": ""}, "请填写退回的意见"),
    ("send", "clerk", signed_off, {"day": TODAY, "mode": "signed_post"}, "邮寄单号"),
    ("serve", "clerk", sent, {"day": TODAY}, "请选择文件"),
]


@pytest.mark.parametrize(("slug", "who", "before", "data", "said"), INCOMPLETE)
def test_what_is_missing_is_said_at_its_place(
    world: World, signed: As, slug: str, who: str, before: Any, data: dict[str, Any], said: str
) -> None:
    before(world)
    response = post(signed(getattr(world, who)), world, slug, data)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_from_assignment_to_archive_by_the_pages(world: World, signed: As) -> None:
    """Every plain verb once, by those whose it is."""
    new = services.register(world.agency, RECEIVED, PERSON, "粮食产量", channel=Channel.INTERNET)
    world.application = new
    clerk, handler, chief, leader = (signed(each) for each in (world.clerk, world.handler, world.chief, world.leader))
    assert post(clerk, world, "confirm", {"day": TODAY, "how": "电话确认"}).status_code == 302
    assert post(clerk, world, "assign", {"lead": world.survey.pk, "reply_by": "2025-06-13"}).status_code == 302
    assert post(handler, world, "return-assignment", {"reason": "不属于本处职责"}).status_code == 302
    assert case_of(world).stage == Stage.NEW
    assert post(clerk, world, "assign", {"lead": world.survey.pk}).status_code == 302
    assert post(handler, world, "sign-for", {}).status_code == 302
    file_everything(world, "granted.provided")
    draft(handler, world, "granted.provided")
    assert case_of(world).stage == Stage.REVIEW
    digest = told_of(new).case.work.draft.digest  # type: ignore[union-attr]
    assert post(chief, world, "return-reply", {"opinion": "写明份数"}).status_code == 302
    draft(handler, world, "granted.provided")
    digest = told_of(new).case.work.draft.digest  # type: ignore[union-attr]
    assert post(chief, world, "review", {"digest": digest, "opinion": "同意"}).status_code == 302
    assert post(leader, world, "sign", {"digest": digest}).status_code == 302
    letter = Letter.objects.get(pk=told_of(new).case.work.draft.letter)  # type: ignore[union-attr]
    assert letter.document_number
    data = {"day": TODAY, "letter": letter.pk, "mode": "hand", "tracking": ""}
    assert "在答复期限" in post(clerk, world, "send", data).content.decode()
    assert confirm(clerk, world, "send", data).status_code == 302
    assert case_of(world).status == Status.CLOSED
    proof = SimpleUploadedFile("回证.pdf", b"%PDF-1.4 proof")
    assert post(clerk, world, "serve", {"day": TODAY, "letter": letter.pk, "proof": proof}).status_code == 302
    assert post(clerk, world, "archive", {"volume": ""}).status_code == 302
    assert case_of(world).stage == Stage.ARCHIVED


def draft(client: Client, world: World, outcome: str) -> None:
    """Preview, then lay before the reviewer."""
    path = address(world.application, f"draft/{outcome}/")
    data = blanks("disclosure", outcome)
    shown = client.post(path, data)
    assert shown.status_code == 200, shown.content.decode()
    button = LexborHTMLParser(shown.content.decode()).css_first("button[name=confirmed]")
    assert button is not None
    assert client.post(path, {**data, "confirmed": button.attributes["value"]}).status_code == 302


def test_a_correction_keeps_what_was_asked_before(world: World, signed: As) -> None:
    services.request_correction(world.application, DAY)
    data = {"day": TODAY, "requested": "2023年、2024年粮食播种面积"}
    shown = post(signed(world.clerk), world, "corrected", data)
    assert "答复期限由2025年7月1日（周二）改为2025年7月7日（周一）" in shown.content.decode()
    assert confirm(signed(world.clerk), world, "corrected", data).status_code == 302
    assert case_of(world).requested == "2023年、2024年粮食播种面积"
    assert CaseFile.objects.get(application=world.application).kind == FileKind.REQUEST


def test_the_search_record_says_where_by_which_words_when_by_whom(world: World, signed: As) -> None:
    client, path = signed(world.handler), address(world.application, "evidence/?kind=search_record")
    data = {
        "places": "联网直报平台",
        "departments": "综合处",
        "keywords": "播种面积",
        "searched_on": TODAY,
        "searched_by": "王某",
    }
    response = client.post(path, data)
    assert response.status_code == 422
    assert "请填写检索结果" in response.content.decode()
    assert "联网直报平台" in response.content.decode()
    assert client.post(path, {**data, "result": "没有找到"}).status_code == 302
    text = Evidence.objects.get().text
    for told in ("联网直报平台", "综合处", "播种面积", TODAY, "王某", "没有找到"):
        assert told in text


@pytest.mark.parametrize("kind", evidence_kinds())
def test_every_kind_of_record_can_be_filed(world: World, signed: As, kind: str) -> None:
    client = signed(world.handler)
    assert client.get(address(world.application, f"evidence/?kind={kind}")).status_code == 200
    empty = client.post(address(world.application, f"evidence/?kind={kind}"), {})
    assert empty.status_code == 422
    assert Evidence.objects.count() == 0


def test_filing_leads_back_to_the_draft_and_nowhere_else(world: World, signed: As) -> None:
    client, data = signed(world.handler), {"text": "随信提供"}
    back = address(world.application, "draft/?path=clear:yes")
    path = address(world.application, "evidence/?kind=access&next=")
    assert client.post(path + back.replace("?", "%3F"), data)["Location"] == back
    for evil in ("https://example.com/", "//example.com/", "/admin/"):
        assert client.post(path + evil, data)["Location"] == address(world.application) + "#papers"


def test_splitting_gives_each_its_number_and_the_same_day(world: World, signed: As) -> None:
    client, path = signed(world.clerk), address(world.application, "split/")
    data = {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "1",
        "form-0-text": "2024年播种面积",
        "form-1-text": "2024年产量",
        "form-2-text": "",
    }
    assert client.post(path, {**data, "form-1-text": ""}).status_code == 422
    assert "确认拆分为 2 件" in client.post(path, data).content.decode()
    assert Application.objects.count() == 1
    assert client.post(path, {**data, "confirmed": "1"}).status_code == 302
    first, second = Application.objects.order_by("pk")
    assert (first.requested, second.requested) == ("2024年播种面积", "2024年产量")
    assert second.received_on == first.received_on
    assert second.number == "2025-00002"
    assert second.applicant.name == PERSON.name
    assert told_of(first).case.work.links == [(second.pk, "split")]
    assert CaseFile.objects.get().kind == FileKind.REQUEST
    assert not Submission.objects.exists(), "it came in without a query code"


def test_a_scan_waits_for_the_confirmation_and_is_filed_with_the_event(world: World, signed: As) -> None:
    consulting(world)
    client, scan = signed(world.handler), SimpleUploadedFile("意见.pdf", b"%PDF-1.4 opinion")
    data = {"day": TODAY, "consultation": "1", "answer": "refused"}
    wrong = post(client, world, "consultation-answer", {**data, "file": SimpleUploadedFile("a.exe", b"MZ")})
    assert (wrong.status_code, "PDF、JPG 或者 PNG" in wrong.content.decode()) == (422, True)
    shown = LexborHTMLParser(post(client, world, "consultation-answer", {**data, "file": scan}).content.decode())
    assert "意见.pdf" in shown.css_first("main").text()
    assert not CaseFile.objects.filter(kind=FileKind.ANSWER).exists()
    given = {name: shown.css_first(f"[name={name}]").attributes["value"] for name in ("held", "confirmed")}
    # Another file than the one that was shown is shown first.
    other = {**data, **given, "file": SimpleUploadedFile("别的.pdf", b"%PDF-1.4 other")}
    assert post(client, world, "consultation-answer", other).status_code == 200
    scan.seek(0)
    shown = LexborHTMLParser(post(client, world, "consultation-answer", {**data, "file": scan}).content.decode())
    given = {name: shown.css_first(f"[name={name}]").attributes["value"] for name in ("held", "confirmed")}
    stolen = {**data, **given, "file": ""}  # as a browser sends a file that is not chosen
    assert post(signed(world.clerk), world, "consultation-answer", stolen).status_code == 422, "it is the handler's"
    assert post(client, world, "consultation-answer", stolen).status_code == 302
    file = CaseFile.objects.get(kind=FileKind.ANSWER)
    assert (file.name, vault.read(file, None)) == ("意见.pdf", b"%PDF-1.4 opinion")
    assert not HeldFile.objects.exists()


def test_a_draft_without_what_the_law_wants_on_file_is_not_taken(world: World, signed: As) -> None:
    client = signed(world.handler)
    way = "draft/?path=clear:yes.request:yes.whose:ours.held:none"
    text = client.get(address(world.application, way)).content.decode()
    assert "还缺少" in text
    assert "kind=search_record" in text
    path = address(world.application, "draft/unavailable.not_held.not_found/")
    response = client.post(path, blanks("not_held"))
    assert response.status_code == 409
    assert "检索记录" in response.content.decode()
    assert Letter.objects.count() == 0


def test_statistics_of_single_enterprises_come_with_a_warning(world: World, signed: As) -> None:
    world.application.requested = "某企业的一套表数据"
    world.application.save()
    for rest in ("draft/", "draft/denied.prohibited_by_law/"):
        assert "统计法第二十八条" in signed(world.handler).get(address(world.application, rest)).content.decode()


def test_a_letter_is_seen_as_pdf_before_it_is_signed(world: World, signed: As) -> None:
    drafted(world)
    letter = world.application.letters.get()
    response = signed(world.chief).get(address(world.application, f"letters/{letter.pk}/"))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert signed(world.chief).get(address(world.application, "letters/999/")).status_code == 404


def test_what_is_covered_becomes_a_file_a_list_and_reasons(world: World, signed: As) -> None:
    from ..redaction.files import OPEN, SECRET, pdf, text

    source = pdf(text(SECRET, 100, 200) + text(OPEN, 50, 350))
    services.file_evidence(world.application, DAY, "access", content=source, name="纪要.pdf", actor=world.handler)
    file = world.application.files.get()
    client, path = signed(world.handler), address(world.application, f"redact/{file.pk}/")
    assert client.get(path).status_code == 200
    assert client.get(f"{path}1.png")["Content-Type"] == "image/png"
    assert client.get(f"{path}9.png").status_code == 404
    box = {"box_page": "1", "box_left": "20", "box_top": "44", "box_width": "60", "box_height": "10"}
    told = {**box, "box_reason": "", "box_note": "联系人手机号"}
    wrong = client.post(path, told)
    assert wrong.status_code == 422
    assert "联系人手机号" in wrong.content.decode()
    assert client.post(path, {**told, "box_reason": "denied.third_party_rights"}).status_code == 302
    released = world.application.files.get(kind=FileKind.RELEASED)
    assert released.media_type == "application/pdf"
    filed = {each.kind: each.text for each in Evidence.objects.exclude(kind="access")}
    assert "联系人手机号" in filed["severance_list"]
    assert "条例第十五条" in filed["reasons"]
    form = LexborHTMLParser(
        client.get(address(world.application, "draft/granted_in_part/")).content.decode()
    ).css_first("textarea[name='letter-severance']")
    assert form is not None
    assert "联系人手机号" in form.text()


def test_nobody_else_covers_files(world: World, signed: As) -> None:
    services.file_evidence(world.application, DAY, "access", content=b"%PDF-1.4", name="a.pdf", actor=world.handler)
    path = address(world.application, f"redact/{world.application.files.get().pk}/")
    assert signed(world.leader).get(path).status_code == 404


@pytest.mark.parametrize("slug", ["nonsense", "registered"])
def test_there_is_no_such_verb(world: World, signed: As, slug: str) -> None:
    assert signed(world.clerk).get(address(world.application, f"do/{slug}/")).status_code == 404
