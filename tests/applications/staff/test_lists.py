"""The list: every number of the desk leads to exactly what it counts; saved, taken along, several handled at once."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

from gongkai.applications import letters, services
from gongkai.applications.models import Access, Application, Channel, SavedList, Stage
from gongkai.applications.queries import WAITING_BY_ROLE, Waiting, waiting_for
from gongkai.applications.staff.columns import choices
from gongkai.bureau.models import Agency, Department
from gongkai.bureau.roles import Role, actor_in, actor_of

from ...desk.words import foreign_of
from ..cases import PERSON
from ..letters.world import DAY, RECEIVED, World, fields
from .conftest import As, person
from .test_case import SECRETS, drafted, reviewed, sent, signed_off

LIST = "/admin/applications/"


def numbers(client: Client, query: str = "") -> list[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200, query
    page = LexborHTMLParser(response.content.decode())
    return [node.text(strip=True) for node in page.css("#listing-results tbody td.title")]


def filename(response: HttpResponse) -> str:
    return unquote(response["Content-Disposition"].rpartition("''")[2])


def another(world: World, days: int = 0, channel: Channel = Channel.COUNTER) -> Application:
    return services.register(world.agency, RECEIVED + timedelta(days=days), PERSON, "另一件", channel=channel)


@pytest.mark.parametrize(
    ("kind", "who", "make"),
    [
        (Waiting.TO_ASSIGN, "clerk", another),
        (Waiting.MINE, "handler", lambda world: None),
        (Waiting.TO_REVIEW, "chief", drafted),
        (Waiting.TO_SIGN, "leader", reviewed),
        (Waiting.TO_SEND, "clerk", signed_off),
        (Waiting.UNPROVEN, "clerk", sent),
        (Waiting.TO_ARCHIVE, "clerk", sent),
    ],
)
def test_what_waits_for_somebody_is_counted_on_the_desk_and_listed_behind_the_number(
    world: World, signed: As, kind: Waiting, who: str, make: object
) -> None:
    make(world)  # type: ignore[operator]
    client = signed(getattr(world, who))
    page = LexborHTMLParser(client.get("/admin/").content.decode())
    cards = {
        node.css_first(".gk-number-card__label").text(): node.css_first("a")  # type: ignore[union-attr]
        for node in page.css("section[aria-labelledby=gk-waiting] .gk-number-card")
    }
    link = cards[kind.label]
    assert link is not None
    value = link.css_first(".gk-number-card__value")
    assert value is not None
    listed = numbers(client, str(link.attributes["href"]).removeprefix(LIST))
    assert len(listed) == int(value.text()) == 1


def test_a_department_finds_what_it_has_not_signed_for(world: World, signed: As) -> None:
    new = another(world)
    services.assign(new, DAY, world.survey, actor=world.clerk)
    assert numbers(signed(world.handler), "?waiting=to_sign_for") == [new.number]
    assert numbers(signed(world.leader), "?waiting=to_sign_for") == [world.application.number]  # the office assists


def test_every_role_that_works_has_something_that_may_wait(world: World) -> None:
    assert set(WAITING_BY_ROLE) == {Role.CLERK, Role.HANDLER, Role.REVIEWER, Role.LEADER}
    assert waiting_for(world.agency, actor_of(person(world.agency, "officer", Role.SECURITY_OFFICER))) == []
    assert {kind for kinds in WAITING_BY_ROLE.values() for kind in kinds} == set(Waiting)
    assert actor_in(world.clerk).roles == {Role.CLERK}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=00002", ["2025-00002"]),
        ("?channel=fax", ["2025-00002"]),
        ("?stage=new", ["2025-00002"]),
        ("?lead={survey}", ["2025-00001"]),
        ("?status=handling&channel=internet", ["2025-00001"]),
        ("?year=2024", []),
        ("?urgency=open", ["2025-00001", "2025-00002"]),
        ("?applicant_kind=business", []),
        ("?outcome_row=granted", []),
        ("?closed=2025", []),
        ("?days_from=1", []),
    ],
)
def test_it_is_narrowed_by_what_its_address_says(world: World, signed: As, query: str, found: list[str]) -> None:
    another(world, channel=Channel.FAX)
    query = query.format(survey=world.survey.pk)
    assert sorted(numbers(signed(world.clerk), query)) == found


@pytest.mark.parametrize(
    "query", ["?year=abc", "?year=99999", "?urgency=x", "?waiting=x", "?columns=x", "?days_from=x", "?p=x", "?lead=x"]
)
def test_an_address_that_makes_no_sense_lists_everything(world: World, signed: As, query: str) -> None:
    assert numbers(signed(world.clerk), query) == ["2025-00001"]


def test_those_columns_are_shown_and_taken_along_that_were_chosen(world: World, signed: As) -> None:
    client = signed(world.clerk)
    response = client.get(f"{LIST}?columns=channel&columns=handled_days&export=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[1]] == ["登记编号", "收到渠道", "实际办理工作日"]
    every = "&".join(f"columns={name}" for name, _ in choices())
    everything = client.get(f"{LIST}?{every}&export=xlsx").content
    values = [str(cell.value) for row in load_workbook(io.BytesIO(everything)).active for cell in row]
    assert len(values) > 20
    assert not any(secret in value for secret in (*SECRETS, "粮食") for value in values)


def test_a_list_is_saved_by_name_and_only_its_owner_deletes_it(world: World, signed: As) -> None:
    client = signed(world.clerk)
    query = "urgency=overdue&columns=lead"
    response = client.post(f"{LIST}save/", {"name": " 超期的 ", "query": query + "&p=3&export=xlsx"})
    assert response["Location"] == f"{LIST}?{query}"
    saved = SavedList.objects.get()
    assert (saved.user, saved.name, saved.query) == (world.clerk, "超期的", query)
    assert "超期的" in client.get(LIST).content.decode()
    assert "超期的" not in signed(world.leader).get(LIST).content.decode()
    signed(world.leader).post(f"{LIST}saved/{saved.pk}/delete/")
    assert SavedList.objects.exists()
    client.post(f"{LIST}save/", {"name": "超期的", "query": "urgency=open"})
    assert SavedList.objects.get().query == "urgency=open"
    client.post(f"{LIST}saved/{saved.pk}/delete/")
    assert not SavedList.objects.exists()


@pytest.mark.parametrize(("name", "query"), [("", "urgency=open"), ("太" * 41, ""), ("长", "q=" + "x" * 700)])
def test_what_cannot_be_saved_is_said(world: World, signed: As, name: str, query: str) -> None:
    signed(world.clerk).post(f"{LIST}save/", {"name": name, "query": query})
    assert SavedList.objects.count() == 0


def test_several_are_assigned_after_it_was_shown_what_happens_to_each(world: World, signed: As) -> None:
    client, new = signed(world.clerk), [another(world) for _ in range(2)]
    drafted(world)
    chosen = {"application": [world.application.pk, *(each.pk for each in new)]}
    text = client.post(f"{LIST}several/assign/", chosen).content.decode()
    assert "将分办的（2 件）" in text
    assert "不能分办的（1 件）" in text
    assert Application.objects.filter(stage=Stage.NEW).count() == 2
    missing = client.post(f"{LIST}several/assign/", {**chosen, "confirmed": "1"})
    assert missing.status_code == 422
    done = client.post(f"{LIST}several/assign/", {**chosen, "confirmed": "1", "lead": world.survey.pk}, follow=True)
    assert "已分办 2 件" in done.content.decode()
    assert f"{world.application.number} 没有分办" in done.content.decode()


def test_several_are_signed_for_and_archived(world: World, signed: As) -> None:
    new = [another(world) for _ in range(2)]
    for each in new:
        services.assign(each, DAY, world.survey, actor=world.clerk)
    data = {"application": [each.pk for each in new], "confirmed": "1"}
    assert "已签收 2 件" in signed(world.handler).post(f"{LIST}several/sign-for/", data, follow=True).content.decode()
    services.withdraw(new[0], DAY, actor=world.clerk)
    done = signed(world.clerk).post(f"{LIST}several/archive/", data, follow=True).content.decode()
    assert "已归档 1 件" in done
    assert f"{new[1].number} 没有归档" in done


def test_several_at_once_are_of_ones_own_agency_and_for_ones_own_role(world: World, signed: As) -> None:
    elsewhere = Agency.add_root(code="other", name="别的局")
    stranger = person(elsewhere, "stranger", Role.CLERK)
    data = {"application": [world.application.pk], "confirmed": "1"}
    response = signed(stranger).post(f"{LIST}several/archive/", data, follow=True)
    assert "没有选中申请" in response.content.decode()
    assert signed(world.handler).post(f"{LIST}several/assign/", data).status_code == 403
    assert signed(world.clerk).post(f"{LIST}several/nonsense/", data).status_code == 404
    assert signed(world.clerk).get(f"{LIST}several/assign/").status_code == 405


def test_papers_of_several_are_shown_before_they_are_printed_as_one_file(world: World, signed: As) -> None:
    client, bare = signed(world.clerk), another(world)
    bare.applicant.address = ""
    bare.applicant.save()
    letters.issue(bare, "consultation_notice", fields("consultation_notice"), world.clerk, DAY)
    data = {"application": [world.application.pk, bare.pk]}
    assert "没有已经编号" in client.post(f"{LIST}several/envelopes/", data).content.decode()
    signed_off(world)
    for verb, count, told in (
        ("receipts", 2, "接收回执"),
        ("envelopes", 1, "没有填写收件人或者收件地址"),
        ("service-proofs", 2, "温统信公〔2025〕1号"),
    ):
        shown = client.post(f"{LIST}several/{verb}/", data).content.decode()
        assert f"{count} 份（PDF）" in shown, verb
        assert told in shown
        assert not any(secret in shown for secret in SECRETS), verb
        assert Access.objects.count() == 0, "looking at what would be printed opens nothing"
        printed = client.post(f"{LIST}several/{verb}/", {**data, "confirmed": "1"})
        assert len(PdfDocument(printed.content)) >= count, verb
        assert Access.objects.filter(user=world.clerk).count() == count, verb
        Access.objects.all().delete()


def test_a_receipt_says_what_was_received_and_when_by_the_agencys_template(world: World, signed: As) -> None:
    data = {"application": [world.application.pk], "confirmed": "1"}
    printed = signed(world.clerk).post(f"{LIST}several/receipts/", data)
    page = "".join(PdfDocument(printed.content)[0].get_textpage().get_text_range().split())
    for told in ("接收回执", world.application.number, "2024年粮食播种面积", "2025年7月1日", "clerk", "互联网"):
        assert told in page, told
    assert filename(printed) == "接收回执.pdf"


def test_nobody_prints_names_and_addresses_that_they_may_not_open(world: World, signed: As) -> None:
    signed_off(world)
    other = person(world.agency, "other", Role.HANDLER, department=Department.objects.create(agency=world.agency))
    data = {"application": [world.application.pk], "confirmed": "1"}
    for verb in ("receipts", "envelopes", "service-proofs"):
        refused = signed(other).post(f"{LIST}several/{verb}/", data)
        assert refused.status_code == 409
        assert "由经办人员和承办这件申请的处室打印" in refused.content.decode()
        assert signed(world.leader).post(f"{LIST}several/{verb}/", data).status_code == 403
    assert Access.objects.count() == 0


def test_it_costs_the_same_however_long_it_is(world: World, signed: As) -> None:
    client = signed(world.clerk)
    client.get(LIST)

    def cost() -> list[int]:
        found = []
        for query in ("", "?urgency=open", "?waiting=to_assign", "?q=2025-", "?ordering=due_on", "?stage=assigned"):
            with CaptureQueriesContext(connection) as told:
                client.get(LIST + query)
            found.append(len(told))
        return found

    another(world)
    services.assign(another(world), DAY, world.survey, actor=world.clerk)
    before = cost()
    for number in range(20):
        made = another(world, number % 5)
        if number % 2:
            services.assign(made, DAY, world.survey, actor=world.clerk)
    assert cost() == before
    assert max(before) <= 30


def test_somebody_is_found_by_the_whole_name_and_it_is_recorded(world: World, signed: As) -> None:
    client = signed(world.clerk)
    for who in (PERSON.name, PERSON.id_number.lower()):
        response = client.post(f"{LIST}find/", {"who": who})
        assert world.application.number in response.content.decode()
    assert world.application.accesses.count() == 2
    assert "没有完全相同的" in client.post(f"{LIST}find/", {"who": "欧阳"}).content.decode()
    assert client.post(f"{LIST}find/", {"who": ""}).status_code == 422
    assert signed(world.handler).get(f"{LIST}find/").status_code == 403


@pytest.mark.parametrize("path", [LIST, f"{LIST}find/", "/admin/handling/"])
def test_the_pages_are_in_chinese(world: World, signed: As, path: str) -> None:
    text = signed(world.clerk).get(path).content.decode()
    assert foreign_of(text, "example", "cn", "clerk") == set()
