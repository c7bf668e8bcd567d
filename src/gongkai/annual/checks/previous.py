"""T2-STOCK and CARRY-OVER: what last year's report says must be where this year's begins."""

from __future__ import annotations

from collections.abc import Iterator

from ..forms import Cell
from ..report import Number, Report
from .finding import Finding, Verdict, shown


def comparable(report: Report, previous: Report) -> Finding | None:
    """Why the two reports cannot be compared year on year, or ``None`` when they can."""
    if report.year is None or previous.year is None or previous.year == report.year - 1:
        return None
    return Finding(
        "CARRY-OVER",
        Verdict.NOT_ASSESSABLE,
        f"对照的是 {previous.year} 年的报告，不是 {report.year} 年的上一年，未作跨年核对；"
        f"请换用 {report.year - 1} 年的报告。",
    )


def check_carry_over(report: Report, previous: Report) -> Iterator[Finding]:
    """Carried in = last year's carried out, in each column of table 三."""
    if "3" not in report.tables or "3" not in previous.tables:
        return
    for column in report.form.tables["3"].columns_of["carried_in"]:
        here, there = Cell("3", "carried_in", column.code), Cell("3", "carried_out", column.code)
        stated, computed = report.value(here), previous.value(there)
        if stated is None or computed is None or _empty_total(report, here) or _empty_total(previous, there):
            continue
        line = report.line_of(here)
        if stated == computed:
            yield Finding(
                "CARRY-OVER", Verdict.PASS, "上年结转等于去年的结转下年度。", (here,), stated, computed, line=line
            )
        else:
            yield Finding(
                "CARRY-OVER",
                Verdict.FAIL,
                f"{report.form.label(here)}写 {shown(stated)}，"
                f"而去年报告的结转下年度（{column.label}）是 {shown(computed)}；两者应当相等，请核对后改正。",
                (here,),
                stated,
                computed,
                line=line,
            )


def _empty_total(report: Report, cell: Cell) -> bool:
    """An empty total beside figures says nothing; that it is empty is T3-ROW's finding."""
    table = report.tables[cell.table]
    return cell.column == "total" and cell in table.blank and any(table.cells[cell.row].values())


def check_stock(report: Report, previous: Report) -> Iterator[Finding]:
    """What stands in table 二 continues last year's; only between two reports on the same form."""
    if "2" not in report.tables or "2" not in previous.tables or report.form.code != previous.form.code:
        return
    if report.form.code == "2021":
        for row in ("rules", "normative_documents"):
            here = Cell("2", row, "in_force")
            made, repealed = Cell("2", row, "made"), Cell("2", row, "repealed")
            terms = (previous.value(here), report.value(made), report.value(repealed), report.value(here))
            blank = here in report.tables["2"].blank or here in previous.tables["2"].blank
            if not blank and (finding := _continued(report, here, terms, "去年的现行有效件数＋本年制发－本年废止")):
                yield finding
        return
    for row, columns in report.form.tables["2"].columns_of.items():
        codes = {column.code for column in columns}
        if {"last_year", "change"} <= codes:
            here, change = Cell("2", row, "last_year"), Cell("2", row, "change")
            terms = (previous.value(here), previous.value(change), 0, report.value(here))
            blanks = (here in report.tables["2"].blank, here in previous.tables["2"].blank)
            if not any(blanks) and (finding := _continued(report, here, terms, "去年报告的上一年项目数量＋本年增/减")):
                yield finding
        elif "in_public" in codes:
            yield from _published(report, previous, row)


def _published(report: Report, previous: Report, row: str) -> Iterator[Finding]:
    """2019 form: what is in public grows by what was published, but documents are also withdrawn: only a hint."""
    here = Cell("2", row, "in_public")
    before, now = previous.value(here), report.value(here)
    published = report.value(Cell("2", row, "published"))
    if before is None or now is None or published is None or now <= before + published:
        return
    yield Finding(
        "T2-STOCK",
        Verdict.WARN,
        f"{report.form.label(here)}写 {shown(now)}，"
        f"多于去年的 {shown(before)} 加本年新公开的 {shown(published)}；请核对。",
        (here,),
        now,
        before + published,
        line=report.line_of(here),
    )


def _continued(report: Report, here: Cell, terms: tuple[Number | None, ...], text: str) -> Finding | None:
    before, plus, minus, stated = terms
    if before is None or plus is None or minus is None or stated is None:
        return None
    computed = before + plus - minus
    line = report.line_of(here)
    if computed == stated:
        return Finding("T2-STOCK", Verdict.PASS, f"等于{text}。", (here,), stated, computed, line=line)
    return Finding(
        "T2-STOCK",
        Verdict.FAIL,
        f"{report.form.label(here)}写 {shown(stated)}，而{text}是 {shown(computed)}；请核对文件清单后改正。",
        (here,),
        stated,
        computed,
        line=line,
    )
