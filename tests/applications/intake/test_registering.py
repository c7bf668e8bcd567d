"""A clerk registers what came to the counter, by post, by fax and by word of mouth."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.applications import services, vault
from gongkai.applications.models import Access, Application, CaseFile, Channel, FileKind, Submission
from gongkai.applications.services import Person
from gongkai.bureau.codes import matches
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.law.wording import chinese_day

from ..public.visitor import GIVEN, Visitor, proof
from .conftest import staff

pytestmark = pytest.mark.django_db
HERE = "/admin/applications/register/"


def given(**changed: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return GIVEN | {"channel": "counter", "arrived_on": today, "delivery": "pick_up", "action": "check"} | changed


@pytest.fixture
def at_desk(desk: Client) -> Visitor:
    return Visitor(desk).get(HERE)


def test_the_clerk_sees_the_day_of_receipt_and_the_due_date_before_anything_is_registered(at_desk: Visitor) -> None:
    day = timezone.localdate() - timedelta(days=3)
    at_desk.send(given(channel="ordinary_post", arrived_on=day.isoformat()), HERE)
    assert at_desk.status == 200, at_desk.text
    assert at_desk.one("#received") == chinese_day(day)
    assert "应当于收到信函的当日与申请人确认" in at_desk.text
    assert not Application.objects.exists()
    at_desk.send({"action": "register"}, HERE)
    assert at_desk.status == 302
    made = Application.objects.get()
    assert (made.channel, made.received_on) == (Channel.ORDINARY_POST, day)
    assert made.submission.taken_by is not None


def test_an_oral_application_is_filled_in_for_the_applicant_who_signs_the_receipt(at_desk: Visitor) -> None:
    at_desk.send(given(is_oral="on", proof=proof(b"%PDF-1 signed", "回执.pdf")), HERE)
    at_desk.send({"action": "register"}, HERE)
    made = Application.objects.get()
    assert made.submission.is_oral
    assert [vault.read(file, None) for file in CaseFile.objects.filter(kind=FileKind.REQUEST)] == [b"%PDF-1 signed"]
    at_desk.get(f"/admin/applications/{made.pk}/registered/")
    code = at_desk.one("#code strong")
    assert matches(code, Submission.objects.get().code)
    pdf = at_desk.client.get(f"/admin/applications/{made.pk}/receipt.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert Access.objects.filter(application=made, what="接收回执").count() == 1


def test_a_paper_that_says_too_little_is_registered_all_the_same(at_desk: Visitor) -> None:
    """Article 30: then a correction is asked for; it is not sent back at the door."""
    bare = dict.fromkeys(("id_type", "id_number", "phone", "email", "provision", "delivery", "accepts_other"), "")
    at_desk.send(given(**bare), HERE)
    assert at_desk.status == 200, at_desk.text
    at_desk.send({"action": "register"}, HERE)
    assert Application.objects.get().applicant.id_number == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"channel": ""}, "请选择收到渠道"),
        ({"channel": "internet"}, "列出的渠道"),
        ({"arrived_on": ""}, "请填写收到材料之日"),
        ({"arrived_on": "2999-01-01"}, "日期在今天之后"),
        ({"is_oral": "on", "channel": "fax"}, "口头提出的，收到渠道是当面提交"),
        ({"channel": "fax", "confirmed_on": "2020-01-01"}, "以什么方式确认"),
        (
            {"channel": "fax", "confirmed_on": "2020-01-01", "confirmed_how": "电话", "arrived_on": "2020-03-02"},
            "早于收到材料之日",
        ),
        ({"channel": "ordinary_post", "unreachable": "on"}, "尚未与申请人取得联系"),
        ({"name": ""}, "请填写姓名或者名称"),
        ({"id_proof": proof(b"MZ", "a.exe")}, "PDF、JPG 或者 PNG"),
    ],
)
def test_what_is_wrong_is_said_and_everything_comes_back(at_desk: Visitor, changed: dict[str, Any], said: str) -> None:
    at_desk.send(given(**changed), HERE)
    assert at_desk.status == 422
    assert said in at_desk.response.content.decode()
    assert at_desk.fields["requested"] == GIVEN["requested"]
    assert not Application.objects.exists()


def test_files_are_chosen_once_and_a_second_click_registers_nothing(at_desk: Visitor) -> None:
    at_desk.send(given(name="", id_proof=proof(), proof=proof(b"%PDF-1", "信封.pdf")), HERE)
    assert at_desk.status == 422
    at_desk.send({"name": "欧阳测试", "action": "check"}, HERE)
    fields = at_desk.fields | {"action": "register"}
    for _ in range(2):
        assert at_desk.client.post(HERE, fields).status_code == 302
    assert Application.objects.count() == 1
    assert sorted(file.kind for file in CaseFile.objects.all()) == [FileKind.ID_PROOF, FileKind.REQUEST]


def test_what_came_before_is_shown_with_its_answer(at_desk: Visitor, agency: Agency) -> None:
    person = Person("natural_person", "欧阳测试", "11010519491231002X")  # type: ignore[arg-type]
    day = timezone.localdate()
    first = services.register(agency, day, person, GIVEN["requested"], channel=Channel.COUNTER)
    services.decide(first, day, outcome="granted.provided", evidence=["access"])
    at_desk.send(given(), HERE)
    assert first.number in at_desk.text
    assert "予以公开" in at_desk.text


def test_an_external_number_twice_is_told_before_it_is_registered(at_desk: Visitor) -> None:
    for _ in range(2):
        at_desk.get(HERE).send(given(external_number="浙-7"), HERE)
        at_desk.send({"action": "register"}, HERE)
    assert Application.objects.count() == 1
    assert "已经登记过" in at_desk.response.content.decode()


def test_a_lost_query_code_is_replaced_and_the_old_one_is_no_good(at_desk: Visitor) -> None:
    at_desk.send(given(), HERE)
    at_desk.send({"action": "register"}, HERE)
    made = Application.objects.get()
    address = f"/admin/applications/{made.pk}/registered/"
    old = at_desk.get(address).one("#code strong")
    at_desk.client.post(f"/admin/applications/{made.pk}/new-code/")
    new = at_desk.get(address).one("#code strong")
    stored = Submission.objects.get().code
    assert (matches(old, stored), matches(new, stored)) == (False, True)
    assert Access.objects.filter(what="重新给出查询码").exists()


def test_only_the_clerks_of_the_agency_come_in(client: Client, agency: Agency, clerk: User) -> None:
    other = staff(Agency.add_root(code="other", name="别的局"), "elsewhere", Role.CLERK)
    for user, expected in ((staff(agency, "handler", Role.HANDLER), 302), (clerk, 200)):
        client.force_login(user)
        assert client.get(HERE).status_code == expected, user
    client.post(HERE, Visitor(client).get(HERE).fields | given())
    client.force_login(clerk)
    visitor = Visitor(client).get(HERE)
    visitor.send(given(), HERE)
    visitor.send({"action": "register"}, HERE)
    made = Application.objects.get()
    client.force_login(other)
    for address in ("registered/", "receipt.pdf"):
        assert client.get(f"/admin/applications/{made.pk}/{address}").status_code == 404
    for address in ("new-code/", "judge/"):
        assert client.post(f"/admin/applications/{made.pk}/{address}").status_code == 404


def test_registering_costs_the_same_however_many_there_are(at_desk: Visitor) -> None:
    def cost() -> int:
        at_desk.get(HERE).send(given(), HERE)
        with CaptureQueriesContext(connection) as asked:
            at_desk.send({"action": "register"}, HERE)
        return len(asked)

    cost()
    first = cost()
    for _ in range(3):
        cost()
    assert cost() == first
