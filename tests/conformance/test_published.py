"""Published reports, read and checked: exactly the expected tables and exactly the expected contradictions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual.checks import Verdict, check
from gongkai.annual.checks.finding import plain
from gongkai.annual.read import read

REPORTS = Path(os.environ.get("GONGKAI_SHARED") or Path(__file__).parents[3] / "shared").resolve() / "reports"
EXPECTED = REPORTS / "expected.json"
DOCUMENTS: dict[str, Any] = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_published_report_is_read_and_checked_as_expected(name: str) -> None:
    expected = DOCUMENTS[name]
    report = read(REPORTS / name)
    assert (report.form.code, report.year) == (expected["form"], expected["year"])
    for number, rows in expected["tables"].items():
        found = {
            row: {column: plain(value) for column, value in columns.items()}
            for row, columns in report.tables[number].cells.items()
        }
        assert found == rows
    findings = check(report)
    assert {finding.rule for finding in findings if finding.verdict is Verdict.FAIL} == set(expected["fail"])


def test_the_seed_is_warned_of_its_repeated_number_and_its_sums_hold() -> None:
    seed = [name for name in DOCUMENTS if "seed" in name]
    for name in seed:
        findings = check(read(REPORTS / name), passes=True)
        repeated = [finding for finding in findings if finding.rule == "NUMBERING"]
        assert [finding.verdict for finding in repeated] == [Verdict.WARN]
        assert repeated[0].line == 29
        sums = {finding.stated for finding in findings if finding.rule == "TEXT-SUM"}
        assert sums == {1110, 111}
        assert {finding.verdict for finding in findings if finding.rule == "TEXT-SUM"} == {Verdict.PASS}
