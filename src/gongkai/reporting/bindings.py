"""Which figures each cell of the official forms is made of: data only. The meaning of a cell is changed here."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from gongkai.annual.forms import FORMS, Cell, Form

from .terms import Term, Terms

YUAN_IN_WAN = Decimal("0.0001")

# --- Table 二 -----------------------------------------------------------------------------------

_DOCUMENT_COLUMNS = ("made", "published", "in_public", "repealed", "in_force")


def _documents(row: str, column: str) -> Terms:
    """Those of the ledgers and those of the site; what both have is counted once, as the site has it."""
    of_ledger = {"kind": (row,), column: (True,)}
    return (
        Term("registers.documents", of_ledger, title="台账登记的规章和规范性文件（件）"),
        Term("portal.documents", {"document_class": (row,), column: (True,)}),
        Term("reporting.documents_twice", of_ledger, -1, title="台账和门户网站都有的，以网站为准，不重复计（件）"),
    )


def _items(row: str, column: str) -> Terms:
    """上一年项目数量, and 本年增/减 as the items that came less those that went."""
    if column == "last_year":
        return (Term("registers.items", {"kind": (row,), "last_year": (True,)}, title="上年末的事项（项）"),)
    came = {"kind": (row,), "last_year": (False,), "this_year": (True,)}
    went = {"kind": (row,), "last_year": (True,), "this_year": (False,)}
    return (
        Term("registers.items", came, title="本年新增的事项（项）"),
        Term("registers.items", went, -1, title="本年减少的事项（项）"),
    )


def _table_2(row: str, column: str) -> Terms:
    if column in _DOCUMENT_COLUMNS:
        return _documents(row, column)
    if column in {"last_year", "change"}:
        return _items(row, column)
    if column == "decisions":
        return (Term("registers.decisions", {"kind": (row,)}),)
    return {
        "amount_wan": (Term("registers.fee_amount", factor=YUAN_IN_WAN),),
        "projects": (Term("registers.procurement_projects"),),
        "amount": (Term("registers.procurement_amount"),),
    }[column]


# --- Table 三 -----------------------------------------------------------------------------------

_FLOWS = {
    "received": "applications.received",
    "carried_in": "applications.carried_in",
    "total": "applications.closed",
    "carried_out": "applications.carried_out",
}
# The form of 2019 prints one row for what that of 2021 prints as three.
_FOLDED = {"other": ("other.not_corrected_in_time", "other.fee_unpaid", "other.other")}


def _table_3(row: str, column: str) -> Terms:
    """The total row and the total column narrow nothing: what no row or column takes up shows as a failed check."""
    where: dict[str, tuple[str, ...]] = {} if column == "total" else {"applicant_kind": (column,)}
    if row not in _FLOWS:
        where["outcome_row"] = _FOLDED.get(row, (row,))
    return (Term(_FLOWS.get(row, "applications.closed"), where),)


# --- Table 四 -----------------------------------------------------------------------------------


def _table_4(row: str, column: str) -> Terms:
    """结果 of what was concluded in the year; 尚未审结 at its end; 总计 both."""
    concluded = Term("disputes.concluded", {"kind": (row,)})
    pending = Term("disputes.pending", {"kind": (row,)})
    if column == "total":
        return (concluded, pending)
    return (pending,) if column == "pending" else (Term("disputes.concluded", {"kind": (row,), "result": (column,)}),)


_TABLES = {"2": _table_2, "3": _table_3, "4": _table_4}


@cache
def bindings(form_code: str) -> dict[Cell, Terms]:
    """Every cell of a form with the terms whose sum it is."""
    return {cell: _TABLES[cell.table](cell.row, cell.column) for cell in FORMS[form_code].cells()}


def figures_of(form: Form) -> list[str]:
    """The figures that a form needs, each once."""
    return list(dict.fromkeys(term.figure for terms in bindings(form.code).values() for term in terms))


def check_bindings() -> None:
    """Raises ``KeyError`` or ``ValueError`` where a cell names a figure or a dimension that does not exist."""
    for code in FORMS:
        for cell, terms in bindings(code).items():
            for term in terms:
                if unknown := set(term.where) - set(term.of.dimensions):
                    raise ValueError(f"{cell}: {term.figure} has no dimension {sorted(unknown)}")
