"""Reviews and suits: filed, concluded once, counted in the year they end or as pending."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.applications import services as applications
from gongkai.applications.models import ApplicantKind, Application, Channel
from gongkai.bureau.figures import Scope, figure
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.disputes import services
from gongkai.disputes.models import Dispute, DisputeKind, DisputeResult
from gongkai.disputes.projection import rebuild
from gongkai.disputes.sheets import DISPUTES
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.sheets.importing import import_book
from gongkai.sheets.template import write_template

from ..sheets.workbooks import ledger

SHEET = DISPUTES.sheets[0]
ROW = {"number": "温政复〔2020〕1号", "kind": "行政复议", "filed_on": "2020.4.1"}
ENDED = ROW | {"concluded_on": "2020.5.20", "result": "维持"}


def load(path: Path, agency: Agency, *rows: dict[str, Any], **options: Any) -> Any:
    return import_book(DISPUTES, ledger(path / "d.xlsx", SHEET, rows), agency, **options)


@pytest.fixture
def application(agency: Agency) -> Application:
    person = applications.Person(ApplicantKind.BUSINESS)
    return applications.register(agency, date(2020, 3, 2), person, "", channel=Channel.FAX, external_number="收1")


def test_a_dispute_is_filed_and_concluded_once(application: Application) -> None:
    agency = application.agency
    dispute = services.file(
        agency, date(2020, 4, 1), number="行初1号", kind=DisputeKind.SUIT_DIRECT, application=application
    )
    services.conclude(dispute, date(2020, 6, 1), DisputeResult.CORRECTED)
    dispute.refresh_from_db()
    assert (dispute.result, dispute.application_number) == ("corrected", application.number)
    with pytest.raises(NotPermittedError, match="已审结"):
        services.conclude(dispute, date(2020, 6, 2), DisputeResult.UPHELD)
    assert rebuild(agency) == []
    assert verify(agency) is None


def test_filing_waits_for_the_ledger_before_it_touches_a_row(application: Application) -> None:
    """Otherwise it and a decision on the same application could wait for each other in a circle."""
    with CaptureQueriesContext(connection) as queries:
        services.file(
            application.agency, date(2020, 4, 1), number="a", kind=DisputeKind.REVIEW, application=application
        )
    tables = [table for query in queries for table in ("ledger_chain", "disputes_dispute") if table in query["sql"]]
    assert tables.index("ledger_chain") < tables.index("disputes_dispute")


@pytest.mark.parametrize(
    ("filed", "concluded", "reason"),
    [
        (date(2020, 3, 1), None, "早于收到申请之日"),
        (date(2999, 1, 1), None, "今天之后"),
        (date(2020, 4, 1), date(2020, 3, 31), "早于受理日期"),
        (date(2020, 4, 1), date(2999, 1, 1), "今天之后"),
    ],
)
def test_dates_must_be_possible(application: Application, filed: date, concluded: date | None, reason: str) -> None:
    def act() -> None:
        agency = application.agency
        dispute = services.file(agency, filed, number="1", kind=DisputeKind.REVIEW, application=application)
        if concluded is not None:
            services.conclude(dispute, concluded, DisputeResult.OTHER)

    with pytest.raises(NotPermittedError, match=reason):
        act()


def test_a_ledger_is_imported_once_and_continued(application: Application, tmp_path: Path) -> None:
    agency = application.agency
    tally = load(tmp_path, agency, ROW | {"application_number": "收1"}).tally
    assert (tally.created, tally.notes) == (1, [])
    assert Dispute.objects.get().application == application
    assert load(tmp_path, agency, ROW).tally.unchanged == 1
    assert load(tmp_path, agency, ENDED).tally.updated == 1
    assert load(tmp_path, agency, ENDED).tally.unchanged == 1
    assert load(tmp_path, agency, ENDED | {"result": "结果纠正"}).refused
    assert load(tmp_path, agency, ROW).refused
    assert Dispute.objects.get().result == "upheld"
    assert rebuild(agency) == []


def test_a_case_that_cannot_be_concluded_is_not_filed_either(agency: Agency, tmp_path: Path) -> None:
    bad = ENDED | {"number": "2", "concluded_on": "2099.1.1"}
    result = load(tmp_path, agency, ENDED, bad, skip_bad=True)
    assert (result.tally.created, len(result.errors)) == (1, 1)
    assert Dispute.objects.count() == 1
    assert Entry.objects.count() == 2


def test_an_application_that_is_not_registered_is_only_named(agency: Agency, tmp_path: Path) -> None:
    result = load(tmp_path, agency, ROW | {"application_number": "不知道"})
    assert result.tally.created == 1
    assert "第 2 行" in result.tally.notes[0]


@pytest.mark.parametrize(
    ("change", "heading"),
    [({"result": ""}, "结果"), ({"concluded_on": ""}, "审结日期"), ({"concluded_on": "2020.1.1"}, "审结日期")],
)
def test_a_bad_row_is_named(agency: Agency, tmp_path: Path, change: dict[str, str], heading: str) -> None:
    assert [error.heading for error in load(tmp_path, agency, ENDED | change).errors] == [heading]


def test_the_template_imports_as_nothing(agency: Agency, tmp_path: Path) -> None:
    write_template(DISPUTES, tmp_path / "t.xlsx")
    result = import_book(DISPUTES, tmp_path / "t.xlsx", agency)
    assert (result.tally.created, result.errors) == (0, [])


def test_a_dispute_counts_where_it_ends_and_as_pending_until_then(agency: Agency, tmp_path: Path) -> None:
    rows = [
        ENDED,
        ENDED | {"number": "b", "filed_on": "2019.12.1", "concluded_on": "2020.1.1"},
        ENDED | {"number": "c", "concluded_on": "2021.1.1", "kind": "复议后起诉"},
        ROW | {"number": "d", "kind": "未经复议直接起诉"},
        ROW | {"number": "e", "filed_on": "2021.1.1"},
    ]
    assert load(tmp_path, agency, *rows).errors == []
    scope = Scope.of(agency, 2020)
    assert figure("disputes.concluded").evaluate(scope) == {("review", "upheld"): 2}
    assert figure("disputes.pending").evaluate(scope) == {("suit_after_review",): 1, ("suit_direct",): 1}
    assert figure("disputes.carried_in").evaluate(scope) == {("review",): 1}
    for name in ("disputes.concluded", "disputes.pending", "disputes.carried_in"):
        for key, number in figure(name).evaluate(scope).items():
            assert figure(name).drill(scope, key).count() == number


def test_rebuild_mends_what_was_disturbed(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, ENDED)
    Dispute.objects.update(result="other", application_number="x")
    assert rebuild(agency, write=False) == [
        "案件 温政复〔2020〕1号：申请编号存为“x”，按台账应为“”；结果存为“other”，按台账应为“upheld”。"
    ]
    assert len(rebuild(agency)) == 1
    assert rebuild(agency) == []
