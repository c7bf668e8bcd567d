"""What is written is read back as it was, in every format."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual.forms import Cell
from gongkai.annual.read import read_bytes
from gongkai.annual.report import Report, TableData
from gongkai.annual.write import render

from .strategies import reports

FORMATS = ("docx", "pdf", "html", "xlsx", "json")


RANDOM = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def shown(report: Report) -> dict[str, object]:
    """What must be equal, part by part, so that a failure names the part."""
    return {
        "agency": report.agency,
        "year": report.year,
        "form": (report.form.code, len(report.form.tables["3"].rows)),
        "title": report.title,
        "preamble": [paragraph.text for paragraph in report.preamble],
        "sections": [(s.number, s.title, [paragraph.text for paragraph in s.paragraphs]) for s in report.sections],
        "tables": {number: data.cells for number, data in report.tables.items()},
    }


@pytest.mark.parametrize("ending", FORMATS)
@given(report=reports())
@RANDOM
def test_a_written_report_is_read_back_as_it_was(ending: str, report: Report) -> None:
    again = read_bytes(render(report, ending), f"年度报告.{ending}")
    assert shown(again) == shown(report)
    assert again == report


def without_figure(report: Report, cell: Cell) -> Report:
    data = report.tables[cell.table]
    row = {**data.cells[cell.row], cell.column: None}
    return replace(report, tables={**report.tables, cell.table: TableData({**data.cells, cell.row: row})})


@pytest.mark.parametrize("ending", FORMATS)
@given(data=st.data(), report=reports())
@settings(RANDOM, max_examples=8)
def test_a_figure_that_nobody_gave_is_not_read_back_as_nought(ending: str, data: st.DataObject, report: Report) -> None:
    cell = data.draw(st.sampled_from(sorted(report.form.cells())))
    again = read_bytes(render(without_figure(report, cell), ending), f"年度报告.{ending}")
    assert again.value(cell) is None
    # A reader may give up the row around it, but no other.
    for other in report.form.cells():
        if (other.table, other.row) != (cell.table, cell.row) and other.table != "4":
            assert again.value(other) == report.value(other)
