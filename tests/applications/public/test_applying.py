"""From the form to the receipt: what is asked, what comes back, what is registered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.applications import vault
from gongkai.applications.intake import spam, suggestions
from gongkai.applications.intake.papers import purge
from gongkai.applications.intake.suggestions import Suggestion
from gongkai.applications.models import Application, CaseFile, FileKind, HeldFile, Submission, SuggestionUse
from gongkai.applications.public import applying
from gongkai.bureau import spam as detecting
from gongkai.bureau.models import Agency, User
from gongkai.ledger.models import Entry
from gongkai.notices.models import Notice

from .visitor import APPLY, GIVEN, PROOF, RECEIPT, Visitor, proof

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


def test_an_application_is_registered_with_everything_that_was_filled_in(visitor: Visitor, clerk: User) -> None:
    visitor.applied()
    made = Application.objects.select_related("applicant", "submission").get()
    assert visitor.one("#number") == made.number
    assert (made.channel, made.received_on, made.status) == ("internet", timezone.localdate(), "handling")
    assert (made.title, made.requested) == (GIVEN["title"], GIVEN["requested"])
    assert (made.provision, made.delivery, made.accepts_other, made.needs_help) == ("electronic", "portal", True, False)
    person = made.applicant
    assert (person.name, person.id_number, person.id_type) == ("欧阳测试", "11010519491231002X", "resident")
    kept = {file.kind: vault.read(file, None) for file in CaseFile.objects.all()}
    assert kept[FileKind.ID_PROOF] == PROOF
    assert made.number in kept[FileKind.REQUEST].decode(), "the record of the system proves the day of receipt"
    assert "将于" in visitor.one(".good")
    assert f"{made.due_on.month}月{made.due_on.day}日前" in visitor.one(".good")


def test_clerks_are_told_the_number_and_nothing_about_the_person(visitor: Visitor, clerk: User) -> None:
    visitor.applied()
    notice = Notice.objects.get(recipient=clerk)
    assert Application.objects.get().number in notice.subject
    said = notice.subject + notice.text + notice.url
    assert [value for value in GIVEN.values() if len(value) > 3 and value in said] == []


def test_nothing_personal_is_readable_in_the_database_the_ledger_or_on_the_disk(visitor: Visitor) -> None:
    visitor.applied()
    secret = [
        GIVEN["name"],
        GIVEN["phone"],
        "11010519491231002X",
        GIVEN["requested"],
        GIVEN["title"],
        PROOF[8:].decode(),
    ]
    with connection.cursor() as cursor:
        for table in ("applications_application", "applications_applicant", "applications_submission"):
            cursor.execute(f"SELECT * FROM {table}")
            told = str(cursor.fetchall())
            assert [value for value in secret if value in told] == [], table
    assert [value for value in secret if value in " ".join(Entry.objects.values_list("payload", flat=True))] == []
    code = visitor.one("#code")
    stored = Submission.objects.get().code
    assert code.replace("-", "") not in stored.upper()
    for path in (p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()):
        assert PROOF[8:] not in path.read_bytes()


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"kind": ""}, "kind", "请选择申请人类型"),
        ({"kind": "martian"}, "kind", "列出的申请人类型"),
        ({"name": "　"}, "name", "请填写姓名或者名称"),
        ({"id_number": "330302199001011234"}, "id_number", "身份证号码应当是 18 位"),
        ({"id_type": "credit_code", "id_number": "123"}, "id_number", "统一社会信用代码应当是 18 位"),
        ({"id_type": "credit_code", "id_number": "91330300MA2CNXXX0X"}, "id_type", "自然人请选择身份证件"),
        ({"phone": "", "email": ""}, "phone", "至少填写"),
        ({"phone": "给我打电话"}, "phone", "只写数字和区号"),
        ({"email": "ouyang"}, "email", "电子邮箱写得不完整"),
        ({"postcode": "32500"}, "postcode", "6 位数字"),
        ({"title": "", "requested": " "}, "requested", "第二十九条"),
        ({"requested": "长" * 4001}, "requested", "最多 4000 字"),
        ({"provision": ""}, "provision", "请选择提供方式"),
        ({"delivery": "post"}, "address", "选择邮寄的"),
        ({"delivery": "fax"}, "fax", "传真号码"),
        ({"delivery": "email", "email": ""}, "email", "选择以电子邮件获取的"),
        ({"provision": "paper"}, "delivery", "纸质或者光盘不能从网上发送"),
        ({"provision": "inspection"}, "delivery", "只能当场"),
        ({"id_proof": ""}, "id_proof", "请上传身份证明"),
        ({"id_proof": proof(b"hello", "a.exe")}, "id_proof", "PDF、JPG 或者 PNG"),
        ({"id_proof": proof(b"<script>", "a.png")}, "id_proof", "文件内容与扩展名不符"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_everything_comes_back(
    visitor: Visitor, changed: dict[str, Any], field: str, said: str
) -> None:
    visitor.filled(**changed)
    assert visitor.status == 400
    assert said in visitor.one(f"#id_{field}_error")
    assert visitor.page.css_first(f'#wrong a[href="#id_{field}"]') is not None
    assert visitor.page.css_first(f"#id_{field}") is not None, "the link of the summary leads to the field"
    back = visitor.fields
    for name, value in (GIVEN | changed).items():
        if name != "id_proof" and value not in ("", "martian"):
            assert back.get(name, "").strip() == str(value).strip(), name
    assert not Application.objects.exists()


def test_a_file_chosen_once_need_not_be_chosen_again(visitor: Visitor) -> None:
    visitor.filled(name="")
    assert "已经收到文件：身份证.png" in visitor.one("#held")
    visitor.send({"name": "欧阳测试", "action": "check"})
    assert visitor.status == 200, "the file is still there"
    visitor.send({"action": "edit"})
    assert visitor.fields["requested"] == GIVEN["requested"]
    visitor.send({"action": "check"})
    visitor.send({"action": "submit"})
    assert vault.read(CaseFile.objects.get(kind=FileKind.ID_PROOF), None) == PROOF
    assert not HeldFile.objects.exists(), "what waited is gone once it is on file"


def test_another_file_takes_the_place_of_the_first(visitor: Visitor) -> None:
    visitor.filled(name="")
    visitor.send({"name": "欧阳测试", "action": "check", "id_proof": proof(PROOF + b"2", "新.png")})
    assert HeldFile.objects.get().name == "新.png"


def test_a_waiting_file_is_forgotten_after_an_hour(visitor: Visitor, django_capture_on_commit_callbacks: Any) -> None:
    visitor.filled(name="")
    held = HeldFile.objects.get()
    path = Path(settings.MEDIA_ROOT) / held.path
    assert PROOF not in path.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        assert purge(timezone.now() + timedelta(minutes=59)) == 0
        assert purge(timezone.now() + timedelta(minutes=61)) == 1
    assert not path.exists()
    visitor.send({"name": "欧阳测试", "action": "check"})
    assert "已超过一小时" in visitor.one("#id_id_proof_error")


def test_nobody_uses_the_file_of_another_form(visitor: Visitor, agency: Agency) -> None:
    visitor.filled(name="")
    held = visitor.fields["held"]
    other = Visitor(Client()).get(APPLY)
    other.send(GIVEN | {"action": "check", "held": held})
    assert other.status == 400
    assert other.page.css_first("#held") is None


def test_a_file_that_is_too_large_is_refused_and_the_rest_comes_back(visitor: Visitor) -> None:
    visitor.filled(id_proof=proof(PROOF + b"x" * 10_000_000))
    assert visitor.status == 400
    assert "超过 10 MB" in visitor.one("#id_id_proof_error")
    assert visitor.fields["requested"] == GIVEN["requested"]
    visitor.filled(id_proof=proof(PROOF + b"x" * 11_000_000))
    assert visitor.status == 413


def test_the_same_form_sent_again_is_the_same_application(visitor: Visitor) -> None:
    fields = visitor.filled().fields | {"action": "submit"}
    codes = set()
    for _ in range(3):
        assert visitor.take(visitor.client.post(APPLY, fields)).status == 303
        codes.add(visitor.get(RECEIPT).one("#code"))
    assert Application.objects.count() == 1
    assert len(codes) == 1, "whoever did not see the answer gets the same code"


def test_the_receipt_is_for_the_browser_that_sent_the_form(visitor: Visitor) -> None:
    visitor.applied()
    assert visitor.client.get(f"{RECEIPT}huizhi.pdf").content.startswith(b"%PDF-")
    assert "no-store" in visitor.response["Cache-Control"]
    stranger = Visitor(Client()).get(RECEIPT)
    assert (stranger.status, stranger.page.css_first("#code")) == (404, None)
    visitor.send({"action": "leave"}, RECEIPT)
    assert visitor.get(RECEIPT).status == 404


def test_both_sides_confirm_the_receipt(visitor: Visitor) -> None:
    visitor.applied()
    visitor.send({"action": "confirm"}, RECEIPT)
    visitor.get(RECEIPT)
    assert "双方已经确认" in visitor.text
    visitor.client.post(RECEIPT, {"action": "confirm"})
    assert Entry.objects.filter(kind="receipt_confirmed").count() == 1


# --- Spam: nobody is turned away ----------------------------------------------------------------------


def test_what_looks_like_spam_is_registered_and_marked(visitor: Visitor, clerk: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(detecting, "FASTEST", 3600.0)
    visitor.filled(website="http://spam.example")
    visitor.send({"action": "submit", "website": "http://spam.example"})
    assert visitor.status == 303
    submission = Submission.objects.get()
    assert submission.suspicion == "honeypot,too_fast"
    assert submission.is_suspected
    assert "疑似垃圾" in Notice.objects.get().text
    spam.judge(submission, "genuine", clerk)  # type: ignore[arg-type]
    assert not Submission.objects.get().is_suspected


def test_who_sends_very_many_is_told_the_other_ways_and_loses_nothing(visitor: Visitor, monkeypatch: Any) -> None:
    monkeypatch.setattr(applying, "TIMES", 2)
    for _ in range(2):
        visitor.applied()
    visitor.filled()
    visitor.send({"action": "submit"})
    assert visitor.status == 429
    assert "当面提交" in visitor.one(".error")
    assert "0577-88960000" in visitor.one(".error")
    assert visitor.fields["requested"] == GIVEN["requested"]
    assert Application.objects.count() == 2
    visitor.send({"action": "submit"}, REMOTE_ADDR="203.0.113.9")
    assert visitor.status == 303, "another network is not held back"
    assert list(Submission.objects.order_by("pk").values_list("suspicion", flat=True))[1:2] == ["too_fast,flood"]


# --- Suggestions ------------------------------------------------------------------------------------


def test_public_documents_are_suggested_and_what_that_does_is_counted(visitor: Visitor) -> None:
    asked = []

    def finder(text: str, agency: int, most: int) -> list[Suggestion]:
        asked.append(text)
        return [Suggestion("2019年粮食产量公报", "/art/7.html", "2020年3月1日发布")]

    suggestions.register(finder)
    visitor.get(APPLY)
    token = visitor.fields["token"]
    told = visitor.client.post("/ysqgk/shenqing/tishi", {"text": "粮食播种面积", "token": token}).json()["found"]
    assert told[0]["title"] == "2019年粮食产量公报"
    visitor.send(GIVEN | {"id_proof": proof(), "action": "check"})
    link = visitor.page.css_first(".suggested a")
    assert link is not None
    opened = visitor.client.get(link.attributes["href"])
    assert (opened.status_code, opened["Location"]) == (302, "/art/7.html")
    use = SuggestionUse.objects.get()
    assert (use.shown, use.opened, use.submitted) == (1, 1, False)
    visitor.send({"action": "submit"})
    use.refresh_from_db()
    assert use.submitted
    assert use.key != Submission.objects.get().token_digest, "nothing leads from one to the other"
    assert GIVEN["requested"] in asked[-1]


def test_no_address_leads_anywhere_that_we_did_not_sign(client: Client, agency: Agency) -> None:
    for given in ("", "?x=https://evil.example", "?x=eyJ0byI6Imh0dHBzOi8vZXZpbCJ9:abc"):
        assert client.get(f"/ysqgk/shenqing/dakai{given}").status_code == 404


def test_without_a_token_nothing_is_searched_for(client: Client, agency: Agency) -> None:
    suggestions.register(lambda *_: pytest.fail("asked"))
    assert client.post("/ysqgk/shenqing/tishi", {"text": "粮食播种面积"}).json() == {"found": []}


# --- Machines ---------------------------------------------------------------------------------------


def test_a_form_that_lay_open_too_long_comes_back_filled_in(visitor: Visitor) -> None:
    visitor.filled()
    visitor.send({"action": "submit", "token": "stale:1:x"})
    assert visitor.status == 400
    assert visitor.fields["requested"] == GIVEN["requested"]


def test_a_page_asks_the_same_number_of_questions_however_many_there_are(visitor: Visitor) -> None:
    def cost() -> tuple[int, int]:
        visitor.filled()
        with CaptureQueriesContext(
            connection,
        ) as sent:
            visitor.send({"action": "submit"})
        with CaptureQueriesContext(connection) as shown:
            visitor.get(APPLY)
        return len(sent), len(shown)

    visitor.applied()
    first = cost()
    for _ in range(5):
        visitor.applied()
    assert cost() == first


def test_there_is_no_form_before_there_is_an_agency(client: Client, db: None) -> None:
    assert client.get(APPLY).status_code == 404
