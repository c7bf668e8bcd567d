"""What the tables allow a figure in the prose to be: every reading under which the two agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from ...forms import Cell
from ...report import Number, Report

_ORGANISATIONS = ("business", "research", "public_welfare", "legal_service", "other_organization")
_DISPUTES = {
    "review": ("review",),
    "suit_direct": ("suit_direct",),
    "suit_after_review": ("suit_after_review",),
    "suit": ("suit_direct", "suit_after_review"),
    "review+suit": ("review", "suit_direct", "suit_after_review"),
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """The values that agree with the tables, the cells they come from and the value a clerk would look up first."""

    values: frozenset[Number]
    cells: tuple[Cell, ...]
    computed: Number
    label: str
    at_least: Number | None = None
    at_most: Number | None = None

    def agrees(self, value: Number) -> bool:
        if value in self.values:
            return True
        return self.at_least is not None and self.at_most is not None and self.at_least <= value <= self.at_most


class Tables:
    """The figures of one report as the prose may state them; ``None`` where a cell needed could not be read."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._known: dict[str, Accepted | None] = {}
        self._doubtful = {cell for doubt in report.doubts for cell in doubt.cells}

    def accepted(self, key: str) -> Accepted | None:
        """The accepted values for ``key`` (see `labels`)."""
        if key not in self._known:
            self._known[key] = self._build(key)
        return self._known[key]

    def _build(self, key: str) -> Accepted | None:
        special: dict[str, Callable[[], Accepted | None]] = {
            "received": self._received,
            "handled": self._handled,
            "granted": self._granted,
            "granted+part": lambda: self._group(("granted", "granted_in_part"), "予以公开、部分公开两行之和"),
        }
        if key in special:
            return special[key]()
        if key in _DISPUTES:
            return self._dispute(key)
        if key in ("natural_person", "organisations", *_ORGANISATIONS):
            return self._applicants(key)
        if key.startswith("2."):
            return self._single(Cell.parse(key))
        rows = self._rows(key)
        return (
            self._group(rows, f"{_GROUPS[key]}各行之和" if key in _GROUPS and len(rows) > 1 else "") if rows else None
        )

    def _rows(self, key: str) -> tuple[str, ...]:
        known = self.report.form.tables["3"].rows
        return (key,) if key in known else tuple(row for row in known if row.startswith(f"{key}."))

    def row(self, row: str) -> frozenset[Number] | None:
        """A row of table 三: its printed total, and the sum of its columns."""
        table = self.report.tables.get("3")
        if table is None or row not in table.cells:
            return None
        cells = table.cells[row]
        total_cell = Cell("3", row, "total")
        parts = [value for column, value in cells.items() if column != "total"]
        found: set[Number] = set()
        total = cells["total"]
        if total is not None and not (total_cell in table.blank and any(parts)):
            found.add(total)
        if None not in parts:
            found.add(sum((part for part in parts if part is not None), start=0))
        if not found or total_cell in self._doubtful:
            return None
        return frozenset(found)

    def _combined(self, rows: tuple[str, ...]) -> frozenset[Number] | None:
        """Every sum that takes one reading of each row."""
        readings = [self.row(row) for row in rows]
        if any(reading is None for reading in readings):
            return None
        if all(len(reading) == 1 for reading in readings if reading is not None):
            return frozenset((sum((next(iter(r)) for r in readings if r is not None), start=0),))
        if sum(1 for r in readings if r is not None and len(r) > 1) > 6:
            return None
        return frozenset(sum(choice) for choice in product(*(r for r in readings if r is not None)))

    def _group(self, rows: tuple[str, ...], label: str) -> Accepted | None:
        values = self._combined(rows)
        if values is None:
            return None
        cells = tuple(Cell("3", row, "total") for row in rows)
        return Accepted(values, cells, self._printed(cells, values), label or self.report.form.label(cells[0]))

    def _printed(self, cells: tuple[Cell, ...], values: frozenset[Number]) -> Number:
        printed: Number = 0
        for cell in cells:
            printed += self.report.value(cell) or 0
        return printed if printed in values else max(values)

    def _received(self) -> Accepted | None:
        """受理 may mean what came in during the year, or that together with what was carried in."""
        received, both = self._combined(("received",)), self._combined(("received", "carried_in"))
        if received is None or both is None:
            return None
        cell = Cell("3", "received", "total")
        return Accepted(received | both, (cell,), self._printed((cell,), received), self.report.form.label(cell))

    def _handled(self) -> Accepted | None:
        """办结、答复 is the total; without what was carried in, and withdrawn or lapsed ones need no answer."""
        total, other = self._combined(("total",)), self._combined(self._rows("other"))
        carried_in, received = self._combined(("carried_in",)), self._combined(("received",))
        carried_out = self._combined(("carried_out",))
        outcomes = self._combined(
            tuple(
                row
                for row in self.report.form.tables["3"].rows
                if row not in ("received", "carried_in", "total", "carried_out")
            )
        )
        if total is None or other is None or carried_in is None or received is None or carried_out is None:
            return None
        cell = Cell("3", "total", "total")
        values = total | (outcomes or frozenset()) | {t - c for t in total for c in carried_in}
        if 0 in carried_out:
            values |= received
        return Accepted(
            values,
            (cell,),
            self._printed((cell,), total),
            self.report.form.label(cell),
            min(total) - max(other),
            max(total),
        )

    def _granted(self) -> Accepted | None:
        alone, both = self._combined(("granted",)), self._combined(("granted", "granted_in_part"))
        if alone is None or both is None:
            return None
        cell = Cell("3", "granted", "total")
        return Accepted(alone | both, (cell,), self._printed((cell,), alone), self.report.form.label(cell))

    def _applicants(self, key: str) -> Accepted | None:
        """An applicant column: what came in, that with what was carried in, or what was dealt with."""
        columns = _ORGANISATIONS if key == "organisations" else (key,)
        sums: list[Number] = []
        for row in ("received", "carried_in", "total"):
            total: Number = 0
            for column in columns:
                value = self.report.value(Cell("3", row, column))
                if value is None:
                    return None
                total += value
            sums.append(total)
        received, carried_in, total = sums
        cells = tuple(Cell("3", "received", column) for column in columns)
        label = (
            "表三“一、本年新收”法人或其他组织各列之和" if key == "organisations" else self.report.form.label(cells[0])
        )
        return Accepted(frozenset((received, received + carried_in, total)), cells, received, label)

    def _dispute(self, key: str) -> Accepted | None:
        """A group of table 四 (or two): its printed total, or the sum of its four results."""
        table = self.report.tables.get("4")
        if table is None:
            return None
        readings: list[frozenset[Number]] = []
        for row in _DISPUTES[key]:
            values = table.cells[row]
            if any(value is None for value in values.values()):
                return None
            parts: Number = 0
            for column, value in values.items():
                if column != "total":
                    parts += value or 0
            readings.append(frozenset((values["total"] or 0, parts)))
        cells = tuple(Cell("4", row, "total") for row in _DISPUTES[key])
        if self._doubtful & set(cells):
            return None
        values_ = frozenset(sum(choice) for choice in product(*readings))
        label = {
            "suit": "表四两组行政诉讼总计之和",
            "review+suit": "表四行政复议与行政诉讼总计之和",
        }.get(key) or self.report.form.label(cells[0])
        return Accepted(values_, cells, self._printed(cells, values_), label)

    def _single(self, cell: Cell) -> Accepted | None:
        table = self.report.form.tables[cell.table]
        if cell.row not in table.rows or cell.column not in {column.code for column in table.columns_of[cell.row]}:
            return None
        value = self.report.value(cell)
        if value is None or cell in self._doubtful:
            return None
        return Accepted(frozenset((value,)), (cell,), value, self.report.form.label(cell))


_GROUPS = {
    "denied": "表三“（三）不予公开”",
    "unavailable": "表三“（四）无法提供”",
    "not_processed": "表三“（五）不予处理”",
    "other": "表三“（六）其他处理”",
}
