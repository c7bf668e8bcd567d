"""How an application stands, by number and query code: for its applicant and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.applications import services, vault
from gongkai.applications.models import Access, Application, CaseFile, FileKind, Letter, Status
from gongkai.applications.public import status as page
from gongkai.bureau.models import Agency, User
from gongkai.ledger.models import Entry
from gongkai.notices.models import Notice

from .visitor import PROOF, STATUS, Visitor, proof

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


@pytest.fixture
def mine(visitor: Visitor, clerk: User) -> dict[str, str]:
    """What is on the receipt of an application."""
    visitor.applied()
    return {"number": visitor.one("#number"), "code": visitor.one("#code")}


def letter(application: Application, code: str, mode: str, outcome: str = "") -> Letter:
    file = vault.keep(application, b"%PDF-letter", "告知书.pdf", FileKind.LETTER)
    made = Letter.objects.create(
        application=application, code=code, outcome=outcome, file=file, digest=file.digest, document_number="1号"
    )
    if outcome:
        services.file_evidence(application, timezone.localdate(), "access", "随信提供")
        services.draft_reply(application, timezone.localdate(), made)
        services.review_reply(application, timezone.localdate(), made.digest)
        services.sign_reply(application, timezone.localdate(), made.digest, "1号")
    return services.send_letter(application, timezone.localdate(), made, mode)  # type: ignore[arg-type]


def looked_up(mine: dict[str, str], **headers: Any) -> Visitor:
    return Visitor(Client()).get(STATUS).send(mine, STATUS, **headers)


def test_the_applicant_sees_by_when_there_is_an_answer(mine: dict[str, str]) -> None:
    visitor = looked_up(mine)
    due = Application.objects.get().due_on
    assert visitor.status == 200
    assert visitor.one(".headline") == f"{due.month}月{due.day}日前答复"
    assert "收到申请" in visitor.one(".timeline")
    assert "no-store" in visitor.response["Cache-Control"]


@pytest.mark.parametrize(
    "changed", [{"code": "2222-2222-2222"}, {"number": "2026-99999"}, {"code": "x"}, {"number": "\u202e"}]
)
def test_whoever_has_not_both_sees_nothing_and_is_not_told_which_is_wrong(
    mine: dict[str, str], changed: dict[str, str]
) -> None:
    visitor = looked_up(mine | changed)
    assert visitor.status == 403
    assert page.WRONG in visitor.one(".error")
    assert "收到申请" not in visitor.text
    assert visitor.fields["number"] == (mine | changed)["number"]


@pytest.mark.parametrize("lacking", ["number", "code"])
def test_what_was_left_out_is_asked_for(mine: dict[str, str], lacking: str) -> None:
    visitor = looked_up(mine | {lacking: ""})
    assert visitor.status == 400
    assert "请填写" in visitor.one(f"#id_{lacking}_error")


def test_nothing_is_looked_up_by_an_address(mine: dict[str, str], client: Client) -> None:
    found = Visitor(client).get(f"{STATUS}?number={mine['number']}&code={mine['code']}")
    assert found.page.css_first(".timeline") is None


def test_guessing_is_slowed_down_for_a_network_and_for_a_number(mine: dict[str, str], monkeypatch: Any) -> None:
    monkeypatch.setattr(page, "TIMES", 3)
    wrong = mine | {"code": "2222-2222-2222"}
    assert [looked_up(wrong, REMOTE_ADDR="203.0.113.1").status for _ in range(4)] == [403, 403, 403, 429]
    same_network = {"REMOTE_ADDR": "2001:db8:1:2:ffff::1"}
    for host in range(3):
        looked_up(wrong, REMOTE_ADDR=f"2001:db8:1:2::{host}")
    assert looked_up(mine, **same_network).status == 429, "a /64 is one network"
    monkeypatch.setattr(page, "TIMES_OF_NUMBER", 8)
    told = [looked_up(wrong, REMOTE_ADDR=f"198.51.100.{host}").status for host in range(4)]
    assert told[-1] == 429, "from wherever it is guessed"


def test_another_agency_of_the_installation_has_other_numbers(mine: dict[str, str], settings: Any) -> None:
    Agency.add_root(code="other", name="别的局")
    settings.GONGKAI_SITE_AGENCY = "other"
    assert looked_up(mine).status == 403


def test_a_correction_is_sent_from_here_and_the_period_starts_afresh(mine: dict[str, str], clerk: User) -> None:
    application = Application.objects.get()
    today = timezone.localdate()
    services.request_correction(application, today, reply_by=today + timedelta(days=14))
    visitor = looked_up(mine)
    assert f"请在{(today + timedelta(days=14)).year}年" in visitor.one(".asked")
    visitor.send({"action": "correct"}, STATUS)
    assert (visitor.status, "请写明补正的内容" in visitor.one(".error")) == (400, True)
    visitor.send({"action": "correct", "text": "指全市", "file": proof(b"MZ", "a.png")}, STATUS)
    assert (visitor.status, visitor.fields["text"]) == (400, "指全市")
    visitor.send({"action": "correct", "text": "指全市", "file": proof()}, STATUS)
    assert visitor.status == 200, visitor.text
    application.refresh_from_db()
    assert (application.status, application.corrected_on) == (Status.HANDLING, today)
    kept = [vault.read(file, None) for file in CaseFile.objects.filter(kind=FileKind.CORRECTION)]
    assert kept == ["指全市".encode(), PROOF]
    assert Notice.objects.filter(subject__contains="收到补正").count() == 1
    visitor = looked_up(mine)
    assert visitor.page.css_first("#text") is None, "it is asked for once"


def test_letters_that_were_sent_electronically_can_be_had_and_that_is_the_proof(mine: dict[str, str]) -> None:
    application = Application.objects.get()
    released = vault.keep(application, b"data", "数据.xlsx", FileKind.RELEASED)
    assert looked_up(mine).page.css_first("button[name=number]") is None, "not before the reply"
    sent = letter(application, "disclosure", "portal", "granted.provided")
    visitor = looked_up(mine)
    assert "已于" in visitor.one(".headline")
    assert "答复：予以公开" in visitor.one(".timeline")
    fields = {"pass": visitor.fields["pass"]}
    got = visitor.client.post(STATUS, fields | {"action": "letter", "number": str(sent.pk)})
    assert got.content == b"%PDF-letter"
    sent.refresh_from_db()
    assert sent.served_on == timezone.localdate()
    assert sent.proof is not None
    assert mine["number"] in vault.read(sent.proof, None).decode()
    visitor.client.post(STATUS, fields | {"action": "letter", "number": str(sent.pk)})
    assert Entry.objects.filter(kind="letter_served").count() == 1, "the first download is the service"
    got = visitor.client.post(STATUS, fields | {"action": "file", "number": str(released.pk)})
    assert got.content == b"data"
    assert not Access.objects.exists(), "those are of staff"


def test_nothing_else_of_the_file_can_be_had(mine: dict[str, str]) -> None:
    application = Application.objects.get()
    by_hand = letter(application, "correction", "hand")
    to_others = letter(application, "third_party_consultation", "email")
    proof_of_id = CaseFile.objects.get(kind=FileKind.ID_PROOF)
    visitor = looked_up(mine)
    fields = {"pass": visitor.fields["pass"]}
    for action, number in (
        *(("letter", by_hand.pk), ("letter", to_others.pk), ("file", proof_of_id.pk)),
        *(("letter", ""), ("letter", "9" * 30), ("file", "²"), ("letter", "1; DROP")),
    ):
        got = visitor.client.post(STATUS, fields | {"action": action, "number": str(number)})
        assert got.status_code == 404, (action, number)


def test_the_pass_ends_after_half_an_hour_and_cannot_be_made(mine: dict[str, str], monkeypatch: Any) -> None:
    visitor = looked_up(mine)
    known = visitor.fields["pass"]
    for forged in ("", "1", f"{Application.objects.get().pk}:x:y", known[:-1] + "-", "a" * 9999):
        assert visitor.client.post(STATUS, {"pass": forged, "action": "confirm"}).status_code == 403
    monkeypatch.setattr(page, "SECONDS", -1)
    assert visitor.client.post(STATUS, {"pass": known, "action": "confirm"}).status_code == 403


def test_the_applicant_confirms_the_receipt_once(mine: dict[str, str]) -> None:
    visitor = looked_up(mine)
    for _ in range(2):
        visitor.client.post(STATUS, {"pass": visitor.fields["pass"], "action": "confirm"})
    assert Entry.objects.filter(kind="receipt_confirmed").count() == 1


def test_the_office_s_own_business_is_not_shown(mine: dict[str, str]) -> None:
    application = Application.objects.get()
    services.file_evidence(application, timezone.localdate(), "search_record", "档案室，无")
    text = looked_up(mine).text
    assert "存入材料" not in text
    assert "档案室" not in text


def test_the_page_costs_the_same_however_much_has_happened(mine: dict[str, str]) -> None:
    def cost() -> int:
        visitor = Visitor(Client()).get(STATUS)
        with CaptureQueriesContext(connection) as asked:
            visitor.send(mine, STATUS)
        return len(asked)

    first = cost()
    application = Application.objects.get()
    for _ in range(3):
        services.consult(application, timezone.localdate())
    for number in range(1, 4):
        services.return_consultation(application, timezone.localdate(), consultation=number, answer="agreed")
    letter(application, "consultation_notice", "email")
    letter(application, "extension", "email")
    assert cost() == first
