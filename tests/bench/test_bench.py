"""Every benchmark runs, and measures what it says it measures. How long anything takes is no matter here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted(path.stem for path in (ROOT / "bench").glob("*.py") if "\ndef measure(" in path.read_text("utf-8"))


def run(*arguments: str, laid: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["GONGKAI_LAID"] = str(laid)
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )


def test_every_promise_has_its_module() -> None:
    assert MODULES == ["api", "check", "desk", "examination", "import_", "intake", "pages", "report", "search", "start"]


@pytest.mark.parametrize("module", MODULES)
def test_a_benchmark_runs_on_little_data(module: str, laid_database: Path) -> None:
    done = run(f"bench.{module}", "--quick", "--json", laid=laid_database)
    assert done.returncode in (0, 1), done.stderr  # 1: over a limit, which on little data says nothing
    assert "Traceback" not in done.stderr, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(figure["limit"] is not None for figure in figures), "a promised figure"
    for figure in figures:
        if figure["unit"]:
            assert figure["value"] > 0, "something was measured"
        else:
            assert figure["value"] == 0, f"aggregates of the report that no index serves: {figure['note']}"


def test_generated_reports_are_without_contradiction() -> None:
    """A benchmark on reports full of faults would time the writing of findings."""
    program = (
        "from bench.reports import reports; from gongkai.annual.checks import check, Verdict\n"
        "print(sum(f.verdict is Verdict.FAIL for r in reports(40) for f in check(r)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "0", done.stderr
