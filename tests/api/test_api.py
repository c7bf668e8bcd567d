"""The interface for machines: what it gives is what the public may read, page by page, and nothing breaks it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from pytest_django import DjangoAssertNumQueries
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from gongkai.annual.forms import FORM_2019
from gongkai.bureau.models import Agency
from gongkai.inquiries.models import Answer, Closing, Inquiry
from gongkai.portal import services as portal
from gongkai.portal.models import Publication
from gongkai.project.wsgi import application
from gongkai.registers.models import Procurement
from gongkai.reporting import services as reporting

from ..portal import world
from ..reporting import world as records
from ..reporting.test_services import finished


@pytest.fixture
def bureau(agency: Agency) -> SimpleNamespace:
    """A site with three publications of one day, one withdrawn and one that waits; answers, a purchase, a report."""
    made = world.populate(agency)
    records.populate(agency, size=3)
    at = world.moment("2020-03-02 09:30")
    made.items = [world.published(made, f"=信息{number}", at=at) for number in range(3)]
    made.withdrawn = world.published(made, "已撤下的信息", at=at)
    portal.withdraw(made.withdrawn, made.leader, reason="内容有误，已更正重发。")
    made.draft = world.draft(made, "还没有审定的信息")
    for number in range(3):
        inquiry = Inquiry.objects.create(
            agency=agency,
            number=f"open{number}",
            subject=records.NAME,
            source="website",
            received_on=date(2020, 1, 1),
            status="closed",
            closed_on=date(2020, 1, 2),
            closing=Closing.PUBLIC,
            days=1,
        )
        Answer.objects.create(
            agency=agency,
            inquiry=inquiry,
            title=f"答复{number}",
            reply="居民消费价格指数每月公布。",
            asked_on=date(2020, 1, 1),
            published_on=date(2020, 1, 2),
            days=1,
            is_shown=number < 2,
        )
    shown = {"shown_on": date(2020, 5, 6), "shown_by": made.leader, "shown_digest": "0" * 64}
    Procurement.objects.filter(name="采购0").update(**shown)
    reporting.save_prose(agency, 2020, finished(agency))
    reporting.publish(agency, 2020)
    return made


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(f"/api/{path}")
    assert response.status_code == status, response.content.decode()
    return response.json()


def every(client: Client, path: str) -> list[dict[str, Any]]:
    """Every page, one record each."""
    found: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = get(client, f"{path}?limit=1&after={after}")
        assert len(page["items"]) <= 1
        found, after = [*found, *page["items"]], page["next"]
    return found


def test_what_the_public_may_read_is_given_and_nothing_else(
    bureau: SimpleNamespace, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = every(client, "publications")
    assert [each["id"] for each in found] == sorted((item.pk for item in bureau.items), reverse=True)
    assert found == get(client, "publications")["items"] == get(client, "publications?year=2020&kind=news")["items"]
    assert get(client, "publications?year=2019")["items"] == []
    with django_assert_max_num_queries(2):
        get(client, "publications")
    whole = get(client, f"publications/{found[0]['id']}")
    assert "会议总结了一季度的工作" in whole["html"]
    assert {name: whole[name] for name in found[0]} == found[0]
    for hidden in (bureau.withdrawn, bureau.draft):
        assert "没有公开" in get(client, f"publications/{hidden.pk}", 404)["error"]
    answers = every(client, "answers")
    assert {each["title"] for each in answers} == {"答复0", "答复1"}
    assert get(client, f"answers/{answers[0]['id']}") == answers[0]
    hidden_answer = Answer.objects.get(is_shown=False)
    get(client, f"answers/{hidden_answer.pk}", 404)
    assert [each["fields"]["项目名称"] for each in every(client, "registers/caigou")] == ["采购0"]
    for register in get(client, "registers"):
        page = get(client, f"registers/{register['code']}")
        assert all(list(entry["fields"]) == register["columns"] for entry in page["items"])
    everything = "".join(json.dumps(get(client, path), ensure_ascii=False) for path in ("publications", "answers"))
    assert records.NAME not in everything


def test_a_document_says_whether_it_is_in_force(bureau: SimpleNamespace, client: Client) -> None:
    get(client, "documents?document_class=normative_documents")
    assert get(client, "documents") == {"items": [], "next": None}


def test_a_report_is_given_cell_by_cell(bureau: SimpleNamespace, client: Client) -> None:
    assert [(each["year"], each["code"]) for each in get(client, "reports")["items"]] == [(2020, bureau.agency.code)]
    cells = {each["cell"]: each["value"] for each in get(client, "reports/2020")["items"]}
    published = reporting.current(bureau.agency, 2020).report
    assert set(cells) == {str(cell) for cell in FORM_2019.cells()}
    assert cells["3.received.total"] == published.value("3.received.total")
    assert get(client, f"reports/2020?agency={bureau.agency.code}")["year"] == 2020
    get(client, "reports/2019", 404)


def test_the_same_as_csv_without_formulas(bureau: SimpleNamespace, client: Client) -> None:
    for path, many in (
        ("publications", 3),
        ("documents", 0),
        ("answers", 2),
        ("registers/caigou", 1),
        ("registers/xinyong", 0),
        ("reports/2020", sum(1 for _ in FORM_2019.cells())),
    ):
        response = client.get(f"/api/{path}.csv")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert len(rows) == many + 1, path
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.startswith("=") for row in rows for cell in row)


def test_what_is_known_is_not_sent_again_and_only_reading_is_possible(bureau: SimpleNamespace, client: Client) -> None:
    first = client.get("/api/publications")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/publications", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.head("/api/publications")["ETag"] == first["ETag"]
    assert client.head("/api/publications").content == b""
    Publication.objects.filter(item=bureau.items[0]).update(withdrawn_on=date(2020, 3, 3))
    assert client.get("/api/publications", headers={"If-None-Match": first["ETag"]}).status_code == 200
    refused = client.post("/api/publications")
    assert refused.status_code == 405
    assert "GET" in refused["Allow"]
    assert refused.json() == {"error": "接口只供读取。", "hint": "请用 GET。"}
    assert client.options("/api/publications").status_code == 204


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("publications?limit=0", 422, "limit"),
        ("publications?limit=many", 422, "limit"),
        ("publications?kind=nothing", 422, "kind"),
        ("publications?after=xyz", 422, "next"),
        ("publications?after=OTk5OS0xMi0zMVQyMzo1OTo1OXwx", 422, "next"),  # a moment without its zone
        ("publications/99999999999999999999", 422, "item"),
        ("registers/nothing", 404, "没有"),
        ("nowhere/", 404, "没有这个地址"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(agency: Agency, client: Client, path: str, status: int, said: str) -> None:
    told = get(client, path, status)
    assert said in told["error"] + told["hint"]


def test_the_catalogue_names_files_that_are_there(bureau: SimpleNamespace, client: Client) -> None:
    response = client.get("/api/catalog.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    content = response.json()
    files = [file for each in content["dcat:dataset"] for file in each["dcat:distribution"]]
    assert len(files) >= 15
    for file in files:
        path = file["dcat:accessURL"]["@id"].removeprefix("http://testserver")
        assert client.get(path)["Content-Type"].startswith(file["dcat:mediaType"]), path
    assert client.get("/api/").json() == client.get("/api/openapi.json").json()


@pytest.mark.anywhere
def test_no_call_breaks_it(bureau: SimpleNamespace) -> None:
    """Right and wrong calls made up from the OpenAPI document; answers are held against it."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 9
    for operation in operations:
        modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) if any(operation.iter_parameters()) else ()
        for mode in modes or (GenerationMode.POSITIVE,):  # what takes no parameter cannot be called wrongly

            @seed(20200302)
            @settings(
                max_examples=6,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                derandomize=False,
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def call(case: schemathesis.Case) -> None:
                # A key of the right form that no page gave is refused.
                case.call_and_validate(excluded_checks=[positive_data_acceptance])

            call()
