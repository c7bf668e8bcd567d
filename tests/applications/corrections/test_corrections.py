"""更正 (Article 41): asked for once, looked into, decided by somebody else, told; and who sees whom it is from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.corrections import services
from gongkai.applications.corrections.case import Case
from gongkai.applications.corrections.events import EVENTS, Received
from gongkai.applications.corrections.forms import CorrectionForm
from gongkai.applications.corrections.models import (
    Correction,
    CorrectionAccess,
    CorrectionFile,
    CorrectionFileKind,
    Finding,
    Result,
    Status,
    Told,
)
from gongkai.applications.corrections.projection import rebuild
from gongkai.applications.corrections.queries import counts
from gongkai.applications.corrections.transitions import TABLE, check_table
from gongkai.applications.flow import Table
from gongkai.applications.models import Application
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Actor, NotPermittedError, Role
from gongkai.bureau.tokens import new_token
from gongkai.ledger.models import Entry
from gongkai.notices.models import Notice

from ..cases import PERSON
from ..matters_world import DAY, on, signed_in, staff, today

__all__ = ["today"]
pytestmark = pytest.mark.usefixtures("today")
PDF = b"%PDF-1.4 x"
ASKS = services.Asks("2023年单位名录信息", "从业人数写作 30 人", "应为 13 人", Told.EMAIL)
PAPERS = [services.Paper(PDF, "证据.pdf", CorrectionFileKind.EVIDENCE)]


@pytest.fixture
def bureau(db: None) -> SimpleNamespace:
    cache.clear()
    return staff(Agency.add_root(code="330300-tj", name="温州市统计局", telephone="0577-88960000"))


def received(bureau: SimpleNamespace) -> Correction:
    return services.receive(bureau.agency, DAY, PERSON, ASKS, PAPERS)


def verified(bureau: SimpleNamespace, finding: Finding = Finding.TRUE) -> Correction:
    return services.verify(received(bureau), DAY, finding, "查阅名录库原始表", actor=bureau.handler)


def test_what_is_true_is_corrected_and_told(bureau: SimpleNamespace) -> None:
    one = verified(bureau)
    services.correct(one, DAY, "已更正为 13 人。", actor=bureau.chief)
    services.tell(one, DAY, Told.EMAIL, actor=bureau.clerk)
    kept = Correction.objects.get()
    assert (kept.status, kept.result, kept.told_on) == (Status.DONE, Result.CORRECTED, DAY)
    assert rebuild(bureau.agency) == []
    assert counts(bureau.agency, 2025) == {"received": 1, "corrected": 1, "refused": 0, "forwarded": 0, "pointed": 0}
    assert not Application.objects.exists(), "it is no application for disclosure and is not counted as one"


DECISIONS: dict[Result, Callable[[Correction, Any], Correction]] = {
    Result.CORRECTED: lambda one, actor: services.correct(one, DAY, "话", actor=actor),
    Result.REFUSED: lambda one, actor: services.refuse(one, DAY, "话", actor=actor),
    Result.FORWARDED: lambda one, actor: services.forward(one, DAY, "市人社局", "话", actor=actor),
    Result.POINTED: lambda one, actor: services.point(one, DAY, "市人社局", "话", actor=actor),
}
FOLLOWS = {
    Finding.TRUE: {Result.CORRECTED},
    Finding.UNTRUE: {Result.REFUSED},
    Finding.ELSEWHERE: {Result.FORWARDED, Result.POINTED},
}


@pytest.mark.parametrize("result", Result)
@pytest.mark.parametrize("finding", Finding)
def test_what_is_decided_follows_from_what_was_found(bureau: SimpleNamespace, finding: Finding, result: Result) -> None:
    one = verified(bureau, finding)
    if result in FOLLOWS[finding]:
        assert DECISIONS[result](one, bureau.chief).result == result
    else:
        with pytest.raises(NotPermittedError, match="核实结果是"):
            DECISIONS[result](one, bureau.chief)


def test_nobody_decides_what_they_looked_into(bureau: SimpleNamespace) -> None:
    one = verified(bureau)
    bureau.handler.groups.add(*bureau.chief.groups.all())
    with pytest.raises(NotPermittedError, match="不能决定自己核实的"):
        services.correct(one, DAY, "话", actor=bureau.handler)


def test_it_can_be_looked_into_again(bureau: SimpleNamespace) -> None:
    one = verified(bureau, Finding.UNTRUE)
    services.reopen(one, DAY, "没有查原始表", actor=bureau.chief)
    services.verify(one, DAY, Finding.TRUE, "查了原始表", actor=bureau.handler)
    assert DECISIONS[Result.CORRECTED](one, bureau.chief).status == Status.DECIDED
    assert rebuild(bureau.agency) == []


def test_without_evidence_nothing_is_asked_and_nothing_kept(bureau: SimpleNamespace) -> None:
    with pytest.raises(NotPermittedError, match="证据"):
        services.receive(bureau.agency, DAY, PERSON, ASKS, [])
    assert not Correction.objects.exists()


def test_people_of_another_office_change_nothing(bureau: SimpleNamespace) -> None:
    other = staff(bureau.agency.add_child(code="x", name="别的局"), "x-")
    with pytest.raises(NotPermittedError, match="属于另一机关"):
        services.verify(received(bureau), DAY, Finding.TRUE, "x", actor=other.clerk)


def test_nothing_personal_is_in_the_ledger_or_a_notice(bureau: SimpleNamespace) -> None:
    services.correct(verified(bureau), DAY, "已更正为 13 人。", actor=bureau.chief)
    told = " ".join(Entry.objects.values_list("payload", flat=True))
    told += " ".join(f"{each.subject}{each.text}{each.url}" for each in Notice.objects.all())
    assert Notice.objects.exists()
    assert [w for w in (PERSON.name, PERSON.id_number, "从业人数", "13 人", "原始表", "名录") if w in told] == []


# --- The table as a matrix ------------------------------------------------------------------------------

REACHED: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "none": [],
    "received": [("received", {"number": "1", "applicant_kind": "business", "channel": "fax"})],
}
for _finding in Finding:
    REACHED[_finding.value] = [*REACHED["received"], ("verified", {"finding": _finding.value, "by": 11})]
REACHED["decided"] = [*REACHED["true"], ("corrected", {})]
REACHED["done"] = [*REACHED["decided"], ("told", {})]
PEOPLE = {role.value: Actor(20 + at, frozenset({role})) for at, role in enumerate(Role)}
PEOPLE["finder"] = Actor(11, frozenset({Role.REVIEWER}))
_SIGN = {"true": {"corrected"}, "untrue": {"refused"}, "elsewhere": {"forwarded", "pointed"}}
MATRIX: dict[tuple[str, str], set[str]] = {
    ("none", "clerk"): {"received"},
    **{("received", who): {"verified"} for who in ("clerk", "handler")},
    **{(found, who): acts | {"reopened"} for found, acts in _SIGN.items() for who in ("reviewer", "leader")},
    **{(found, "finder"): {"reopened"} for found in _SIGN},
    **{("decided", who): {"told"} for who in ("clerk", "handler")},
    ("done", "security_officer"): {"erased"},
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("situation", REACHED)
def test_what_each_person_may_do_in_each_situation(situation: str, who: str) -> None:
    case = Case()
    for kind, payload in REACHED[situation]:
        case.apply(kind, DAY, payload)
    found = {event.kind for event in TABLE.permitted(case, PEOPLE[who], "own")}
    assert found == MATRIX.get((situation, who), set())


def test_a_table_that_contradicts_itself_does_not_start() -> None:
    check_table()
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table(Table("更正", {}, TABLE.rows[:-1]))
    assert Received.kind in EVENTS


# --- On the site ------------------------------------------------------------------------------------------

FORM = {
    "kind": "natural_person",
    "name": PERSON.name,
    "id_type": "resident",
    "id_number": PERSON.id_number,
    "email": "ouyang@example.cn",
    "record_name": ASKS.record_name,
    "wrong": ASKS.wrong,
    "right": ASKS.right,
    "told_by": "email",
}


def sent(client: Client, **changes: Any) -> Any:
    given: dict[str, Any] = {"token": new_token().written, **FORM}
    given |= {name: SimpleUploadedFile(f"{name}.pdf", PDF) for name in ("id_proof", "evidence")}
    given |= changes
    return client.post("/ysqgk/gengzheng/", {k: v for k, v in given.items() if v is not None})


def test_a_person_asks_on_the_site_and_gets_a_number(bureau: SimpleNamespace) -> None:
    client = Client()
    assert client.get("/ysqgk/gengzheng/").status_code == 200
    response = sent(client)
    assert response.status_code == 303
    receipt = client.get(response["Location"])
    one = Correction.objects.get()
    assert one.number in receipt.content.decode()
    assert receipt["Cache-Control"] == "no-store, private"
    assert set(CorrectionFile.objects.values_list("kind", flat=True)) == {"id_proof", "evidence"}
    assert Client().get(response["Location"]).status_code == 404, "only the browser that sent it"
    assert "/ysqgk/gengzheng/" in client.get("/ysqgk/").content.decode()


def test_the_same_form_twice_is_one_request(bureau: SimpleNamespace) -> None:
    token = new_token().written
    for _ in range(2):
        assert sent(Client(), token=token).status_code == 303
    assert Correction.objects.count() == 1


def test_a_form_comes_back_filled_in_and_files_need_not_be_chosen_again(bureau: SimpleNamespace) -> None:
    token, client = new_token().written, Client()
    back = sent(client, token=token, wrong="")
    page = back.content.decode()
    assert back.status_code == 400
    assert "请填写不准确之处" in page
    assert "2023年单位名录信息" in page
    held = {name: page.split(f'name="held_{name}" value="')[1].split('"')[0] for name in ("id_proof", "evidence")}
    again = sent(
        client,
        token=token,
        id_proof=None,
        evidence=None,
        held_id_proof=held["id_proof"],
        held_evidence=held["evidence"],
    )
    assert again.status_code == 303
    assert CorrectionFile.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"evidence": None}, "请上传证明记录不准确的证据"),
        ({"id_proof": SimpleUploadedFile("a.exe", b"MZ")}, "PDF、JPG 或者 PNG"),
        ({"told_by": "post"}, "请填写通信地址"),
        ({"told_by": "pigeon"}, "请选择列出的方式之一"),
        ({"id_number": "1"}, "18 位"),
        ({"token": "forged"}, "已经更新"),
    ],
)
def test_what_is_wrong_is_said(bureau: SimpleNamespace, changes: dict[str, Any], words: str) -> None:
    back = sent(Client(), **changes)
    assert (back.status_code, words in back.content.decode()) == (400, True)
    assert not Correction.objects.exists()


@given(st.dictionaries(st.sampled_from([*FORM, "held_evidence"]), st.text(max_size=60)))
def test_no_typed_text_breaks_the_form(typed: dict[str, str]) -> None:
    form = CorrectionForm(typed)
    assert form.is_valid() in (True, False)


def test_how_it_stands_is_seen_by_number_and_code_alone(bureau: SimpleNamespace) -> None:
    client, asked = Client(), "/ysqgk/gengzheng/chaxun/"
    page = client.get(sent(client)["Location"]).content.decode()
    code = page.split('id="code">')[1].split("<")[0]
    one = Correction.objects.get()
    mine = {"number": one.number.lower(), "code": code.lower()}
    assert code not in one.code
    shown = client.post(asked, mine)
    assert (shown.status_code, "正在核实" in shown.content.decode()) == (200, True)
    assert "no-store" in shown["Cache-Control"]
    assert client.get(asked, mine).content.decode().count("正在核实") == 0
    wrong = [client.post(asked, {**mine, **each}) for each in ({"code": "2222-2222-2222"}, {"number": "GZ2025-9999"})]
    assert [each.status_code for each in wrong] == [403, 403]
    assert client.post(asked, {"number": "", "code": code}).status_code == 400
    services.verify(one, DAY, Finding.TRUE, "查阅名录库原始表", actor=bureau.handler)
    services.correct(one, DAY, "已更正为 13 人。", actor=bureau.chief)
    decided = client.post(asked, mine).content.decode()
    assert "13 人" not in decided, "it is told in the way that was asked for first"
    services.tell(one, DAY, Told.EMAIL, actor=bureau.clerk)
    told = client.post(asked, mine).content.decode()
    assert ("已更正为 13 人。" in told, "原始表" in told, PERSON.name in told) == (True, False, False)
    # A clerk gives another code to somebody who lost it; the former one is no good any more.
    clerk = signed_in(bureau.clerk)
    assert clerk.get(f"/admin/corrections/{one.pk}/code/").status_code == 405
    assert signed_in(bureau.security).post(f"/admin/corrections/{one.pk}/code/").status_code == 403
    given = clerk.post(f"/admin/corrections/{one.pk}/code/").content.decode().split('id="code">')[1].split("<")[0]
    assert CorrectionAccess.objects.filter(what="给出查询码").count() == 1
    assert [client.post(asked, {**mine, "code": each}).status_code for each in (code, given)] == [403, 200]
    assert {client.post(asked, mine).status_code for _ in range(30)} == {403, 429}


# --- At the desk ------------------------------------------------------------------------------------------


def test_the_desk_masks_who_asks_until_somebody_gives_a_reason(bureau: SimpleNamespace) -> None:
    one = received(bureau)
    client = signed_in(bureau.clerk)
    page = client.get(f"/admin/corrections/{one.pk}/").content.decode()
    assert "欧阳**" in page
    assert PERSON.name not in page
    assert PERSON.id_number not in page
    assert client.post(f"/admin/corrections/{one.pk}/open/", {"reason": " "}).status_code == 422
    opened = client.post(f"/admin/corrections/{one.pk}/open/", {"reason": "告知结果"}).content.decode()
    assert PERSON.id_number in opened
    assert CorrectionAccess.objects.get().what == "申请人信息：告知结果"
    file = one.files.get()
    assert client.get(f"/admin/corrections/file/{file.pk}/").status_code == 405
    assert client.post(f"/admin/corrections/file/{file.pk}/").content == PDF
    assert CorrectionAccess.objects.count() == 2


def test_other_offices_see_nothing(bureau: SimpleNamespace) -> None:
    one = received(bureau)
    other = staff(bureau.agency.add_child(code="x", name="别的局"), "x-")
    client = signed_in(other.clerk)
    for path in (f"{one.pk}/", f"{one.pk}/do/verify/"):
        assert client.get(f"/admin/corrections/{path}").status_code == 404
    assert client.post(f"/admin/corrections/{one.pk}/open/", {"reason": "x"}).status_code == 404
    assert client.post(f"/admin/corrections/file/{one.files.get().pk}/").status_code == 404
    assert one.number not in client.get("/admin/corrections/?state=all").content.decode()
    assert signed_in(bureau.security).post(f"/admin/corrections/{one.pk}/open/", {"reason": "x"}).status_code == 403


def test_every_verb_has_a_page_that_keeps_what_was_typed(bureau: SimpleNamespace) -> None:
    one = received(bureau)
    base = f"/admin/corrections/{one.pk}/do"
    handler, chief, clerk = signed_in(bureau.handler), signed_in(bureau.chief), signed_in(bureau.clerk)
    assert handler.get(f"{base}/verify/").status_code == 200
    assert handler.post(f"{base}/verify/", {"words": "查过"}).status_code == 422
    kept = chief.post(f"{base}/correct/", {"words": "这是处理意见"})
    assert (kept.status_code, "这是处理意见" in kept.content.decode()) == (409, True)
    assert handler.post(f"{base}/verify/", {"finding": "true", "words": "查过"}).status_code == 302
    assert chief.post(f"{base}/correct/", {"words": "已更正"}).status_code == 302
    assert clerk.post(f"{base}/tell/", {"how": "email", "day": "2025-06-09"}).status_code == 302
    assert Correction.objects.get().status == Status.DONE
    assert chief.get(f"/admin/corrections/{one.pk}/").status_code == 200


def test_a_clerk_registers_what_came_over_the_counter(bureau: SimpleNamespace) -> None:
    client = signed_in(bureau.clerk)
    given = {**FORM, "channel": "counter", "day": "2025-06-06", "evidence": SimpleUploadedFile("a.pdf", PDF)}
    assert client.post("/admin/corrections/new/", {**given, "evidence": ""}).status_code == 409
    assert client.post("/admin/corrections/new/", {**given, "name": ""}).status_code == 422
    given["evidence"] = SimpleUploadedFile("a.pdf", PDF)
    assert client.post("/admin/corrections/new/", given).status_code == 302
    assert Correction.objects.get().received_on == date(2025, 6, 6)
    assert signed_in(bureau.handler).get("/admin/corrections/new/").status_code == 302


def test_the_list_asks_as_often_for_many_as_for_one(bureau: SimpleNamespace) -> None:
    client, asked = signed_in(bureau.clerk), []
    for count in (1, 12):
        for _ in range(count):
            received(bureau)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/admin/corrections/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_next_year_it_is_counted_in_its_year(bureau: SimpleNamespace) -> None:
    one = verified(bureau)
    with on(date(2026, 1, 5)):
        services.correct(one, date(2026, 1, 5), "已更正", actor=bureau.chief)
    assert counts(bureau.agency, 2025)["corrected"] == 0
    assert counts(bureau.agency, 2026) == {"received": 0, "corrected": 1, "refused": 0, "forwarded": 0, "pointed": 0}
