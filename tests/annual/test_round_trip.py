"""What is written is read back as it was, in every format."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.annual.read import read_bytes
from gongkai.annual.report import Report
from gongkai.annual.write import render

from .strategies import reports

FORMATS = ("docx", "pdf", "html", "xlsx", "json")


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
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_written_report_is_read_back_as_it_was(ending: str, report: Report) -> None:
    again = read_bytes(render(report, ending), f"年度报告.{ending}")
    assert shown(again) == shown(report)
    assert again == report
