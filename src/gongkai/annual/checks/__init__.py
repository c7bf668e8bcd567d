"""Checks an annual report against itself, and against last year's: the rules of ``gongkai check``.

A FAIL says that the document contradicts itself, with the evidence attached; whatever may have
another reading is a WARN. A false alarm is worse than a miss.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .copied import check_copied
from .finding import VERDICTS_IN_CHINESE, Finding, Verdict
from .period import check_period
from .previous import check_carry_over, check_stock, comparable
from .prose import check_prose
from .structure import check_numbering, check_sections, doubts
from .tables import check_tables

__all__ = ["VERDICTS_IN_CHINESE", "Finding", "Verdict", "check"]


def check(report: Report, previous: Report | None = None, *, passes: bool = False) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of the report; what holds only with ``passes``.

    ``previous`` is last year's report of the same body, for T2-STOCK, CARRY-OVER, COPY and growth rates.
    """
    found = _all(report, previous)
    return tuple(found) if passes else tuple(finding for finding in found if finding.verdict is not Verdict.PASS)


def _all(report: Report, previous: Report | None) -> Iterator[Finding]:
    yield from doubts(report)
    yield from check_period(report)
    yield from check_sections(report)
    yield from check_numbering(report)
    yield from check_tables(report)
    if previous is not None and (reason := comparable(report, previous)) is not None:
        yield reason
        previous = None
    if previous is not None:
        yield from check_carry_over(report, previous)
        yield from check_stock(report, previous)
        yield from check_copied(report, previous)
    yield from check_prose(report, previous)
