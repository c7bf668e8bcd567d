"""Equations inside tables 三 and 四: T3-BALANCE, T3-OUTCOMES, T3-ROW and T4-GROUP, from the form's identities."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..forms import Cell, Form, Identity
from ..report import Number, Report, TableData
from .finding import Finding, Verdict, shown

_TOTAL = "total"
# From this many contradictory rows on, when they are also most of the rows that say anything, the
# columns were misread rather than every row added up wrongly.
_SUSPICIOUS_ROWS = 5


def check_tables(report: Report) -> Iterator[Finding]:
    """Every identity of the form, in each row or column it speaks of."""
    doubtful = {cell for doubt in report.doubts for cell in doubt.cells}
    for identity in report.form.identities:
        table = report.tables.get(identity.table)
        if table is not None:
            yield from _Check(report, identity, table, doubtful).findings()


def blank_total_column(table: TableData) -> bool:
    """Whether the column 总计 of table 三 is printed empty from top to bottom."""
    return bool(table.blank) and all(Cell("3", row, _TOTAL) in table.blank for row in table.cells)


class _Check:
    """One identity over one table."""

    def __init__(self, report: Report, identity: Identity, table: TableData, doubtful: set[Cell]) -> None:
        self.report, self.identity, self.table, self.doubtful = report, identity, table, doubtful
        self.form: Form = report.form

    def findings(self) -> Iterator[Finding]:
        rows = self.identity.across == "columns"
        if self.identity.rule == "T3-ROW" and blank_total_column(self.table):
            yield Finding(
                "T3-ROW",
                Verdict.WARN,
                "表三的“总计”一列全部空着，横向合计无从核对；请逐行填上总计。",
                tuple(Cell("3", row, _TOTAL) for row in self.table.cells),
                line=self.table.line,
            )
            return
        lanes = list(self.table.cells) if rows else list(next(iter(self.table.cells.values())))
        skip_total = not rows and self.identity.table == "3" and blank_total_column(self.table)
        found = [
            finding
            for lane in lanes
            if not (skip_total and lane == _TOTAL) and (finding := self._lane(lane, rows)) is not None
        ]
        found = list(self._unread_once(found))
        yield from self._unless_misread(found) if rows and self.identity.table == "3" else found

    def _unread_once(self, found: list[Finding]) -> Iterator[Finding]:
        """Lanes that could not be judged since figures are missing are named once, not lane by lane."""
        unjudged = [finding for finding in found if finding.verdict is Verdict.UNCERTAIN]
        if len(unjudged) < 2:
            yield from found
            return
        cells = tuple(dict.fromkeys(cell for finding in unjudged for cell in finding.cells))
        what = "行" if self.identity.across == "columns" else "列"
        if self.identity.table == "4":
            what = "组"
        for finding in found:
            if finding is unjudged[0]:
                message = (
                    f"有格子没有读出或读取存疑，“{self.identity.text}”有 {len(unjudged)} {what}未作判断；请对照原件。"
                )
                yield Finding(self.identity.rule, Verdict.UNCERTAIN, message, cells, line=finding.line)
            elif finding not in unjudged:
                yield finding

    def _unless_misread(self, found: list[Finding]) -> Iterator[Finding]:
        failed = [finding for finding in found if finding.verdict is Verdict.FAIL]
        saying = sum(1 for columns in self.table.cells.values() if any(columns.values()))
        if len(failed) >= _SUSPICIOUS_ROWS and 2 * len(failed) >= saying:
            yield Finding(
                self.identity.rule,
                Verdict.UNCERTAIN,
                f"表三有 {len(failed)} 行横向加不到总计，更像是各列读取错位，未作判断；请对照原件。",
                tuple(cell for finding in failed for cell in finding.cells),
                line=self.table.line,
            )
            found = [finding for finding in found if finding.verdict is not Verdict.FAIL]
        yield from found

    def _lane(self, lane: str, rows: bool) -> Finding | None:
        """The identity in one row (``rows``) or one column."""
        number, cells_ = self.identity.table, self.table.cells

        def cell(term: str) -> Cell:
            return Cell(number, lane, term) if rows else Cell(number, term, lane)

        def printed(terms: tuple[str, ...]) -> list[Number | None]:
            return [cells_[lane][term] for term in terms] if rows else [cells_[term][lane] for term in terms]

        stated, computed = _total(printed(self.identity.right)), _total(printed(self.identity.left))
        # Equal to what is printed most to the right: the total of a row, of the outcomes, of a group.
        target = cell(self.identity.right[0] if len(self.identity.right) == 1 else "total")
        line = self.report.line_of(target)
        if stated is not None and stated == computed:
            return Finding(self.identity.rule, Verdict.PASS, self.identity.text, (target,), stated, computed, line=line)
        left = [cell(term) for term in self.identity.left]
        right = [cell(term) for term in self.identity.right]
        cells = (*left, *right)
        unread = tuple(c for c in cells if self.report.value(c) is None)
        if stated is None or computed is None:
            return self._uncertain(unread, line, "有格子没有读出")
        if rows and target in self.table.blank and not stated:
            return Finding(
                self.identity.rule,
                Verdict.WARN,
                f"{self.form.label(target)}空着，而该行各列相加是 {shown(computed)}；请补填总计。",
                (target,),
                None,
                computed,
                line=line,
            )
        if not rows and lane == _TOTAL:
            filled = _filled(self.report, self.table)
            if self._sum(left, filled) == self._sum(right, filled):
                return None  # the empty totals of single rows have a finding of their own
        doubted = tuple(c for c in cells if c in self.doubtful)
        if doubted:
            return self._uncertain(doubted, line, "有格子读取存疑")
        return Finding(
            self.identity.rule,
            Verdict.FAIL,
            self._message(target, stated, computed),
            (target,),
            stated,
            computed,
            line=line,
        )

    def _uncertain(self, cells: tuple[Cell, ...], line: int, why: str) -> Finding:
        named = "、".join(self.form.label(cell) for cell in cells[:4]) + ("等" if len(cells) > 4 else "")
        return Finding(
            self.identity.rule,
            Verdict.UNCERTAIN,
            f"{why}（{named}），“{self.identity.text}”未作判断。",
            cells,
            line=line,
        )

    def _sum(self, cells: list[Cell], value: Callable[[Cell], Number]) -> Number:
        total: Number = 0
        for cell in cells:
            total += value(cell)
        return total

    def _message(self, target: Cell, stated: Number, computed: Number) -> str:
        form = self.form
        if self.identity.rule == "T3-BALANCE":
            column = form.column(target).label
            return (
                f"表三“{column}”列：新收加上年结转是 {shown(computed)}，总计加结转下年度是 {shown(stated)}，"
                "两者应当相等；请核对登记台账后改正。"
            )
        what = {"T3-OUTCOMES": "各办理结果", "T3-ROW": "该行各列", "T4-GROUP": "四种结果"}[self.identity.rule]
        return f"{form.label(target)}写 {shown(stated)}，而{what}相加是 {shown(computed)}；请核对后改正其一。"


def _total(values: list[Number | None]) -> Number | None:
    total: Number = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _filled(report: Report, table: TableData) -> Callable[[Cell], Number]:
    """As printed, but a total left empty counts as the sum of its row."""

    def value(cell: Cell) -> Number:
        if cell.column == _TOTAL and cell in table.blank:
            total: Number = 0
            for number in table.cells[cell.row].values():
                total += number or 0
            return total
        return report.value(cell) or 0

    return value
