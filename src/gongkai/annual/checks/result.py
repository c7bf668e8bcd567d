"""What a check found as plain values: the object a file that ``gongkai check --json`` prints."""

from __future__ import annotations

from collections.abc import Iterable

from ..report import Report
from .finding import Finding, plain

Cells = dict[str, dict[str, dict[str, int | float | None]]]


def as_object(name: str, report: Report, findings: Iterable[Finding]) -> dict[str, object]:
    """One report: every cell of the form, ``null`` where it could not be read, and the findings."""
    return {
        "file": name,
        "agency": report.agency,
        "year": report.year,
        "form": report.form.code,
        "tables": _cells(report),
        "findings": [finding.to_json() for finding in findings],
    }


def _cells(report: Report) -> Cells:
    tables: Cells = {}
    for number, table in report.form.tables.items():
        read = report.tables[number].cells if number in report.tables else {}
        tables[number] = {
            row: {column.code: plain(read.get(row, {}).get(column.code)) for column in columns}
            for row, columns in table.columns_of.items()
        }
    return tables
