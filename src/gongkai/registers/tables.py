"""表二 as the annual report computes it: another room makes reports, and tells this one how (:func:`register`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.annual.checks import Finding, Verdict
from gongkai.annual.checks.previous import check_stock
from gongkai.annual.forms import FORMS, Form
from gongkai.annual.report import Report
from gongkai.bureau.models import Agency

# The tables of a body in a year on a form, from its records; and the report that it published for a year, if any.
Compute = Callable[[Agency, int, Form], Report]
Earlier = Callable[[Agency, int], Report | None]


class _Source:
    """Who computes; nobody before the project has joined the rooms."""

    compute: Compute | None = None
    earlier: Earlier | None = None


def register(compute: Compute, earlier: Earlier) -> None:
    """Say who computes table 二 and who has the report of the year before."""
    _Source.compute, _Source.earlier = compute, earlier


@dataclass(frozen=True, slots=True)
class TableTwo:
    """Table 二 on one form, and what does not follow from the year before.

    ``against`` says what it was compared with.
    """

    form: Form
    report: Report
    findings: tuple[Finding, ...]
    against: str


def table_two(agency: Agency, year: int) -> list[TableTwo]:
    """Table 二 on every form, each held against last year's published report, or against last year's records."""
    compute, earlier = _Source.compute, _Source.earlier
    if compute is None or earlier is None:
        raise RuntimeError("no room computes table 二")
    published, found = earlier(agency, year), []
    for form in FORMS.values():
        report = compute(agency, year, form)
        is_same = published is not None and published.form.code == form.code
        previous = published if published is not None and is_same else compute(agency, year - 1, form)
        against = f"{year - 1}年的年度报告" if is_same else f"{year - 1}年的记录"
        findings = tuple(each for each in check_stock(report, previous) if each.verdict is not Verdict.PASS)
        found.append(TableTwo(form, report, findings, against))
    return found
