"""Published documents that are not part of this repository; without them nothing here is collected."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("GONGKAI_SHARED") or Path(__file__).parents[3] / "shared").resolve()

collect_ignore_glob = [] if (SHARED / "reports" / "expected.json").is_file() else ["test_*.py"]


def pytest_report_header() -> str:
    found = "not found, its tests are left out" if collect_ignore_glob else "found"
    return f"conformance: published reports {found} (GONGKAI_SHARED names their folder)"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published documents."""
    return SHARED
