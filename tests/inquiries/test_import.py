"""The ledger of messages: imported as events, counted, closed later by the next ledger."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.inquiries import figures, services
from gongkai.inquiries.models import Asker, Closing, Inquiry
from gongkai.inquiries.projection import rebuild
from gongkai.inquiries.sheets import BOOK
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.sheets.importing import Imported, import_book

from ..sheets.workbooks import ledger

OPEN = {"number": "1", "received_on": "2020.3.2", "subject": "咨询指数", "name": "王某", "contact": "13812345678"}
CLOSED = {**OPEN, "closed_on": "2020年3月4日", "closing": "公开答复"}


def load(path: Path, agency: Agency, *rows: dict[str, Any]) -> Imported:
    return import_book(BOOK, ledger(path / "台账.xlsx", BOOK.sheets[0], rows), agency)


@pytest.mark.django_db
def test_a_row_becomes_events_and_importing_it_again_changes_nothing(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, CLOSED)
    again = load(tmp_path, agency, CLOSED)
    assert (again.tally.created, again.tally.updated, again.tally.unchanged) == (0, 0, 1)
    inquiry = Inquiry.objects.get()
    assert (inquiry.source, inquiry.closing, inquiry.days) == ("website", "public", 2)
    assert inquiry.asker is not None
    assert (inquiry.asker.name, inquiry.asker.contact) == ("王某", "13812345678")
    assert [(e.kind, e.occurred_on) for e in Entry.objects.order_by("position")] == [
        ("registered", date(2020, 3, 2)),
        ("replied", date(2020, 3, 4)),
    ]
    assert verify(agency) is None
    assert rebuild(agency) == []


@pytest.mark.django_db
def test_the_asker_is_found_by_the_index_that_an_import_writes(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, OPEN)
    index = Asker._meta.get_field("contact_index")
    assert Asker.objects.filter(contact_index__in=index.candidates("13812345678")).count() == 1


@pytest.mark.django_db
def test_a_message_left_open_is_closed_by_the_next_ledger(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, OPEN)
    closed = load(tmp_path, agency, CLOSED)
    assert closed.tally.updated == 1
    assert Inquiry.objects.get().status == "closed"
    assert rebuild(agency) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"received_on": "2020-3-1"}, "已登记的留言日期（2020-03-02）或者来源与表中不同"),
        ({"source": "来信"}, "已登记的留言日期（2020-03-02）或者来源与表中不同"),
        ({"closed_on": "2020-3-5"}, "已登记的办结情况与表中不同"),
        ({"closed_on": "", "closing": ""}, "已登记的办结情况与表中不同"),
    ],
)
def test_what_the_ledger_of_events_says_is_not_rewritten(
    agency: Agency, tmp_path: Path, change: dict[str, str], reason: str
) -> None:
    load(tmp_path, agency, CLOSED)
    result = load(tmp_path, agency, {**CLOSED, **change})
    assert result.refused
    assert reason in result.errors[0].reason
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_words_and_the_asker_may_be_corrected(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, {**OPEN, "name": "", "contact": ""})
    load(tmp_path, agency, {**OPEN, "subject": "咨询价格指数"})
    load(tmp_path, agency, {**OPEN, "subject": "咨询价格指数", "name": "汪某"})
    inquiry = Inquiry.objects.get()
    assert inquiry.asker is not None
    assert (inquiry.subject, inquiry.asker.name) == ("咨询价格指数", "汪某")
    assert Asker.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"closed_on": "2020-3-1"}, "“办结日期”：早于留言日期（2020-03-02）"),
        ({"closing": ""}, "“办结方式”：已经办结的须填办结方式"),
        ({"closing": "不公开答复"}, "“不公开理由”：不公开答复须填理由"),
        ({"private_reason": "涉及个人隐私"}, "“不公开理由”：只有不公开答复才填理由"),
        ({"closed_on": ""}, "“办结日期”：填了办结方式的须填办结日期"),
        ({"name": "王" * 61}, "“留言人”：超过 60 字"),
    ],
)
def test_a_bad_row_is_named_without_personal_data(
    agency: Agency, tmp_path: Path, change: dict[str, str], message: str
) -> None:
    result = load(tmp_path, agency, {**CLOSED, **change})
    assert [str(error) for error in result.errors] == [f"〔群众留言〕第 2 行{message}"]
    assert not Inquiry.objects.exists()


@pytest.mark.django_db
def test_figures_are_those_of_a_plain_count(agency: Agency, tmp_path: Path) -> None:
    random = Random(3)
    rows = []
    for number in range(120):
        received = date(2019, 12, 1) + timedelta(days=random.randrange(430))
        closing = random.choice(["", *Closing.labels])
        row = {**OPEN, "number": str(number), "received_on": received.isoformat(), "closing": closing}
        if closing:
            row["closed_on"] = (received + timedelta(days=random.randrange(5))).isoformat()
        if closing == "不公开答复":
            row["private_reason"] = "涉及个人隐私"
        rows.append(row)
    load(tmp_path, agency, *rows)
    scope = Scope.of(agency, 2020)
    closed = [row for row in rows if row["closing"] and row["closed_on"].startswith("2020")]
    days = [(date.fromisoformat(r["closed_on"]) - date.fromisoformat(r["received_on"])).days for r in closed]
    assert figures.RECEIVED.evaluate(scope) == {(): sum(r["received_on"].startswith("2020") for r in rows)}
    assert figures.CLOSED.evaluate(scope) == {(): len(closed)}
    assert figures.PUBLIC_REPLIES.evaluate(scope) == {(): sum(r["closing"] == "公开答复" for r in closed)}
    assert figures.MEAN_DAYS.evaluate(scope) == {(): pytest.approx(sum(days) / len(days))}
    assert sum(figures.CLOSED_BY_CLOSING.evaluate(scope).values()) == len(closed)


@pytest.mark.django_db
def test_the_mean_of_no_messages_is_nothing_and_of_one_answered_the_same_day_zero(
    agency: Agency, tmp_path: Path
) -> None:
    scope = Scope.of(agency, 2020)
    assert figures.MEAN_DAYS.evaluate(scope) == {(): None}
    load(tmp_path, agency, {**CLOSED, "closed_on": "2020-3-2"})
    assert figures.MEAN_DAYS.evaluate(scope) == {(): 0}


@pytest.mark.django_db
def test_a_number_that_a_ledger_took_is_not_given_out_again(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, {**OPEN, "number": "LY202000001"})
    assert services.register(agency, received_on=date(2020, 5, 1), subject="新的").number == "LY202000002"


@pytest.mark.django_db
def test_new_rows_take_the_same_queries_whatever_their_number(agency: Agency, tmp_path: Path) -> None:
    def count(first: int, rows: int) -> int:
        many = [{**CLOSED, "number": str(first + n)} for n in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            load(tmp_path, agency, *many)
        return len(captured)

    count(0, 1)  # makes the agency's chain
    assert count(10, 2) == count(100, 300)
