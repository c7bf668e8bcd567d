"""The cases of the ``*.toml`` files beside this one: what a report says, and exactly which rules it breaks."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual.checks import Verdict, check
from gongkai.annual.report import Report

from .building import report

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(Path(__file__).parent.glob("cases_*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def build(case: dict[str, Any]) -> Report:
    settings = {key: value for key, value in case.items() if key not in ("name", "fail", "warn", "pass", "prose")}
    return report(prose={int(number): lines for number, lines in case.get("prose", {}).items()}, **settings)


def rules(findings: Any, verdict: Verdict) -> set[str]:
    return {finding.rule for finding in findings if finding.verdict is verdict}


@pytest.mark.parametrize("case", CASES)
def test_a_report_breaks_exactly_the_rules_that_the_case_names(case: dict[str, Any]) -> None:
    findings = check(build(case), passes=True)
    failed = [finding for finding in findings if finding.verdict is Verdict.FAIL]
    assert {finding.rule for finding in failed} == set(case["fail"]), [finding.message for finding in failed]
    if "warn" in case:
        warned = [finding.message for finding in findings if finding.verdict is Verdict.WARN]
        assert rules(findings, Verdict.WARN) == set(case["warn"]), warned
    assert set(case.get("pass", ())) <= rules(findings, Verdict.PASS)


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0]["fail"]])
def test_every_contradiction_comes_with_its_evidence(case: dict[str, Any]) -> None:
    for finding in check(build(case)):
        if finding.verdict is Verdict.FAIL:
            assert finding.cells or finding.quote
            assert finding.stated is None or finding.stated != finding.computed
            assert finding.line
            assert finding.message.endswith(("。", "；"))
