"""The rules that read the narrative: TEXT-TABLE, TEXT-SUM and TEXT-RATE."""

from __future__ import annotations

from collections.abc import Iterator

from ...report import Report
from ..finding import Finding
from .passages import passages
from .rates import check_rates
from .sums import check_sums
from .text_table import check_text_table

__all__ = ["check_prose"]


def check_prose(report: Report, previous: Report | None = None) -> Iterator[Finding]:
    """Every figure of the running text that can be held against another figure."""
    found = passages(report)
    yield from check_text_table(report, found)
    yield from check_sums(found)
    yield from check_rates(report, found, previous)
