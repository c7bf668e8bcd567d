"""The lists: filters in the address, the gate, what is taken along, what is never shown."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role
from gongkai.desk.kinds import KINDS

from ..reporting import world
from .conftest import TODAY, case

LIST = "/admin/applications/"


def rows(client: Client, path: str) -> list[list[str]]:
    response = client.get(path)
    assert response.status_code == 200, path
    found = LexborHTMLParser(response.content.decode()).css("#listing-results tbody tr")
    cells = [[cell.text(strip=True) for cell in row.css("td")] for row in found]
    # Where several can be handled at once, the first cell is a box.
    return [row[1:] if row and not row[0] else row for row in cells]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_list_that_can_be_narrowed_to_a_year(as_clerk: Client, agency: Agency, kind: str) -> None:
    world.populate(agency)
    path = f"/admin/records/{kind}/"
    everything = as_clerk.get(path, follow=True).context["paginator"].count
    of_years = [
        as_clerk.get(f"{path}?year={year}", follow=True).context["paginator"].count for year in range(2015, 2030)
    ]
    assert everything
    assert sum(of_years) == everything
    assert as_clerk.get(f"{path}?year=1990", follow=True).context["paginator"].count == 0
    assert as_clerk.get(f"{path}results/?year=2020", follow=True).status_code == 200


def test_applications_are_narrowed_by_outcome_kind_and_status(as_clerk: Client, open_cases: Agency) -> None:
    world.application(open_cases, "r", TODAY, kind=world.ApplicantKind.RESEARCH)
    assert [row[0] for row in rows(as_clerk, f"{LIST}?outcome_row=granted")] == ["closed"]
    assert [row[0] for row in rows(as_clerk, f"{LIST}?applicant_kind=research")] == ["r"]
    assert [row[0] for row in rows(as_clerk, f"{LIST}?status=consulting")] == ["p2"]
    assert len(rows(as_clerk, f"{LIST}?urgency=open")) == 10
    assert rows(as_clerk, f"{LIST}?urgency=overdue&applicant_kind=research") == []


def test_what_is_overdue_stands_first_and_says_since_when(as_clerk: Client, open_cases: Agency) -> None:
    (first, second) = rows(as_clerk, f"{LIST}?urgency=overdue")
    assert (first[0], first[1], first[2]) == ("o1", "已超期 10 天", "办理中")
    assert second[0] == "o2"


def test_an_address_that_makes_no_sense_lists_everything_or_does_not_exist(
    as_clerk: Client, open_cases: Agency
) -> None:
    assert as_clerk.get("/admin/records/nonsense/").status_code == 404
    for query in ("?year=abc", "?year=99999", "?year=0", "?urgency=x", "?ordering=applicant__name", "?p=999", "?p=x"):
        assert as_clerk.get(LIST + query).status_code == 200


def test_the_list_of_another_body_does_not_exist_but_for_its_supervisor(client: Client, open_cases: Agency) -> None:
    below = open_cases.add_child(code="330302", name="区统计局")
    case(below, "below", TODAY)
    client.force_login(world.user(below, "other", [Role.CLERK]))
    for path in (f"{LIST}?agency=330300-tj", f"{LIST}?agency=330300-tj&export=xlsx"):
        assert client.get(path).status_code == 404
    assert [row[0] for row in rows(client, LIST)] == ["below"]
    client.force_login(world.user(open_cases, "supervisor", [Role.REVIEWER], supervising=True))
    assert [row[0] for row in rows(client, f"{LIST}?agency=330302")] == ["below"]
    client.force_login(world.user(None, "nobody", [Role.CLERK]))
    assert client.get(LIST).status_code == 404
    client.logout()
    assert client.get(LIST).status_code == 302


def test_what_is_on_screen_is_taken_along_with_every_page(as_clerk: Client, open_cases: Agency) -> None:
    for number in range(60):
        case(open_cases, f"=n{number:02}", TODAY)
    response = as_clerk.get(f"{LIST}?urgency=due_soon&export=xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    found = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert found[0][:3] == ("登记编号", "期限情况", "状态")
    assert len(found) == 1 + 63
    assert ("=n00", "今天到期", "办理中") in {row[:3] for row in found}, "what looks like a formula stays text"


def test_lists_and_what_is_taken_along_never_show_who_it_is_about(as_clerk: Client, agency: Agency) -> None:
    world.populate(agency)
    for kind in KINDS:
        path = f"/admin/records/{kind}/"
        assert world.NAME not in as_clerk.get(path, follow=True).content.decode()
        sheet = load_workbook(io.BytesIO(as_clerk.get(f"{path}?export=xlsx", follow=True).content)).active
        values = [str(cell.value) for row in sheet for cell in row]
        assert len(values) > 5
        assert not any(world.NAME in value or "13900000000" in value for value in values)


def test_a_list_costs_the_same_however_long_it_is(
    as_clerk: Client, open_cases: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    as_clerk.get(LIST)

    def cost() -> int:
        with django_assert_max_num_queries(30) as told:
            as_clerk.get(LIST)
        return len(told)

    before = cost()
    for number in range(30):
        case(open_cases, f"n{number}", TODAY)
    assert cost() == before


def test_an_empty_list_says_how_to_fill_it(as_clerk: Client, agency: Agency) -> None:
    text = as_clerk.get("/admin/records/disputes/").content.decode()
    assert "还没有复议诉讼的记录" in text
    assert 'href="/admin/import/"' in text
    world.populate(agency)
    assert "没有符合条件的申请" in as_clerk.get(f"{LIST}?urgency=paused").content.decode()
