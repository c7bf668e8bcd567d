"""A clerk's ledger becomes records: whole or not at all, once however often, and the person stays unseen."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from gongkai.applications.models import Applicant, Application, Status
from gongkai.applications.projection import rebuild
from gongkai.applications.sheets import APPLICATIONS, COLUMNS
from gongkai.bureau.models import Agency
from gongkai.ledger.models import Counter, Entry
from gongkai.ledger.services import verify
from gongkai.sheets.importing import import_book
from gongkai.sheets.template import write_template

from ..sheets.workbooks import ledger

SHEET = APPLICATIONS.sheets[0]
PERSONAL = {
    "name": "欧阳测试",
    "id_number": "11010519491231002X",
    "phone": "13800138000",
    "address": "温州市鹿城区某某路123号",
    "email": "ouyang@example.cn",
}
OPEN = {
    "number": "1",
    "received_on": "2020.3.2",
    "channel": "网上申请",
    "kind": "自然人",
    "requested": "粮食播种面积",
} | PERSONAL
CLOSED = OPEN | {
    "closed_on": "2020年3月20日",
    "outcome": "予以公开（提供该政府信息）",
    "document_number": "告知〔2020〕1号",
}
FULL = OPEN | {
    "number": "2",
    "kind": "商业企业",
    "correction_requested_on": "2020-03-05",
    "corrected_on": 43900,
    "consultation_sent_on": "2020/3/12",
    "consultation_returned_on": "20200320",
    "extended_on": "2020.4.10",
    "extension_days": 5,
    "closed_on": "2020.4.20",
    "outcome": "部分公开（区分处理）",
}


def fill(path: Path, *rows: dict[str, Any]) -> Path:
    return ledger(path / "台账.xlsx", SHEET, rows)


def test_a_row_becomes_an_application_with_its_whole_course(agency: Agency, tmp_path: Path) -> None:
    result = import_book(APPLICATIONS, fill(tmp_path, CLOSED, FULL), agency)
    assert (result.tally.created, result.errors) == (2, [])
    closed, full = Application.objects.order_by("number")
    assert (closed.number, closed.external_number, closed.channel) == ("2020-00001", "1", "internet")
    assert (closed.status, closed.outcome_row, str(closed.due_on)) == (Status.CLOSED, "granted", "2020-03-30")
    assert {name: getattr(closed.applicant, name) for name in PERSONAL} == PERSONAL
    kinds = list(Entry.objects.of_stream("applications.application", full.pk).values_list("kind", flat=True))
    assert kinds == [
        "registered",
        "correction_requested",
        "corrected",
        "consultation_sent",
        "consultation_returned",
        "extended",
        "decided",
    ]
    assert verify(agency) is None
    assert rebuild(agency) == []


def test_the_same_file_twice_changes_nothing(agency: Agency, tmp_path: Path) -> None:
    path = fill(tmp_path, CLOSED, FULL, OPEN | {"number": "3"})
    import_book(APPLICATIONS, path, agency)
    before = list(Entry.objects.values_list("digest", flat=True)), list(Counter.objects.values_list("series", "value"))
    again = import_book(APPLICATIONS, path, agency).tally
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert before == (
        list(Entry.objects.values_list("digest", flat=True)),
        list(Counter.objects.values_list("series", "value")),
    )


def test_a_later_import_adds_what_has_happened_since(agency: Agency, tmp_path: Path) -> None:
    import_book(APPLICATIONS, fill(tmp_path, OPEN), agency)
    tally = import_book(APPLICATIONS, fill(tmp_path, CLOSED | {"phone": "13900139000"}), agency).tally
    assert (tally.created, tally.updated) == (0, 1)
    application = Application.objects.get()
    assert application.status == Status.CLOSED
    assert application.applicant.phone == "13900139000"
    assert rebuild(agency) == []


@pytest.mark.parametrize(
    "change",
    [
        {"received_on": "2020.3.3"},
        {"kind": "商业企业"},
        {"closed_on": "2020.3.19"},
        {"outcome": "部分公开（区分处理）"},
        {"closed_on": "", "outcome": "", "document_number": ""},
        {"extended_on": "2020.3.10"},
    ],
)
def test_an_import_cannot_rewrite_what_is_on_record(agency: Agency, tmp_path: Path, change: dict[str, str]) -> None:
    import_book(APPLICATIONS, fill(tmp_path, CLOSED), agency)
    result = import_book(APPLICATIONS, fill(tmp_path, CLOSED | change, OPEN | {"number": "9"}), agency)
    assert result.refused
    assert "更正请在系统中办理" in result.errors[0].reason
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "heading", "reason"),
    [
        ({"received_on": "2020.2.30"}, "收到日期", "日历"),
        ({"kind": "外星人"}, "申请人类型", "不在可填的范围内"),
        ({"closed_on": "2020.3.1", "outcome": "予以公开"}, "答复日期", "早于收到日期"),
        ({"closed_on": "2020.3.9"}, "办理结果", "也须填"),
        ({"outcome": "予以公开"}, "答复日期", "也须填"),
        ({"corrected_on": "2020.3.9"}, "补正收到日期", "“补正通知日期”也须填"),
        ({"extension_days": 5}, "延期告知日期", "也须填"),
        ({"extended_on": "2020.3.9", "extension_days": 21}, "延期工作日数", "不能大于 20"),
        ({"received_on": "2007.3.2", "extended_on": "2007.3.9"}, "收到日期", "没有施行中的规定"),
        ({"closed_on": "2099.1.1", "outcome": "予以公开"}, "", "今天之后"),
        ({"correction_requested_on": "2020.3.4", "closed_on": "2020.3.9", "outcome": "予以公开"}, "", "还没有收到补正"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(
    agency: Agency, tmp_path: Path, change: dict[str, Any], heading: str, reason: str
) -> None:
    result = import_book(APPLICATIONS, fill(tmp_path, CLOSED, OPEN | {"number": "2"} | change), agency)
    assert result.refused
    error = result.errors[0]
    assert (error.number, error.heading) == (3, heading)
    assert reason in error.reason
    assert not Application.objects.exists()
    assert not Entry.objects.exists()


def test_every_bad_row_is_named_at_once_whether_a_cell_or_the_course_is_wrong(agency: Agency, tmp_path: Path) -> None:
    bad_cell = OPEN | {"number": "2", "received_on": "x"}
    bad_course = OPEN | {"number": "3", "closed_on": "2099.1.1", "outcome": "予以公开"}
    result = import_book(APPLICATIONS, fill(tmp_path, CLOSED, bad_cell, bad_course), agency)
    assert result.refused
    assert [error.number for error in result.errors] == [3, 4]
    assert not Application.objects.exists()
    assert not Entry.objects.exists()


def test_bad_rows_can_be_set_aside_for_correction(agency: Agency, tmp_path: Path) -> None:
    bad_cell = OPEN | {"number": "2", "received_on": "x"}
    bad_course = OPEN | {"number": "3", "closed_on": "2099.1.1", "outcome": "予以公开"}
    result = import_book(APPLICATIONS, fill(tmp_path, CLOSED, bad_cell, bad_course), agency, skip_bad=True)
    assert (result.tally.created, len(result.errors), result.refused) == (1, 2, False)
    assert result.corrections == tmp_path / "台账-需更正.xlsx"
    worksheet = openpyxl.load_workbook(result.corrections)[SHEET.title]
    assert [row[0].value for row in worksheet.iter_rows(min_row=2)] == ["2", "3"]
    assert "今天之后" in str(worksheet.cell(3, len(COLUMNS) + 2).value)


def test_a_dry_run_takes_everything_back(agency: Agency, tmp_path: Path) -> None:
    result = import_book(APPLICATIONS, fill(tmp_path, CLOSED), agency, dry_run=True)
    assert result.tally.created == 1
    assert not Application.objects.exists()
    assert not Entry.objects.exists()
    assert not Counter.objects.exists()


def test_what_the_law_would_have_refused_is_told_but_recorded(agency: Agency, tmp_path: Path) -> None:
    late = FULL | {
        "correction_requested_on": "",
        "corrected_on": "",
        "consultation_sent_on": "",
        "consultation_returned_on": "",
    }
    result = import_book(APPLICATIONS, fill(tmp_path, late | {"closed_on": "2020.6.1"}), agency)
    notes = "\n".join(result.tally.notes)
    assert "有 1 件的答复日期晚于答复期限" in notes
    assert "2：答复期限 2020-03-30 已过，不能延期。" in notes
    application = Application.objects.get()
    assert str(application.due_on) == "2020-03-30"  # a late extension lengthens nothing
    assert rebuild(agency) == []


def test_an_extension_under_the_old_regulation_is_fifteen_working_days(agency: Agency, tmp_path: Path) -> None:
    old = OPEN | {"received_on": "2019.4.1", "extended_on": "2019.4.18"}
    rows = [old | {"number": "a"}, old | {"number": "b", "extension_days": 20}]
    result = import_book(APPLICATIONS, fill(tmp_path, *rows), agency)
    assert result.errors == []
    found = {application.external_number: str(application.due_on) for application in Application.objects.all()}
    assert found == {"a": "2019-05-15", "b": "2019-04-23"}  # one that was too long lengthens nothing, and is told
    assert any("b：延长的期限不得超过 15 个工作日" in note for note in result.tally.notes)


def test_the_template_imports_as_nothing(agency: Agency, tmp_path: Path) -> None:
    write_template(APPLICATIONS, tmp_path / "t.xlsx")
    result = import_book(APPLICATIONS, tmp_path / "t.xlsx", agency)
    assert (result.tally.created, result.errors) == (0, [])


def test_records_of_a_demonstration_agency_are_marked(agency: Agency, tmp_path: Path) -> None:
    Agency.objects.filter(pk=agency.pk).update(is_demo=True)
    agency.refresh_from_db()
    import_book(APPLICATIONS, fill(tmp_path, CLOSED), agency)
    assert Application.objects.get().is_demo


def test_the_number_of_queries_does_not_grow_with_the_rows(
    agency: Agency, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [CLOSED | {"number": str(n)} for n in range(300)]
    with django_assert_max_num_queries(16):
        assert import_book(APPLICATIONS, fill(tmp_path, *rows), agency).tally.created == 300
    with django_assert_max_num_queries(16):
        assert import_book(APPLICATIONS, fill(tmp_path, *rows), agency).tally.unchanged == 300


def test_no_personal_value_is_stored_in_clear_anywhere(
    agency: Agency, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every text of every table is searched, those of the ledger and of the search indexes included."""
    with caplog.at_level(logging.DEBUG):
        import_book(APPLICATIONS, fill(tmp_path, CLOSED, FULL | {"closed_on": "x"}), agency, skip_bad=True)
        assert Applicant.objects.get().name == PERSONAL["name"]
    secrets = [*PERSONAL.values(), PERSONAL["id_number"].lower()]
    assert [secret for secret in secrets if secret in caplog.text] == []
    searched = 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "portal_search_fts":  # keeps no content, and says so
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored = repr(cursor.fetchall())
            searched += len(stored)
            assert [secret for secret in secrets if secret in stored] == [], table
    assert searched > 10_000
    assert PERSONAL["name"] not in str(Applicant.objects.get())
    assert PERSONAL["name"] not in repr(Application.objects.get())


def test_no_personal_value_is_in_the_reasons_given(agency: Agency, tmp_path: Path) -> None:
    result = import_book(APPLICATIONS, fill(tmp_path, CLOSED | {"name": "长" * 300, "phone": "1" * 99}), agency)
    assert [error.heading for error in result.errors] == ["申请人姓名或名称", "联系电话"]
    assert not any("长长" in str(error) or "111" in str(error) for error in result.errors)
