"""The workbook of Article 20: what a clerk hands in, and what is said about what cannot be right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry
from gongkai.registers.models import Decision, Document, FeeReceipt, ServiceItem
from gongkai.registers.sheets import BOOK
from gongkai.sheets.importing import Imported, import_book

from ..sheets.workbooks import write

SHEETS = {sheet.title: sheet for sheet in BOOK.sheets}


def load(path: Path, agency: Agency, **sheets: list[dict[str, Any]]) -> Imported:
    """Import worksheets in the order given, each row by column code."""
    contents = {
        title: [[c.heading for c in SHEETS[title].columns]]
        + [[row.get(c.code, "") for c in SHEETS[title].columns] for row in rows]
        for title, rows in sheets.items()
    }
    return import_book(BOOK, write(path / "台账.xlsx", contents), agency)


FEE = {"kind": "行政事业性收费", "name": "考务费", "valid_from": "2012.1.1"}
PENALTY = {
    "kind": "行政处罚",
    "document_number": "温统罚决字〔2020〕1号",
    "decided_on": "2020年3月2日",
    "party_kind": "自然人",
    "person": "王某",
}


@pytest.mark.django_db
def test_items_are_known_to_the_rows_that_name_them_wherever_their_worksheet_stands(
    agency: Agency, tmp_path: Path
) -> None:
    receipt = {"item": "考务费", "received_on": "2020-03-31", "amount": "1,200元"}
    result = load(tmp_path, agency, 收费=[receipt], 事项=[FEE])
    assert not result.errors
    assert FeeReceipt.objects.get().item == ServiceItem.objects.get()
    assert FeeReceipt.objects.get().amount == 1200


@pytest.mark.django_db
def test_a_fee_without_its_item_is_refused_by_row(agency: Agency, tmp_path: Path) -> None:
    result = load(tmp_path, agency, 收费=[{"item": "没有的收费", "received_on": "2020-03-31", "amount": 1}])
    assert result.refused
    assert [str(error) for error in result.errors] == [
        "〔收费〕第 2 行：〔事项〕中没有名为“没有的收费”的行政事业性收费，请先在〔事项〕表中登记"
    ]
    assert not FeeReceipt.objects.exists()


@pytest.mark.django_db
def test_the_name_of_a_person_is_stored_encrypted_and_found_by_its_index(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, 处理决定=[PENALTY])
    decision = Decision.objects.get()
    assert decision.person == "王某"
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM registers_decision")
        (stored,) = cursor.fetchone()
    assert "王" not in stored
    index = Decision._meta.get_field("person_index")
    assert Decision.objects.filter(person_index__in=index.candidates("王某")).count() == 1


@pytest.mark.django_db
def test_a_person_and_a_company_are_not_mixed(agency: Agency, tmp_path: Path) -> None:
    both = {**PENALTY, "organization": "某公司"}
    company = {**PENALTY, "document_number": "2号", "party_kind": "法人或者其他组织"}
    result = load(tmp_path, agency, 处理决定=[both, company])
    assert [(error.number, error.heading) for error in result.errors] == [(2, "单位名称"), (3, "自然人姓名")]
    assert "王某" not in "".join(map(str, result.errors))


@pytest.mark.django_db
def test_dates_out_of_order_are_named(agency: Agency, tmp_path: Path) -> None:
    document = {"kind": "规章", "title": "办法", "made_on": "2020-3-2", "repealed_on": "2019-1-1"}
    item = {**FEE, "valid_until": "2011-12-31"}
    result = load(tmp_path, agency, 规章和规范性文件=[document], 事项=[item])
    assert [str(error) for error in result.errors] == [
        "〔规章和规范性文件〕第 2 行“废止日期”：早于成文日期（2020-03-02）",
        "〔事项〕第 2 行“有效期至”：早于列入日期（2012-01-01）",
    ]


@pytest.mark.django_db
def test_importing_twice_changes_nothing_and_a_repeal_is_taken_up(agency: Agency, tmp_path: Path) -> None:
    document = {"kind": "行政规范性文件", "title": "办法", "made_on": "2020-3-2"}
    load(tmp_path, agency, 规章和规范性文件=[document])
    again = load(tmp_path, agency, 规章和规范性文件=[document])
    assert (again.tally.created, again.tally.updated, again.tally.unchanged) == (0, 0, 1)
    load(tmp_path, agency, 规章和规范性文件=[{**document, "repealed_on": "2021-5-1"}])
    assert Document.objects.get().ended_on == date(2021, 5, 1)


@pytest.mark.django_db
def test_each_batch_that_changed_something_leaves_one_entry_with_its_digest(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, 事项=[FEE])
    load(tmp_path, agency, 事项=[FEE])
    load(tmp_path, agency, 事项=[{**FEE, "basis": "文件"}])
    first, second = Entry.objects.order_by("position")
    assert (first.kind, first.data["worksheet"], first.data["created"]) == ("imported", "事项", 1)
    assert second.data["updated"] == 1
    assert first.data["sha256"] != second.data["sha256"]


@pytest.mark.django_db
def test_a_query_takes_many_rows(agency: Agency, tmp_path: Path) -> None:
    def count(rows: int) -> int:
        many = [{**PENALTY, "document_number": f"{rows}/{n}"} for n in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            load(tmp_path, agency, 处理决定=many)
        return len(captured)

    count(1)  # makes the agency's chain
    # SQLite bounds the values of one statement; a query for each row would be 200 more.
    assert count(200) - count(2) < 200 / 40
