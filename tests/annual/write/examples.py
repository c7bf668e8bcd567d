"""One small report with every kind of value, for tests that look at a written file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gongkai.annual.forms import Cell, form_of_year
from gongkai.annual.report import Number, Paragraph, Report, Section, TableData, zeros

AGENCY = "温州市统计局"
HOSTILE = "“<b>&amp;</b>”#eval(“1”) $x$ *粗* _斜_ `码` @引 [链](http://a) {{花}} \\n =1+1 'a'\""


def example(year: int = 2020, figures: Mapping[str, Number | None] | None = None) -> Report:
    """A report with zeros everywhere but in ``figures``, which are given by cell code."""
    form = form_of_year(year)
    tables = {number: zeros(form, number) for number in form.tables}
    for code, value in (figures or {}).items():
        cell = Cell.parse(code)
        tables[cell.table][cell.row][cell.column] = value
    prose = {
        1: (
            "总的来说情况良好。",
            "（一）主动公开全面落实。全年公开信息1110条。",
            "（二）依申请公开方面",
            "全年新收申请7件。",
            HOSTILE,
        ),
        4: ("注：行政复议、行政诉讼数量含上年度结转数量。",),
        5: ("存在不足。",),
        6: ("无。",),
    }
    return Report(
        AGENCY,
        year,
        form,
        f"{AGENCY}{year}年政府信息公开工作年度报告",
        (Paragraph(f"统计期限为{year}年1月1日至12月31日。"),),
        tuple(
            Section(head.number, head.title, tuple(map(Paragraph, prose.get(head.number, ()))))
            for head in form.sections
        ),
        {number: TableData(cells) for number, cells in tables.items()},
    )


REPORT_2020 = example(
    2020,
    {
        "2.other_services.last_year": 7,
        "2.other_services.change": 10,
        "2.permits.change": -3,
        "2.penalties.decisions": 39,
        "2.procurement.amount": Decimal("251000.5000"),
        "3.received.natural_person": 7,
        "3.received.total": 7,
        "3.carried_in.total": None,
        "3.other.total": 3,
        "4.review.upheld": 1,
        "4.suit_after_review.total": 10000000,
    },
)
REPORT_2023 = example(2023, {"2.fees.amount_wan": Decimal("7730.28"), "3.other.fee_unpaid.business": 5})


def without(report: Report, *, number: str, reason: str) -> Report:
    """The report with a table that could not be read."""
    return replace(
        report, tables={key: data for key, data in report.tables.items() if key != number}, missing={number: reason}
    )
