"""What cannot be read is never called wrong, and what is doubtful never a contradiction."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checks import Finding, Verdict, check
from gongkai.annual.forms import Cell
from gongkai.annual.report import Doubt, Report

from .building import COLUMNS, report


def with_cell(given_report: Report, code: str, value: int | None) -> Report:
    cell = Cell.parse(code)
    table = given_report.tables[cell.table]
    rows = {row: dict(columns) for row, columns in table.cells.items()}
    rows[cell.row][cell.column] = value
    return replace(given_report, tables={**given_report.tables, cell.table: replace(table, cells=rows)})


def of(findings: tuple[Finding, ...], verdict: Verdict) -> set[str]:
    return {finding.rule for finding in findings if finding.verdict is verdict}


def test_a_cell_that_was_not_read_makes_its_equations_uncertain() -> None:
    sound = report(table_3={"received": 3, "granted": 3, "total": 3})
    findings = check(with_cell(sound, "3.granted.natural_person", None))
    assert of(findings, Verdict.FAIL) == set()
    assert of(findings, Verdict.UNCERTAIN) == {"T3-OUTCOMES", "T3-ROW"}
    named = [finding.cells for finding in findings if finding.verdict is Verdict.UNCERTAIN]
    assert all(cells == (Cell("3", "granted", "natural_person"),) for cells in named)


def test_a_figure_the_reader_doubted_is_no_contradiction() -> None:
    broken = report(table_3={"received": 3, "granted": 2, "total": 3})
    assert of(check(broken), Verdict.FAIL) == {"T3-OUTCOMES"}
    doubt = Doubt("读取存疑。", (Cell("3", "granted", "natural_person"), Cell("3", "granted", "total")))
    findings = check(replace(broken, doubts=(doubt,)))
    assert of(findings, Verdict.FAIL) == set()
    assert {"T3-OUTCOMES", "READ"} <= of(findings, Verdict.UNCERTAIN)


def test_each_broken_column_is_named_with_what_it_says_and_what_it_adds_up_to() -> None:
    findings = [f for f in check(report(table_3={"received": 7, "granted": 3, "total": 7})) if f.rule == "T3-OUTCOMES"]
    assert [(f.cells, f.stated, f.computed) for f in findings] == [
        ((Cell("3", "total", "natural_person"),), 7, 3),
        ((Cell("3", "total", "total"),), 7, 3),
    ]


def test_rows_that_are_nearly_all_wrong_were_misread() -> None:
    rows = {
        row: [1, 0, 0, 0, 0, 0, 5]
        for row in ("received", "carried_in", "granted", "granted_in_part", "denied.state_secret", "total")
    }
    findings = [finding for finding in check(report(table_3=rows)) if finding.rule == "T3-ROW"]
    assert [finding.verdict for finding in findings] == [Verdict.UNCERTAIN]


def test_a_missing_table_is_not_assessable() -> None:
    findings = check(report(missing={"3": "没有这张表。", "4": "这张表是图片，不能读出文字。"}))
    assert of(findings, Verdict.FAIL) == set()
    assert len([finding for finding in findings if finding.verdict is Verdict.NOT_ASSESSABLE]) == 2


OUTCOMES = ("granted", "granted_in_part", "denied.third_party_rights", "unavailable.not_held", "other.other")
APPLICANTS = st.lists(st.integers(0, 40), min_size=6, max_size=6)


@st.composite
def sound_tables(draw: st.DrawFn) -> dict[str, list[int]]:
    """A table 三 in which everything adds up."""
    rows = {row: draw(APPLICANTS) for row in OUTCOMES}
    carried_out = draw(APPLICANTS)
    total = [sum(column) for column in zip(*rows.values(), strict=True)]
    both = [a + b for a, b in zip(total, carried_out, strict=True)]
    carried_in = [draw(st.integers(0, column)) for column in both]
    received = [a - b for a, b in zip(both, carried_in, strict=True)]
    rows |= {"received": received, "carried_in": carried_in, "total": total, "carried_out": carried_out}
    return {row: [*values, sum(values)] for row, values in rows.items()}


def told(rows: dict[str, list[int]]) -> str:
    """The prose a clerk writes from a table."""
    total = {row: values[-1] for row, values in rows.items()}
    return (
        f"2022年，我局共新收政府信息公开申请{total['received']}件，上年结转{total['carried_in']}件。"
        f"全年办结{total['total']}件，其中予以公开{total['granted']}件，部分公开{total['granted_in_part']}件，"
        f"不予公开{total['denied.third_party_rights']}件，无法提供{total['unavailable.not_held']}件，"
        f"其他处理{total['other.other']}件。结转下年度继续办理{total['carried_out']}件。"
    )


@given(sound_tables())
def test_a_sound_report_told_from_its_own_table_has_no_fault(rows: dict[str, list[int]]) -> None:
    findings = check(report(table_3=rows, prose={1: [told(rows)]}))
    assert [finding.message for finding in findings if finding.verdict is not Verdict.PASS] == []


@given(
    sound_tables(),
    st.sampled_from(sorted({*OUTCOMES, "received", "total"})),
    st.sampled_from(COLUMNS),
    st.integers(1, 9),
)
def test_a_single_wrong_figure_in_table_three_never_goes_unseen(
    rows: dict[str, list[int]], row: str, column: str, by: int
) -> None:
    changed = {**rows, row: list(rows[row])}
    changed[row][COLUMNS.index(column)] += by
    rules = of(check(report(table_3=changed)), Verdict.FAIL)
    assert "T3-ROW" in rules
    assert rules & {"T3-BALANCE", "T3-OUTCOMES"}
